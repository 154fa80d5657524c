import { fileURLToPath } from 'node:url';
import { startProvider, type RecordedRequest } from '@tollgate/provider-sim';
import type { PlainAnswer, PlainSettings } from './apps/plain.ts';
import { startReceiver, type OtlpReceiver, type ReceivedPoint, type ReceivedSpan } from './otlp-receiver.ts';
import { ask } from './run-app.ts';

/** What came of one run of the plain app, at all of its ends. */
export interface PlainRun extends PlainAnswer {
  stderr: string;
  /** All that was printed, where the app had a terminal. */
  terminal: string;
  /** What the providers were asked. */
  requests: readonly RecordedRequest[];
  billedNanoUsd: number;
  /** What the OTLP endpoint was sent. */
  exports: OtlpReceiver['requests'];
  spans: ReceivedSpan[];
  points: ReceivedPoint[];
}

/** Runs the plain app against two providers. `endpoint: true`: with an OTLP endpoint in its environment. */
export async function runPlain(run: {
  options: PlainSettings['options'];
  endpoint: boolean;
  env?: Record<string, string> | undefined;
  terminal?: boolean | undefined;
}): Promise<PlainRun> {
  await using openai = await startProvider();
  await using anthropic = await startProvider();
  await using receiver = await startReceiver();
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  const said = await ask<PlainAnswer>('plain.ts', {
    flags: ['--import', fileURLToPath(new URL('apps/count-loads.mjs', import.meta.url))],
    env: { ...(run.endpoint && endpoint), ...run.env },
    terminal: run.terminal,
    settings: {
      options: run.options,
      openaiBaseUrl: openai.openaiBaseUrl,
      anthropicBaseUrl: anthropic.anthropicBaseUrl,
    } satisfies PlainSettings,
  });
  return {
    ...said,
    terminal: said.stdout,
    requests: [...openai.requests, ...anthropic.requests],
    billedNanoUsd: openai.bill.nanoUsd + anthropic.bill.nanoUsd,
    exports: receiver.requests,
    spans: receiver.spans,
    points: receiver.points,
  };
}
