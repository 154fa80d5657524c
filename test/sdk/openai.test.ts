import { describeSdk } from './describe-sdk.ts';

describeSdk('openai', [
  'chat.completions.create gives a completion',
  'chat stream is read to its end',
  'chat.completions.parse gives the parsed answer',
  'chat.completions.create succeeds after two 429',
  'responses.create streams',
  'embeddings.create gives vectors of numbers',
  'AzureOpenAI names its deployment in the path',
  'models.list is no call',
]);
