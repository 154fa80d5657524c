// Adds up what the given commands have counted. One that left no count has failed.
import { readFileSync } from 'node:fs';

const total = { passed: 0, failed: 0 };
for (const command of process.argv.slice(2)) {
  const { passed, failed } = read(command);
  total.passed += passed;
  total.failed += failed;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function read(command) {
  try {
    return JSON.parse(readFileSync(new URL(`../.cache/tally/${command}.json`, import.meta.url), 'utf8'));
  } catch {
    console.log(`npm run ${command} did not get to its end`);
    return { passed: 0, failed: 1 };
  }
}
