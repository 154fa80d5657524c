package genai

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// few are enough for a tree, and quickly made.
var few = Limits{Window: time.Minute, Keys: 100}

// verdictOn is the marks of all calls in the order of their ids, and the sum of those that count.
func verdictOn(judge *Judge, lines ...line) string {
	batch := judge.Judge(tracesOf(lines...), pricing.BuiltIn(), sampleTime)
	defer judge.Done(batch)
	var marks []string
	var sum int64
	for index := range batch.Calls {
		call := &batch.Calls[index]
		marks = append(marks, fmt.Sprintf("%02d:%s", call.Span.SpanID()[0], call.Mark))
		if call.Mark == Counted {
			sum += call.Bill.Nano
		}
	}
	slices.Sort(marks)
	return fmt.Sprintf("%s sum %d", strings.Join(marks, " "), sum)
}

func eachOrder(lines []line, visit func([]line)) {
	if len(lines) == 0 {
		visit(nil)
	}
	for index := range lines {
		rest := slices.Delete(slices.Clone(lines), index, index+1)
		eachOrder(rest, func(others []line) { visit(append([]line{lines[index]}, others...)) })
	}
}

var failed = map[string]any{"gen_ai.usage.input_tokens": "", "gen_ai.usage.output_tokens": "", "error.type": "429"}

func TestWhatCountsDoesNotDependOnTheOrderOfTheSpans(t *testing.T) {
	chat := func(id, parent byte, answer string, more map[string]any) line {
		return line{id: id, parent: parent, op: "chat", answer: answer, more: more}
	}
	for name, test := range map[string]struct {
		lines []line
		want  string
	}{
		"the innermost that knows, below one that doesn't": {
			[]line{chat(1, 0, "", nil), chat(2, 1, "", noUsage), chat(3, 2, "", nil)}, "01:wrapper 02:wrapper 03: "},
		"the innermost without an id below two with one": {
			[]line{chat(1, 0, "x", nil), chat(2, 1, "x", nil), chat(3, 2, "", nil)}, "01:wrapper 02:wrapper 03: "},
		"the inner of two with one id": {
			[]line{chat(1, 0, "x", nil), chat(2, 1, "x", nil)}, "01:wrapper 02: "},
		"the outer of two with one id, if only that knows": {
			[]line{chat(1, 0, "x", nil), chat(2, 1, "x", noUsage)}, "01: 02:duplicate "},
		"the one that knows of two side by side": {
			[]line{chat(1, 0, "x", noUsage), chat(2, 0, "x", nil)}, "01:duplicate 02: "},
		"an attempt that failed, and the one that did not": {
			[]line{chat(1, 0, "", nil), chat(2, 1, "", failed), chat(3, 1, "", nil)}, "01:wrapper 02: 03: "},
		"an attempt that failed, where the other is not here": {
			[]line{chat(1, 0, "", nil), chat(2, 1, "", failed)}, "01: 02: "},
		"an attempt that failed, where all knows nothing": {
			[]line{chat(1, 0, "", failed), chat(2, 1, "", failed)}, "01:wrapper 02: "},
		"two answers, and what lies between is the outer one": {
			[]line{chat(1, 0, "x", nil), chat(2, 1, "", nil), chat(3, 2, "y", nil)}, "01:wrapper 02: 03: "},
		"two calls without an id below one with it": {
			[]line{chat(1, 0, "x", nil), chat(2, 1, "", nil), chat(3, 1, "", nil)}, "01:wrapper 02: 03: "},
		"one of two chains with one answer": {
			[]line{chat(1, 0, "x", nil), chat(2, 1, "", nil), chat(3, 0, "x", nil), chat(4, 3, "", nil)},
			"01:wrapper 02: 03:wrapper 04:duplicate "},
		"not what lies below a metered one": {
			[]line{{id: 1, op: "chat", answer: "x", metered: true}, chat(2, 1, "x", nil), chat(3, 2, "", nil)},
			"01:metered 02:duplicate 03:duplicate "},
	} {
		t.Run(name, func(t *testing.T) {
			eachOrder(test.lines, func(lines []line) {
				got, _, _ := strings.Cut(verdictOn(NewJudge(few), lines...), "sum")
				if got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			})
		})
	}
}

