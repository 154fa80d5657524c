import type { Attributes } from '@opentelemetry/api';
import type { MetricName } from '../conventions.ts';
import type { Observe } from './recorder.ts';

/** One series of a gauge, and what it shows. */
export type GaugePoint = readonly [value: number, labels: Attributes];

/**
 * A gauge whose series come and go. One that is over is told once more, as 0: else a cumulative reader repeats its last
 * value for ever, and a backend does so for minutes.
 */
export class PassingGauge {
  readonly #name: MetricName;
  #told = new Map<string, Attributes>();

  constructor(name: MetricName) {
    this.#name = name;
  }

  /** Reports all series that there are now, the greatest last: beyond its limit an SDK folds series into one, and keeps the last. */
  tell(points: readonly GaugePoint[], observe: Observe): void {
    const told = new Map(points.map(([, labels]) => [JSON.stringify(labels), labels]));
    for (const [key, labels] of this.#told) if (!told.has(key)) observe(this.#name, 0, labels);
    for (const [value, labels] of points.toSorted(([one], [other]) => one - other)) observe(this.#name, value, labels);
    this.#told = told;
  }
}
