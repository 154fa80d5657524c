import { createRequire } from 'node:module';
import { startAppTelemetry, type Instrumentation } from './app-telemetry.ts';

/** What is hooked into the SDKs of a process. */
export type Variant = 'bare' | 'telemetry' | 'tollgate' | 'contrib';

/** Runs the calls of a measurement, for whomever they are to be charged to. */
export type Around = <T>(run: () => T) => T;

const BUDGETS = [
  { name: 'company-month', limit: { usd: 5_000_000 }, window: 'month', timeZone: 'Europe/Berlin' },
  { name: 'agent-day', limit: { usd: 5_000_000 }, window: 'day', by: ['agent'], warnAt: [0.8] },
  { name: 'one-task', limit: { usd: 5_000_000, calls: 1_000_000_000 }, window: 'total', by: ['task'] },
  { name: 'all-tokens', limit: { tokens: 1_000_000_000_000 }, window: { rolling: '24h' } },
] as const;

const AROUND: Readonly<Record<Variant, (project: string) => Promise<Around>>> = {
  bare: async () => (run) => run(),
  async telemetry(project) {
    startAppTelemetry(project);
    return (run) => run();
  },
  /** OpenTelemetry's own instrumentation of the OpenAI SDK. */
  async contrib(project) {
    const require = createRequire(project);
    const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai') as {
      OpenAIInstrumentation: new () => Instrumentation;
    };
    startAppTelemetry(project, [new OpenAIInstrumentation()]);
    return (run) => run();
  },
  /** All of it: a span with attributes, metrics, four budgets that every call is charged to. */
  async tollgate(project) {
    startAppTelemetry(project);
    const { register, withAgent, withTask } = await import('@tollgate/otel');
    register({ serviceName: 'bench', budgets: [...BUDGETS], summary: 'off' });
    return (run) => withTask({ id: 'T-1', type: 'triage' }, () => withAgent('triager', run));
  },
};

/** Sets the process up; before any SDK is loaded. `project`: a file of the project whose packages are to be used. */
export function setUp(variant: Variant, project: string): Promise<Around> {
  return AROUND[variant](project);
}
