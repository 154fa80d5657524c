// What is said in calls, in the shapes that the conventions have for it. No promise of stability between versions.
export type { Answer } from './wire/content/answer.ts';
export { CONTENT_READERS } from './wire/content/catalogue.ts';
export type { ContentReader } from './wire/content/content-reader.ts';
export { EventSplitter } from './wire/content/event-splitter.ts';
