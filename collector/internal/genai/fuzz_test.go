package genai

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// put writes one attribute of a chosen type from what the fuzzer has made.
func put(attributes pcommon.Map, key string, kind uint8, whole int64, number float64, text string) {
	switch kind % 7 {
	case 0:
		attributes.PutInt(key, whole)
	case 1:
		attributes.PutDouble(key, number)
	case 2:
		attributes.PutStr(key, text)
	case 3:
		attributes.PutBool(key, whole > 0)
	case 4:
		inner := attributes.PutEmptyMap(key)
		inner.PutInt("input", whole)
		inner.PutStr("total", text)
		inner.PutEmptyMap("openrouter").PutEmptyMap("usage").PutDouble("cost", number)
	case 5:
		attributes.PutEmptySlice(key).AppendEmpty().SetStr(text)
	case 6:
		attributes.PutEmptyBytes(key).FromRaw([]byte(text))
	}
}

func FuzzAttributes(f *testing.F) {
	var keys []string
	for _, each := range keysOf {
		keys = append(keys, each...)
	}
	f.Add(uint16(3), uint16(40), uint8(0), int64(5), 1.5, `{"input":1,"total":2}`, "chat")
	f.Add(uint16(9), uint16(90), uint8(4), int64(math.MinInt64), math.Inf(1), "-1", "claude_code.llm_request")
	f.Add(uint16(7), uint16(11), uint8(2), int64(math.MaxInt64), math.NaN(), strings.Repeat("[", 1000), "chat")
	judge := NewJudge(Limits{Keys: 10})
	f.Fuzz(func(t *testing.T, one, other uint16, kind uint8, whole int64, number float64, text, name string) {
		td := tracesOf(line{id: 1, op: "chat"})
		span := td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0)
		span.SetName(name)
		put(span.Attributes(), keys[int(one)%len(keys)], kind, whole, number, text)
		put(span.Attributes(), keys[int(other)%len(keys)], kind/7, whole, number, text)
		checkCalls(t, judge, td)
	})
}

func FuzzOTLP(f *testing.F) {
	marshaler := &ptrace.ProtoMarshaler{}
	for _, td := range []ptrace.Traces{tracesOf(line{id: 1, op: "chat"}), tracesOf(line{id: 1}, line{id: 2, parent: 1, op: "chat"})} {
		text, err := marshaler.MarshalTraces(td)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	judge := NewJudge(Limits{Keys: 10})
	f.Fuzz(func(t *testing.T, text []byte) {
		td, err := (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(text)
		if err != nil {
			return
		}
		checkCalls(t, judge, td)
	})
}

func checkCalls(t *testing.T, judge *Judge, td ptrace.Traces) {
	t.Helper()
	spans := td.SpanCount()
	batch := judge.Judge(td, pricing.BuiltIn(), sampleTime)
	for index := range batch.Calls {
		call := &batch.Calls[index]
		bill := call.Bill
		if bill.Nano < 0 || bill.Origin == NoAmount && bill.Nano != 0 {
			t.Errorf("a bill of %d by %q", bill.Nano, bill.Origin)
		}
		for kind, count := range call.Tokens {
			if count < 0 {
				t.Errorf("%d tokens of %s", count, pricing.Kind(kind))
			}
		}
		batch.Inherit(call)
	}
	judge.Done(batch)
	if td.SpanCount() != spans {
		t.Errorf("%d of %d spans are left", td.SpanCount(), spans)
	}
}

func TestTenThousandAttributesAreNoTrouble(t *testing.T) {
	td := tracesOf(line{id: 1, op: "chat"})
	attributes := td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes()
	for index := range 10_000 {
		put(attributes, fmt.Sprintf("gen_ai.usage.%d", index), uint8(index), int64(index), float64(index), "x")
	}
	checkCalls(t, NewJudge(DefaultLimits), td)
}
