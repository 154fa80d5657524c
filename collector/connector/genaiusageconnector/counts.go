package genaiusageconnector

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/tollgate-dev/tollgate/collector/connector/genaiusageconnector/internal/metadata"
	"github.com/tollgate-dev/tollgate/collector/internal/genai"
)

// tally gathers what happened in one batch.
type tally struct {
	counted, sampled int64
	skipped          [genai.NumMarks]int64
}

func (t *tally) add(isSampled bool) {
	t.counted++
	if isSampled {
		t.sampled++
	}
}

// counts are the connector's own metrics.
type counts struct {
	telemetry *metadata.TelemetryBuilder
	marks     [genai.NumMarks]metric.MeasurementOption
	outcomes  map[bool]metric.MeasurementOption
}

func newCounts(set component.TelemetrySettings) (*counts, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set)
	if err != nil {
		return nil, err
	}
	made := &counts{telemetry: telemetry, outcomes: map[bool]metric.MeasurementOption{
		true: option("outcome", "ok"), false: option("outcome", "error"),
	}}
	for mark := range genai.NumMarks {
		made.marks[mark] = option("reason", mark.String())
	}
	return made, nil
}

func (c *counts) add(ctx context.Context, tally *tally) {
	if tally.counted > 0 {
		c.telemetry.ConnectorGenAiUsageCountedSpans.Add(ctx, tally.counted)
	}
	if tally.sampled > 0 {
		c.telemetry.ConnectorGenAiUsageSampledSpans.Add(ctx, tally.sampled)
	}
	for mark := genai.Counted + 1; mark < genai.NumMarks; mark++ {
		if tally.skipped[mark] > 0 {
			c.telemetry.ConnectorGenAiUsageSkippedSpans.Add(ctx, tally.skipped[mark], c.marks[mark])
		}
	}
}

func (c *counts) flushed(err error) {
	c.telemetry.ConnectorGenAiUsageFlushes.Add(context.Background(), 1, c.outcomes[err == nil])
}

func (c *counts) reloaded(err error) {
	c.telemetry.ConnectorGenAiUsagePriceFileReloads.Add(context.Background(), 1, c.outcomes[err == nil])
}

func option(key, value string) metric.MeasurementOption {
	return metric.WithAttributeSet(attribute.NewSet(attribute.String(key, value)))
}
