package genaicostprocessor

import (
	"context"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/processor/genaicostprocessor/internal/metadata"
)

// tally gathers what happened in one batch, so that telemetry costs nothing per span.
type tally struct {
	priced   [genai.NumOrigins]int64
	unpriced [genai.NumReasons]int64
	skipped  [genai.NumMarks]int64
	adjusted int64
}

func (t *tally) add(call *genai.Call) {
	t.priced[call.Bill.Origin]++
	t.unpriced[call.Bill.Reason]++
	if call.Adjusted {
		t.adjusted++
	}
}

// counts are the processor's own metrics, with an attribute set made beforehand for every value.
type counts struct {
	telemetry *metadata.TelemetryBuilder
	origins   [genai.NumOrigins]metric.MeasurementOption
	reasons   [genai.NumReasons]metric.MeasurementOption
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
	for origin := range genai.NumOrigins {
		made.origins[origin] = option("origin", origin.String())
	}
	for reason := range genai.NumReasons {
		made.reasons[reason] = option("reason", reason.String())
	}
	for mark := range genai.NumMarks {
		made.marks[mark] = option("reason", mark.String())
	}
	return made, nil
}

func (c *counts) add(ctx context.Context, tally *tally) {
	for origin := genai.NoAmount + 1; origin < genai.NumOrigins; origin++ {
		addTo(ctx, c.telemetry.ProcessorGenAiCostPricedSpans, tally.priced[origin], c.origins[origin])
	}
	for reason := genai.Sure + 1; reason < genai.NumReasons; reason++ {
		addTo(ctx, c.telemetry.ProcessorGenAiCostUnpricedSpans, tally.unpriced[reason], c.reasons[reason])
	}
	for mark := genai.Counted + 1; mark < genai.NumMarks; mark++ {
		addTo(ctx, c.telemetry.ProcessorGenAiCostSkippedSpans, tally.skipped[mark], c.marks[mark])
	}
	if tally.adjusted > 0 {
		c.telemetry.ProcessorGenAiCostAdjustedSpans.Add(ctx, tally.adjusted)
	}
}

func (c *counts) reloaded(err error) {
	c.telemetry.ProcessorGenAiCostPriceFileReloads.Add(context.Background(), 1, c.outcomes[err == nil])
}

func addTo(ctx context.Context, counter metric.Int64Counter, count int64, with metric.MeasurementOption) {
	if count > 0 {
		counter.Add(ctx, count, with)
	}
}

func option(key, value string) metric.MeasurementOption {
	return metric.WithAttributeSet(attribute.NewSet(attribute.String(key, value)))
}
