/** USD per million units, as decimal strings with at most six digits after the point. A class without a rate costs what `input` or `output` costs. */
export interface Rates {
  input: string;
  cacheRead?: string | undefined;
  cacheWrite5m?: string | undefined;
  cacheWrite1h?: string | undefined;
  audioIn?: string | undefined;
  imageIn?: string | undefined;
  audioSeconds?: string | undefined;
  output?: string | undefined;
  audioOut?: string | undefined;
  imageOut?: string | undefined;
  webSearches?: string | undefined;
}

/** What a request asked for beside the model: OpenAI's `service_tier`, Anthropic's `speed`. */
export type Mode = 'flex' | 'priority' | 'fast';

/** The rates of one model. */
export interface Price extends Rates {
  /** The whole request is at these rates when its prompt has more than `promptTokens` tokens. */
  above?: { promptTokens: number; rates: Rates } | undefined;
  /** A mode that is not listed is served, and billed, as the default. */
  modes?: Partial<Record<Mode, Rates>> | undefined;
}

/** Rates by model id. A dated id falls back to the undated one. */
export type PriceList = Readonly<Record<string, Price>>;

const SEARCH = '10000';

function openai(input: string, cacheRead: string, output: string): Price {
  return { input, cacheRead, output, webSearches: SEARCH };
}

function anthropic(input: string, [write5m, write1h, cacheRead]: [string, string, string], output: string): Price {
  return { input, cacheWrite5m: write5m, cacheWrite1h: write1h, cacheRead, output, webSearches: SEARCH };
}

const openaiModels: PriceList = {
  'gpt-4o': openai('2.5', '1.25', '10'),
  'gpt-4o-2024-05-13': { input: '5', output: '15' },
  'gpt-4o-mini': openai('0.15', '0.075', '0.6'),
  'gpt-4.1': openai('2', '0.5', '8'),
  'gpt-4.1-mini': openai('0.4', '0.1', '1.6'),
  'gpt-4.1-nano': openai('0.1', '0.025', '0.4'),
  o3: openai('2', '0.5', '8'),
  'o4-mini': openai('1.1', '0.275', '4.4'),
  'gpt-5': openai('1.25', '0.125', '10'),
  'gpt-5-mini': {
    ...openai('0.25', '0.025', '2'),
    modes: { priority: openai('0.45', '0.045', '3.6') },
  },
  'gpt-5-nano': openai('0.05', '0.005', '0.4'),
  'gpt-5.1': openai('1.25', '0.125', '10'),
  'gpt-5.2': openai('1.75', '0.175', '14'),
  'gpt-5.4': {
    ...openai('2.5', '0.25', '15'),
    above: { promptTokens: 272_000, rates: openai('5', '0.5', '22.5') },
  },
  'gpt-5.4-mini': openai('0.75', '0.075', '4.5'),
  'gpt-5.5': {
    ...openai('5', '0.5', '30'),
    above: { promptTokens: 272_000, rates: openai('10', '1', '45') },
    modes: { flex: openai('2.5', '0.25', '15'), priority: openai('12.5', '1.25', '75') },
  },
  'gpt-5.6-sol': {
    ...openai('4', '0.4', '20'),
    cacheWrite5m: '5',
    above: { promptTokens: 272_000, rates: { ...openai('8', '0.8', '30'), cacheWrite5m: '10' } },
  },
  'gpt-6-sol': {
    ...openai('2', '0.2', '10'),
    cacheWrite5m: '2.5',
    above: { promptTokens: 272_000, rates: { ...openai('4', '0.4', '15'), cacheWrite5m: '5' } },
  },
  'gpt-6-astra': {
    ...openai('10', '1', '50'),
    cacheWrite5m: '12.5',
    above: { promptTokens: 272_000, rates: { ...openai('20', '2', '75'), cacheWrite5m: '25' } },
  },
  'gpt-6-luna': {
    ...openai('0.1', '0.01', '0.5'),
    cacheWrite5m: '0.125',
    above: { promptTokens: 272_000, rates: { ...openai('0.2', '0.02', '0.75'), cacheWrite5m: '0.25' } },
  },
  'gpt-6.1-terra': {
    ...openai('1', '0.05', '5'),
    cacheWrite5m: '1.25',
    cacheWrite1h: '2.5',
    above: {
      promptTokens: 272_000,
      rates: { ...openai('2', '0.1', '7.5'), cacheWrite5m: '2.5', cacheWrite1h: '5' },
    },
  },
  'gpt-audio': { input: '2.5', audioIn: '32', output: '10', audioOut: '64' },
  'gpt-3.5-turbo-instruct': { input: '1.5', output: '2' },
  'text-embedding-3-small': { input: '0.02' },
  'text-embedding-3-large': { input: '0.13' },
  'gpt-image-1': { input: '5', cacheRead: '1.25', imageIn: '10', imageOut: '40' },
  'gpt-4o-transcribe': { input: '2.5', audioIn: '6', output: '10' },
  'gpt-4o-mini-transcribe': { input: '1.25', audioIn: '3', output: '5' },
  'whisper-1': { input: '0', audioSeconds: '100' },
  'gpt-4o-mini-tts': { input: '0.6', audioOut: '12' },
};

const anthropicModels: PriceList = {
  'claude-haiku-4-5': anthropic('1', ['1.25', '2', '0.1'], '5'),
  'claude-haiku-5-5': {
    ...anthropic('0.1', ['0.125', '0.2', '0.01'], '0.5'),
    above: { promptTokens: 100_000, rates: anthropic('0.5', ['0.625', '1', '0.05'], '2.5') },
  },
  'claude-sonnet-4-5': {
    ...anthropic('3', ['3.75', '6', '0.3'], '15'),
    above: { promptTokens: 200_000, rates: anthropic('6', ['7.5', '12', '0.6'], '22.5') },
  },
  'claude-sonnet-4-6': anthropic('3', ['3.75', '6', '0.3'], '15'),
  'claude-sonnet-5': anthropic('2', ['2.5', '4', '0.2'], '10'),
  'claude-sonnet-5-5': anthropic('2', ['2.5', '4', '0.1'], '10'),
  'claude-opus-4-5': anthropic('5', ['6.25', '10', '0.5'], '25'),
  'claude-opus-4-8': {
    ...anthropic('5', ['6.25', '10', '0.5'], '25'),
    modes: { fast: anthropic('10', ['12.5', '20', '1'], '50') },
  },
  'claude-opus-5': anthropic('5', ['6.25', '10', '0.5'], '25'),
  'claude-opus-5-5': {
    ...anthropic('4', ['5', '8', '0.2'], '20'),
    modes: { fast: anthropic('8', ['10', '16', '0.4'], '40') },
  },
};

const otherModels: PriceList = {
  'llama-3.1-8b-instant': { input: '0.05', output: '0.08' },
  'llama-3.3-70b-versatile': { input: '0.59', output: '0.79' },
  'openai/gpt-oss-120b': { input: '0.15', cacheRead: '0.075', output: '0.6' },
  'openai/gpt-oss-20b': { input: '0.075', cacheRead: '0.0375', output: '0.3' },
  'meta-llama/Llama-3.3-70B-Instruct-Turbo': { input: '0.88', output: '0.88' },
};

/** List prices as of November 2026, written down by hand. */
export const PRICE_LIST: PriceList = { ...openaiModels, ...anthropicModels, ...otherModels };
