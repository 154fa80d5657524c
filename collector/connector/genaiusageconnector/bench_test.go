package genaiusageconnector

import (
	"context"
	"testing"
	"time"

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
			var clone, own time.Duration
			var next uint64
			for b.Loop() {
				spantest.Number(td, &next)
				clone += timed(func() { td.CopyTo(ptrace.NewTraces()) })
				own += timed(func() { _ = made.ConsumeTraces(context.Background(), td) })
			}
			b.ReportMetric(float64(own)/float64(clone), "of_clone")
			b.ReportMetric(float64(own.Nanoseconds())/float64(b.N)/spantest.BatchSize, "ns/span")
			require.NoError(b, made.Shutdown(context.Background()))
		})
	}
}

func timed(run func()) time.Duration {
	start := time.Now()
	run()
	return time.Since(start)
}
