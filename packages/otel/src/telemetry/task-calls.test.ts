import { expect, it } from 'vitest';
import { TaskCalls } from './task-calls.ts';

it('names no agent of a task that is called without one, though its account is by the name of the service', () => {
  const tasks = new TaskCalls('desk');
  tasks.called({ task: 'untagged' });
  tasks.called({ task: 'named-so', agent: 'desk' });
  expect(tasks.agentOf('untagged', 'desk')).toBeUndefined();
  expect(tasks.agentOf('named-so', 'desk')).toBe('desk');
});

it('takes the agent of an account for that of its calls, and only without one that of the last call', () => {
  const tasks = new TaskCalls('desk');
  tasks.called({ task: 'shared', agent: 'critic' });
  tasks.called({ task: 'shared', agent: 'writer' });
  expect(tasks.agentOf('shared', 'critic')).toBe('critic');
  expect(tasks.agentOf('shared', undefined)).toBe('writer');
});
