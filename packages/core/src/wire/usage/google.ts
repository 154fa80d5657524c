import type { PriceContext, UsageReader } from '../wire.ts';
import { CountReader, type Fields, fieldsOf, inclusiveInput, type UsageReading } from './reading.ts';

/** Gemini: cached input is inside the prompt; thoughts and what tools put into the prompt are outside. Interactions have names of their own. */
export const readGoogleUsage: UsageReader = (raw, context) => {
  const usage = fieldsOf(raw);
  const counts = new CountReader();
  const isInteraction = usage['total_input_tokens'] !== undefined || usage['total_output_tokens'] !== undefined;
  const reading = isInteraction ? readInteraction(usage, counts) : readGenerateContent(usage, counts);
  reading.usage.tools = readGrounding(context, counts);
  return reading;
};

function readGenerateContent(usage: Fields, counts: CountReader): UsageReading {
  const prompt = counts.count(usage['promptTokenCount']);
  const toolPrompt = counts.count(usage['toolUsePromptTokenCount']);
  const cached = counts.count(usage['cachedContentTokenCount']);
  const audio = modality(usage['promptTokensDetails'], 'AUDIO', counts);
  const audioCacheRead = modality(usage['cacheTokensDetails'], 'AUDIO', counts);
  const audioIn = counts.rest(audio, audioCacheRead);
  const candidates = counts.count(usage['candidatesTokenCount'] ?? usage['responseTokenCount']);
  const outputBy = usage['candidatesTokensDetails'] ?? usage['responseTokensDetails'];
  const imageOut = modality(outputBy, 'IMAGE', counts);
  const audioOut = modality(outputBy, 'AUDIO', counts);
  return counts.reading({
    input: inclusiveInput(counts, prompt, cached + audioIn) + toolPrompt,
    cacheRead: counts.rest(cached, audioCacheRead),
    audioIn,
    audioCacheRead,
    output: counts.rest(candidates, imageOut + audioOut),
    reasoning: counts.count(usage['thoughtsTokenCount']),
    audioOut,
    imageOut,
  });
}

function readInteraction(usage: Fields, counts: CountReader): UsageReading {
  const cacheRead = counts.count(usage['total_cached_tokens']);
  const input = inclusiveInput(counts, counts.count(usage['total_input_tokens']), cacheRead);
  return counts.reading({
    input: input + counts.count(usage['total_tool_use_tokens']),
    cacheRead,
    output: counts.count(usage['total_output_tokens']),
    reasoning: counts.count(usage['total_thought_tokens']),
  });
}

function modality(details: unknown, name: string, counts: CountReader): number {
  if (!Array.isArray(details)) return 0;
  let sum = 0;
  for (const entry of details.slice(0, 100)) {
    const { modality: kind, tokenCount } = fieldsOf(entry);
    if (kind === name) sum += counts.count(tokenCount);
  }
  return sum;
}

/** Searches stand in the answer's grounding metadata: billed by the query since Gemini 3, by the grounded prompt before. */
function readGrounding(context: PriceContext, counts: CountReader): Record<string, number> {
  const queries = fieldsOf(context['grounding_metadata'])['webSearchQueries'];
  const asked = Array.isArray(queries)
    ? queries.length
    : counts.count(fieldsOf(fieldsOf(context.tool_usage)['web_search'])['num_requests']);
  return asked > 0 ? { grounding_query: asked, grounded_prompt: 1 } : {};
}
