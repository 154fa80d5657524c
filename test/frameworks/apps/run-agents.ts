import { withStep, withTask, type Tollgate } from '@tollgate/otel';
import { answer, outcomeOf } from './outcome.ts';

interface Result {
  finalOutput: unknown;
}

interface StreamedResult extends Result, AsyncIterable<unknown> {
  completed: Promise<void>;
}

interface Packages {
  Agent: new (options: object) => object;
  run: ((agent: object, input: string) => Promise<Result>) &
    ((agent: object, input: string, options: { stream: true }) => Promise<StreamedResult>);
  tool: (options: object) => object;
  z: { object(shape: object): object; string(): object };
}

/** An agent that looks something up before it answers: two turns, each of them a call of the model. */
export async function runAgents(tollgate: Tollgate, { Agent, run, tool, z }: Packages): Promise<void> {
  const lookUp = tool({
    name: 'look_up',
    description: 'Looks an order up.',
    parameters: z.object({ order: z.string() }),
    execute: () => 'delivered',
  });
  const agent = new Agent({ name: 'support', model: 'gpt-5-mini', tools: [lookUp] });
  for (const name of ['run', 'closed run']) {
    await outcomeOf(name, async () => {
      const { finalOutput } = await withTask('T-1', () => withStep('answer', () => run(agent, name)));
      return { text: String(finalOutput) };
    });
  }
  for (const name of ['stream', 'closed stream']) {
    await outcomeOf(name, async () => {
      const result = await run(agent, name, { stream: true });
      for await (const _ of result);
      await result.completed;
      return { text: String(result.finalOutput) };
    });
  }
  answer(tollgate);
}
