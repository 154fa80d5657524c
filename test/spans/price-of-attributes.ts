import { emptyUsage, type PriceTable, type Usage } from '@tollgate/core';
import { priceUsage } from '../../packages/core/src/pricing/price.ts';
import { KEY } from '../../packages/otel/src/conventions.ts';

/** The attributes of a span, integers and doubles alike as numbers. */
export type SpanAttributes = Record<string, string | number | boolean | string[]>;

/** What a span costs, in nano-USD, as one can tell who sees its attributes and nothing else. */
export function priceOfAttributes(attributes: SpanAttributes, at: number, table: PriceTable): number | undefined {
  const text = (key: string): string | undefined => attributes[key] as string | undefined;
  const plan = table.lookup({
    provider: text(KEY.provider)!,
    model: text(KEY.responseModel)!,
    at,
    serviceTier: text(KEY.serviceTier),
    speed: text(KEY.speed),
    geo: text(KEY.geo),
    baseUrl: text(KEY.serverAddress),
  });
  return plan && priceUsage(usageOf(attributes), plan).nanoUsd;
}

function usageOf(attributes: SpanAttributes): Usage {
  const count = (key: string): number => (attributes[key] as number | undefined) ?? 0;
  const audioIn = count(KEY.audioInputTokens);
  const audioCacheRead = count(KEY.audioCacheReadTokens);
  const cacheRead = count(KEY.cacheReadTokens);
  const cacheWrite1h = count(KEY.cacheWriteLongTokens);
  const cacheWrite5m = count(KEY.cacheWriteTokens) - cacheWrite1h;
  const { audio_second: audioSeconds = 0, ...tools } = unitsOf(attributes);
  const [imageIn, imageOut] = [count(KEY.imageInputTokens), count(KEY.imageOutputTokens)];
  const [reasoning, audioOut] = [count(KEY.reasoningTokens), count(KEY.audioOutputTokens)];
  return {
    ...emptyUsage(),
    input: count(KEY.inputTokens) - (cacheRead - audioCacheRead) - cacheWrite5m - cacheWrite1h - audioIn - imageIn,
    cacheRead: cacheRead - audioCacheRead,
    cacheWrite5m,
    cacheWrite1h,
    audioSeconds,
    tools,
    audioIn: audioIn - audioCacheRead,
    audioCacheRead,
    imageIn,
    output: count(KEY.outputTokens) - reasoning - audioOut - imageOut,
    reasoning,
    audioOut,
    imageOut,
  };
}

function unitsOf(attributes: SpanAttributes): Record<string, number> {
  const units = (attributes[KEY.billedUnits] ?? []) as string[];
  return Object.fromEntries(units.map((unit) => unit.split('=')).map(([name = '', count]) => [name, Number(count)]));
}
