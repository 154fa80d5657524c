import { countTokens, type ReplyPlan, type Script, type SimRequest } from '@tollgate/provider-sim';
import { JUDGE, REVISER } from '../team/critic.ts';
import { HANDBOOK } from '../team/handbook.ts';
import { PLANNER } from '../team/planner.ts';
import { VERIFIER } from '../team/researcher.ts';
import { HEADLINER, WRITER } from '../team/writer.ts';
import { DEMANDS, LINES, REVISION, type Lines } from './lines.ts';

/** How long a model takes for a token, in ms: what makes the spend grow at a pace that one can watch. */
const PACE_MS = 12;
const SOON_MS = 300;
/** The question whose first request meets a 429. */
const LIMITED_QUESTION = 3;

const limited: ReplyPlan = { fault: { kind: 'status', status: 429, retryAfterMs: SOON_MS } };

/** Who is spoken to (the start of the prompt), and what the model answers. */
const PARTS: readonly [start: string, part: (request: SimRequest) => ReplyPlan][] = [
  [PLANNER, plannerSays],
  [HANDBOOK, researcherSays],
  [VERIFIER, () => ({ text: 'true' })],
  [WRITER, writerSays],
  [HEADLINER, headlinerSays],
  [JUDGE, (request) => ({ text: DEMANDS[request.attempt % DEMANDS.length] })],
  [REVISER, () => ({ text: REVISION })],
];

/** All that the models of the demo say, as the provider servers are told it. */
export const script: Script = (request) => {
  const part = PARTS.find(([start]) => request.prompt.startsWith(start));
  return part && { paceMs: PACE_MS, ...part[1](request) };
};

function plannerSays(request: SimRequest): ReplyPlan {
  const { query, findings } = linesFor(request);
  if (!hasResult(request, 'function_call_output')) {
    return { toolCalls: [{ name: 'search_archive', arguments: { query } }] };
  }
  return { text: JSON.stringify({ questions: findings.map(({ question }) => question) }) };
}

/** The first request writes the handbook to the provider's cache, and all others read it from there. One question meets a 429 first. */
function researcherSays(request: SimRequest): ReplyPlan {
  const all = Object.values(LINES).flatMap(({ findings }) => findings);
  const index = all.findIndex(({ question }) => request.prompt.includes(question));
  const { note, finding } = all[index] ?? { note: '', finding: '' };
  const isToRead = !hasResult(request, 'tool_result');
  if (isToRead && index === LIMITED_QUESTION && !isRetry(request)) return limited;
  const handbook = countTokens(HANDBOOK);
  const usage = isToRead && index === 0 ? { cacheWrite5m: handbook } : { cacheRead: handbook };
  return isToRead ? { usage, toolCalls: [{ name: 'read_note', arguments: { id: note } }] } : { usage, text: finding };
}

/** The writer, too, is told to come back later once. */
function writerSays(request: SimRequest): ReplyPlan {
  const lines = linesFor(request);
  return lines === LINES['buses'] && !isRetry(request) ? limited : { text: lines.draft };
}

function headlinerSays({ prompt }: SimRequest): ReplyPlan {
  const lines = Object.values(LINES).find(({ draft }) => prompt.includes(draft));
  return { text: JSON.stringify(lines?.title) };
}

function linesFor({ prompt }: SimRequest): Lines {
  const lines = Object.entries(LINES).find(([word]) => prompt.includes(word))?.[1];
  if (lines === undefined) throw new Error(`the script has no lines for: ${prompt.slice(-80)}`);
  return lines;
}

/** Whether the SDK sends this request again; it says so itself. */
function isRetry({ headers }: SimRequest): boolean {
  return headers['x-stainless-retry-count'] !== '0';
}

/** Whether the app has answered a tool call in this conversation. */
function hasResult({ body }: SimRequest, type: string): boolean {
  return JSON.stringify(body['input'] ?? body['messages']).includes(`"type":"${type}"`);
}
