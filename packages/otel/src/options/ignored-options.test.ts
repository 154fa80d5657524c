import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeBundled } from '../later.ts';
import { PARTS } from '../parts.ts';
import { ignoredOptions } from './ignored-options.ts';
import { loadOptions } from './load-options.ts';
import type { RegisterOptions } from './register-options.ts';

takeBundled(PARTS);

const DAY = { name: 'day', limit: { usd: 1 }, window: 'day', match: { agent: ['a*'] } } as const;

/** A folder with a config file. */
function folderWith(options: RegisterOptions): string {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-options-'));
  writeFileSync(join(folder, 'tollgate.config.json'), JSON.stringify(options));
  return folder;
}

function ignored(first: RegisterOptions, second: RegisterOptions, env: NodeJS.ProcessEnv = {}): string[] {
  const folder = folderWith({});
  return ignoredOptions(second, loadOptions(first, env, folder).options, env, folder);
}

describe('options of a further register()', () => {
  it('are ignored where they say something else than what holds', () => {
    expect(ignored({}, { budgets: [DAY], maxWait: '1s', propagate: { baggage: ['task'] } })).toEqual([
      'budgets',
      'maxWait',
      'propagate',
    ]);
    expect(ignored({ budgets: [DAY] }, { budgets: [{ ...DAY, limit: { usd: 2 } }] })).toEqual(['budgets']);
  });

  it('are none where they are absent, or say the same', () => {
    const options: RegisterOptions = {
      budgets: [DAY],
      maxWait: '1s',
      prices: [{ provider: 'openai', factor: 0.9 }],
      hosts: { 'llm.internal': 'openai' },
    };
    expect(ignored(options, {})).toEqual([]);
    expect(ignored(options, { budgets: undefined })).toEqual([]);
    expect(ignored(options, structuredClone(options))).toEqual([]);
    expect(ignored({}, { mode: 'enforce', maxWait: '10s', budgets: [] })).toEqual([]);
  });

  it('are none where they repeat what the config file has said', () => {
    const folder = folderWith({ budgets: [DAY] });
    const { options } = loadOptions({}, {}, folder);
    expect(ignoredOptions({ budgets: [DAY] }, options, {}, folder)).toEqual([]);
    expect(ignoredOptions({ budgets: [] }, options, {}, folder)).toEqual(['budgets']);
  });

  it('are ignored where they cannot be used, a misspelled one included', () => {
    expect(ignored({}, { maxWait: 'soon', budgets: [{ name: 'x' }], mood: 'off' } as never)).toEqual([
      'maxWait',
      'budgets',
      'mood',
    ]);
  });

  it('are none where TOLLGATE_MODE beats both', () => {
    expect(ignored({}, { mode: 'observe' }, { TOLLGATE_MODE: 'enforce' })).toEqual([]);
  });

  it('are none where the argument is nothing of the kind', () => {
    expect(ignored({}, null as never)).toEqual([]);
  });
});
