import { describeSdk } from './describe-sdk.ts';

describeSdk('@anthropic-ai/sdk', [
  'messages.create gives a message',
  'message stream is read to its end',
  'message stream that the app breaks off cancels the HTTP stream',
  'messages.stream emits its events and the final message',
  'messages.create succeeds after two 529',
  'messages.countTokens is no call',
]);
