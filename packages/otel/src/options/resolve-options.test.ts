import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@tollgate/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeBundled } from '../later.ts';
import { PARTS } from '../parts.ts';
import type { ConfigFile } from './config-file.ts';
import { OPTION_NAMES, variableOf } from './option-table.ts';
import { resolveOptions } from './resolve-options.ts';

takeBundled(PARTS);

const day = { name: 'day', limit: { usd: 25 }, window: 'day' };

function fileWith(value: unknown): ConfigFile {
  return { path: '/app/tollgate.config.json', name: 'tollgate.config.json', directory: '/app', value };
}

/** The message that an app with these options dies with. */
function messageOf(argument: unknown, env: NodeJS.ProcessEnv = {}, file?: ConfigFile): string {
  return new ConfigError(resolveOptions(argument, env, file, '/nowhere').issues).message;
}

describe('defaults', () => {
  it('fills in everything when nothing is said', () => {
    expect(resolveOptions(undefined, {}, undefined, '/nowhere')).toEqual({
      options: {
        serviceName: 'unknown_service',
        budgets: [],
        store: 'auto',
        mode: 'enforce',
        maxWaitMs: 10_000,
        onStoreError: 'deny',
        prices: { overrides: { rules: [] }, file: undefined },
        unknownPrice: 'family',
        captureContent: false,
        users: 'plain',
        summary: 'auto',
        otel: 'auto',
        metrics: 'process',
        onInvalid: 'throw',
        hosts: {},
        instrumentations: { only: undefined, disable: [] },
        semconv: 'latest',
        baggage: [],
        attributes: {},
        labels: [],
      },
      issues: [],
      skipped: [],
    });
  });

  it('names the service after OpenTelemetry’s variables, then the nearest package.json', () => {
    const directory = mkdtempSync(join(tmpdir(), 'tollgate-'));
    writeFileSync(join(directory, 'package.json'), '{ "name": "support-bot" }');
    const nameOf = (env: NodeJS.ProcessEnv, argument?: unknown): string =>
      resolveOptions(argument, env, undefined, join(directory, 'src')).options.serviceName;
    const resource = { OTEL_RESOURCE_ATTRIBUTES: 'host.name=h,service.name=from-resource' };
    expect(nameOf({})).toBe('support-bot');
    expect(nameOf(resource)).toBe('from-resource');
    expect(nameOf({ ...resource, OTEL_SERVICE_NAME: 'from-otel' })).toBe('from-otel');
    expect(nameOf({ OTEL_SERVICE_NAME: 'from-otel', TOLLGATE_SERVICE_NAME: 'ours' })).toBe('ours');
    expect(nameOf({ TOLLGATE_SERVICE_NAME: 'ours' }, { serviceName: 'code' })).toBe('code');
  });
});

describe('precedence', () => {
  it.each([
    { code: 'own', env: 'attach', file: 'off', holds: 'own' },
    { code: undefined, env: 'attach', file: 'off', holds: 'attach' },
    { code: undefined, env: '', file: 'off', holds: 'off' },
    { code: undefined, env: undefined, file: undefined, holds: 'auto' },
    { code: 'own', env: undefined, file: 'off', holds: 'own' },
  ])(
    'takes $holds of otel: $code in code, $env in the environment, $file in the file',
    ({ code, env, file, holds }) => {
      const resolved = resolveOptions({ otel: code }, { TOLLGATE_OTEL: env }, fileWith({ otel: file }));
      expect(resolved).toMatchObject({ issues: [], options: { otel: holds } });
    },
  );

  it.each([
    { code: 'enforce', env: 'off', file: 'observe', holds: 'off' },
    { code: 'enforce', env: undefined, file: 'observe', holds: 'enforce' },
    { code: undefined, env: undefined, file: 'observe', holds: 'observe' },
  ])(
    'takes $holds of mode: $code in code, $env in the environment, $file in the file',
    ({ code, env, file, holds }) => {
      const resolved = resolveOptions({ mode: code }, { TOLLGATE_MODE: env }, fileWith({ mode: file }));
      expect(resolved).toMatchObject({ issues: [], options: { mode: holds } });
    },
  );

  it('takes an option whole from one source and does not look at what it overrides', () => {
    const resolved = resolveOptions({ hosts: { A: 'openai' } }, { TOLLGATE_HOSTS: 'broken' }, fileWith({ hosts: 5 }));
    expect(resolved).toMatchObject({ issues: [], options: { hosts: { a: 'openai' } } });
  });
});

