import type { SdkModule } from './sdk-module.ts';
import { anthropic } from './sdk/anthropic.ts';
import { openai } from './sdk/openai.ts';
import { siblings } from './sdk/siblings.ts';

/** Every SDK that we know how to hook. */
export const SDK_MODULES: readonly SdkModule[] = [openai, anthropic, ...siblings];
