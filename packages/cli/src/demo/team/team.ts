import { BudgetExceededError, withTask } from '@tollgate/otel';
import type { Clients } from './clients.ts';
import { polish } from './critic.ts';
import { planBrief } from './planner.ts';
import { research } from './researcher.ts';
import { writeBrief } from './writer.ts';

/** The task whose loop would never end. */
export const LOOPING_TASK = 'P-1';

/** What the team writes about, by the id of the task. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'B-1': 'the winter timetable of the ferry',
  'B-2': 'the works on the harbour bridge',
  'B-3': 'the trial of night buses',
};

const OLD_BRIEF = `Line 4 will be slower this winter. The boats of the line are to leave less often than they used to, and people on Mill
Island will have to press a button. The crossing gets a little dearer too. Many are unhappy about it, says the port authority,
which nevertheless thinks that the new timetable is the right one for the season.`;

/** What became of a task: the headline or the text that it came to, a budget's no, or nothing when it was cut off. */
export interface TaskEnd {
  task: string;
  outcome: 'done' | 'refused' | 'cut off';
  words: string;
}

/** Runs all tasks of the team at once. Rejects with the first error that is no budget's no, once every task has ended. */
export async function runTeam(clients: Clients): Promise<TaskEnd[]> {
  const briefs = Object.entries(SUBJECTS).map(([id, subject]) =>
    endOf(
      id,
      withTask({ id, type: 'brief' }, () => prepareBrief(subject, clients)),
      clients,
    ),
  );
  const polished = withTask({ id: LOOPING_TASK, type: 'polish' }, () => polish(OLD_BRIEF, clients));
  const looping = endOf(LOOPING_TASK, polished, clients);
  const settled = await Promise.allSettled([...briefs, looping]);
  const failed = settled.find((task) => task.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return settled.flatMap((task) => (task.status === 'fulfilled' ? [task.value] : []));
}

/** The headline of a brief that was planned, researched question by question at once, and written. */
async function prepareBrief(subject: string, clients: Clients): Promise<string> {
  const questions = await planBrief(subject, clients);
  const findings = await Promise.all(questions.map((question) => research(question, clients)));
  const { headline } = await writeBrief(subject, findings, clients);
  return headline;
}

/** A no is caught around the task, not in it: the task ends with the error, so that it counts as refused. */
async function endOf(task: string, work: Promise<string>, { signal }: Clients): Promise<TaskEnd> {
  try {
    return { task, outcome: 'done', words: await work };
  } catch (error) {
    if (BudgetExceededError.is(error)) return { task, outcome: 'refused', words: (error as Error).message };
    if (signal.aborted) return { task, outcome: 'cut off', words: 'it went on for too long' };
    throw error;
  }
}
