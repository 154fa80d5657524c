import { join } from 'node:path';
import { ensureProject } from '../on-demand/ensure-project.ts';
import { ROOT } from '../steps.ts';
import type { Row } from './row.ts';
import { EVENTS, FEW_EVENTS } from './sdk/replies.ts';
import { WarmProcess } from './sdk/warm-process.ts';
import type { WorkName } from './sdk/works.ts';
import { median, medianOfRounds, ratio, shuffled } from './statistics.ts';

/** Processes that are compared: with us, without, with OpenTelemetry alone, and the same with OpenTelemetry's own instrumentation. */
type Tool = 'tollgate' | 'bare' | 'telemetry' | 'contrib' | 'bare 6';

/** Calls of one measurement, enough for some tens of milliseconds: the shorter, the more alike is the machine to all of them. */
const PLAN: readonly (readonly [WorkName | 'J', number, readonly Tool[]])[] = [
  ['J', 10_000, ['tollgate', 'contrib']],
  ['chat', 250, ['tollgate', 'bare', 'contrib', 'bare 6']],
  ['chat stream', 15, ['tollgate', 'bare', 'contrib', 'bare 6']],
  ['chat stream, short', 60, ['tollgate', 'bare', 'contrib', 'bare 6']],
  ['chat, 100k tokens', 15, ['tollgate', 'bare']],
  ['messages', 250, ['tollgate', 'bare']],
  ['messages, own span', 250, ['tollgate', 'telemetry']],
  ['messages, 100k tokens', 15, ['tollgate', 'bare']],
];

const CALL_ROWS: readonly CallRow[] = [
  { name: 'OpenAI: a call, everything on, of the bare SDK', work: 'chat', mark: 1.7 },
  { name: 'Anthropic: a call, its own span off, of the bare SDK', work: 'messages', mark: 1.7 },
  {
    name: 'Anthropic: a call, of the SDK with its own span on',
    work: 'messages, own span',
    mark: 1.7,
    without: 'telemetry',
  },
  { name: `OpenAI: a stream of ${EVENTS} events, of the bare SDK`, work: 'chat stream', mark: undefined },
  { name: 'OpenAI: a call with 100,000 tokens, of the bare SDK', work: 'chat, 100k tokens', mark: 1.1 },
  { name: 'Anthropic: a call with 100,000 tokens, of the bare SDK', work: 'messages, 100k tokens', mark: 1.1 },
];

/** µs of CPU per call, round by round. */
type Figures = (tool: Tool, work: WorkName | 'J') => readonly number[];

/** What a call, a chunk and a long prompt cost on top of the bare SDKs. */
export async function benchCalls({ rounds, warmUp }: { rounds: number; warmUp: number }): Promise<Row[]> {
  const own = join(ROOT, 'test/package.json');
  const contrib = await ensureProject('contrib').then(
    (folder) => join(folder, 'package.json'),
    () => undefined,
  );
  const processes = new Map<Tool, WarmProcess>();
  try {
    for (const tool of ['tollgate', 'bare', 'telemetry'] as const) {
      processes.set(tool, await WarmProcess.start(tool, own));
    }
    if (contrib !== undefined) {
      processes.set('contrib', await WarmProcess.start('contrib', contrib));
      processes.set('bare 6', await WarmProcess.start('bare', contrib));
    }
    return rowsOf(await measure(processes, rounds, warmUp), rounds, contrib !== undefined);
  } finally {
    for (const process of processes.values()) process.stop();
  }
}

/** All processes in every round, one at a time, in a random order. */
async function measure(processes: ReadonlyMap<Tool, WarmProcess>, rounds: number, warmUp: number): Promise<Figures> {
  const figures = new Map<string, number[]>();
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [work, count, tools] of PLAN) {
      for (const tool of shuffled(tools)) {
        const value = await processes.get(tool)?.ask({ work, count });
        if (value === undefined || round < 0) continue;
        const key = `${tool} ${work}`;
        figures.set(key, [...(figures.get(key) ?? []), value]);
      }
    }
  }
  return (tool, work) => figures.get(`${tool} ${work}`) ?? [];
}

function rowsOf(figures: Figures, rounds: number, hasContrib: boolean): Row[] {
  const ours = chunkMicros(figures, rounds, 'tollgate', 'bare');
  const theirs = chunkMicros(figures, rounds, 'contrib', 'bare 6');
  const perChunk = { measured: `${median(ours).toFixed(2)} µs` };
  return [
    ...CALL_ROWS.map((row) => ofCall(figures, row)),
    {
      ...perChunk,
      name: 'OpenAI: a streamed chunk',
      value: ratio(ours, figures('tollgate', 'J')),
      unit: 'J',
      mark: 0.4,
    },
    ofContrib(median(ours), median(theirs), hasContrib),
  ];
}

/** A difference of two long streams can be smaller than what else the machine does: then nothing is said. */
function ofContrib(ours: number, theirs: number, isInstalled: boolean): Row {
  const isMeasured = isInstalled && theirs > 0;
  return {
    name: 'OpenAI: a streamed chunk, of OTel contrib’s openai instrumentation',
    measured: isInstalled ? `of ${theirs.toFixed(2)} µs` : 'not installed',
    value: isMeasured ? ours / theirs : undefined,
    unit: '×',
    mark: 0.5,
  };
}

interface CallRow {
  name: string;
  work: WorkName;
  mark: number | undefined;
  /** The process that makes the same calls without us. */
  without?: Tool;
}

function ofCall(figures: Figures, { name, work, mark, without = 'bare' }: CallRow): Row {
  const [ours, bare] = [figures('tollgate', work), figures(without, work)];
  const added = medianOfRounds(ours.length, (round) => ours[round]! - bare[round]!);
  return {
    name,
    measured: `+${added.toFixed(0)} of ${median(bare).toFixed(0)} µs`,
    value: ratio(ours, bare),
    unit: '×',
    mark,
  };
}

/** What each further chunk of a stream adds on top of the bare SDK: what the call itself costs is the same in a short stream. */
function chunkMicros(figures: Figures, rounds: number, tool: Tool, without: Tool): number[] {
  const added = (work: WorkName, round: number): number => figures(tool, work)[round]! - figures(without, work)[round]!;
  const ofRound = (round: number): number => added('chat stream', round) - added('chat stream, short', round);
  return Array.from({ length: rounds }, (_, round) => ofRound(round) / (EVENTS - FEW_EVENTS));
}
