import { describe } from 'vitest';
import { ensureProject } from '../on-demand/ensure-project.ts';
import { describeRun } from './describe-sdk.ts';
import type { ScenarioRecord, SdkName } from './scenario.ts';
import { CATALOGUE } from './scenarios/catalogue.ts';
import { playInApp, type AppOptions } from './start-app.ts';

/** Older versions of the SDKs, by the project that installs them. */
const VERSIONS: readonly { project: string; sdk: SdkName; major: number }[] = [
  { project: 'openai-4-first', sdk: 'openai', major: 4 },
  { project: 'openai-4-last', sdk: 'openai', major: 4 },
  { project: 'openai-5', sdk: 'openai', major: 5 },
  { project: 'openai-6', sdk: 'openai', major: 6 },
  { project: 'anthropic-0-60', sdk: '@anthropic-ai/sdk', major: 0 },
  { project: 'anthropic-0-122', sdk: '@anthropic-ai/sdk', major: 0 },
];

const SCENARIOS: Partial<Record<SdkName, readonly string[]>> = {
  openai: [
    'chat.completions.create gives a completion',
    'chat.completions.create on two clients at once keeps them apart',
    'chat stream is read to its end',
    'chat stream with include_usage ends with the usage that was asked for',
    'chat stream that the app breaks off after 3 chunks cancels the HTTP stream',
    'chat stream.tee gives two streams of the same chunks',
    'withResponse gives the completion and its response',
    'asResponse().json() reads the body',
    'asResponse() of a stream is read as text',
    'client.post makes a call that no resource has',
    'chat.completions.parse gives the parsed answer',
    'chat.completions.stream emits its events and the final completion',
    'chat.completions.runTools calls a function and asks again',
    'chat.completions.create fails with a 400',
    'chat.completions.create succeeds after two 429',
    'chat.completions.create fails where nobody listens',
    'chat stream that is cut ends',
    'responses.create gives a response',
    'responses.create streams',
    'responses.parse gives the parsed answer',
    'embeddings.create gives vectors of numbers',
    'images.generate gives images',
    'audio.transcriptions.create takes a file',
    'models.list is no call',
    'client.withOptions gives a client that works alike',
  ],
  '@anthropic-ai/sdk': [
    'messages.create gives a message',
    'messages.create tells caches of both lifetimes, thinking and searches',
    'message stream is read to its end',
    'message stream that the app breaks off cancels the HTTP stream',
    'messages.create().withResponse() gives the message and its response',
    'messages.create().asResponse() gives the body to read',
    'messages.stream emits its events and the final message',
    'messages.create fails with a 400',
    'messages.create succeeds after two 529',
    'messages.countTokens is no call',
  ],
};

/** What the first version of a major has not got yet. */
const MISSING: Partial<Record<string, readonly string[]>> = {
  'openai-4-first': [
    'responses.create gives a response',
    'responses.create streams',
    // It keeps the model of a form to itself: such a call is counted, and has no price.
    'audio.transcriptions.create takes a file',
  ],
};

describe.each(VERSIONS)('$project', ({ project, sdk, major }) => {
  const only = CATALOGUE[sdk].scenarios
    .filter(({ name, since = 0 }) => (SCENARIOS[sdk] ?? []).includes(name) && since <= major)
    .map(({ name }) => name)
    .filter((name) => MISSING[project]?.includes(name) !== true);
  let installed: Promise<string> | undefined;
  const folder = (): Promise<string> => (installed ??= ensureProject(project));
  for (const format of ['esm', 'cjs'] as const) {
    const app: AppOptions = { sdk, format, wiring: 'first', only };
    const play = async (wiring: AppOptions['wiring']): Promise<ScenarioRecord[]> =>
      playInApp({ ...app, wiring, folder: await folder() });
    describeRun(format, app, { without: () => play('without'), withUs: () => play('first') });
  }
});
