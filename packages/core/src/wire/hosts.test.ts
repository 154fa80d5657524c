import { describe, expect, it } from 'vitest';

import { providerOfHost } from './hosts.ts';

describe('the provider of a host', () => {
  it.each([
    ['api.openai.com', { provider: 'openai', includeUsage: true }],
    ['API.OpenAI.com:443', { provider: 'openai', includeUsage: true }],
    ['eu.api.openai.com', { provider: 'openai', includeUsage: true }],
    ['my-team.openai.azure.com', { provider: 'azure.ai.openai', includeUsage: false }],
    ['api.anthropic.com', { provider: 'anthropic', includeUsage: false }],
    ['openrouter.ai', { provider: 'openrouter', includeUsage: false }],
    ['bedrock-runtime.us-east-1.amazonaws.com', { provider: 'aws.bedrock', includeUsage: false }],
    ['europe-west1-aiplatform.googleapis.com', { provider: 'gcp.vertex_ai', includeUsage: false }],
  ])('of %s is known', (host, known) => {
    expect(providerOfHost(host)).toEqual(known);
  });

  it.each([
    ['localhost:8080'],
    ['127.0.0.1'],
    ['[::1]:80'],
    ['evilapi.openai.com.example'],
    ['notopenrouter.ai'],
    [''],
  ])('of %j is unknown', (host) => {
    expect(providerOfHost(host)).toBeUndefined();
  });

  it('is what the user says, by host and port or by host', () => {
    const mine = { 'localhost:11434': 'ollama', 'gateway.example': 'openai', 'api.openai.com': 'gateway' };
    expect(providerOfHost('localhost:11434', mine)).toEqual({ provider: 'ollama', includeUsage: false });
    expect(providerOfHost('localhost:1', mine)).toBeUndefined();
    expect(providerOfHost('gateway.example:8443', mine)).toEqual({ provider: 'openai', includeUsage: false });
    expect(providerOfHost('api.openai.com', mine)).toEqual({ provider: 'gateway', includeUsage: true });
    const asking = { 'gateway.example': { provider: 'openai', includeUsage: true } };
    expect(providerOfHost('gateway.example', asking)).toEqual({ provider: 'openai', includeUsage: true });
    expect(providerOfHost('constructor', {})).toBeUndefined();
  });
});
