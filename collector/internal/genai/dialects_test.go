package genai

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

var update = flag.Bool("update", false, "write what is read into testdata")

// sample is a span of some emitter, and what is read from it.
type sample struct {
	// Source names the packages that the span was captured from or described by, with their versions.
	Source     map[string]string `json:"source"`
	Resource   map[string]any    `json:"resource"`
	Scope      string            `json:"scope"`
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	Attributes map[string]any    `json:"attributes"`
	Want       map[string]any    `json:"want,omitempty"`
}

var sampleTime = time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC)

func TestEveryDialectIsReadAsItsSampleSays(t *testing.T) {
	paths, err := filepath.Glob("testdata/dialects/*.json")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d samples: %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
			from := readSample(t, path)
			got := normal(t, readAs(from))
			if *update {
				from.Want = got
				writeSample(t, path, from)
				return
			}
			if want, have := toJSON(t, from.Want), toJSON(t, got); want != have {
				t.Errorf("got  %s\nwant %s", have, want)
			}
		})
	}
}

// readAs describes a call as a sample does: what it is, and what it costs.
func readAs(from sample) map[string]any {
	judge := NewJudge(DefaultLimits)
	batch := judge.Judge(from.traces(), pricing.BuiltIn(), sampleTime)
	if len(batch.Calls) == 0 {
		return map[string]any{"call": false}
	}
	call := &batch.Calls[0]
	facts, bill := &batch.decoder.facts, call.Bill
	got := map[string]any{
		"provider": call.Provider, "model": facts.model(), "tokens": tokensByName(call.Tokens),
		"state": call.State.String(), "outcome": call.Outcome.String(),
	}
	for key, value := range map[string]string{
		"mark": call.Mark.String(), "agent": call.Agent, "team": call.Team, "responseId": call.ResponseID,
		"serviceTier": facts.text(serviceTier), "reason": bill.Reason.String(), "origin": bill.Origin.String(),
	} {
		if value != "" {
			got[key] = value
		}
	}
	if bill.Origin != NoAmount {
		got["nanoUsd"] = bill.Nano
	}
	return got
}

func tokensByName(tokens pricing.Tokens) map[string]any {
	named := map[string]any{}
	for kind, count := range tokens {
		if count != 0 {
			named[pricing.Kind(kind).String()] = count
		}
	}
	return named
}

func (s sample) traces() ptrace.Traces {
	td := ptrace.NewTraces()
	resource := td.ResourceSpans().AppendEmpty()
	fill(resource.Resource().Attributes(), s.Resource)
	scope := resource.ScopeSpans().AppendEmpty()
	scope.Scope().SetName(s.Scope)
	span := scope.Spans().AppendEmpty()
	span.SetName(s.Name)
	span.SetTraceID(pcommon.TraceID{1})
	span.SetSpanID(pcommon.SpanID{1})
	span.SetStartTimestamp(pcommon.NewTimestampFromTime(sampleTime))
	span.SetEndTimestamp(pcommon.NewTimestampFromTime(sampleTime.Add(time.Second)))
	if s.Kind == "client" {
		span.SetKind(ptrace.SpanKindClient)
	}
	fill(span.Attributes(), s.Attributes)
	return td
}

// fill keeps integers and doubles apart as they are written: 5 and 5.0.
func fill(attributes pcommon.Map, from map[string]any) {
	raw := maps.Clone(from)
	for key, value := range raw {
		raw[key] = typed(value)
	}
	if err := attributes.FromRaw(raw); err != nil {
		panic(err)
	}
}

func typed(value any) any {
	switch each := value.(type) {
	case json.Number:
		if whole, err := each.Int64(); err == nil {
			return whole
		}
		number, _ := each.Float64()
		return number
	case map[string]any:
		inner := map[string]any{}
		for key, value := range each {
			inner[key] = typed(value)
		}
		return inner
	default:
		return value
	}
}

func readSample(t *testing.T, path string) sample {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var from sample
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&from); err != nil {
		t.Fatal(err)
	}
	if len(from.Source) == 0 {
		t.Error("a sample names the packages that it is from")
	}
	return from
}

func writeSample(t *testing.T, path string, from sample) {
	t.Helper()
	text, err := json.MarshalIndent(from, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func normal(t *testing.T, value map[string]any) map[string]any {
	t.Helper()
	var made map[string]any
	decoder := json.NewDecoder(strings.NewReader(toJSON(t, value)))
	decoder.UseNumber()
	if err := decoder.Decode(&made); err != nil {
		t.Fatal(err)
	}
	return made
}

func toJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
