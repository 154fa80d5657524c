import { generatedTokensOf, promptTokensOf, usageOf, type BilledUsage } from '../bill/billed-usage.ts';
import type { PlannedToolCall, ReplyPlan } from '../plan.ts';
import { defaultText } from './default-text.ts';
import { hashOf, idOf } from './hash.ts';
import { instanceOf } from './schema-instance.ts';
import { countTokens, splitTokens } from './split-tokens.ts';

// A planned output may be any number; a stream of more events than this would test nothing else.
const LONGEST_DEFAULT_TEXT = 4000;

/** What any wire asks a model for. */
export interface Ask {
  prompt: string;
  promptTokens: number;
  /** Most tokens per choice, reasoning included. */
  outputCap: number;
  choices: number;
  /** Most tokens of reasoning; 0 when none was asked for. */
  reasoningCap: number;
  /** The schema that the text has to fit. */
  schema?: unknown;
  /** A tool that has to be called. */
  tool?: { name: string; schema: unknown } | undefined;
}

/** One tool call with its arguments in tokens. */
export interface AnswerToolCall {
  id: string;
  name: string;
  arguments: string[];
}

/** What a client gets to see of a choice, in tokens. */
export interface Words {
  text: string[];
  toolCalls: AnswerToolCall[];
}

/** One choice, held to the cap. */
export interface AnswerChoice extends Words {
  finish: 'stop' | 'length' | 'tool-calls';
}

/** What the model says, before a wire puts it into its own words. */
export interface Answer {
  choices: AnswerChoice[];
  thinking: string[];
  usage: BilledUsage;
}

/** The answer to an ask, by the plan where it says something, and else by the prompt alone. */
export function answerTo(ask: Ask, plan: ReplyPlan): Answer {
  const reasoning = Math.min(reasoningOf(ask, plan), ask.outputCap * ask.choices);
  const cap = ask.outputCap - Math.ceil(reasoning / ask.choices);
  const choices = Array.from({ length: ask.choices }, (_, index) => choice(ask, plan, { index, cap }));
  return {
    choices,
    thinking: splitTokens(defaultText(`thinking about ${ask.prompt}`)).slice(0, reasoning),
    usage: usageFor(ask, plan, { choices, reasoning, cap }),
  };
}

/** The tokens of a choice that a client gets to see. */
function visibleTokensOf({ text, toolCalls }: Words): number {
  return text.length + toolCalls.reduce((sum, call) => sum + call.arguments.length, 0);
}

/** The input of a prompt: what the plan says, and else all that is not said to be cached or of another kind. */
export function inputUsage(promptTokens: number, plan: ReplyPlan): BilledUsage {
  const planned = usageOf({ ...plan.usage, input: 0 });
  const input = plan.usage?.input ?? Math.max(0, promptTokens - promptTokensOf(planned));
  return { ...planned, input };
}

function reasoningOf(ask: Ask, plan: ReplyPlan): number {
  if (plan.usage?.reasoning !== undefined) return plan.usage.reasoning;
  return Math.min(ask.reasoningCap, 8 + (hashOf(ask.prompt) % 25));
}

function choice(ask: Ask, plan: ReplyPlan, { index, cap }: { index: number; cap: number }): AnswerChoice {
  const calls = callsFor(ask, plan);
  const whole = {
    text: splitTokens(plan.text ?? (calls.length > 0 ? '' : textFor(ask, index, plan.usage?.output))),
    toolCalls: calls.map((call, position) => ({
      id: idOf('', `${ask.prompt}/${index}/${position}`),
      name: call.name,
      arguments: splitTokens(JSON.stringify(call.arguments)),
    })),
  };
  const visible = visibleTokensOf(whole);
  const generated = plan.usage?.output === undefined ? visible : plan.usage.output / ask.choices;
  if (generated > cap) return { ...cutTo(whole, Math.floor((visible * cap) / generated)), finish: 'length' };
  if (plan.fault?.kind === 'incomplete') return { ...whole, finish: 'length' };
  return { ...whole, finish: calls.length > 0 ? 'tool-calls' : 'stop' };
}

function callsFor({ tool }: Ask, plan: ReplyPlan): PlannedToolCall[] {
  if (plan.toolCalls !== undefined) return plan.toolCalls;
  return tool === undefined || plan.text !== undefined ? [] : [forcedCall(tool)];
}

function forcedCall(tool: { name: string; schema: unknown }): PlannedToolCall {
  return { name: tool.name, arguments: instanceOf(tool.schema) as Record<string, unknown> };
}

function textFor(ask: Ask, index: number, planned: number | undefined): string {
  if (ask.schema !== undefined) return JSON.stringify(instanceOf(ask.schema));
  const seed = index === 0 ? ask.prompt : `${ask.prompt}/${index}`;
  if (planned === undefined) return defaultText(seed);
  return defaultText(seed, Math.min(LONGEST_DEFAULT_TEXT, Math.floor(planned / ask.choices)));
}

function cutTo(whole: Words, tokens: number): Words {
  const text = whole.text.slice(0, tokens);
  let left = tokens - text.length;
  const toolCalls = whole.toolCalls.map((call) => {
    const kept = call.arguments.slice(0, left);
    left -= kept.length;
    return { ...call, arguments: kept };
  });
  return { text, toolCalls };
}

interface Made {
  choices: AnswerChoice[];
  reasoning: number;
  cap: number;
}

function usageFor(ask: Ask, plan: ReplyPlan, { choices, reasoning, cap }: Made): BilledUsage {
  const seen = choices.reduce((sum, one) => sum + visibleTokensOf(one) + namesOf(one), 0);
  const most = cap * choices.length;
  const usage = inputUsage(ask.promptTokens, plan);
  const output = Math.min(plan.usage?.output ?? seen, most);
  return { ...usage, reasoning, output };
}

function namesOf({ toolCalls }: AnswerChoice): number {
  return toolCalls.reduce((sum, call) => sum + countTokens(call.name), 0);
}

/** How many tokens exist once `sent` of `all` deltas were sent: reasoning comes before the first of them. */
export function generatedAfter(usage: BilledUsage, sent: number, all: number): number {
  const total = generatedTokensOf(usage);
  if (sent >= all) return total;
  return usage.reasoning + Math.floor(((total - usage.reasoning) * sent) / all);
}
