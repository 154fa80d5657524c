import type { Metered, Scenario, ScenarioRecord, SeenRequest, SeenSpan, Tokens } from './scenario.ts';

const CLIENT_SPAN = 2;
/** Routes whose requests are calls or attempts of calls, by the provider's names for them. */
const CALL_ROUTES = new Set([
  'chat.completions',
  'responses',
  'messages',
  'completions',
  'embeddings',
  'images.generations',
  'audio.transcriptions',
  'audio.speech',
]);
const INPUT_CLASSES = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'audioIn', 'imageIn'];
const OUTPUT_CLASSES = ['output', 'reasoning', 'audioOut', 'imageOut'];
const LONGEST = 300;

/** Everything in which the two records of a scenario differ though an app must not notice us. Empty: it does not. */
export function noticed(without: ScenarioRecord, withUs: ScenarioRecord): string[] {
  const http = withUs.http.map((request, at) => withoutInjection(without.http[at], request));
  return differences({ notes: without.notes, http: without.http }, { notes: withUs.notes, http }, '');
}

/** A request without the one thing that we may add to it: that a stream is to tell its usage. */
function withoutInjection(before: SeenRequest | undefined, after: SeenRequest): SeenRequest {
  const { stream_options: options, ...body } = after.body ?? {};
  const { include_usage: asked, ...others } = (options ?? {}) as Record<string, unknown>;
  const wasAsked = (before?.body?.['stream_options'] as Record<string, unknown> | undefined)?.['include_usage'];
  if (asked !== true || wasAsked !== undefined) return after;
  return { ...after, body: { ...body, ...(Object.keys(others).length > 0 && { stream_options: others }) } };
}

/** The places in which two JSON values differ, each with what stands there. */
function differences(before: unknown, after: unknown, path: string): string[] {
  if (Object.is(before, after)) return [];
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) {
    return [`${path}: ${shown(before)} without us, ${shown(after)} with us`];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const order = Object.keys(before).join() === Object.keys(after).join() || keys.size > Object.keys(before).length;
  const found = [...keys].flatMap((key) =>
    differences(Reflect.get(before, key), Reflect.get(after, key), `${path}.${key}`),
  );
  return order || found.length > 0 ? found : [`${path}: the keys are in another order`];
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, LONGEST);
}

/** Everything in which what we counted is not what the provider bills, or not one span per call. Empty: all is right. */
export function miscounted(scenario: Scenario, without: ScenarioRecord, record: ScenarioRecord): string[] {
  const { metered } = record;
  if (metered === undefined) return ['nothing was metered'];
  const calls = scenario.calls ?? 1;
  const attempts = record.http.filter(({ route }) => CALL_ROUTES.has(route ?? '')).length;
  return [
    ...(scenario.billVaries === true ? [] : unequal('the bill with us', record.bill, without.bill)),
    ...unequal('calls', metered.row.calls, calls),
    ...unequal(
      'attempts',
      metered.row.attempts,
      Math.max(attempts, record.http.length === 0 ? metered.row.attempts : 0),
    ),
    ...unequal('outcomes', outcomesOf(metered), Array<string>(calls).fill(scenario.outcome ?? 'ok')),
    ...unequal('open spans', record.openSpans, 0),
    ...spanFaults(without, record, calls),
    ...(scenario.state === 'estimated' ? estimateFaults(record, metered) : billFaults(record, metered)),
  ];
}

function outcomesOf({ records }: Metered): string[] {
  return records.map(({ outcome }) => outcome);
}

function spanFaults(without: ScenarioRecord, { spans, bill, metered }: ScenarioRecord, calls: number): string[] {
  const ours = spans.filter(({ attributes }) => attributes['tollgate.call.id'] !== undefined);
  // The Anthropic SDK opens its own spans, for requests that are no calls too: they stay the only ones.
  const native = clientSpans(without.spans);
  const told = ours.map(({ attributes }) => attributes);
  return [
    ...unequal('spans of calls', ours.length, calls),
    ...unequal('client spans', clientSpans(spans), native.length > 0 ? native : clientSpans(ours)),
    ...unequal(
      'attempts on spans',
      told.map(numberOf('tollgate.attempts')),
      metered?.records.map(({ attempts }) => attempts),
    ),
    ...unequal(
      'states on spans',
      told.map((attributes) => attributes['tollgate.usage.state']),
      metered?.records.map(({ state }) => state),
    ),
    ...unequal(
      'errors on spans',
      told.map(({ 'error.type': type }) => type !== undefined).filter(Boolean).length,
      failuresOf(metered, told),
    ),
    ...(metered?.row.estimatedNanoUsd === 0 && calls > 0 ? tokenFaults(told, bill.usage) : []),
  ];
}

function clientSpans(spans: readonly SeenSpan[]): string[] {
  return spans.filter(({ kind }) => kind === CLIENT_SPAN).map(({ name }) => name);
}

/** A call that failed says how; one that the app broke off may. */
function failuresOf(metered: Metered | undefined, told: readonly SeenSpan['attributes'][]): number {
  const outcomes = metered?.records.map(({ outcome }) => outcome) ?? [];
  const said = outcomes.filter((outcome, at) => outcome === 'aborted' && told[at]?.['error.type'] !== undefined);
  return outcomes.filter((outcome) => outcome === 'error').length + said.length;
}

/** Spans tell input with its caches, and output with its reasoning. */
function tokenFaults(told: readonly SeenSpan['attributes'][], billed: Tokens): string[] {
  const total = (key: string): number => told.map(numberOf(key)).reduce((sum, count) => sum + count, 0);
  return [
    ...unequal('gen_ai.usage.input_tokens', total('gen_ai.usage.input_tokens'), sumOf(billed, INPUT_CLASSES)),
    ...unequal('gen_ai.usage.output_tokens', total('gen_ai.usage.output_tokens'), sumOf(billed, OUTPUT_CLASSES)),
  ];
}

function numberOf(key: string): (attributes: SeenSpan['attributes']) => number {
  return (attributes) => Number(attributes[key] ?? 0);
}

function billFaults({ bill }: ScenarioRecord, { row, records }: Metered): string[] {
  return [
    ...unequal('nano-USD', row.nanoUsd, bill.nanoUsd),
    ...unequal('estimated nano-USD', row.estimatedNanoUsd, 0),
    ...unequal('usage', sorted(row.usage), sorted(bill.usage)),
    ...unequal('states', [...new Set(records.map(({ state }) => state))], records.length === 0 ? [] : ['reported']),
  ];
}

function estimateFaults({ bill }: ScenarioRecord, { row, records }: Metered): string[] {
  const [known, owed] = [sumOf(row.usage, INPUT_CLASSES), sumOf(bill.usage, INPUT_CLASSES)];
  return [
    ...(records.some(({ state }) => state === 'estimated') ? [] : ['an estimate is not flagged as one']),
    ...(known >= owed ? [] : [`input: ${known} is less than the ${owed} that the provider bills`]),
    ...unequal('all of it is an estimate', row.estimatedNanoUsd, row.nanoUsd),
  ];
}

function sumOf(usage: Tokens, classes: readonly string[]): number {
  return classes.reduce((sum, kind) => sum + (usage[kind] ?? 0), 0);
}

function sorted(usage: Tokens): [string, number][] {
  return Object.entries(usage).toSorted(([a], [b]) => a.localeCompare(b));
}

function unequal(what: string, actual: unknown, expected: unknown): string[] {
  return JSON.stringify(actual) === JSON.stringify(expected)
    ? []
    : [`${what}: ${shown(actual)}, not ${shown(expected)}`];
}
