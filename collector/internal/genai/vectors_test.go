package genai

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

type spanVectors struct {
	SpendKeys []string `json:"spendKeys"`
	Vectors   []struct {
		ID      string `json:"id"`
		Note    string `json:"note"`
		NanoUSD *int64 `json:"nanoUsd"`
		// Unpriceable says which facts are on no attribute of the span.
		Unpriceable []string        `json:"unpriceable"`
		Span        json.RawMessage `json:"span"`
	} `json:"vectors"`
}

func readVectors(t *testing.T) spanVectors {
	t.Helper()
	text, err := os.ReadFile("../../../test/vectors/spans.json")
	if err != nil {
		t.Fatal(err)
	}
	var read spanVectors
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Vectors) < 50 {
		t.Fatalf("only %d vectors", len(read.Vectors))
	}
	return read
}

func tracesOfVector(t *testing.T, span json.RawMessage) ptrace.Traces {
	t.Helper()
	text := fmt.Sprintf(`{"resourceSpans":[{"scopeSpans":[{"spans":[%s]}]}]}`, span)
	td, err := (&ptrace.JSONUnmarshaler{}).UnmarshalTraces([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return td
}

func TestSpansOfThePluginCostWhatTheVectorsSay(t *testing.T) {
	read := readVectors(t)
	unpriceable := 0
	for _, vector := range read.Vectors {
		t.Run(vector.ID, func(t *testing.T) {
			td := tracesOfVector(t, vector.Span)
			attributes := td.ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0).Attributes()
			for _, key := range read.SpendKeys {
				attributes.Remove(key)
			}
			batch := NewJudge(DefaultLimits).Judge(td, pricing.BuiltIn(), sampleTime)
			if len(batch.Calls) != 1 {
				t.Fatal("the span is no call")
			}
			bill := batch.Calls[0].Bill
			isRight := vector.NanoUSD != nil && bill.Origin == FromTable && bill.Nano == *vector.NanoUSD ||
				vector.NanoUSD == nil && bill.Origin == NoAmount
			switch {
			case len(vector.Unpriceable) > 0:
				unpriceable++
				if isRight {
					t.Errorf("%s: priced right, though %s", vector.Note, vector.Unpriceable)
				}
			case !isRight:
				t.Errorf("%s: got %+v", vector.Note, bill)
			}
		})
	}
	if unpriceable*2 > len(read.Vectors) {
		t.Errorf("%d of %d vectors can't be priced", unpriceable, len(read.Vectors))
	}
}

func TestSpansThatTheirProcessHasCountedAreLeftAlone(t *testing.T) {
	for _, vector := range readVectors(t).Vectors {
		td := tracesOfVector(t, vector.Span)
		batch := NewJudge(DefaultLimits).Judge(td, pricing.BuiltIn(), sampleTime)
		if len(batch.Calls) != 1 || batch.Calls[0].Mark != Metered {
			t.Errorf("%s is not left alone", vector.ID)
			continue
		}
		if bill := batch.Calls[0].Bill; vector.NanoUSD != nil && bill.Nano != *vector.NanoUSD {
			t.Errorf("%s: reads %d", vector.ID, bill.Nano)
		}
	}
}
