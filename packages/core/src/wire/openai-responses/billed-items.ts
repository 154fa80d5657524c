import { asList, asObject, asText, type Loose } from '../loose.ts';
import type { PriceContext } from '../wire.ts';

type Item = 'type' | 'status' | 'action' | 'container_id' | 'environment';

/** Items of an output that stand for one use of a tool of the provider's, by the name that the use is billed under. */
const USES: ReadonlyMap<unknown, string> = new Map([
  ['web_search_call', 'web_search'],
  ['file_search_call', 'file_search'],
  ['image_generation_call', 'image_generation'],
]);

/**
 * Adds what the provider bills beside the tokens, as far as the answer's items show it: `tool_calls`, by tool; and of
 * the tools that were asked for, the model that makes images (`image_model`).
 */
export function addBilledItems(context: PriceContext, output: unknown, tools: unknown): void {
  const calls: Record<string, number> = {};
  const containers = new Set<unknown>();
  for (const value of asList(output)) {
    const item = asObject<Item>(value);
    if (item === undefined) continue;
    const tool = USES.get(item.type);
    if (tool !== undefined && isBilled(item)) calls[tool] = (calls[tool] ?? 0) + 1;
    const container = containerOf(item);
    if (container !== undefined) containers.add(container);
  }
  // A container is billed by itself, however often code is run in it.
  if (containers.size > 0) calls['code_interpreter'] = containers.size;
  if (Object.keys(calls).length > 0) context['tool_calls'] = calls;
  if (calls['image_generation'] !== undefined) addImageModel(context, tools);
}

/** A search is billed unless it fails; to open one of its pages, or to look for a text in one, is not. */
function isBilled({ status, action }: Loose<Item>): boolean {
  const type = asObject<'type'>(action)?.type;
  return status !== 'failed' && type !== 'open_page' && type !== 'find_in_page';
}

function containerOf(item: Loose<Item>): unknown {
  if (item.type === 'code_interpreter_call') return item.container_id ?? '';
  return item.type === 'shell_call' ? asObject<'container_id'>(item.environment)?.container_id : undefined;
}

function addImageModel(context: PriceContext, tools: unknown): void {
  for (const value of asList(tools)) {
    const tool = asObject<'type' | 'model'>(value);
    if (tool?.type === 'image_generation') context['image_model'] = asText(tool.model);
  }
}
