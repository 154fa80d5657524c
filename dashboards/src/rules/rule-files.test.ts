import { readFileSync } from 'node:fs';
import { METRICS } from '@tollgate/otel/conventions';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COLLECTOR } from '../promql/collector-metrics.ts';
import { series } from '../promql/names.ts';
import { ACCOUNT } from './labels.ts';
import { RECORDINGS } from './recording.ts';
import { ALERTS } from './rule-files.ts';

const alerts = Object.values(ALERTS).flat();
const expressions = [...RECORDINGS, ...alerts].map(({ expr }) => expr);

describe('every alert', () => {
  const runbook = readFileSync(new URL('../../runbook.md', import.meta.url), 'utf8');
  const sections = runbook.split('\n## ').flatMap((part) => {
    const severity = part.startsWith('Pages') ? 'page' : 'ticket';
    return [...part.matchAll(/^### (\w+)$/gm)].map(([, name]) => `${severity} ${String(name)}`);
  });

  it('has a section in the runbook, among the pages or the tickets as it is one, and no section is about none', () => {
    expect(sections.toSorted()).toEqual(alerts.map(({ severity, name }) => `${severity} ${name}`).toSorted());
  });

  it('has a name of its own', () => {
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  });

  it('pages only where somebody has to act at once', () => {
    expect(alerts.filter(({ severity }) => severity === 'page').map(({ name }) => name)).toEqual([
      'TollgateBudgetExceeded',
      'TollgateFastBurn',
      'TollgateRunawayTask',
      'TollgateRefusedTaskCallsOn',
      'TollgateStoreUnavailable',
    ]);
  });

  it.each(alerts)('$name says a figure or a name in its description', ({ summary, description }) => {
    expect(description).toContain('{{');
    expect(summary).not.toMatch(/\.$/);
    expect(description).toMatch(/\.$/);
  });
});

describe('every expression', () => {
  const written = new Set([
    ...Object.keys(METRICS).flatMap((name) => {
      const base = series(name as keyof typeof METRICS);
      return [base, `${base}_sum`, `${base}_count`];
    }),
    ...Object.values(COLLECTOR),
    ...RECORDINGS.map(({ record }) => record),
  ]);

  it.each(expressions)('reads only what somebody writes: %s', (expression) => {
    const read = expression.match(/\b(?:tollgate_\w+|otelcol_\w+|tollgate:[\w:]+)/g) ?? [];
    const labels = /^tollgate_(?:team|task_id|task_type|step_name)$/;
    expect(read.filter((name) => !written.has(name) && !labels.test(name))).toEqual([]);
    expect(read.length).toBeGreaterThan(0);
  });

  it.each(expressions)('reads nothing by the older conventions, which other SDKs write too: %s', (expression) => {
    expect(expression).not.toContain('gen_ai_client');
  });
});

describe('the deployed Alertmanager', () => {
  const text = readFileSync(new URL('../../../collector/deploy/alertmanager.yml', import.meta.url), 'utf8');

  it('groups and inhibits by all that tells one account from another, and by no unit', () => {
    const { route, inhibit_rules: inhibitions } = parse(text) as {
      route: { group_by: string[] };
      inhibit_rules: { equal: string[] }[];
    };
    expect(route.group_by).toEqual(['severity', ...ACCOUNT]);
    expect(inhibitions.map(({ equal }) => equal)).toEqual([ACCOUNT, ACCOUNT]);
  });
});
