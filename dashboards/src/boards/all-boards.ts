import { agents } from './agents.ts';
import type { Board } from './board.ts';
import { budgets } from './budgets.ts';
import { models } from './models.ts';
import { overview } from './overview.ts';
import { pipeline } from './pipeline.ts';
import { tasks } from './tasks.ts';

/** Every board, in the order in which questions come up. */
export const BOARDS: readonly Board[] = [overview, agents, budgets, models, tasks, pipeline];
