import { startProvider, type Script } from '@tollgate/provider-sim';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Act, ContentAnswer, ContentSettings } from './apps/content.ts';
import { startReceiver, type Attributes, type ReceivedPoint, type ReceivedSpan } from './otlp-receiver.ts';
import { ask } from './run-app.ts';

interface Run extends ContentAnswer {
  spans: ReceivedSpan[];
  points: ReceivedPoint[];
  /** All that was sent to the OTLP endpoint, word for word. */
  exported: string;
  stderr: string;
}

const TEXT = 'The zeppelin flies over the sea and never comes back to the harbour where it was built';
const CALL = { name: 'weather', arguments: { city: 'Ouagadougou' } };

/**
 * Says the text, and calls a tool where there are any; reasons in words of its own where it is asked to. Streams take their
 * time: of those that are left, the end must not have come with the beginning.
 */
const script: Script = ({ body }) =>
  Array.isArray(body['tools'])
    ? { text: TEXT, toolCalls: [CALL] }
    : { text: TEXT, paceMs: body['stream'] === true ? 20 : 0 };

/** What only the messages have in them. */
const SAID = /walrus|xylophone|zeppelin|Ouagadougou|narwhal/;
const KEYS = [
  'gen_ai.system_instructions',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.definitions',
];

async function run(
  acts: readonly Act[],
  how: { options?: ContentSettings['options']; env?: Record<string, string>; isNativeContent?: boolean } = {},
): Promise<Run> {
  await using receiver = await startReceiver();
  await using openai = await startProvider({ script });
  await using anthropic = await startProvider({ script });
  const settings: ContentSettings = {
    options: { otel: 'own', ...how.options },
    acts,
    isNativeContent: how.isNativeContent,
    openaiBaseUrl: openai.openaiBaseUrl,
    anthropicBaseUrl: anthropic.anthropicBaseUrl,
  };
  const said = await ask<ContentAnswer>('content.ts', {
    settings,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', ...how.env },
  });
  const exported = receiver.requests.map(({ body }) => body).join('\n');
  return { ...said, spans: receiver.spans, points: receiver.points, exported };
}

/** The spans of the call that an act has made: one. */
function callsOf({ spans }: Pick<Run, 'spans'>, act: Act): Attributes[] {
  return spans
    .map(({ attributes }) => attributes)
    .filter((attributes) => attributes['tollgate.task.id'] === act && attributes['gen_ai.request.model'] !== undefined);
}

/** What the one call of an act says, by key, parsed. */
function saidIn(seen: Pick<Run, 'spans'>, act: Act): unknown[] {
  const calls = callsOf(seen, act);
  expect(calls, act).toHaveLength(1);
  return KEYS.map((key) => {
    const value = calls[0]?.[key];
    return value === undefined ? undefined : JSON.parse(value as string);
  });
}

const text = (content: string) => ({ type: 'text', content });
const user = { role: 'user', parts: [text('Is there a xylophone?')] };
const asked = [{ role: 'system', parts: [text('Mind the walrus.')] }, user];
const instructions = [text('Mind the walrus.')];
const answered = { role: 'assistant', parts: [text(TEXT)], finish_reason: 'stop' };
const call = { type: 'tool_call', id: expect.any(String), ...CALL };
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const tool = { type: 'function', name: 'weather', description: 'of the walrus', parameters };
const thought = { type: 'reasoning', content: expect.stringMatching(/\w+ \w+/) };

