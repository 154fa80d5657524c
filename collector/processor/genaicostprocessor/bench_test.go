package genaicostprocessor

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/spantest"
	"github.com/tollgate-dev/tollgate/collector/processor/genaicostprocessor/internal/metadata"
)

// price runs the processor on `td` itself, without what processorhelper adds to every processor.
func price(b testing.TB) func(ptrace.Traces) {
	made, err := newCostProcessor(processortest.NewNopSettings(metadata.Type), createDefaultConfig().(*Config))
	require.NoError(b, err)
	require.NoError(b, made.start(context.Background(), nil))
	b.Cleanup(func() { require.NoError(b, made.shutdown(context.Background())) })
	return func(td ptrace.Traces) {
		if _, err := made.processTraces(context.Background(), td); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRatios compares the processor with what a Collector does to every batch anyway, in one run, so that the figures
// hold on any machine. It fails where a limit is exceeded.
func BenchmarkRatios(b *testing.B) {
	for _, test := range []struct {
		name               string
		attributes         map[string]any
		ofClone, ofDecoded float64
	}{
		// Nine attributes are written onto a call: their allocations alone cost about what the clone of all twenty does.
		{"call", spantest.CallAttributes(), 0.5, 0.1},
		{"other", spantest.OtherAttributes(), 0.1, 0.1},
	} {
		b.Run(test.name, func(b *testing.B) {
			td := spantest.Batch(test.attributes)
			process := price(b)
			var clone, decode, own time.Duration
			var next uint64
			for b.Loop() {
				clone += timed(func() { td.CopyTo(ptrace.NewTraces()) })
				spantest.Number(td, &next)
				wire, err := (&ptrace.ProtoMarshaler{}).MarshalTraces(td)
				require.NoError(b, err)
				var decoded ptrace.Traces
				decode += timed(func() {
					decoded, _ = (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(wire)
					_, _ = (&ptrace.ProtoMarshaler{}).MarshalTraces(decoded)
				})
				own += timed(func() { process(decoded) })
			}
			report(b, "of_clone", own, clone, test.ofClone)
			report(b, "of_decode_encode", own, decode, test.ofDecoded)
			b.ReportMetric(float64(own.Nanoseconds())/float64(b.N)/spantest.BatchSize, "ns/span")
		})
	}
}

// minRounds is how many batches a ratio needs before it is judged.
const minRounds = 50

func report(b *testing.B, name string, own, other time.Duration, limit float64) {
	ratio := float64(own) / float64(other)
	b.ReportMetric(ratio, name)
	if b.N >= minRounds && ratio > limit {
		b.Errorf("%s is %.3f, at most %.2f is allowed", name, ratio, limit)
	}
}

func timed(run func()) time.Duration {
	start := time.Now()
	run()
	return time.Since(start)
}

func TestACallCostsOneAllocationForEachAttributeAndOneMore(t *testing.T) {
	td := spantest.Batch(spantest.CallAttributes())
	process := price(t)
	var next uint64
	fresh := func() ptrace.Traces {
		copied := ptrace.NewTraces()
		td.CopyTo(copied)
		spantest.Number(copied, &next)
		return copied
	}
	for range 2 * genai.DefaultLimits.Keys / spantest.BatchSize {
		process(fresh())
	}
	const rounds = 5
	batches := make([]ptrace.Traces, 0, rounds+1)
	for range rounds + 1 {
		batches = append(batches, fresh())
	}
	before := batches[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes().Len()
	at := 0
	allocations := testing.AllocsPerRun(rounds, func() { process(batches[at]); at++ }) / spantest.BatchSize
	written := batches[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes().Len() - before
	if written != 9 || allocations > float64(written)+1.05 {
		t.Errorf("%.2f allocations for %d attributes", allocations, written)
	}
}
