import { startProvider, type ReplyPlan, type Script } from '@tollgate/provider-sim';
import { ask } from '../otel/run-app.ts';
import { ACTS, type ActName } from './apps/acts.ts';
import type { RegisteredAnswer, RegisteredSettings } from './apps/registered.ts';
import { exportTo } from './start-pipeline.ts';

/** What came of one run of the app with `register()`. */
export interface PlayedActs extends RegisteredAnswer {
  /** What the providers have billed, by act. */
  billed: Record<string, number>;
}

/** Runs the app against two providers, to its end. */
export async function playActs(run: {
  otlpEndpoint: string;
  acts: readonly ActName[];
  bare?: boolean | undefined;
  options: RegisteredSettings['options'];
  env?: Record<string, string> | undefined;
}): Promise<PlayedActs> {
  await using openai = await startProvider({ script });
  await using anthropic = await startProvider({ script });
  const settings: RegisteredSettings = {
    options: run.options,
    acts: run.acts,
    bare: run.bare,
    openaiBaseUrl: openai.openaiBaseUrl,
    anthropicBaseUrl: anthropic.anthropicBaseUrl,
  };
  const app = new URL('apps/registered.ts', import.meta.url).pathname;
  const env = { ...exportTo(run.otlpEndpoint), ...run.env };
  const said = await ask<RegisteredAnswer>(app, { settings, env });
  const billed: Record<string, number> = {};
  for (const { key, nanoUsd } of [...openai.bill.lines, ...anthropic.bill.lines]) {
    billed[key] = (billed[key] ?? 0) + nanoUsd;
  }
  return { ...said, billed };
}

const script: Script = ({ prompt, attempt }) => {
  const act = (ACTS as Record<string, { plans?: readonly ReplyPlan[] }>)[prompt];
  return act?.plans?.[attempt];
};
