/** Ends of POST paths that providers bill and no wire of ours reads. `*` stands for an id. */
const BILLED = [
  'agents/automations/*/invocations',
  'agents/sessions',
  'agents/sessions/*/events',
  'batches',
  'chatkit/sessions',
  'complete',
  'containers',
  'deployments/*/run',
  'dreams',
  'evals/*/runs',
  'evaluation',
  'fine-tunes',
  'fine_tuning/alpha/graders/run',
  'fine_tuning/jobs',
  'live/sessions',
  'queue/submit',
  'realtime/calls',
  'realtime/client_secrets',
  'realtime/sessions',
  'realtime/transcription_sessions',
  'realtime/translations/client_secrets',
  'rerank',
  'sessions/*/events',
  'threads/*/runs',
  'threads/*/runs/*/submit_tool_outputs',
  'threads/runs',
  'vector_stores/*/search',
  'videos',
  'videos/*/remix',
  'videos/edits',
  'videos/extensions',
].map((route) => ({ route, end: new RegExp(`(?:^|/)${route.replaceAll('*', '[^/]+')}/?$`) }));

/** The billed route that a request takes and that we don't read; undefined where it is read, or costs nothing. */
export function unreadRoute(method: string, path: string): string | undefined {
  if (method.toLowerCase() !== 'post') return undefined;
  const [bare = ''] = path.split('?', 1);
  return BILLED.find(({ end }) => end.test(bare))?.route;
}
