import { describeSdk } from './describe-sdk.ts';

describeSdk('groq-sdk');
describeSdk('together-ai');
