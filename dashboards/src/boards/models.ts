import type { AttributeKey } from '@tollgate/otel/conventions';
import { bars } from '../panels/bars.ts';
import { now, overTime } from '../panels/query.ts';
import { stat } from '../panels/stat.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { label } from '../promql/names.ts';
import { select } from '../promql/selector.ts';
import { orZero, perHour, perSecond, quantile, share, topTen, total } from '../promql/totals.ts';
import { CACHE_READ, PROMPT } from '../promql/token-kinds.ts';
import { boardUrl, type Board, type Row } from './board.ts';
import { agent, environment, metricsSource, model, team, tracesSource } from './variables.ts';
import { IN_RANGE, SHAPE } from './words.ts';

const MODEL = ['gen_ai.request.model'] as const;
const WITH_PROVIDER = ['gen_ai.request.model', 'gen_ai.provider.name'] as const;
const NAME = '{{gen_ai_request_model}}';

const modelColumn = [
  label('gen_ai.request.model'),
  {
    title: 'Model',
    link: { title: 'Its dearest calls', url: boardUrl('tollgate-tasks', { model: '${__value.raw}' }) },
  },
] as const;

const sent = { outcome: '!="denied"' } as const;

const promptPerSecond = perSecond(select('tollgate.tokens', { kind: PROMPT }), MODEL);

function tokens(kind: string, by: readonly AttributeKey[] = []): string {
  return total(select('tollgate.tokens', { kind }), by);
}

const money: Row = {
  title: 'What models cost',
  panels: [
    table(
      {
        title: 'Models',
        description: `What each model that was asked for has cost, and per call and per thousand tokens, all kinds together. Per thousand: what the mix of input, cache and output comes to, not a price. ${IN_RANGE} Empty: no calls.`,
        width: 16,
        height: 9,
        unit: 'short',
      },
      {
        labels: [modelColumn, [label('gen_ai.provider.name'), { title: 'Provider' }]],
        values: [
          [now(total(select('tollgate.cost'), WITH_PROVIDER)), { title: 'Cost', unit: 'currencyUSD' }],
          [now(total(select('tollgate.calls', sent), WITH_PROVIDER)), { title: 'Calls', unit: 'none' }],
          [
            now(
              `${total(select('tollgate.cost'), WITH_PROVIDER)} / (${total(select('tollgate.calls', sent), WITH_PROVIDER)} > 0)`,
            ),
            { title: 'Cost per call', unit: 'currencyUSD', decimals: 5 },
          ],
          [
            now(
              `1000 * ${total(select('tollgate.cost'), WITH_PROVIDER)} / (${total(select('tollgate.tokens'), WITH_PROVIDER)} > 0)`,
            ),
            { title: 'Per 1000 tokens', unit: 'currencyUSD', decimals: 5 },
          ],
        ],
        sortBy: 'Cost',
      },
    ),
    timeSeries(
      {
        title: 'Spending per hour by model',
        description: `Which models the money goes to, and since when. ${SHAPE} Empty: no calls.`,
        width: 8,
        height: 9,
        unit: 'currencyUSD',
        stacked: true,
        axis: 'USD per hour',
      },
      overTime(perHour(select('tollgate.cost'), MODEL), NAME),
    ),
    table(
      {
        title: 'Asked for and answered by',
        description: `Which model answers to which name. A name that moves to another model moves the price; “other” or a price class that nobody chose is drift. An empty answer: calls that were refused or failed. ${IN_RANGE} Empty: no calls.`,
        width: 24,
        height: 7,
        unit: 'short',
      },
      {
        labels: [
          [label('gen_ai.request.model'), { title: 'Asked for' }],
          [label('gen_ai.response.model'), { title: 'Answered by' }],
        ],
        values: [
          [
            now(total(select('tollgate.calls', sent), ['gen_ai.request.model', 'gen_ai.response.model'])),
            { title: 'Calls', unit: 'none' },
          ],
          [
            now(total(select('tollgate.cost'), ['gen_ai.request.model', 'gen_ai.response.model'])),
            { title: 'Cost', unit: 'currencyUSD' },
          ],
        ],
        sortBy: 'Calls',
      },
    ),
  ],
};

