import { ConfigError } from '@tollgate/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HookReport } from './instrument/hook-report.ts';
import { instrument } from './instrument.ts';
import { shared } from './shared.ts';

const NO_CLIENTS = [null, undefined, 'client', Object.create(null)] as object[];

describe('instrument()', () => {
  describe('where calls are seen', () => {
    beforeEach(() => {
      shared.hooks = new HookReport(() => true);
    });
    afterEach(() => {
      shared.hooks = undefined;
    });

    it.each(NO_CLIENTS)('says what it takes for %s', (client) => {
      expect(() => instrument(client)).toThrow(ConfigError);
      expect(() => instrument(client)).toThrow('must be a client, such as new OpenAI()');
    });

    it('reports a client of a class that nobody knows, and gives it back', () => {
      class Other {
        name = 'other';
      }
      const client = new Other();
      expect(instrument(client)).toBe(client);
      expect(shared.hooks?.list()).toMatchObject([{ module: 'instrument(Other)', state: 'found-not-hooked' }]);
    });
  });

  it.each(NO_CLIENTS)('lets %s pass where nothing is touched', (client) => {
    expect(instrument(client)).toBe(client);
  });
});
