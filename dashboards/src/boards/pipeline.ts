import { bars } from '../panels/bars.ts';
import { now, overTime } from '../panels/query.ts';
import { stat } from '../panels/stat.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { COLLECTOR } from '../promql/collector-metrics.ts';
import { label, RESOURCE } from '../promql/names.ts';
import { inEnvironment } from '../promql/selector.ts';
import { gained, perSecond, sumBy, topTen, total } from '../promql/totals.ts';
import type { Board, Row } from './board.ts';
import { uncovered } from './trust.ts';
import { environment, metricsSource, tracesSource } from './variables.ts';
import { IN_RANGE, SHAPE } from './words.ts';

const DAYS = 24 * 3600;

const writers: Row = {
  title: 'Who reports',
  panels: [
    table(
      {
        title: 'Processes and Collectors',
        description:
          'Everything that has reported in the time range, by service and version, and how long ago it last did: no figure after five minutes. A live process reports every minute; a Collector every 15 s. Empty: nothing has reported, so every other panel is empty too.',
        width: 12,
        height: 8,
        unit: 'short',
      },
      {
        labels: [
          [RESOURCE.service, { title: 'Service' }],
          ['version', { title: 'Version' }],
        ],
        values: [
          [
            now(
              `count by (${RESOURCE.service}, version) (last_over_time(${inEnvironment('tollgate.build')}[$__range]))`,
            ),
            { title: 'Writers', unit: 'none' },
          ],
          [
            now(`time() - max by (${RESOURCE.service}, version) (timestamp(${inEnvironment('tollgate.build')}))`),
            { title: 'Last report ago', unit: 's', decimals: 0 },
          ],
        ],
        sortBy: 'Writers',
      },
    ),
    stat(
      {
        title: 'Stores that do not answer',
        description:
          'Stores that a live process cannot reach: its budgets refuse or allow everything, as onStoreError says. From 1 on, bring the store back. 0: all answer, or no process is alive.',
        width: 4,
        height: 8,
        unit: 'none',
        thresholds: [[1, 'red']],
      },
      now(`count(min by (store) (${inEnvironment('tollgate.store.up')}) == 0) or vector(0)`),
    ),
    stat(
      {
        title: 'Oldest reservation',
        description:
          'Age of the oldest sum that is put aside for a call under way. Beyond ten minutes a call was never settled: the money is kept from others. Empty: nothing is reserved.',
        width: 4,
        height: 8,
        unit: 's',
        decimals: 0,
        empty: 'nothing reserved',
        thresholds: [[600, 'yellow']],
      },
      now(`max(${inEnvironment('tollgate.reservation.oldest_age')})`, {
        quiet: 'nothing is reserved between calls',
      }),
    ),
    stat(
      {
        title: 'Age of the price table',
        description:
          'Since the oldest table in use was made. Providers change prices every few weeks: after two months update the package or give prices of your own. Empty: nothing reports.',
        width: 4,
        height: 8,
        unit: 's',
        decimals: 0,
        empty: 'nothing reports',
        thresholds: [[60 * DAYS, 'yellow']],
      },
      now(`time() - min(${inEnvironment('tollgate.price_table.timestamp')})`),
    ),
  ],
};

