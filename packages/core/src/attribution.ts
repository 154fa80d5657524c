/** What spend can be asked about, and budgets can be kept by. `model` and `provider` come from the call itself. */
export type Dimension = 'team' | 'user' | 'session' | 'agent' | 'task' | 'taskType' | 'step' | 'model' | 'provider';

/** Who a call is for. `task` is the unit of work's id, unique; `taskType` its kind, one of few values. */
export type Attribution = { [D in Exclude<Dimension, 'model' | 'provider'>]?: string | undefined };

/** Every dimension, in the order in which account keys and tables list them. */
export const DIMENSIONS: readonly Dimension[] = [
  'team',
  'user',
  'session',
  'agent',
  'task',
  'taskType',
  'step',
  'model',
  'provider',
];