describe('environment', () => {
  it('says everything that code can say', () => {
    const env = {
      TOLLGATE_SERVICE_NAME: 'support-bot',
      TOLLGATE_BUDGETS: JSON.stringify([day]),
      TOLLGATE_STORE: 'memory',
      TOLLGATE_MODE: 'observe',
      TOLLGATE_MAX_WAIT: '0s',
      TOLLGATE_ON_STORE_ERROR: 'allow',
      TOLLGATE_PRICES: '[{"provider":"openai","factor":0.9}]',
      TOLLGATE_UNKNOWN_PRICE: 'deny',
      TOLLGATE_CAPTURE_CONTENT: 'TRUE',
      TOLLGATE_USERS: 'hash',
      TOLLGATE_SUMMARY: 'off',
      TOLLGATE_OTEL: 'own',
      TOLLGATE_METRICS: 'collector',
      TOLLGATE_ON_INVALID: 'skip',
      TOLLGATE_HOSTS: 'LLM.internal:8080=openai, localhost=ollama',
      TOLLGATE_INSTRUMENTATIONS: 'openai,@anthropic-ai/sdk',
      TOLLGATE_SEMCONV: 'both',
      TOLLGATE_PROPAGATE: 'task,agent',
      TOLLGATE_ATTRIBUTES: 'deployment.environment.name=prod,formula=a=b',
      TOLLGATE_LABELS: 'user,task,user',
    };
    expect(Object.keys(env)).toEqual(OPTION_NAMES.map(variableOf));
    const { options, issues } = resolveOptions({}, env);
    expect(issues).toEqual([]);
    expect(options).toMatchObject({
      serviceName: 'support-bot',
      budgets: [{ name: 'day' }],
      store: 'memory',
      mode: 'observe',
      maxWaitMs: 0,
      onStoreError: 'allow',
      prices: { overrides: { rules: [{ provider: 'openai', factor: 0.9 }] }, file: undefined },
      unknownPrice: 'deny',
      captureContent: true,
      users: 'hash',
      summary: 'off',
      otel: 'own',
      metrics: 'collector',
      onInvalid: 'skip',
      hosts: { 'llm.internal:8080': 'openai', localhost: 'ollama' },
      instrumentations: { only: ['openai', '@anthropic-ai/sdk'], disable: [] },
      semconv: 'both',
      baggage: ['task', 'agent'],
      attributes: { 'deployment.environment.name': 'prod', formula: 'a=b' },
      labels: ['user', 'task'],
    });
  });

  it('says no to users that would be hashed twice', () => {
    const argument = { users: 'hash', propagate: { baggage: ['task', 'user'] } };
    expect(resolveOptions(argument, {}).issues.map(({ path }) => path)).toEqual(['propagate.baggage']);
    expect(resolveOptions({ ...argument, users: 'plain' }, {}).issues).toEqual([]);
  });

  it.each([
    ['true', {}, true],
    ['SPAN_ONLY', {}, true],
    ['span_and_event', {}, true],
    ['EVENT_ONLY', {}, false],
    ['NO_CONTENT', {}, false],
    ['', {}, false],
    ['true', { TOLLGATE_CAPTURE_CONTENT: 'false' }, false],
    ['false', { TOLLGATE_CAPTURE_CONTENT: 'true' }, true],
  ])('hears OpenTelemetry’s own variable for content (%j) where ours says nothing (%j)', (theirs, ours, captured) => {
    const env = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: theirs, ...ours };
    expect(resolveOptions({}, env).options.captureContent).toBe(captured);
    expect(resolveOptions({ captureContent: false }, env).options.captureContent).toBe(false);
  });

  it('takes words in any case, with space around them', () => {
    const env = {
      TOLLGATE_STORE: 'Memory',
      TOLLGATE_MODE: ' off ',
      TOLLGATE_ON_STORE_ERROR: 'Allow',
      TOLLGATE_UNKNOWN_PRICE: 'ALLOW-UNPRICED',
      TOLLGATE_USERS: 'Hash',
      TOLLGATE_SUMMARY: 'ON',
      TOLLGATE_OTEL: 'Attach',
      TOLLGATE_METRICS: 'Collector',
      TOLLGATE_ON_INVALID: 'SKIP',
      TOLLGATE_INSTRUMENTATIONS: 'Auto',
      TOLLGATE_SEMCONV: 'Both',
      TOLLGATE_PROPAGATE: 'False',
    };
    expect(resolveOptions({}, env)).toMatchObject({
      issues: [],
      options: {
        store: 'memory',
        mode: 'off',
        onStoreError: 'allow',
        unknownPrice: 'allow-unpriced',
        users: 'hash',
        summary: 'on',
        otel: 'attach',
        metrics: 'collector',
        onInvalid: 'skip',
        instrumentations: { only: undefined },
        semconv: 'both',
        baggage: [],
      },
    });
    for (const mode of ['OFF', 'Off']) expect(resolveOptions({}, { TOLLGATE_MODE: mode }).options.mode).toBe('off');
    expect(resolveOptions({ mode: 'OFF' }, {}).issues).toHaveLength(1);
  });

  it('leaves variables alone that only begin like ours', () => {
    const env = { TOLLGATE_PORT: 'tcp://10.0.0.1:80', TOLLGATE_SERVICE_HOST: '10.0.0.1', TOLLGATE_CONFIG: 'x.yaml' };
    expect(resolveOptions({}, env).issues).toEqual([]);
  });
});

