import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../steps.ts';

const FOLDER = join(ROOT, 'collector/internal/genai/testdata/dialects');
/** When their prices hold. */
const BEGIN = Date.UTC(2026, 10, 10, 12);

/** A span of some emitter, and what the Collector has to read from it. */
export interface Sample {
  file: string;
  traceId: string;
  resource: Record<string, unknown>;
  scope: string;
  name: string;
  kind: string;
  attributes: Record<string, unknown>;
  /** `mark`: it is left alone, because somebody else has counted it. */
  want: { nanoUsd?: number | undefined; mark?: string | undefined };
}

/** The samples of all dialects that the Collector's own tests read. */
export async function readSamples(): Promise<Sample[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json')).toSorted();
  const samples = files.map(async (file, index) => {
    const sample = JSON.parse(await readFile(join(FOLDER, file), 'utf8')) as Omit<Sample, 'file' | 'traceId'>;
    return { ...sample, file, traceId: `a${(index + 1).toString(16).padStart(31, '0')}` };
  });
  return Promise.all(samples);
}

/** Sends each as the only span of a trace, as a service of this name would. */
export async function sendSamples(otlpEndpoint: string, service: string, samples: readonly Sample[]): Promise<void> {
  const response = await fetch(`${otlpEndpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: samples.map((sample) => resourceSpans(sample, service)) }),
  });
  if (!response.ok) throw new Error(`the Collector has answered ${response.status}: ${await response.text()}`);
}

function resourceSpans({ resource, scope, name, kind, traceId, attributes }: Sample, service: string): object {
  const span = {
    traceId,
    spanId: traceId.slice(-16),
    name,
    kind: kind === 'client' ? 3 : 1,
    startTimeUnixNano: `${BEGIN}000000`,
    endTimeUnixNano: `${BEGIN + 1000}000000`,
    attributes: pairs(attributes),
  };
  return {
    resource: { attributes: pairs({ ...resource, 'service.name': service }) },
    scopeSpans: [{ scope: { name: scope }, spans: [span] }],
  };
}

function pairs(values: Record<string, unknown>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: wrapped(value) }));
}

function wrapped(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(wrapped) } };
  return { kvlistValue: { values: pairs(value as Record<string, unknown>) } };
}
