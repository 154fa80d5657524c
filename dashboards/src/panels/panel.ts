import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { METRICS_SOURCE, TRACES_SOURCE } from './data-sources.ts';
import { toTarget, type Query } from './query.ts';

/** A panel before it has a place on a board. */
export interface BoardPanel {
  readonly title: string;
  readonly queries: readonly Query[];
  readonly build: (id: number) => cog.Builder<dashboard.Panel>;
}

/** What every panel says of itself. */
export interface Look {
  title: string;
  /** What is shown, what to do about it, and what empty means. */
  description: string;
  /** Of 24 columns. */
  width: number;
  /** In grid rows of 30 pixels. */
  height: number;
  /** A unit id of Grafana's. */
  unit: string;
  decimals?: number | undefined;
  /** Shown instead of "No data". */
  empty?: string | undefined;
  /** Where a decision hangs on the value: from which value on which colour. */
  thresholds?: readonly Step[] | undefined;
  links?: readonly FieldLink[] | undefined;
}

/** From a value on, a colour. */
export type Step = readonly [from: number, colour: 'yellow' | 'orange' | 'red'];

/** Where a click on a value leads. */
export interface FieldLink {
  title: string;
  url: string;
}

interface Builder extends cog.Builder<dashboard.Panel> {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  noValue(text: string): this;
  thresholds(thresholds: cog.Builder<dashboard.ThresholdsConfig>): this;
  dataLinks(links: cog.Builder<dashboard.DashboardLink>[]): this;
  datasource(source: typeof METRICS_SOURCE): this;
  targets(targets: cog.Builder<cog.Dataquery>[]): this;
}

/** Gives a builder of any kind of panel what all panels have. */
export function dress<B extends Builder>(
  builder: B,
  look: Look,
  { queries, isTable = false }: { queries: readonly Query[]; isTable?: boolean },
): B {
  builder
    .title(look.title)
    .description(look.description)
    .span(look.width)
    .height(look.height)
    .unit(look.unit)
    .datasource(queries[0]?.source === 'traces' ? TRACES_SOURCE : METRICS_SOURCE)
    .thresholds(toThresholds(look.thresholds ?? []))
    .targets(queries.map((query, index) => toTarget(query, refId(index), isTable)));
  if (look.decimals !== undefined) builder.decimals(look.decimals);
  if (look.empty !== undefined) builder.noValue(look.empty);
  if (look.links !== undefined) builder.dataLinks(look.links.map(toLink));
  return builder;
}

/** The name that Grafana gives the query at a position: A, B, C. */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

// Without steps of ours Grafana colours everything beyond 80 red.
function toThresholds(steps: readonly Step[]): cog.Builder<dashboard.ThresholdsConfig> {
  return new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps([
      { value: null, color: steps.length === 0 ? 'text' : 'green' },
      ...steps.map(([value, color]) => ({ value, color })),
    ]);
}

// The SDK types links of values as links of boards, which have a tag, an icon and a place besides.
function toLink({ title, url }: FieldLink): cog.Builder<dashboard.DashboardLink> {
  return { build: () => ({ title, url }) as dashboard.DashboardLink };
}
