const { tollgate } = require('./instrumentation.mjs');
const { ChatAnthropic } = require('@langchain/anthropic');
const { ChatOpenAI } = require('@langchain/openai');
const Anthropic = require('@anthropic-ai/sdk');
const OpenAI = require('openai');
const { askLangchain } = require('./ask-langchain.ts');

void askLangchain(tollgate, { ChatAnthropic, ChatOpenAI, Anthropic, OpenAI });
