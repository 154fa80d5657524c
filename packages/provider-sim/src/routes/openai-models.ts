import { freeReply, type Route } from './route.ts';

/** `GET /v1/models`: a route that is no call. */
export const openaiModels: Route = {
  name: 'models',
  family: 'openai',
  method: 'GET',
  path: /^\/v1\/models$/,
  reply: (_request, _plan, { now }) => {
    const created = Math.floor(now / 1000);
    const data = ['gpt-4o', 'gpt-5.5'].map((id) => ({ id, object: 'model', created, owned_by: 'openai' }));
    return freeReply({ object: 'list', data });
  },
};