describe('messages', () => {
  it('name every issue in code with its path, what was received and the fix', () => {
    const argument = {
      stroe: 'memory',
      nonsense: 1,
      serviceName: '',
      budgets: [day, day, { ...day, name: 'week', limit: { usd: '25' } }],
      store: 'redis://app:s3cret@redis:6379/0',
      mode: 'enforced',
      maxWait: 10,
      captureContent: 'yes',
      otel: 'atach',
      hosts: { 'https://llm.internal:8080/v1': 'openai', 'localhost:11434': 7 },
      instrumentations: { enable: ['openai'] },
      propagate: { baggage: ['task', 'modle'] },
      attributes: { team: null },
      labels: 'task',
    };
    expect(messageOf(argument)).toMatchInlineSnapshot(`
      "There are 16 issues in the configuration:
        - stroe: is not an option: did you mean 'store'?
        - nonsense: is not an option: options are serviceName, budgets, store, mode, maxWait, onStoreError, prices, unknownPrice, captureContent, users, summary, otel, metrics, onInvalid, hosts, instrumentations, semconv, propagate, attributes, labels
        - serviceName: must be a text, is ''
        - store: 'redis://***@redis:6379/0' needs the package @tollgate/stores: npm i @tollgate/stores
        - mode: must be 'enforce', 'observe' or 'off', is 'enforced': did you mean 'enforce'?
        - maxWait: must be a duration such as '10s', '500ms' or '0s', is 10
        - captureContent: must be true or false, is 'yes'
        - otel: must be 'auto', 'attach', 'own' or 'off', is 'atach': did you mean 'attach'?
        - hosts['https://llm.internal:8080/v1']: must be a host or host:port, without scheme and path, is 'https://llm.internal:8080/v1'; write 'llm.internal:8080'
        - hosts['localhost:11434']: must be a text, is 7
        - instrumentations: must be 'auto', a list such as ['openai'], or { disable: […] }, is an object
        - propagate.baggage[1]: must be 'team', 'user', 'session', 'agent', 'task', 'taskType' or 'step', is 'modle'
        - attributes['team']: must be a text, is null
        - labels: must be a list such as ['task'], is 'task'
        - budgets[1].name: 'day' is already the name of budgets[0]; give each budget a name of its own
        - budgets[2].limit.usd: must be a number of USD, 0 or more, is '25': write 25"
    `);
  });

  it('name the variable where the value is from the environment', () => {
    const env = {
      TOLLGATE_MOD: 'off',
      TOLLGATE_BUDGETS: '[{"name":"day"}]',
      TOLLGATE_STORE: 'sqlite:spend.db',
      TOLLGATE_PRICES: 'no-such-prices.json',
      TOLLGATE_CAPTURE_CONTENT: 'maybe',
      TOLLGATE_HOSTS: 'localhost:8000',
      TOLLGATE_LABELS: 'task,usr',
      TOLLGATE_PROPAGATE: 'true',
    };
    expect(messageOf({}, env)).toMatchInlineSnapshot(`
      "There are 9 issues in the configuration:
        - TOLLGATE_MOD: is not a variable of ours: did you mean TOLLGATE_MODE?
        - TOLLGATE_STORE: 'sqlite:spend.db' needs the package @tollgate/stores: npm i @tollgate/stores
        - TOLLGATE_PRICES: cannot read prices from 'no-such-prices.json': ENOENT: no such file or directory, open '/nowhere/no-such-prices.json'
        - TOLLGATE_CAPTURE_CONTENT: must be true or false, is 'maybe'
        - TOLLGATE_HOSTS: must be key=value,key=value; 'localhost:8000' is not
        - TOLLGATE_PROPAGATE.baggage[0]: must be 'team', 'user', 'session', 'agent', 'task', 'taskType' or 'step', is 'true'
        - TOLLGATE_LABELS[1]: must be 'team', 'user', 'session', 'agent', 'task', 'taskType', 'step', 'model' or 'provider', is 'usr': did you mean 'user'?
        - TOLLGATE_BUDGETS[0].limit: must be an object such as { usd: 25 }, is missing
        - TOLLGATE_BUDGETS[0].window: must be one of total, minute, hour, day, week, month, or { rolling: '24h' }, is missing"
    `);
    expect(messageOf({}, { TOLLGATE_BUDGETS: "[{name:'day'}]" })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - TOLLGATE_BUDGETS: must be JSON: Expected property name or '}' in JSON at position 2 (line 1 column 3)"
    `);
  });

  it('name the file where the value is from there', () => {
    const file = fileWith({ $schema: './config.schema.json', budget: [], budgets: { name: 'day' }, maxWait: '10 sec' });
    expect(messageOf({}, {}, file)).toMatchInlineSnapshot(`
      "There are 3 issues in the configuration:
        - tollgate.config.json: budget: is not an option: did you mean 'budgets'?
        - tollgate.config.json: budgets: must be a list of budgets, is an object
        - tollgate.config.json: maxWait: must be a duration such as '10s', '500ms' or '0s', is '10 sec'"
    `);
  });

  it('say what is no object of options, and that no store of the app’s own is used', () => {
    expect(messageOf('budgets.json')).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - register(): must be an object of options, is 'budgets.json'"
    `);
    expect(messageOf({ store: { id: 'own', reach: 'process', lease: () => undefined } })).toMatchInlineSnapshot(`
      "There is 1 issue in the configuration:
        - store: cannot be a store of the app's own: stores other than memory come with @tollgate/stores; leave it out"
    `);
  });

  it('never carry a password', () => {
    const { issues } = resolveOptions(
      { store: 'redis://app:s3cret@redis' },
      { TOLLGATE_STOR: 'redis://:s3cret@redis' },
    );
    expect(issues).toHaveLength(2);
    expect(JSON.stringify(issues)).not.toContain('s3cret');
  });
});