const unknown: Row = {
  title: 'What is not known for sure',
  panels: [
    table(
      {
        title: 'Calls without a sure price',
        description: `Models that are in no price table, answers without usage, tiers that nobody named, and who sent them. Give a price, or ask the provider for usage. ${IN_RANGE} Empty: every call was priced.`,
        width: 12,
        height: 8,
        unit: 'none',
      },
      {
        labels: [
          ['reason', { title: 'Reason' }],
          [label('gen_ai.provider.name'), { title: 'Provider' }],
          [label('gen_ai.request.model'), { title: 'Model' }],
          [RESOURCE.service, { title: 'Counted by' }],
        ],
        values: [
          [
            now(
              `sum by (reason, gen_ai_provider_name, gen_ai_request_model, ${RESOURCE.service}) (${gained(inEnvironment('tollgate.unpriced'))})`,
            ),
            { title: 'Calls', unit: 'none' },
          ],
        ],
        sortBy: 'Calls',
      },
    ),
    table(
      {
        title: 'Spend that no budget covers',
        description: `What writers without a budget have counted: spend of processes without register(), which nothing can stop, of those that registered no budget, and of those that leave counting to the Collector (metrics: 'collector'): their budgets hold, but export nothing, and no alert tells of them. ${IN_RANGE} Empty: every process has a budget.`,
        width: 12,
        height: 8,
        unit: 'short',
      },
      {
        labels: [
          [label('gen_ai.agent.name'), { title: 'Agent' }],
          [label('gen_ai.request.model'), { title: 'Model' }],
          [RESOURCE.environment, { title: 'Environment' }],
        ],
        values: [
          [
            now(
              `sum by (gen_ai_agent_name, gen_ai_request_model, ${RESOURCE.environment}) (${uncovered(inEnvironment('tollgate.cost'))})`,
            ),
            { title: 'Cost', unit: 'currencyUSD' },
          ],
        ],
        sortBy: 'Cost',
      },
    ),
    table(
      {
        title: 'Spend without an agent',
        description: `Which service sends calls that nobody has tagged: wrap them in withAgent(). ${IN_RANGE} Empty: every call has an agent.`,
        width: 6,
        height: 7,
        unit: 'short',
      },
      {
        labels: [
          [RESOURCE.service, { title: 'Counted by' }],
          [label('gen_ai.request.model'), { title: 'Model' }],
        ],
        values: [
          [
            now(
              `sum by (${RESOURCE.service}, gen_ai_request_model) (${gained(inEnvironment('tollgate.cost', { 'gen_ai.agent.name': '=""' }))})`,
              { quiet: 'only calls outside of withAgent() are here' },
            ),
            { title: 'Cost', unit: 'currencyUSD' },
          ],
        ],
        sortBy: 'Cost',
      },
    ),
    table(
      {
        title: 'Spend without a team',
        description: `Which service and agent sends calls that belong to no team: put attribute({ team }, …) around them. ${IN_RANGE} Empty: every call has a team.`,
        width: 6,
        height: 7,
        unit: 'short',
      },
      {
        labels: [
          [RESOURCE.service, { title: 'Counted by' }],
          [label('gen_ai.agent.name'), { title: 'Agent' }],
        ],
        values: [
          [
            now(
              `sum by (${RESOURCE.service}, gen_ai_agent_name) (${gained(inEnvironment('tollgate.cost', { 'tollgate.team': '=""' }))})`,
            ),
            { title: 'Cost', unit: 'currencyUSD' },
          ],
        ],
        sortBy: 'Cost',
      },
    ),
    bars(
      {
        title: 'Label values beyond the cap',
        description: `Values that were folded into “other”, by label: sums stay exact, but names are lost. An id as a label does this. ${IN_RANGE} Empty: no label has too many values.`,
        width: 6,
        height: 7,
        unit: 'none',
        empty: 'no label has too many',
      },
      now(topTen(total(inEnvironment('tollgate.label.overflow'), ['label'])), {
        legend: '{{label}}',
        quiet: 'only a label with more than 100 values is here',
      }),
    ),
    stat(
      {
        title: 'Calls from sampled traces',
        description: `Calls that a Collector received with a sampling threshold: it counts each once, so metrics show less than was spent. From 1 on, count before any sampler. ${IN_RANGE} 0: every call arrives.`,
        width: 6,
        height: 7,
        unit: 'none',
        thresholds: [[1, 'yellow']],
      },
      now(`${sumBy(gained(COLLECTOR.sampledSpans))} or vector(0)`),
    ),
  ],
};

