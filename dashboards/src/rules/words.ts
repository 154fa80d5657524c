import { label } from '../promql/names.ts';
import type { Recorded } from '../promql/recorded.ts';
import { ACCOUNT_UNIT } from './labels.ts';

/** `agent-day (agent critic)`: which account an alert about a budget is about, for its summary. */
export const ACCOUNT_NAME: string = [
  '{{ $labels.budget }}',
  ...(
    [
      ['team', 'tollgate.team'],
      ['agent', 'gen_ai.agent.name'],
      ['task type', 'tollgate.task.type'],
      ['step', 'tollgate.step.name'],
      ['model', 'gen_ai.request.model'],
      ['provider', 'gen_ai.provider.name'],
      ['task', 'tollgate.task.id'],
    ] as const
  ).map(([word, key]) => `{{ with $labels.${label(key)} }}, ${word} {{ . }}{{ end }}`),
].join('');

/** The value of a recorded series of the very account that the alert is about, in its unit: `$0.15`, `250k tokens`. */
export function figure(name: Recorded): string {
  const labels = ACCOUNT_UNIT.map((key) => `${key}=%q`).join(',');
  const values = ACCOUNT_UNIT.map((key) => `$labels.${key}`).join(' ');
  return `{{ with printf ${quoted(`${name}{${labels}}`)} ${values} | query }}${amount('. | first | value')}{{ end }}`;
}

/** A value in the unit of the alert's budget. */
function amount(value: string): string {
  return `{{ if eq $labels.unit "usd" }}{{ ${value} | printf "$%.2f" }}{{ else }}{{ ${value} | humanize }} {{ $labels.unit }}{{ end }}`;
}

function quoted(text: string): string {
  return `\`${text}\``;
}

/** The agent that an alert is about. */
export const WHO: string = `{{ or $labels.${label('gen_ai.agent.name')} "an agent without a name" }}`;
