import type { SdkModule } from '../sdk-module.ts';
import { hookStainless } from './stainless.ts';

/** The Anthropic SDK. From 0.134 on it opens a span of its own, which we enrich. In old versions the base class is in `core`. */
export const anthropic: SdkModule = {
  name: '@anthropic-ai/sdk',
  entries: ['client', 'index', 'core'],
  hook: hookStainless,
};
