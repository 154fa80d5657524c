package genai

import (
	"strconv"
	"strings"
	"testing"
)

func TestADocumentThatCannotBeReadMakesAnEstimateOfACall(t *testing.T) {
	long := strings.Repeat("x", maxDocument)
	manyKeys := map[string]any{}
	for index := range maxDocument / 8 {
		manyKeys[strconv.Itoa(index)] = 1
	}
	for name, test := range map[string]struct {
		document any
		isRead   bool
	}{
		"small":                 {`{"input_tokens": 1}`, true},
		"a small list":          {map[string]any{"total_tokens": 1010}, true},
		"empty":                 {"", true},
		"nothing":               {"null", true},
		"large":                 {`{"input_tokens": 1, "note": "` + long + `"}`, false},
		"cut off":               {`{"input_token_details": {"cache_read": 1`, false},
		"no object":             {`[1]`, false},
		"a number":              {5, false},
		"a list of a long text": {map[string]any{"note": long}, false},
		"a list that is deep":   {map[string]any{"a": map[string]any{"b": []any{map[string]any{"note": long}}}}, false},
		"a list of many keys":   {manyKeys, false},
	} {
		t.Run(name, func(t *testing.T) {
			call, _ := read(t, "", map[string]any{"langsmith.usage_metadata": test.document})
			want, reason := Reported, Sure
			if !test.isRead {
				want, reason = Estimated, Unreadable
			}
			if call.State != want || call.Bill.Reason != reason || call.Bill.Nano != priceOfGPT5 {
				t.Errorf("%s, %s, %d", call.State, call.Bill.Reason, call.Bill.Nano)
			}
		})
	}
}

func TestACallWhoseOnlyUsageCannotBeReadSaysSo(t *testing.T) {
	call, _ := read(t, "", map[string]any{
		"gen_ai.usage.input_tokens": nil, "gen_ai.usage.output_tokens": nil, "langfuse.observation.usage_details": `{"input": 10`,
	})
	if call.State != Unknown || call.Bill != (Bill{Reason: Unreadable}) {
		t.Errorf("%s, %+v", call.State, call.Bill)
	}
}
