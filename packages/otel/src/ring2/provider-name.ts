/** What emitters call providers → what the conventions call them. */
const NAMES: Readonly<Record<string, string>> = {
  'az.ai.openai': 'azure.ai.openai',
  'az.ai.inference': 'azure.ai.inference',
  azure: 'azure.ai.openai',
  'azure-openai': 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  'amazon-bedrock': 'aws.bedrock',
  aws: 'aws.bedrock',
  amazon: 'aws.bedrock',
  gemini: 'gcp.gemini',
  google_ai_studio: 'gcp.gemini',
  'google.generative-ai': 'gcp.gemini',
  vertex_ai: 'gcp.vertex_ai',
  vertexai: 'gcp.vertex_ai',
  'google-vertex': 'gcp.vertex_ai',
  'google.vertex': 'gcp.vertex_ai',
  google: 'gcp.gen_ai',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
  xai: 'x_ai',
  moonshot: 'moonshot_ai',
  watsonx: 'ibm.watsonx.ai',
  ibm: 'ibm.watsonx.ai',
};

const CONVENTIONAL = new Set([
  ...Object.values(NAMES),
  'openai',
  'anthropic',
  'cohere',
  'deepseek',
  'groq',
  'perplexity',
]);

/** A provider's name as the conventions have it; one that they don't know is kept, in lower case. */
export function providerName(raw: string): string {
  const name = raw.toLowerCase();
  if (CONVENTIONAL.has(name)) return name;
  const direct = NAMES[name];
  if (direct !== undefined) return direct;
  // The AI SDK appends the API: `openai.responses`, `anthropic.messages`, `google.generative-ai.chat`.
  const end = name.lastIndexOf('.');
  return end > 0 ? providerName(name.slice(0, end)) : name;
}
