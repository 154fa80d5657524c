import type { Attribution, Dimension } from '@tollgate/core';
import { KEY, type AttributeKey } from '../conventions.ts';

/** Dimensions as labels, by dimension. */
export type LabelKeys = { readonly [D in Dimension]?: AttributeKey };

const ALWAYS: LabelKeys = {
  team: KEY.team,
  agent: KEY.agent,
  taskType: KEY.taskType,
  step: KEY.step,
  model: KEY.requestModel,
  provider: KEY.provider,
};

/** Of these there are too many values, unless the app knows better. */
const WHEN_ASKED = { task: KEY.task, user: KEY.user, session: KEY.session } as const;

/** The dimensions that are labels, where the app has asked for `asked` as well. */
export function labelKeys(asked: readonly Dimension[]): LabelKeys {
  return { ...ALWAYS, ...Object.fromEntries(furtherLabels(asked)) };
}

/** What a call's labels have beyond the usual ones. */
export function furtherLabels(asked: readonly Dimension[]): [dimension: keyof Attribution, key: AttributeKey][] {
  const further = Object.entries(WHEN_ASKED) as [keyof typeof WHEN_ASKED, AttributeKey][];
  return further.filter(([dimension]) => asked.includes(dimension));
}