const cache: Row = {
  title: 'What is read from caches',
  panels: [
    stat(
      {
        title: 'Prompt read from caches',
        description: `Share of the prompt that a provider read from its cache, at a tenth to a half of the price. When it drops, look for what changed at the beginning of the prompts. ${IN_RANGE} Empty: no calls.`,
        width: 4,
        height: 8,
        unit: 'percentunit',
        decimals: 0,
        empty: 'no calls',
      },
      now(share(tokens(CACHE_READ), tokens(PROMPT))),
    ),
    bars(
      {
        title: 'By model',
        description: `The same for each model. 0: the model has no cache, or prompts do not begin alike. ${IN_RANGE} Empty: no calls.`,
        width: 8,
        height: 8,
        unit: 'percentunit',
        decimals: 0,
        max: 1,
      },
      now(
        `sort_desc((${tokens(CACHE_READ, MODEL)} or 0 * ${tokens(PROMPT, MODEL)}) / (${tokens(PROMPT, MODEL)} > 0))`,
        { legend: NAME },
      ),
    ),
    timeSeries(
      {
        title: 'Over time',
        description: `A fall is a cache that no longer hits: the same work at up to ten times the price of its input. ${SHAPE} Empty: no calls.`,
        width: 12,
        height: 8,
        unit: 'percentunit',
      },
      overTime(
        `(${orZero(perSecond(select('tollgate.tokens', { kind: CACHE_READ }), MODEL), promptPerSecond)}) / (${promptPerSecond} > 0)`,
        NAME,
      ),
    ),
    bars(
      {
        title: 'Tokens by kind',
        description: `Disjoint kinds: they add up to all tokens. Reasoning is output that nobody reads. ${IN_RANGE} Empty: no calls.`,
        width: 12,
        height: 8,
        unit: 'short',
      },
      now(topTen(total(select('tollgate.tokens'), ['kind'])), { legend: '{{kind}}' }),
    ),
    timeSeries(
      {
        title: 'Tokens per second by kind',
        description: `How the mix changes. ${SHAPE} Empty: no calls.`,
        width: 12,
        height: 8,
        unit: 'short',
        stacked: true,
        axis: 'tokens per second',
      },
      overTime(perSecond(select('tollgate.tokens'), ['kind']), '{{kind}}'),
    ),
  ],
};

const service: Row = {
  title: 'How models serve',
  panels: [
    timeSeries(
      {
        title: 'Duration (95th percentile)',
        description: `How long one call in twenty takes at least, all retries included. Points with a trace are exemplars of a Collector. ${SHAPE} Empty: no calls.`,
        width: 8,
        height: 8,
        unit: 's',
      },
      overTime(quantile(0.95, select('tollgate.call.duration', {}, '_bucket'), MODEL), NAME),
    ),
    timeSeries(
      {
        title: 'Time to first chunk (95th percentile)',
        description: `How long readers of a stream wait. By model only: team and agent do not change it. ${SHAPE} Empty: no streams.`,
        width: 8,
        height: 8,
        unit: 's',
      },
      overTime(quantile(0.95, select('gen_ai.client.inference.time_to_first_chunk', {}, '_bucket'), MODEL), NAME),
    ),
    timeSeries(
      {
        title: 'Requests per call',
        description: `HTTP requests for each call: 1 without retries. A rising line is a retry storm, or a provider that is overloaded. ${SHAPE} Empty: no calls.`,
        width: 8,
        height: 8,
        unit: 'none',
        decimals: 2,
      },
      overTime(
        `${perSecond(select('tollgate.attempts'), MODEL)} / (${perSecond(select('tollgate.calls', sent), MODEL)} > 0)`,
        NAME,
      ),
    ),
    table(
      {
        title: 'How calls ended',
        description: `Error: no usable answer. Aborted: the app gave up. Denied: a budget refused, nothing was sent. ${IN_RANGE} Empty: no calls.`,
        width: 24,
        height: 7,
        unit: 'none',
      },
      {
        labels: [modelColumn, [label('outcome'), { title: 'Outcome' }]],
        values: [
          [now(total(select('tollgate.calls'), ['gen_ai.request.model', 'outcome'])), { title: 'Calls', unit: 'none' }],
        ],
        sortBy: 'Calls',
      },
    ),
  ],
};

/** What models cost, how much caches save, and how well models serve. */
export const models: Board = {
  uid: 'tollgate-models',
  title: 'Tollgate: models and cache',
  description:
    'Which models does the money go to, how much of the prompts comes from caches, and how well do models serve?',
  variables: [metricsSource, tracesSource, environment, team, agent, model],
  rows: [money, cache, service],
};
