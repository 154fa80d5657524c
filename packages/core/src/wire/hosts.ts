/** A server whose provider is known. */
export interface Host {
  /** The provider's name in the semantic conventions, or its own where they have none. */
  provider: string;
  /** It takes `stream_options.include_usage`, and does not send usage in streams unless asked. */
  includeUsage: boolean;
}

const asked = (provider: string): Host => ({ provider, includeUsage: true });
const unasked = (provider: string): Host => ({ provider, includeUsage: false });

/**
 * By host; a host below one of these is the same provider's (`eu.api.openai.com`). Azure takes `include_usage` only from
 * API version 2024-09-01 on and answers 400 before that, so it is left alone; those that send usage anyway need no asking.
 */
const hosts: ReadonlyMap<string, Host> = new Map([
  ['api.openai.com', asked('openai')],
  ['openai.azure.com', unasked('azure.ai.openai')],
  ['cognitiveservices.azure.com', unasked('azure.ai.openai')],
  ['services.ai.azure.com', unasked('azure.ai.inference')],
  ['inference.ai.azure.com', unasked('azure.ai.inference')],
  ['api.anthropic.com', unasked('anthropic')],
  ['api.deepseek.com', asked('deepseek')],
  ['api.x.ai', asked('x_ai')],
  ['api.moonshot.ai', asked('moonshot_ai')],
  ['api.moonshot.cn', asked('moonshot_ai')],
  ['api.cerebras.ai', unasked('cerebras')],
  ['dashscope.aliyuncs.com', asked('alibaba')],
  ['dashscope-intl.aliyuncs.com', asked('alibaba')],
  ['api.groq.com', unasked('groq')],
  ['api.together.xyz', unasked('together')],
  ['api.together.ai', unasked('together')],
  ['api.fireworks.ai', unasked('fireworks')],
  ['openrouter.ai', unasked('openrouter')],
  ['api.mistral.ai', unasked('mistral_ai')],
  ['codestral.mistral.ai', unasked('mistral_ai')],
  ['api.perplexity.ai', unasked('perplexity')],
  ['api.cohere.com', unasked('cohere')],
  ['api.cohere.ai', unasked('cohere')],
  ['generativelanguage.googleapis.com', unasked('gcp.gemini')],
  ['aiplatform.googleapis.com', unasked('gcp.vertex_ai')],
  ['router.huggingface.co', unasked('huggingface')],
  ['api.deepinfra.com', unasked('deepinfra')],
  ['integrate.api.nvidia.com', unasked('nvidia')],
]);

const bedrock = /(?:^|\.)bedrock(?:-runtime|-mantle)?(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com|api\.aws)(?:\.cn)?$/;
const vertex = /^[a-z0-9-]+-aiplatform\.googleapis\.com$/;

/**
 * Who answers at a host (`host` or `host:port`). The user's own map comes first, and is the only way to name a local server
 * or a gateway; hosts that only it knows are asked for usage in streams only where it says so.
 */
export function providerOfHost(host: string, userHosts?: Readonly<Record<string, string | Host>>): Host | undefined {
  const given = host.toLowerCase();
  const name = given.replace(/:\d+$/, '');
  const mapped = own(userHosts, given) ?? own(userHosts, name);
  if (typeof mapped === 'string') return { provider: mapped, includeUsage: hosts.get(name)?.includeUsage ?? false };
  if (mapped !== undefined) return mapped;
  if (bedrock.test(name)) return unasked('aws.bedrock');
  if (vertex.test(name)) return unasked('gcp.vertex_ai');
  for (let rest = name; rest !== ''; rest = parentOf(rest)) {
    const known = hosts.get(rest);
    if (known !== undefined) return known;
  }
  return undefined;
}

function own<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

function parentOf(name: string): string {
  const dot = name.indexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}
