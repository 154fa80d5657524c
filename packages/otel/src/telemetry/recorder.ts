import type {
  Attributes,
  BatchObservableResult,
  Counter,
  Histogram,
  Meter,
  Observable,
  UpDownCounter,
} from '@opentelemetry/api';
import { nanoToUsd } from '@tollgate/core';
import { KEY, METRICS, type MetricName } from '../conventions.ts';

/** Reports one gauge. */
export type Observe = (name: MetricName, value: number, labels: Attributes) => void;

interface Tally {
  instrument: Counter | UpDownCounter;
  /** What a label set has gathered since the last drain. Keyed by identity: equal labels are the same object. */
  pending: Map<Attributes, { amount: number }>;
}

const MAX_PENDING = 10_000;

/**
 * All instruments of one meter. Adding to a counter only adds to a number here, and reaches the instrument when the meter
 * is collected or `drain` is called: an instrument's own `add` costs ten times as much, and a call adds to ten of them.
 */
export class Recorder {
  readonly #tallies = new Map<MetricName, Tally>();
  readonly #histograms = new Map<MetricName, Histogram>();

  /** `gauges` is called whenever the meter is collected. */
  constructor(meter: Meter, names: readonly MetricName[], gauges: (observe: Observe) => void) {
    const observables = new Map<MetricName, Observable>();
    for (const name of names) this.#make(meter, name, observables);
    const collected = (result: BatchObservableResult): void => {
      this.drain();
      gauges((name, value, labels) => {
        const gauge = observables.get(name);
        if (gauge !== undefined) result.observe(gauge, value, labels);
      });
    };
    meter.addBatchObservableCallback(collected, [...observables.values()]);
  }

  /** Adds to a counter, in its unit, but money in integer nano-USD. The first of a label set goes out at once: it dates the series. */
  add(name: MetricName, amount: number, labels: Attributes): void {
    const tally = this.#tallies.get(name);
    if (tally === undefined) return;
    const pending = tally.pending.get(labels);
    if (pending !== undefined) {
      pending.amount += amount;
      return;
    }
    tally.instrument.add(inUnit(name, amount, labels), labels);
    tally.pending.set(labels, { amount: 0 });
  }

  /** Records a value of a histogram, in its unit. */
  record(name: MetricName, value: number, labels: Attributes): void {
    this.#histograms.get(name)?.record(value, labels);
  }

  /** Hands everything that was gathered to the instruments. */
  drain(): void {
    for (const [name, { instrument, pending }] of this.#tallies) {
      for (const [labels, gathered] of pending) {
        if (gathered.amount === 0) continue;
        instrument.add(inUnit(name, gathered.amount, labels), labels);
        gathered.amount = 0;
      }
      if (pending.size > MAX_PENDING) pending.clear();
    }
  }

  #make(meter: Meter, name: MetricName, observables: Map<MetricName, Observable>): void {
    const { instrument, unit, doc, buckets } = METRICS[name];
    const options = { unit, description: doc };
    switch (instrument) {
      case 'counter':
        this.#tallies.set(name, { instrument: meter.createCounter(name, options), pending: new Map() });
        break;
      case 'updowncounter':
        this.#tallies.set(name, { instrument: meter.createUpDownCounter(name, options), pending: new Map() });
        break;
      case 'histogram': {
        const advice = buckets === undefined ? {} : { explicitBucketBoundaries: [...buckets] };
        this.#histograms.set(name, meter.createHistogram(name, { ...options, advice }));
        break;
      }
      case 'gauge':
        observables.set(name, meter.createObservableGauge(name, options));
        break;
    }
  }
}

/** Integers are gathered, and divided once when they leave: money stays exact in between. */
function inUnit(name: MetricName, amount: number, labels: Attributes): number {
  const isMoney = METRICS[name].unit === '{USD}' || labels[KEY.unit] === 'usd';
  return isMoney ? nanoToUsd(amount) : amount;
}
