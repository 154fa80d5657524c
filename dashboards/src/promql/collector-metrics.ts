/**
 * What the Collector says of itself, as Prometheus stores it. Ours are declared in the metadata.yaml of processor and connector,
 * the rest by the Collector; a run of the pipeline tells whether the names still hold.
 */
export const COLLECTOR = {
  /** Calls from sampled traces: counted once, so that metrics show less than was spent. */
  sampledSpans: 'otelcol_connector_gen_ai_usage_sampled_spans_total',
  /** Calls that were counted. */
  countedSpans: 'otelcol_connector_gen_ai_usage_counted_spans_total',
  /** Calls that were not counted, by reason. */
  skippedSpans: 'otelcol_connector_gen_ai_usage_skipped_spans_total',
  /** Times that metrics were handed on, by outcome. */
  flushes: 'otelcol_connector_gen_ai_usage_flushes_total',
  /** Times that a changed price file was read, by outcome. */
  priceFileReloads: 'otelcol_processor_gen_ai_cost_price_file_reloads_total',
  /** Spans that arrived. */
  acceptedSpans: 'otelcol_receiver_accepted_spans_total',
  /** Spans that were refused, as a rule for want of memory; their sender may send them again. */
  refusedSpans: 'otelcol_receiver_refused_spans_total',
  /** Spans that were given up because their receiver did not take them. */
  lostSpans: 'otelcol_exporter_send_failed_spans_total',
  /** Points of metrics that were given up because their receiver did not take them. */
  lostPoints: 'otelcol_exporter_send_failed_metric_points_total',
  /** Batches that wait to be sent. */
  queueSize: 'otelcol_exporter_queue_size',
  /** Batches that may wait before the next is lost. */
  queueCapacity: 'otelcol_exporter_queue_capacity',
} as const;