// An app, the proxy beneath it and an instrumentation without ids in the proxy tell of one call, in two batches.
func TestAnAnswerThatWasCountedBeforeIsNotCountedBelowItsWrapper(t *testing.T) {
	app := line{id: 1, op: "chat", answer: "x"}
	proxy := line{id: 2, parent: 1, op: "chat", answer: "x"}
	inner := line{id: 3, parent: 2, op: "chat"}
	for name, test := range map[string]struct {
		batches [2][]line
		want    [2]string
	}{
		"the app first": {
			[2][]line{{app}, {inner, proxy}}, [2]string{"01: sum 1350000", "02:duplicate 03:duplicate sum 0"}},
		"the proxy first": {
			[2][]line{{proxy, inner}, {app}}, [2]string{"02:wrapper 03: sum 1350000", "01:duplicate sum 0"}},
		"the proxy first, and sent again": {
			[2][]line{{proxy}, {inner, proxy}}, [2]string{"02: sum 1350000", "02:resend 03:duplicate sum 0"}},
		"the innermost first, and sent again": {
			[2][]line{{inner}, {inner, proxy}}, [2]string{"03: sum 1350000", "02:wrapper 03:resend sum 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			judge := NewJudge(few)
			for index, lines := range test.batches {
				if got := verdictOn(judge, lines...); got != test.want[index] {
					t.Errorf("batch %d: got %q, want %q", index, got, test.want[index])
				}
			}
		})
	}
}

// A span that arrives twice in one batch stands for its copy, whichever is judged first.
func TestACopyInTheSameBatchDoesNotHideWhatLiesBelow(t *testing.T) {
	lines := []line{{id: 1, op: "chat"}, {id: 1, op: "chat"}, {id: 2, parent: 1, op: "chat"}}
	eachOrder(lines, func(lines []line) {
		if got := verdictOn(NewJudge(few), lines...); got != "01:resend 01:wrapper 02: sum 1350000" {
			t.Errorf("got %q", got)
		}
	})
}

func TestRandomTreesAreJudgedAlikeInEveryOrderAndOnceMore(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 7))
	for round := range 1500 {
		lines := randomTree(random)
		judged := tracesOf(lines...)
		want := verdictOn(NewJudge(few), lines...)
		for range 6 {
			random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			if got := verdictOn(NewJudge(few), lines...); got != want {
				t.Fatalf("round %d: %+v\ngot  %s\nwant %s", round, lines, got, want)
			}
		}
		if first, second := countedIn(judged), countedIn(judged); first != second {
			t.Fatalf("round %d: %+v\nthe processor counts %s, the connector behind it %s", round, lines, first, second)
		}
	}
}

// countedIn names the calls that count, and marks the others as the processor does.
func countedIn(td ptrace.Traces) string {
	judge := NewJudge(few)
	batch := judge.Judge(td, pricing.BuiltIn(), sampleTime)
	defer judge.Done(batch)
	var counted []string
	for index := range batch.Calls {
		call := &batch.Calls[index]
		if call.Mark == Counted {
			counted = append(counted, call.Span.SpanID().String())
		}
		if call.Mark.IsBilling() {
			call.Span.Attributes().PutStr("tollgate.billing", call.Mark.String())
		}
	}
	return strings.Join(counted, " ")
}

// randomTree has up to eight spans, most of them calls, that cost different amounts.
func randomTree(random *rand.Rand) []line {
	lines := make([]line, 2+random.IntN(7))
	for index := range lines {
		made := line{id: byte(index + 1), parent: byte(random.IntN(index + 1)), op: "chat"}
		made.answer = []string{"", "", "x", "x", "y"}[random.IntN(5)]
		made.more = map[string]any{"gen_ai.usage.input_tokens": 1000 * (index + 1)}
		switch random.IntN(8) {
		case 0, 1:
			made.more = noUsage
		case 2:
			made.more = failed
		case 3:
			made.metered = true
		case 4:
			made.op, made.answer, made.more = "", "", nil
		}
		lines[index] = made
	}
	return lines
}
