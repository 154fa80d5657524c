import { expect, test } from 'vitest';
import { execute } from '../../steps.ts';
import { programPath } from '../programs.ts';
import { RULES } from './scenario.ts';

test(
  'promtool finds nothing wrong with the rules, nor with the deployed configuration that loads them',
  { timeout: 600_000 },
  async () => {
    const promtool = await programPath('promtool');
    expect(await execute(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ...RULES])).not.toContain('FAILED');
    const checked = await execute(promtool, ['check', 'config', 'collector/deploy/prometheus.yml']);
    expect(checked.match(/dashboards\/rules\/\w+\.yml/g)?.length).toBeGreaterThanOrEqual(RULES.length);
  },
);
