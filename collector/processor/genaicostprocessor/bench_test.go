package genaicostprocessor

import (
	"context"
	"testing"

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
// hold on any machine. It says of each limit whether it is met. The floor is what nobody can do without who puts these
// attributes: to look at every key of a span, and the `Put…` calls, each of which looks through all keys of the span again
// and allocates its value. A limit below the floor can't be met.
func BenchmarkRatios(b *testing.B) {
	for name, test := range map[string]struct {
		attributes map[string]any
		floor      func(ptrace.Traces)
		// ofClone and ofWire are the limits.
		ofClone, ofWire float64
	}{
		"call":  {spantest.CallAttributes(), func(td ptrace.Traces) { lookAtKeys(td); putAttributes(td) }, 0.5, 0.1},
		"other": {spantest.OtherAttributes(), lookAtKeys, 0.1, 0.1},
	} {
		b.Run(name, func(b *testing.B) {
			took := measure(b, test.attributes, test.floor)
			report(b, "clone", &took, took.clone, test.ofClone)
			report(b, "decode_and_encode", &took, took.wire, test.ofWire)
			b.ReportMetric(spantest.Median(took.own, nil)/spantest.BatchSize, "ns/span")
		})
	}
}

// durations of each round, in nanoseconds for a batch.
type durations struct{ clone, wire, own, floor []float64 }

func measure(b *testing.B, attributes map[string]any, floor func(ptrace.Traces)) durations {
	td := spantest.Batch(attributes)
	process := price(b)
	var took durations
	var next uint64
	for b.Loop() {
		took.clone = append(took.clone, spantest.Timed(func() { td.CopyTo(ptrace.NewTraces()) }))
		spantest.Number(td, &next)
		wire, err := (&ptrace.ProtoMarshaler{}).MarshalTraces(td)
		require.NoError(b, err)
		var decoded ptrace.Traces
		throughWire := func() {
			decoded, _ = (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(wire)
			_, _ = (&ptrace.ProtoMarshaler{}).MarshalTraces(decoded)
		}
		took.wire = append(took.wire, spantest.Timed(throughWire))
		took.own = append(took.own, spantest.Timed(func() { process(decoded) }))
		throughWire()
		took.floor = append(took.floor, spantest.Timed(func() { floor(decoded) }))
	}
	return took
}

// minRounds is how many batches a ratio needs before it is judged.
const minRounds = 50

func report(b *testing.B, name string, took *durations, other []float64, limit float64) {
	own, floor := spantest.Median(took.own, other), spantest.Median(took.floor, other)
	b.ReportMetric(own, "of_"+name)
	b.ReportMetric(floor, "floor_of_"+name)
	if b.N < minRounds {
		return
	}
	verdict := "MET"
	switch {
	case own > limit && floor > limit:
		verdict = "NOT MET, and can't be"
	case own > limit:
		verdict = "NOT MET"
	}
	b.Logf("%s: %.3f of %s, of which the floor is %.3f; at most %.2f is allowed", verdict, own, name, floor, limit)
}

var seen int

func lookAtKeys(td ptrace.Traces) {
	for _, span := range td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().All() {
		for key := range span.Attributes().All() {
			seen += int(key[0])
		}
	}
}

// putAttributes puts onto every span what the processor writes onto a call, known beforehand.
func putAttributes(td ptrace.Traces) {
	for _, span := range td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().All() {
		attributes := span.Attributes()
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
