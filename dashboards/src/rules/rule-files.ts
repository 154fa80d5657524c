import { stringify } from 'yaml';
import { toRule, type Alert, type AlertRule } from './alert.ts';
import { BUDGET_ALERTS } from './budget.ts';
import { BURN_ALERTS } from './burn.ts';
import { COVERAGE_ALERTS } from './coverage.ts';
import { EFFICIENCY_ALERTS } from './efficiency.ts';
import { PIPELINE_ALERTS } from './pipeline.ts';
import { RECORDINGS, type Recording } from './recording.ts';
import { RUNAWAY_ALERTS } from './runaway.ts';

/** Every alert, by what it is about. */
export const ALERTS: Readonly<Record<string, readonly Alert[]>> = {
  budget: BUDGET_ALERTS,
  burn: BURN_ALERTS,
  runaway: RUNAWAY_ALERTS,
  efficiency: EFFICIENCY_ALERTS,
  coverage: COVERAGE_ALERTS,
  pipeline: PIPELINE_ALERTS,
};

interface Group {
  name: string;
  rules: readonly (Recording | AlertRule)[];
}

const HEAD =
  '# Generated from dashboards/src/rules: change it there, then run `node dashboards/scripts/write-rules.ts`.\n';

/** The rule files of Prometheus, by name: who wants no pages at night loads the tickets alone. Alerts need the recordings. */
export function ruleFiles(): Readonly<Record<string, string>> {
  return {
    'recording.yml': toYaml([{ name: 'tollgate-recording', rules: RECORDINGS }]),
    'pages.yml': toYaml(groupsOf('page')),
    'tickets.yml': toYaml(groupsOf('ticket')),
  };
}

function groupsOf(severity: Alert['severity']): Group[] {
  return Object.entries(ALERTS)
    .map(([name, alerts]) => ({
      name: `tollgate-${name}-${severity}s`,
      rules: alerts.filter((alert) => alert.severity === severity).map(toRule),
    }))
    .filter(({ rules }) => rules.length > 0);
}

function toYaml(groups: readonly Group[]): string {
  return HEAD + stringify({ groups }, { lineWidth: 0, blockQuote: 'literal', singleQuote: true });
}
