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

type Instrument = Counter | UpDownCounter;

/** What one series of a counter has gathered since it was last handed to its instrument. */
export class Tally {
  readonly #instrument: Instrument;
  readonly #name: MetricName;
  readonly #labels: Attributes;
  readonly #gathering: Tally[];
  #amount = 0;
  #isDated = false;
  #isGathering = false;

  /** `gathering`: joined by each tally that has something to hand over. */
  constructor(instrument: Instrument, name: MetricName, labels: Attributes, gathering: Tally[]) {
    this.#instrument = instrument;
    this.#name = name;
    this.#labels = labels;
    this.#gathering = gathering;
  }

  /** Adds in the counter's unit, but money in integer nano-USD. The first amount goes out at once: it dates the series. */
  add(amount: number): void {
    this.#amount += amount;
    if (!this.#isDated) {
      this.#isDated = true;
      this.handOver();
    } else if (!this.#isGathering) {
      this.#isGathering = true;
      this.#gathering.push(this);
    }
  }

  handOver(): void {
    this.#isGathering = false;
    if (this.#amount === 0) return;
    this.#instrument.add(inUnit(this.#name, this.#amount, this.#labels), this.#labels);
    this.#amount = 0;
  }
}

interface Series {
  instrument: Instrument;
  /** Keyed by identity: equal labels are the same object. */
  tallies: Map<Attributes, Tally>;
}

const MAX_TALLIES = 10_000;

/**
 * All instruments of one meter. Adding to a counter only adds to a number here, and reaches the instrument when the meter
 * is collected or `drain` is called: an instrument's own `add` costs ten times as much, and a call adds to ten of them.
 */
export class Recorder {
  readonly #series = new Map<MetricName, Series>();
  readonly #histograms = new Map<MetricName, Histogram>();
  readonly #gathering: Tally[] = [];

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

  /** One series of a counter, to be kept by whoever adds to it often. Undefined for a metric that is not recorded. */
  tally(name: MetricName, labels: Attributes): Tally | undefined {
    const series = this.#series.get(name);
    if (series === undefined) return undefined;
    const known = series.tallies.get(labels);
    if (known !== undefined) return known;
    if (series.tallies.size >= MAX_TALLIES) series.tallies.clear();
    const tally = new Tally(series.instrument, name, labels, this.#gathering);
    series.tallies.set(labels, tally);
    return tally;
  }

  /** Adds to a counter, as `Tally.add` does. */
  add(name: MetricName, amount: number, labels: Attributes): void {
    this.tally(name, labels)?.add(amount);
  }

  /** Records a value of a histogram, in its unit. */
  record(name: MetricName, value: number, labels: Attributes): void {
    this.#histograms.get(name)?.record(value, labels);
  }

  /** Hands everything that was gathered to the instruments. */
  drain(): void {
    for (const tally of this.#gathering) tally.handOver();
    this.#gathering.length = 0;
  }

  #make(meter: Meter, name: MetricName, observables: Map<MetricName, Observable>): void {
    const { instrument, unit, doc, buckets } = METRICS[name];
    const options = { unit, description: doc };
    switch (instrument) {
      case 'counter':
        this.#series.set(name, { instrument: meter.createCounter(name, options), tallies: new Map() });
        break;
      case 'updowncounter':
        this.#series.set(name, { instrument: meter.createUpDownCounter(name, options), tallies: new Map() });
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
