import { randomUUID } from 'node:crypto';
import { metrics } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { register, withAgent } from '@tollgate/otel';
import { OpenAI } from 'openai';
import { answer, settings } from '../../otel/apps/settings.ts';

/** One call in an app whose metrics go through a MeterProvider of its own. */
export interface AttachedSettings {
  openaiBaseUrl: string;
}

const { openaiBaseUrl } = settings() as AttachedSettings;
const resource = resourceFromAttributes({ 'service.name': 'attached', 'service.instance.id': randomUUID() });
const provider = new MeterProvider({
  resource,
  readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
});
metrics.setGlobalMeterProvider(provider);
const tollgate = register({
  otel: 'attach',
  hosts: { [new URL(openaiBaseUrl).host]: 'openai' },
  budgets: [{ name: 'attached', limit: { calls: 10 }, window: 'total' }],
});
const openai = new OpenAI({ apiKey: 'sim', baseURL: openaiBaseUrl });
const messages = [{ role: 'user' as const, content: 'hello' }];
await withAgent('guest', () => openai.chat.completions.create({ model: 'gpt-4o-mini', max_tokens: 50, messages }));
await provider.shutdown();
answer({ rows: tollgate.usage({ by: ['agent', 'model'] }) });
