import { startProvider, type Provider, type Script } from '@tollgate/provider-sim';
import type { App, Scenario, ScenarioRecord, SeenRequest, Tokens } from '../scenario.ts';
import { describe, headers, stable } from './describe.ts';
import type { Settings } from './settings.ts';
import { takeSpans } from './telemetry.ts';

/** What a scenario is played with. `around` runs it, and says what we made of it. */
export interface Stage {
  sdk: unknown;
  readonly client: (provider: Provider, options: object) => unknown;
  settings: Settings;
  readonly around: (name: string, run: () => Promise<unknown[]>) => Promise<ScenarioRecord['metered']>;
}

const AT = Date.UTC(2026, 10, 24);

/** Plays one scenario against a provider of its own. */
export async function play(scenario: Scenario, stage: Stage): Promise<ScenarioRecord> {
  await using provider = await startProvider({
    script: scriptOf(scenario),
    now: () => AT,
    ...(stage.settings.prices && { prices: stage.settings.prices }),
  });
  const notes: ScenarioRecord['notes'] = [];
  const errors: unknown[] = [];
  const app = appOf(stage, provider, { notes, errors });
  const metered = await stage.around(scenario.name, async () => {
    await scenario.run(app).catch((error: unknown) => app.fails('the scenario broke', () => Promise.reject(error)));
    await provider.settled();
    // What the client's end of a connection learns, it learns in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 5));
    return errors;
  });
  return {
    name: scenario.name,
    notes,
    http: provider.requests.map(seenRequest),
    bill: billOf(provider),
    ...takeSpans(),
    ...(metered && { metered }),
  };
}

function scriptOf({ plans }: Scenario): Script {
  if (typeof plans === 'function') return plans;
  return (request) => plans?.[request.number - 1];
}

function appOf(
  { sdk, client }: Stage,
  provider: Provider,
  { notes, errors }: { notes: ScenarioRecord['notes']; errors: unknown[] },
): App<unknown, unknown> {
  const note = (what: string, value?: unknown): void => void notes.push([what, describe(value)]);
  const failed = (what: string, error: unknown): void => {
    errors.push(error);
    note(what, error);
  };
  return {
    sdk,
    provider,
    client: (options = {}) => client(provider, options),
    note,
    async reads(what, items) {
      try {
        for await (const item of items) note(what, item);
        note(`${what}: end`);
      } catch (error) {
        failed(`${what}: error`, error);
      }
    },
    async fails(what, work) {
      try {
        note(`${what} did not fail`, await work());
      } catch (error) {
        failed(what, error);
      }
    },
  };
}

function seenRequest(request: Provider['requests'][number]): SeenRequest {
  return {
    method: request.method,
    url: stable(request.url),
    route: request.route,
    headers: headers(request.headers),
    body: request.body,
    status: request.status,
    aborted: request.aborted,
  };
}

function billOf({ bill }: Provider): ScenarioRecord['bill'] {
  const usage: Tokens = {};
  for (const line of bill.lines) {
    for (const [kind, count] of Object.entries(line.usage)) {
      if (line.state === 'billed' && count > 0) usage[kind] = (usage[kind] ?? 0) + (count as number);
    }
  }
  return { nanoUsd: bill.nanoUsd, usage };
}
