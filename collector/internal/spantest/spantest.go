// Package spantest makes batches of spans for benchmarks, and compares what is done to them.
package spantest

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// BatchSize is how many spans a batch has.
const BatchSize = 1000

// Batch makes a batch of like spans with 20 attributes each, in one order: an instrumentation sets them in the order of its
// code.
func Batch(attributes map[string]any) ptrace.Traces {
	keys := slices.Sorted(maps.Keys(attributes))
	td := ptrace.NewTraces()
	resource := td.ResourceSpans().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", "bot")
	spans := resource.ScopeSpans().AppendEmpty().Spans()
	for range BatchSize {
		span := spans.AppendEmpty()
		span.SetName("chat gpt-5")
		span.SetKind(ptrace.SpanKindClient)
		span.SetStartTimestamp(pcommon.NewTimestampFromTime(time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC)))
		span.SetEndTimestamp(span.StartTimestamp() + 1e9)
		for _, key := range keys {
			if err := span.Attributes().PutEmpty(key).FromRaw(attributes[key]); err != nil {
				panic(err)
			}
		}
	}
	return td
}

// CallAttributes are those of a call, as the conventions have them.
func CallAttributes() map[string]any {
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

// OtherAttributes are those of a span that is no call.
func OtherAttributes() map[string]any {
	return map[string]any{
		"http.request.method": "GET", "http.response.status_code": 200, "url.full": "https://api.example.com/v1/items",
		"url.scheme": "https", "url.path": "/v1/items", "server.address": "api.example.com", "server.port": 443,
		"network.protocol.name": "http", "network.protocol.version": "1.1", "network.peer.address": "10.0.0.1",
		"user_agent.original": "curl/8", "http.route": "/v1/items", "client.address": "10.0.0.2", "thread.id": 5,
		"thread.name": "main", "code.function.name": "handle", "code.line.number": 42, "app.tenant": "a", "app.region": "eu",
		"app.feature": "x",
	}
}

// Number gives every span ids that were never there before: a span that was is a resend, and cheaper.
func Number(td ptrace.Traces, next *uint64) {
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

// Timed is how long `run` takes, in nanoseconds.
func Timed(run func()) float64 {
	start := time.Now()
	run()
	return float64(time.Since(start))
}

// Median of `these`, or of how many times they are the others, round by round.
func Median(these, others []float64) float64 {
	sorted := slices.Clone(these)
	for index := range others {
		sorted[index] /= others[index]
	}
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}
