package genaicostprocessor

import (
	"context"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor/processortest"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/processor/genaicostprocessor/internal/metadata"
)

const batchSize = 1000

// spansOf makes a batch of like spans with 20 attributes each.
func spansOf(attributes map[string]any) ptrace.Traces {
	td := ptrace.NewTraces()
	resource := td.ResourceSpans().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", "bot")
	spans := resource.ScopeSpans().AppendEmpty().Spans()
	for range batchSize {
		span := spans.AppendEmpty()
		span.SetName("chat gpt-5")
		span.SetKind(ptrace.SpanKindClient)
		span.SetStartTimestamp(pcommon.NewTimestampFromTime(time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC)))
		span.SetEndTimestamp(span.StartTimestamp() + 1e9)
		if err := span.Attributes().FromRaw(attributes); err != nil {
			panic(err)
		}
	}
	return td
}

func callAttributes() map[string]any {
	return map[string]any{
		"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-5",
		"gen_ai.response.model": "gpt-5-2025-08-07", "server.address": "api.openai.com",
		"server.port": 443, "gen_ai.usage.input_tokens": 2006, "gen_ai.usage.output_tokens": 300,
		"gen_ai.usage.cache_read.input_tokens": 1920, "gen_ai.usage.reasoning.output_tokens": 200,
		"openai.response.service_tier": "default", "gen_ai.agent.name": "triager", "tollgate.task.type": "triage",
		"tollgate.step.name": "classify", "tollgate.team": "support", "tollgate.task.id": "T-1", "user.id": "u-1",
		"gen_ai.request.temperature": 0.5, "gen_ai.request.max_tokens": 1000, "gen_ai.response.id": "resp-1",
	}
}

func otherAttributes() map[string]any {
	return map[string]any{
		"http.request.method": "GET", "http.response.status_code": 200, "url.full": "https://api.example.com/v1/items",
		"url.scheme": "https", "url.path": "/v1/items", "server.address": "api.example.com", "server.port": 443,
		"network.protocol.name": "http", "network.protocol.version": "1.1", "network.peer.address": "10.0.0.1",
		"user_agent.original": "curl/8", "http.route": "/v1/items", "client.address": "10.0.0.2", "thread.id": 5,
		"thread.name": "main", "code.function.name": "handle", "code.line.number": 42, "app.tenant": "a", "app.region": "eu",
		"app.feature": "x",
	}
}

// numbered gives every span ids that were never there before: a span that was is a resend, and cheaper.
func numbered(td ptrace.Traces, next *uint64) {
	spans := td.ResourceSpans().At(0).ScopeSpans().At(0).Spans()
	for index := range spans.Len() {
		*next++
		var trace pcommon.TraceID
		var span pcommon.SpanID
		binary.BigEndian.PutUint64(trace[8:], *next/10)
		binary.BigEndian.PutUint64(span[:], *next)
		spans.At(index).SetTraceID(trace)
		spans.At(index).SetSpanID(span)
		if id, has := spans.At(index).Attributes().Get("gen_ai.response.id"); has {
			id.SetStr(fmt.Sprintf("resp-%d", *next))
		}
	}
}

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
		{"call", callAttributes(), 3, 0.8},
		{"other", otherAttributes(), 0.2, 0.1},
	} {
		b.Run(test.name, func(b *testing.B) {
			td := spansOf(test.attributes)
			process := price(b)
			var clone, decode, own time.Duration
			var next uint64
			for b.Loop() {
				clone += timed(func() { td.CopyTo(ptrace.NewTraces()) })
				numbered(td, &next)
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
			b.ReportMetric(float64(own.Nanoseconds())/float64(b.N)/batchSize, "ns/span")
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
	td := spansOf(callAttributes())
	process := price(t)
	var next uint64
	fresh := func() ptrace.Traces {
		copied := ptrace.NewTraces()
		td.CopyTo(copied)
		numbered(copied, &next)
		return copied
	}
	for range 2 * genai.DefaultLimits.Keys / batchSize {
		process(fresh())
	}
	const rounds = 5
	batches := make([]ptrace.Traces, 0, rounds+1)
	for range rounds + 1 {
		batches = append(batches, fresh())
	}
	before := batches[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes().Len()
	at := 0
	allocations := testing.AllocsPerRun(rounds, func() { process(batches[at]); at++ }) / batchSize
	written := batches[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes().Len() - before
	if written != 9 || allocations > float64(written)+1.05 {
		t.Errorf("%.2f allocations for %d attributes", allocations, written)
	}
}
