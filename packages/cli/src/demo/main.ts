import { readArguments, USAGE } from './arguments.ts';
import { demoResult, shortcomings } from './demo-result.ts';
import { missingKeys, realEndpoints, simulatedEndpoints, type Endpoints } from './endpoints.ts';
import { runDemo, type DemoRun } from './run-demo.ts';
import { divert } from './view/divert.ts';
import { createView } from './view/view.ts';

/** Beyond this a loop counts as one that no budget ends, in ms; real models take their time. */
const LONGEST_MS = { simulated: 25_000, real: 300_000 };
const USAGE_ERROR = 2;

process.exitCode = await main(process.argv.slice(2), process.env);

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const request = readArguments(args);
  if (request.kind === 'help') return print(USAGE);
  if (request.kind === 'wrong') return complain(`${request.why}\n\n${USAGE}`, USAGE_ERROR);
  const missing = request.real ? missingKeys(env) : [];
  if (missing.length > 0) return complain(`--real needs ${missing.join(' and ')} in the environment\n`, USAGE_ERROR);
  const endpoints = request.real ? realEndpoints() : await simulatedEndpoints();
  const longestMs = request.real ? LONGEST_MS.real : LONGEST_MS.simulated;
  try {
    const run = request.json ? await runForJson(endpoints, longestMs) : await runOnScreen(endpoints, longestMs);
    const failures = shortcomings(run.state);
    return failures.length === 0 ? 0 : complain(failures.map((failure) => `demo: ${failure}\n`).join(''), 1);
  } catch (error) {
    return complain(`demo: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`, 1);
  } finally {
    await endpoints.close();
  }
}

async function runForJson(endpoints: Endpoints, longestMs: number): Promise<DemoRun> {
  const run = await runDemo(endpoints, { longestMs, show: () => {} });
  if (run.state.server !== undefined) print(`${JSON.stringify(demoResult(run.state, run.state.server), null, 2)}\n`);
  return run;
}

async function runOnScreen(endpoints: Endpoints, longestMs: number): Promise<DemoRun> {
  const view = createView(process.stdout, { now: Date.now });
  // On one terminal, what goes to stderr would tear the panel apart.
  const isOneTerminal = process.stdout.isTTY && process.stderr.isTTY;
  const restore = isOneTerminal ? divert(process.stderr, (text) => view.note(text)) : () => {};
  const run = await runDemo(endpoints, { longestMs, show: (state) => view.update(state) }).finally(restore);
  view.final(run.state);
  print(`\n${run.ends.map(({ task, outcome, words }) => `${task}  ${outcome}: ${words}\n`).join('')}`);
  return run;
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

function complain(text: string, exitCode: number): number {
  process.stderr.write(text);
  return exitCode;
}