describe('values', () => {
  it('takes a list of modules to hook, or to leave alone', () => {
    const of = (value: unknown): unknown => resolveOptions({ instrumentations: value }, {}).options.instrumentations;
    expect(of('auto')).toEqual({ only: undefined, disable: [] });
    expect(of(['openai'])).toEqual({ only: ['openai'], disable: [] });
    expect(of({ disable: ['openai'] })).toEqual({ only: undefined, disable: ['openai'] });
  });

  it('reads prices from a file beside the config file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'tollgate-'));
    writeFileSync(join(directory, 'prices.json'), '[{ "provider": "openai", "factor": 0.9 }]');
    const file = { ...fileWith({ prices: './prices.json' }), directory };
    expect(resolveOptions({}, {}, file)).toMatchObject({
      issues: [],
      options: {
        prices: { overrides: { rules: [{ provider: 'openai', factor: 0.9 }] }, file: join(directory, 'prices.json') },
      },
    });
  });
});

describe('onInvalid: skip', () => {
  it('leaves a broken budget out, says why, and keeps the valid ones', () => {
    const budgets = [day, { ...day, name: 'week', window: 'weak', limit: { usd: -1 } }, { window: 'day' }];
    const { options, issues, skipped } = resolveOptions({ budgets, onInvalid: 'skip' }, {});
    expect(issues).toEqual([]);
    expect(options.budgets.map(({ name }) => name)).toEqual(['day']);
    expect(skipped).toMatchInlineSnapshot(`
      [
        {
          "budget": "week",
          "issue": "limit.usd must be a number of USD, 0 or more, is -1; window must be one of total, minute, hour, day, week, month, or { rolling: '24h' }, is 'weak': did you mean 'week'?",
        },
        {
          "budget": "budgets[2]",
          "issue": "name must be a text of 1 to 100 characters, is missing; limit must be an object such as { usd: 25 }, is missing",
        },
      ]
    `);
  });

  it('still refuses everything else that is invalid', () => {
    const { issues } = resolveOptions({ budgets: 'day', onInvalid: 'skip', maxWait: 'soon' }, {});
    expect(issues.map(({ path }) => path)).toEqual(['budgets', 'maxWait']);
  });
});

