import * as fc from 'fast-check';
import { Tiktoken } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import gpt2 from 'js-tiktoken/ranks/gpt2';
import o200k from 'js-tiktoken/ranks/o200k_base';
import p50k from 'js-tiktoken/ranks/p50k_base';
import r50k from 'js-tiktoken/ranks/r50k_base';
import { describe, expect, it } from 'vitest';
import { TokenCounter, type EncodingRanks } from './token-counter.ts';

const SAMPLES: Record<string, string> = {
  english:
    "The agent didn't answer at once; it looked through 1,204 tickets first. \"What's next?\" she'd asked — twice.\n\n  Then it stopped.",
  code: 'export function add(a: number, b = 0x1F): number {\n\treturn a + b; // sum\r\n}\n\n\nconst URLS = [`http://127.0.0.1:${port}/v1`];',
  html: '<ul class="big">\n    <li>one&nbsp;</li>\n    <li>two</li>\n</ul>//\n/**/\n',
  json: JSON.stringify(
    { id: 'call_9f3', values: [1, 22, 333, 4444, 1.5e-9], nested: { ok: true, none: null } },
    null,
    2,
  ),
  minified: JSON.stringify({ a: [{ b: 1 }, { c: 'x'.repeat(20) }], key_with_underscore: 'UPPER lower CamelCase' }),
  chinese: '预算用完之后,下一次调用会被拒绝。每个任务的费用都以整数记录,误差为零。',
  japanese: 'エージェントは予算の範囲内でしか動きません。次の呼び出しは送信前に止まります。',
  korean: '예산을 넘는 호출은 전송되기 전에 거절됩니다.',
  arabic: 'لا يتجاوز الإنفاق الحدَّ المسموح به أبدًا.',
  thai: 'งบประมาณหมดแล้วคำขอถัดไปจะถูกปฏิเสธ',
  russian: 'Следующий вызов отклоняется до отправки, если бюджет исчерпан.',
  emoji: '👩‍👩‍👧‍👦 done ✅✅✅ 🇩🇪 1️⃣ 👍🏽👍🏿 🫠🫠',
  base64: Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 7919) % 256)).toString('base64'),
  hex: Array.from({ length: 60 }, (_, i) => ((i * 2654435761) % 0xffffffff).toString(16)).join(''),
  spaces: `a${' '.repeat(70)}b\n\n\n   \n\t\tc${'\n'.repeat(20)}   `,
  marks: 'e\u0301e\u0301\u0302 A\u030aB \u0301\u0301 n\u0303',
  loneSurrogates: 'a\ud800b\udc00 \ud83d',
  special: 'before <|endoftext|> after <|fim_prefix|><|endofprompt|>',
  punctuation: `${'='.repeat(90)}\n/////\n...---...!!!???'s 'S 'LL 'Re 'x`,
  unicodeSpaces: 'a\u00a0b\u2003\u3000c\ufeffd\u0085e',
};

const ENCODINGS: Record<string, EncodingRanks> = { o200k, cl100k, p50k, r50k, gpt2 };

for (const [name, ranks] of Object.entries(ENCODINGS)) {
  describe(`TokenCounter on ${name}`, () => {
    const oracle = new Tiktoken(ranks as ConstructorParameters<typeof Tiktoken>[0]);
    const counter = new TokenCounter(ranks);
    const expected = (text: string): number => oracle.encode(text, [], []).length;

    it.each(Object.entries(SAMPLES))('counts %s as the reference encoder does', (_, text) => {
      expect(counter.count(text)).toBe(expected(text));
      expect(counter.count(text.repeat(3))).toBe(expected(text.repeat(3)));
    });

    it('counts any short unicode text as the reference encoder does', () => {
      const pieces = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.stringMatching(/^[ \n\r\t'sSdDaA0/.=]{0,60}$/),
        fc.constantFrom(...Object.values(SAMPLES)).map((text) => text.slice(3, 40)),
      );
      fc.assert(
        fc.property(fc.array(pieces, { maxLength: 4 }), (parts) => {
          const text = parts.join('');
          expect(counter.count(text)).toBe(expected(text));
        }),
        { numRuns: 300 },
      );
    });

    it('merges runs of more bytes than a short piece as the reference encoder does', () => {
      const unit = fc.constantFrom('a', 'ab', 'Q', ' ', '\n', '=', '中', '😀', 'xyz', '\u0301', 'ก');
      fc.assert(
        fc.property(unit, fc.integer({ min: 40, max: 160 }), (one, times) => {
          expect(counter.count(one.repeat(times))).toBe(expected(one.repeat(times)));
        }),
        { numRuns: 60 },
      );
    });
  });
}

describe('TokenCounter on long text', () => {
  const counter = new TokenCounter(o200k);
  const prose = `${SAMPLES['english']} ${SAMPLES['chinese']}\n${SAMPLES['code']}\n`;

  it('counts text of many slices as the sum of its parts', () => {
    const oracle = new Tiktoken(o200k);
    const text = prose.repeat(400);
    expect(text.length).toBeGreaterThan(100_000);
    expect(counter.count(text)).toBe(oracle.encode(text, [], []).length);
  });

  it('counts nothing in an empty text', () => {
    expect(counter.count('')).toBe(0);
  });

  it('stops soon after the limit', () => {
    const text = prose.repeat(400);
    const all = counter.count(text);
    expect(counter.countUpTo(text, all)).toBe(all);
    for (const limit of [0, 10, 1000, all - 1]) {
      const counted = counter.countUpTo(text, limit);
      expect(counted).toBeGreaterThan(limit);
      expect(counted).toBeLessThan(limit + 50);
    }
  });

  it('comes close to the whole count where one run is longer than a slice', () => {
    // 200,000 letters are 25,000 tokens of eight; each of the ten parts may add a few.
    expect(Math.abs(counter.count('a'.repeat(200_000)) - 25_000)).toBeLessThanOrEqual(3 * 10);
  });
});
