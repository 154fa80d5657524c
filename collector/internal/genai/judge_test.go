package genai

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// line is one span of a made-up trace.
type line struct {
	id, parent byte
	// op is the operation; "" is a span of another kind.
	op      string
	answer  string
	metered bool
	more    map[string]any
}

func tracesOf(lines ...line) ptrace.Traces {
	td := ptrace.NewTraces()
	spans := td.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans()
	for _, from := range lines {
		span := spans.AppendEmpty()
		span.SetTraceID(pcommon.TraceID{7})
		span.SetSpanID(pcommon.SpanID{from.id})
		if from.parent != 0 {
			span.SetParentSpanID(pcommon.SpanID{from.parent})
		}
		raw := map[string]any{"http.route": "/"}
		if from.op != "" {
			raw = map[string]any{
				"gen_ai.operation.name": from.op, "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-5",
				"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 10,
			}
		}
		if from.answer != "" {
			raw["gen_ai.response.id"] = from.answer
		}
		if from.metered {
			raw["tollgate.metered"] = true
		}
		for key, value := range from.more {
			raw[key] = value
		}
		if err := span.Attributes().FromRaw(raw); err != nil {
			panic(err)
		}
	}
	return td
}

func marksOf(judge *Judge, at time.Time, td ptrace.Traces) string {
	batch := judge.Judge(td, pricing.BuiltIn(), at)
	defer judge.Done(batch)
	text := ""
	for index := range batch.Calls {
		call := &batch.Calls[index]
		text += fmt.Sprintf("%d:%s ", call.Span.SpanID()[0], call.Mark)
	}
	return text
}

var noUsage = map[string]any{"gen_ai.usage.input_tokens": "", "gen_ai.usage.output_tokens": ""}