const faults: Row = {
  title: 'What went wrong in processes',
  panels: [
    stat(
      {
        title: 'Invalid budgets',
        description: `Budgets that were left out at start because they are invalid: nothing holds what they should. From 1 on, read the process’s stderr. ${IN_RANGE} 0: all are in force.`,
        width: 8,
        height: 5,
        unit: 'none',
        thresholds: [[1, 'red']],
      },
      now(`sum(max_over_time(${inEnvironment('tollgate.config.errors')}[$__range])) or vector(0)`),
    ),
    stat(
      {
        title: 'Failed requests to stores',
        description: `Requests for which the store did not answer or refused. Some are a restart; many are a store that is too small or away. ${IN_RANGE} 0: none failed.`,
        width: 8,
        height: 5,
        unit: 'none',
      },
      now(`${total(inEnvironment('tollgate.store.errors'))} or vector(0)`),
    ),
    stat(
      {
        title: 'Faults of Tollgate itself',
        description: `Errors inside of the plugin that were kept away from the app; a call may not have been counted. From 1 on, report them. ${IN_RANGE} 0: none.`,
        width: 8,
        height: 5,
        unit: 'none',
        thresholds: [[1, 'yellow']],
      },
      now(`${total(inEnvironment('tollgate.internal.errors'))} or vector(0)`),
    ),
  ],
};

const collector: Row = {
  title: 'Does the Collector keep up',
  panels: [
    timeSeries(
      {
        title: 'Spans per second',
        description: `What arrives, and what is refused for want of memory: senders try again, until their own queue is full. ${SHAPE} Empty: no Collector reports.`,
        width: 8,
        height: 8,
        unit: 'short',
      },
      overTime(perSecond(COLLECTOR.acceptedSpans), 'accepted'),
      overTime(perSecond(COLLECTOR.refusedSpans), 'refused', 'says nothing before the first is refused'),
    ),
    timeSeries(
      {
        title: 'Lost on the way out',
        description: `Spans and points that a Collector gave up, because Tempo or Prometheus did not take them: totals are too low by what points held, until the next flush. ${SHAPE} Empty: nothing was lost.`,
        width: 8,
        height: 8,
        unit: 'short',
        empty: 'nothing was lost',
      },
      overTime(perSecond(COLLECTOR.lostSpans), 'spans', 'says nothing before the first is lost'),
      overTime(perSecond(COLLECTOR.lostPoints), 'points', 'says nothing before the first is lost'),
    ),
    timeSeries(
      {
        title: 'Queue to the receivers',
        description:
          'How full the queue of each exporter is. At 100 % what comes next is lost: the receiver is away or too slow. Empty: no Collector reports.',
        width: 8,
        height: 8,
        unit: 'percentunit',
        thresholds: [[1, 'red']],
      },
      overTime(`max by (exporter) (${COLLECTOR.queueSize} / ${COLLECTOR.queueCapacity})`, '{{exporter}}'),
    ),
    bars(
      {
        title: 'Calls counted by a Collector, and why others were not',
        description: `“metered”: the process has counted the call itself. The rest are second spans of one call. ${IN_RANGE} Empty: no call went through a Collector.`,
        width: 12,
        height: 7,
        unit: 'none',
      },
      now(
        `label_replace(${sumBy(gained(COLLECTOR.countedSpans))}, "reason", "counted", "", "") or sum by (reason) (${gained(COLLECTOR.skippedSpans)})`,
        { legend: '{{reason}}' },
      ),
    ),
    table(
      {
        title: 'Flushes and price files',
        description: `How often a Collector handed its metrics on, and read a changed price file. What a failed flush held is in the next; after a failed read the old prices stay in force. ${IN_RANGE} Empty: no Collector reports.`,
        width: 12,
        height: 7,
        unit: 'none',
      },
      {
        labels: [
          ['what', { title: 'What' }],
          ['outcome', { title: 'Outcome' }],
        ],
        values: [
          [
            now(
              `label_replace(sum by (outcome) (${gained(COLLECTOR.flushes)}), "what", "flush", "", "") or label_replace(sum by (outcome) (${gained(COLLECTOR.priceFileReloads)}), "what", "price file", "", "")`,
            ),
            { title: 'Times', unit: 'none' },
          ],
        ],
        sortBy: 'Times',
      },
    ),
  ],
};

/** Whether everything that is spent is seen, priced and stored. */
export const pipeline: Board = {
  uid: 'tollgate-pipeline',
  title: 'Tollgate: pipeline health',
  description:
    'Is everything that is spent seen, priced and stored, and by whom? The environment narrows all but what a Collector says of itself: one may serve several.',
  variables: [metricsSource, tracesSource, environment],
  rows: [writers, unknown, faults, collector],
};
