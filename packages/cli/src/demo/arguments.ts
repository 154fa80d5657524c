import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Request = { kind: 'run'; real: boolean; json: boolean } | { kind: 'help' } | { kind: 'wrong'; why: string };

export const USAGE = `Usage: npm run demo [-- options]

A team of agents on the real OpenAI and Anthropic SDKs, metered and held to budgets by Tollgate. One of them loops for ever.
Without options it talks to provider servers on 127.0.0.1: no key, no network.

  --json   print one result as JSON, and nothing else
  --real   talk to the real providers, for at most $0.50: needs OPENAI_API_KEY and ANTHROPIC_API_KEY
  --help   print this

With OTEL_EXPORTER_OTLP_ENDPOINT set, traces and metrics are exported there.
`;

/** Reads the command line. Whatever it does not know is wrong, never ignored. */
export function readArguments(args: readonly string[]): Request {
  const options = {
    json: { type: 'boolean' },
    real: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
    const { help = false, json = false, real = false } = values;
    if (help) return { kind: 'help' };
    if (json && real)
      return { kind: 'wrong', why: '--json compares with the bill of a provider server, and --real has none' };
    return { kind: 'run', real, json };
  } catch (error) {
    return { kind: 'wrong', why: (error as Error).message };
  }
}