func TestWhichSpansOfATraceCount(t *testing.T) {
	for name, test := range map[string]struct {
		lines []line
		want  string
	}{
		"each call once":                             {[]line{{id: 1, op: "chat"}, {id: 2, op: "chat"}}, "1: 2: "},
		"no roll-up":                                 {[]line{{id: 1, op: "invoke_agent"}, {id: 2, parent: 1, op: "chat"}}, "2: "},
		"the first of one answer":                    {[]line{{id: 1, op: "chat", answer: "a"}, {id: 2, op: "chat", answer: "a"}}, "1: 2:duplicate "},
		"both of two answers":                        {[]line{{id: 1, op: "chat", answer: "a"}, {id: 2, parent: 1, op: "chat", answer: "b"}}, "1: 2: "},
		"the innermost without ids":                  {[]line{{id: 1, op: "chat"}, {id: 2, parent: 1}, {id: 3, parent: 2, op: "chat"}}, "1:wrapper 3: "},
		"the innermost where the outer has no id":    {[]line{{id: 1, op: "chat"}, {id: 2, parent: 1, op: "chat", answer: "a"}}, "1:wrapper 2: "},
		"the innermost where only the outer has one": {[]line{{id: 1, op: "chat", answer: "a"}, {id: 2, parent: 1, op: "chat"}}, "1:wrapper 2: "},
		"the innermost of three":                     {[]line{{id: 1, op: "chat"}, {id: 2, parent: 1, op: "chat"}, {id: 3, parent: 2, op: "chat"}}, "1:wrapper 2:wrapper 3: "},
		"none that wraps a metered one":              {[]line{{id: 1, op: "chat"}, {id: 2, parent: 1, op: "chat", metered: true}}, "1:wrapper 2:metered "},
		"none with the answer of a metered one":      {[]line{{id: 1, op: "chat", answer: "a"}, {id: 2, op: "chat", answer: "a", metered: true}}, "1:duplicate 2:metered "},
		"none that was marked before":                {[]line{{id: 1, op: "chat", more: map[string]any{"tollgate.billing": "duplicate"}}}, "1:marked_before "},
		"the outer where only that knows the usage":  {[]line{{id: 1, op: "chat"}, {id: 2, parent: 1, op: "chat", more: noUsage}}, "1: 2:duplicate "},
		"the innermost where none knows the usage":   {[]line{{id: 1, op: "chat", more: noUsage}, {id: 2, parent: 1, op: "chat", more: noUsage}}, "1:wrapper 2: "},
		"a circle of parents":                        {[]line{{id: 1, parent: 2, op: "chat"}, {id: 2, parent: 1, op: "chat"}}, "1:wrapper 2:wrapper "},
		"a span that is its own parent":              {[]line{{id: 1, parent: 1, op: "chat"}, {id: 2, op: "chat"}}, "1: 2: "},
		"spans without an id":                        {[]line{{op: "chat"}, {op: "chat"}}, "0: 0: "},
		"the same span twice in a batch":             {[]line{{id: 1, op: "chat"}, {id: 1, op: "chat"}}, "1: 1:resend "},
	} {
		t.Run(name, func(t *testing.T) {
			if got := marksOf(NewJudge(DefaultLimits), sampleTime, tracesOf(test.lines...)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhatWasSeenCountsAcrossBatchesWithinTheWindow(t *testing.T) {
	judge := NewJudge(DefaultLimits)
	first := func() ptrace.Traces { return tracesOf(line{id: 1, op: "chat", answer: "a"}) }
	other := func(id byte) ptrace.Traces { return tracesOf(line{id: id, op: "chat", answer: "a"}) }
	steps := []struct {
		after time.Duration
		td    ptrace.Traces
		want  string
	}{
		{0, first(), "1: "},
		{time.Minute, first(), "1:resend "},
		{2 * time.Minute, other(2), "2:duplicate "},
		{10 * time.Minute, other(3), "3: "},
	}
	for _, step := range steps {
		if got := marksOf(judge, sampleTime.Add(step.after), step.td); got != step.want {
			t.Errorf("after %v: got %q, want %q", step.after, got, step.want)
		}
	}
}

func TestASpanThatIsBothSeenByManyCountsOnce(t *testing.T) {
	judge := NewJudge(DefaultLimits)
	counted := make(chan string, 64)
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() { counted <- marksOf(judge, sampleTime, tracesOf(line{id: 1, op: "chat"})) })
	}
	all.Wait()
	close(counted)
	count := 0
	for marks := range counted {
		if marks == "1: " {
			count++
		}
	}
	if count != 1 {
		t.Errorf("counted %d times", count)
	}
}

func TestACallInheritsWhatItLacksFromTheNearestAncestor(t *testing.T) {
	td := tracesOf(
		line{id: 1, more: map[string]any{"gen_ai.agent.name": "far", "tollgate.team": "support", "tollgate.task.id": "T-1"}},
		line{id: 2, parent: 1, op: "invoke_agent", more: map[string]any{"gen_ai.agent.name": "near"}},
		line{id: 3, parent: 2, op: "chat", more: map[string]any{"tollgate.team": "own"}},
	)
	judge := NewJudge(DefaultLimits)
	batch := judge.Judge(td, pricing.BuiltIn(), sampleTime)
	call := &batch.Calls[0]
	batch.Inherit(call)
	got := call.Span.Attributes().AsRaw()
	for key, want := range map[string]any{"gen_ai.agent.name": "near", "tollgate.team": "own", "tollgate.task.id": "T-1", "tollgate.step.name": nil} {
		if got[key] != want {
			t.Errorf("%s is %v, want %v", key, got[key], want)
		}
	}
}

func TestWhatACallSaysItselfByAnyKeyStays(t *testing.T) {
	outer := map[string]any{
		"gen_ai.agent.name": "outer", "tollgate.team": "outer", "tollgate.task.id": "T-1", "user.id": "u", "session.id": "s",
	}
	inner := map[string]any{
		"agent.name": "inner", "tollgate.task.type": "x", "tollgate.step.name": "y", "litellm.team.alias": "inner",
	}
	got := inheritedBy(outer, inner)
	for key, want := range map[string]any{
		"gen_ai.agent.name": nil, "agent.name": "inner", "tollgate.team": nil,
		"tollgate.task.id": "T-1", "user.id": "u", "session.id": "s",
	} {
		if got[key] != want {
			t.Errorf("%s is %v, want %v", key, got[key], want)
		}
	}
}

func TestAnAncestorsAgentIsInheritedByWhateverKeyItHas(t *testing.T) {
	if got := inheritedBy(map[string]any{"agent.name": "outer"}, nil); got["gen_ai.agent.name"] != "outer" {
		t.Errorf("got %v", got)
	}
	if got := inheritedBy(map[string]any{"query_source": "of Claude Code only"}, nil); got["gen_ai.agent.name"] != nil {
		t.Errorf("got %v", got)
	}
}

func inheritedBy(outer, inner map[string]any) map[string]any {
	td := tracesOf(line{id: 1, more: outer}, line{id: 2, parent: 1, op: "chat", more: inner})
	batch := NewJudge(Limits{Window: time.Minute, Keys: 10}).Judge(td, pricing.BuiltIn(), sampleTime)
	batch.Inherit(&batch.Calls[0])
	return batch.Calls[0].Span.Attributes().AsRaw()
}

func TestSpansOfOtherKindsAllocateNothing(t *testing.T) {
	lines := make([]line, 200)
	for index := range lines {
		lines[index] = line{id: byte(index + 1)}
	}
	td := tracesOf(lines...)
	judge := NewJudge(DefaultLimits)
	allocs := testing.AllocsPerRun(100, func() { judge.Done(judge.Judge(td, pricing.BuiltIn(), sampleTime)) })
	if allocs > 1 {
		t.Errorf("%v allocations for a batch of 200", allocs)
	}
}
