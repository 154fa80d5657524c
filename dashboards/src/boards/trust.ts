import { now } from '../panels/query.ts';
import { stat } from '../panels/stat.ts';
import { RESOURCE, series } from '../promql/names.ts';
import { select } from '../promql/selector.ts';
import { gained, share, sumBy, total } from '../promql/totals.ts';
import { boardUrl, type Row } from './board.ts';
import { IN_RANGE } from './words.ts';

const spent = total(select('tollgate.cost'));
const assumed = total(select('tollgate.cost.assumed'));

/**
 * What writers without a budget have counted within the time range. A process that limits something says so; the Collector,
 * which counts for those without the plugin, limits nothing.
 */
export function uncovered(selector: string): string {
  return `${gained(selector)} unless on (${RESOURCE.instance}) last_over_time(${series('tollgate.budget.limit')}[$__range])`;
}

const SIZE = { width: 6, height: 5, unit: 'percentunit', decimals: 1, empty: 'nothing spent' } as const;
const TO_PIPELINE = [{ title: 'Pipeline health', url: boardUrl('tollgate-pipeline') }];

/** How much of the money is not certain, not attributed, or not guarded. */
export const trust: Row = {
  title: 'Can these numbers be trusted?',
  panels: [
    stat(
      {
        ...SIZE,
        title: 'Estimated',
        description: `Share of the spend whose usage no provider reported, for instance of streams that broke off: counted by us, and off by a few percent. ${IN_RANGE} Empty: nothing was spent.`,
        links: TO_PIPELINE,
      },
      now(share(total(select('tollgate.cost', { state: '="estimated"' })), spent)),
    ),
    stat(
      {
        ...SIZE,
        title: 'Unpriced',
        description: `Share of what budgets were charged for models without a known price: an assumption, kept out of every other figure of money. Above 0, add a price. ${IN_RANGE} Empty: nothing was spent.`,
        thresholds: [[0.000001, 'yellow']],
        links: TO_PIPELINE,
      },
      now(share(assumed, `(${spent} + (${assumed} or vector(0)))`)),
    ),
    stat(
      {
        ...SIZE,
        title: 'Untagged',
        description: `Share of the spend without an agent: nobody to ask. A budget by agent holds it as that of an agent by its service’s name. Pipeline health says which service. ${IN_RANGE} Empty: nothing was spent.`,
        links: [{ title: 'Whose it is', url: boardUrl('tollgate-pipeline') }],
      },
      now(share(total(select('tollgate.cost', { 'gen_ai.agent.name': '=""' })), spent)),
    ),
    stat(
      {
        ...SIZE,
        title: 'Not covered by a budget',
        description: `Share of the spend that writers without a budget have counted: of processes without register(), which nothing can stop, of those that registered none, and of those that leave counting to the Collector: their budgets hold, but export nothing, and no alert tells of them. ${IN_RANGE} Empty: nothing was spent.`,
        links: TO_PIPELINE,
      },
      now(share(sumBy(uncovered(select('tollgate.cost'))), spent)),
    ),
  ],
};
