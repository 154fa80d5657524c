import type { Flavour } from '../sim-request.ts';
import { anthropicCountTokens, anthropicMessages } from './anthropic-messages.ts';
import { openaiSpeech, openaiTranscriptions } from './openai-audio.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiCompletions } from './openai-completions.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';
import { openaiImages } from './openai-images.ts';
import { openaiModels } from './openai-models.ts';
import {
  openaiCancelResponse,
  openaiInputTokens,
  openaiResponses,
  openaiRetrieveResponse,
} from './openai-responses.ts';
import type { Route } from './route.ts';

const ROUTES: readonly Route[] = [
  openaiChat,
  openaiResponses,
  openaiInputTokens,
  openaiRetrieveResponse,
  openaiCancelResponse,
  openaiEmbeddings,
  openaiCompletions,
  openaiImages,
  openaiTranscriptions,
  openaiSpeech,
  openaiModels,
  anthropicMessages,
  anthropicCountTokens,
];

/** Where a request goes: without a route it is a 404. */
export interface Destination {
  route: Route | undefined;
  path: string;
  flavour: Flavour;
  /** Azure names the deployment in the path. */
  deployment?: string | undefined;
}

/**
 * Finds the route of a path. `/openai/deployments/:name/…` is Azure's, `/openai/v1/…` is Groq's; behind them are the routes of `/v1/…`.
 */
export function findRoute(method: string, pathname: string): Destination {
  const azure = /^\/openai\/deployments\/([^/]+)(\/.+)$/.exec(pathname);
  if (azure !== null) {
    const [, deployment = '', rest = ''] = azure;
    return at(method, `/v1${rest}`, { flavour: 'azure', deployment: decodeURIComponent(deployment) });
  }
  if (pathname.startsWith('/openai/v1/')) return at(method, pathname.slice('/openai'.length), { flavour: 'groq' });
  return at(method, pathname, { flavour: 'openai' });
}

function at(method: string, path: string, rest: Pick<Destination, 'flavour' | 'deployment'>): Destination {
  return { route: ROUTES.find((route) => route.method === method && route.path.test(path)), path, ...rest };
}
