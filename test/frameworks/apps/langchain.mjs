import { tollgate } from './instrumentation.mjs';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOpenAI } from '@langchain/openai';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { askLangchain } from './ask-langchain.ts';

await askLangchain(tollgate, { ChatAnthropic, ChatOpenAI, Anthropic, OpenAI });
