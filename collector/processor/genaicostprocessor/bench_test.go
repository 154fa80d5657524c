package genaicostprocessor

import (
	"context"
	"fmt"
	"slices"
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
// hold on any machine. It says of each limit whether it is met, and fails where one is not. `writes` is what putting the
// attributes takes by itself: pdata looks through all keys for each, and allocates its value.
func BenchmarkRatios(b *testing.B) {
	b.Run("call", func(b *testing.B) {
		took := measure(b, spantest.CallAttributes(), writeOnly)
		judge(b, "clone", took.own, took.clone, 0.5)
		judge(b, "decode and encode", took.own, took.decode, 0.1)
		b.Logf("writes alone: %.3f of clone, %.3f of decode and encode, %.3f of the processor", median(took.bare, took.clone), median(took.bare, took.decode), median(took.bare, took.own))
	})
	b.Run("other", func(b *testing.B) {
		took := measure(b, spantest.OtherAttributes(), func(ptrace.Traces) {})
		judge(b, "clone", took.own, took.clone, 0.1)
		judge(b, "decode and encode", took.own, took.decode, 0.1)
	})
}

// durations of each round, in nanoseconds for a batch.
type durations struct{ clone, decode, own, bare []float64 }

func measure(b *testing.B, attributes map[string]any, bare func(ptrace.Traces)) durations {
	td := spantest.Batch(attributes)
	process := price(b)
	var took durations
	var next uint64
	for b.Loop() {
		took.clone = append(took.clone, timed(func() { td.CopyTo(ptrace.NewTraces()) }))
		spantest.Number(td, &next)
		wire, err := (&ptrace.ProtoMarshaler{}).MarshalTraces(td)
		require.NoError(b, err)
		var decoded ptrace.Traces
		took.decode = append(took.decode, timed(func() {
			decoded, _ = (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(wire)
			_, _ = (&ptrace.ProtoMarshaler{}).MarshalTraces(decoded)
		}))
		took.own = append(took.own, timed(func() { process(decoded) }))
		decoded, _ = (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(wire)
		took.bare = append(took.bare, timed(func() { bare(decoded) }))
	}
	return took
}

// minRounds is how many batches a ratio needs before it is judged.
const minRounds = 50

func judge(b *testing.B, name string, own, other []float64, limit float64) {
	ratio := median(own, other)
	verdict := fmt.Sprintf("%.3f of %s, at most %.2f is allowed (%.0f ns a span)", ratio, name, limit, median(own, nil)/spantest.BatchSize)
	switch {
	case b.N < minRounds:
	case ratio > limit:
		b.Errorf("NOT MET: %s", verdict)
	default:
		b.Logf("MET: %s", verdict)
	}
}

// median of `these`, or of how many times they are the others, round by round.
func median(these, others []float64) float64 {
	sorted := slices.Clone(these)
	for index := range others {
		sorted[index] /= others[index]
	}
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}

// writeOnly puts onto every span what the processor writes onto a call, known beforehand.
func writeOnly(td ptrace.Traces) {
	spans := td.ResourceSpans().At(0).ScopeSpans().At(0).Spans()
	for index := range spans.Len() {
		attributes := spans.At(index).Attributes()
		attributes.EnsureCapacity(attributes.Len() + 9)
		attributes.PutDouble(keyAmount, 0.0033475)
		attributes.PutStr(keyCurrency, "USD")
		attributes.PutStr(keyOrigin, "collector")
		attributes.PutStr(keyState, "reported")
		attributes.PutStr(keyTableVersion, "2026-11-24")
		attributes.PutDouble("tollgate.cost.input", 0.0001)
		attributes.PutDouble("tollgate.cost.cache_read", 0.0001)
		attributes.PutDouble("tollgate.cost.output", 0.0001)
		attributes.PutDouble("tollgate.cost.reasoning", 0.0001)
	}
}

func timed(run func()) float64 {
	start := time.Now()
	run()
	return float64(time.Since(start))
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
