import { tollgate } from './instrumentation.mjs';
import { Agent, run, tool } from '@openai/agents';
import { z } from 'zod';
import { runAgents } from './run-agents.ts';

await runAgents(tollgate, { Agent, run, tool, z });