describe('captureContent: true', () => {
  let all: Run;
  beforeAll(async () => {
    all = await run(
      [
        ...(['chat', 'chat, then more', 'chat tools', 'chat stream', 'chat stream tools', 'chat left'] as const),
        ...(['chat aborted', 'long', 'responses', 'responses stream', 'responses left', 'completion'] as const),
        ...(['embeddings', 'messages', 'messages stream', 'messages raw'] as const),
      ],
      { options: { captureContent: true } },
    );
  });

  test('changes nothing for the app', () => {
    expect(all.ends).toEqual(all.ends.map(() => 'ok'));
    expect(all.stderr).toBe('');
  });

  test.each([
    ['chat', undefined, asked, [answered, { ...answered, parts: [text(expect.any(String))] }], undefined],
    ['chat, then more', undefined, asked, [answered], undefined],
    ['chat stream', undefined, asked, [answered, answered], undefined],
    ['completion', undefined, [user], [answered], undefined],
    ['messages', instructions, [user], [{ ...answered, parts: [thought, text(TEXT)] }], undefined],
    ['messages raw', instructions, [user], [{ ...answered, parts: [thought, text(TEXT)] }], undefined],
    ['embeddings', undefined, undefined, undefined, undefined],
  ] as const)('tells what was said in %s', (act, ...said) => {
    expect(saidIn(all, act)).toEqual(said);
  });

  const called = { role: 'assistant', parts: [text(TEXT), call], finish_reason: 'tool_call' };
  test.each([
    ['chat tools', undefined, asked, [called], [tool]],
    ['chat stream tools', undefined, asked, [called], [tool]],
    ['responses', instructions, [user], [called], [{ type: 'function', name: 'weather', parameters }]],
    ['responses stream', instructions, [user], [called], [{ type: 'function', name: 'weather', parameters }]],
    ['messages stream', instructions, [user], [{ ...called, parts: [thought, text(TEXT), call] }], [tool]],
  ] as const)('tells the tools, and how they were called, in %s', (act, ...said) => {
    expect(saidIn(all, act)).toEqual(said);
  });

  test.each(['chat left', 'chat aborted', 'responses left'] as const)('tells of %s what came until then', (act) => {
    const [, input, output] = saidIn(all, act);
    expect(input).toEqual(act === 'responses left' ? [user] : asked);
    const [message] = output as { parts: { content: string }[]; finish_reason: string }[];
    expect(message?.finish_reason).toBe('error');
    expect(TEXT).toContain(message?.parts[0]?.content.trim());
    expect(message?.parts[0]?.content.length).toBeLessThan(TEXT.length);
  });

  test('cuts what is too long, and says how much is missing', () => {
    const [, input] = saidIn(all, 'long') as [unknown, { parts: { content: string }[] }[]];
    expect(input[0]?.parts).toEqual([text('Mind the walrus.'), { type: 'omitted', count: 1, of: 'messages' }]);
    const [cut] = input[1]?.parts ?? [];
    const missing = Number(/ … \[(\d+) more characters left out\]$/.exec(cut?.content ?? '')?.[1]);
    const kept = cut?.content.indexOf(' … ') ?? 0;
    expect(kept + missing).toBe(200_000);
    expect(kept).toBeLessThanOrEqual(65_536);
  });

  test('tells messages on spans of calls and nowhere else, and no secret at all', () => {
    expect(JSON.stringify([all.points, all.told, all.stderr])).not.toMatch(SAID);
    const others = all.spans.filter(({ attributes }) => attributes['gen_ai.request.model'] === undefined);
    expect(others.length).toBeGreaterThan(0);
    expect(JSON.stringify(others)).not.toMatch(SAID);
    expect(all.exported).not.toContain('sim-secret');
  });
});

describe.concurrent('messages', () => {
  const acts: Act[] = ['chat tools', 'chat stream', 'responses stream', 'messages', 'messages stream'];

  test('are nowhere in what leaves the process by default, and nothing that reads them is loaded', async () => {
    const { ends, exported, stderr, told, loaded, spans } = await run(acts);
    expect(ends).toEqual(acts.map(() => 'ok'));
    expect(spans.length).toBeGreaterThan(acts.length);
    expect(exported + stderr + JSON.stringify(told)).not.toMatch(SAID);
    expect(loaded).toEqual([]);
  });

  test('are told where the environment asks for them', async () => {
    const [ours, theirs] = await Promise.all([
      run(['chat'], { env: { TOLLGATE_CAPTURE_CONTENT: 'true' } }),
      run(['chat'], { env: { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY' } }),
    ]);
    for (const one of [ours, theirs]) expect(saidIn(one, 'chat')[1]).toEqual(asked);
    expect(ours.loaded.length).toBeGreaterThan(0);
  });

  test('of a call that a budget refuses are what was asked', async () => {
    const budgets = [{ name: 'closed', limit: { calls: 0 }, window: 'total' }] as const;
    const denied = await run(['chat stream', 'messages'], { options: { captureContent: true, budgets } });
    expect(denied.ends).toEqual(['exhausted', 'exhausted']);
    expect(saidIn(denied, 'chat stream')).toEqual([undefined, asked, undefined, undefined]);
    expect(saidIn(denied, 'messages')).toEqual([instructions, [user], undefined, undefined]);
  });

  test("that Anthropic's SDK puts onto its span itself stay as it has them", async () => {
    const [alone, both] = await Promise.all([
      run(['messages'], { isNativeContent: true }),
      run(['messages'], { isNativeContent: true, options: { captureContent: true } }),
    ]);
    expect(JSON.stringify(saidIn(alone, 'messages'))).toMatch(SAID);
    const contentOf = (one: Run) => KEYS.map((key) => callsOf(one, 'messages')[0]?.[key]);
    expect(contentOf(both)).toEqual(contentOf(alone));
  });

  test.each([
    [{ otel: 'off' }, {}],
    [{ otel: 'own' }, { OTEL_TRACES_SAMPLER: 'always_off' }],
    [{ mode: 'off' }, {}],
  ] as const)('are told by nobody with %j and %j', async (options, env) => {
    const { ends, exported } = await run(acts, { options: { ...options, captureContent: true }, env });
    expect(ends).toEqual(acts.map(() => 'ok'));
    expect(exported).not.toMatch(SAID);
  });

  test('are told by an app that gives no provider of its own', async () => {
    const auto = await run(['messages stream'], { options: { otel: 'auto', captureContent: true } });
    expect(saidIn(auto, 'messages stream')[1]).toEqual([user]);
  });
});
