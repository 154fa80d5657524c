import { Anthropic } from '@anthropic-ai/sdk';
import { register, withAgent, withStep, withTask, type RegisterOptions, type UsageRow } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { bareCall } from '../../otel/apps/bare-call.ts';
import { answer, settings } from '../../otel/apps/settings.ts';
import { ACTS, type ActName } from './acts.ts';

/** What the app with `register()` is told. */
export interface RegisteredSettings {
  options: RegisterOptions;
  acts: readonly ActName[];
  /** A call by an emitter that nobody knows, at the end. */
  bare?: boolean | undefined;
  openaiBaseUrl: string;
  anthropicBaseUrl: string;
}

/** What its ledger has at the end. */
export interface RegisteredAnswer {
  nanoUsd: number;
  assumedNanoUsd: number;
  rows: UsageRow[];
}

// It plays its acts and ends: nothing flushes, so what is there has to leave by itself.
const { options, acts, bare, openaiBaseUrl, anthropicBaseUrl } = settings() as RegisteredSettings;
const tollgate = register({
  ...options,
  hosts: {
    [new URL(openaiBaseUrl).host]: { provider: 'openai', includeUsage: true },
    [new URL(anthropicBaseUrl).host]: 'anthropic',
  },
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl });
const anthropic = new Anthropic({ apiKey: 'sim', baseURL: anthropicBaseUrl });
for (const act of acts) {
  await withTask({ id: `T-${act}`, type: 'play' }, () =>
    withAgent(act, () => withStep('act', () => ACTS[act].play({ openai, anthropic }, act).catch(() => {}))),
  );
}
if (bare === true) await bareCall(openaiBaseUrl);
const rows = tollgate.usage({ by: ['agent', 'model'] });
answer({
  nanoUsd: rows.reduce((sum, row) => sum + row.nanoUsd, 0),
  assumedNanoUsd: rows.reduce((sum, row) => sum + row.assumedNanoUsd, 0),
  rows,
} satisfies RegisteredAnswer);
