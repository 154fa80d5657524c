import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { execute, Failure, ROOT, type Step } from '../steps.ts';

const CWD = `${ROOT}collector`;
const COMPONENTS = '{processor,connector}/**/*.{go,md,yaml}';
// A count: at the end of a time, Go's fuzzer may call its own deadline a failure. It takes some 10 seconds.
const FUZZ_INPUTS = '60000x';

/** Runs `go` in the Collector's module; rejects with all that it printed where it fails. */
export function go(...args: string[]): Promise<string> {
  return execute('go', args, { cwd: CWD, env: { ...process.env, GOFLAGS: '-buildvcs=false' } });
}

/** What Go's own tools say about the module's sources. */
export const SOURCE_STEPS: Step[] = [
  { name: 'go vet', run: () => go('vet', './...') },
  {
    name: 'staticcheck',
    run: () => go('tool', '-modfile=tools/staticcheck/go.mod', 'staticcheck', './...'),
  },
  { name: 'what go generate writes is committed', run: generatesNothingNew },
];

/** A step for each fuzz target of the module, a fixed number of inputs each. */
export function fuzzSteps(): Step[] {
  const steps: Step[] = [];
  for (const file of globSync('internal/**/*_test.go', { cwd: CWD }).toSorted((a, b) => a.localeCompare(b))) {
    for (const [, target = ''] of readFileSync(`${CWD}/${file}`, 'utf8').matchAll(/^func (Fuzz\w+)/gm)) {
      const folder = `./${file.slice(0, file.lastIndexOf('/'))}`;
      const flags = ['-run', '^$', '-fuzz', `^${target}$`, '-fuzztime', FUZZ_INPUTS];
      steps.push({ name: `${target}, ${FUZZ_INPUTS.slice(0, -1)} inputs`, run: () => go('test', ...flags, folder) });
    }
  }
  return steps;
}

/** Leaves the new files in place, so that they only have to be committed. */
async function generatesNothingNew(): Promise<void> {
  const before = digests();
  await go('generate', './...');
  const stale = [...digests()].filter(([file, digest]) => before.get(file) !== digest).map(([file]) => file);
  if (stale.length > 0) throw new Failure(`were not as go generate writes them, and now are: ${stale.join(', ')}`);
}

function digests(): Map<string, string> {
  const files = globSync(COMPONENTS, { cwd: CWD });
  return new Map(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(`${CWD}/${file}`))
        .digest('hex'),
    ]),
  );
}
