import type { SdkModule } from '../sdk-module.ts';
import { hookStainless } from './stainless.ts';

/** SDKs made by the same generator as OpenAI's: one line each. */
export const siblings: readonly SdkModule[] = ['groq-sdk', 'together-ai'].map((name) => ({
  name,
  entries: ['client', 'index', 'core'],
  hook: hookStainless,
}));
