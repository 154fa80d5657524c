package genaiusageconnector

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/spantest"
)

// BenchmarkRatios compares what the connector adds to a batch with a clone of it, in one run.
func BenchmarkRatios(b *testing.B) {
	for name, attributes := range map[string]map[string]any{"call": spantest.CallAttributes(), "other": spantest.OtherAttributes()} {
		b.Run(name, func(b *testing.B) {
			made := run(b, settings(), createDefaultConfig().(*Config), consumertest.NewNop())
			td := spantest.Batch(attributes)
			var clone, own []float64
			var next uint64
			for b.Loop() {
				spantest.Number(td, &next)
				clone = append(clone, spantest.Timed(func() { td.CopyTo(ptrace.NewTraces()) }))
				own = append(own, spantest.Timed(func() { _ = made.ConsumeTraces(context.Background(), td) }))
			}
			b.ReportMetric(spantest.Median(own, clone), "of_clone")
			b.ReportMetric(spantest.Median(own, nil)/spantest.BatchSize, "ns/span")
			require.NoError(b, made.Shutdown(context.Background()))
		})
	}
}