describe('whatever comes', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
  const options = fc.dictionary(fc.constantFrom(...OPTION_NAMES, 'other'), anything);

  it('resolves to usable options or says why not, and never throws', () => {
    const text = fc.oneof(fc.string(), fc.json());
    const env = fc.dictionary(
      fc.constantFrom(...OPTION_NAMES.map(variableOf), 'TOLLGATE_X', 'OTEL_SERVICE_NAME'),
      text,
    );
    fc.assert(
      fc.property(fc.oneof(options, anything), env, fc.oneof(options, anything), (argument, variables, value) => {
        const { options: resolved, issues } = resolveOptions(argument, variables, fileWith(value));
        expect(resolved.maxWaitMs).toBeGreaterThanOrEqual(0);
        expect(['enforce', 'observe', 'off']).toContain(resolved.mode);
        expect(new ConfigError(issues).message).toContain(`${issues.length}`);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a getter or a proxy that throws as an issue', () => {
    const hostile = {
      get budgets(): never {
        throw new Error('not today');
      },
      hosts: new Proxy({}, { ownKeys: () => Object.keys(undefined as never) }),
    };
    expect(messageOf(hostile)).toMatchInlineSnapshot(`
      "There are 2 issues in the configuration:
        - budgets: cannot be read: not today
        - hosts: cannot be read: Cannot convert undefined or null to object"
    `);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(resolveOptions(proxy, {}).issues.map(({ path }) => path)).toEqual(['register()']);
  });
});
