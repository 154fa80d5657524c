import type { SdkModule } from '../sdk-module.ts';
import { hookStainless } from './stainless.ts';

/** The OpenAI SDK, 4 to 7 and on, with AzureOpenAI and every client that extends it. In version 4 the base class is in `core`. */
export const openai: SdkModule = { name: 'openai', entries: ['client', 'index', 'core'], hook: hookStainless };
