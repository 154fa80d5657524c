package genai

import (
	"slices"
	"testing"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

func TestUnitsAreReadAndNonsenseIsLeftOut(t *testing.T) {
	span := ptrace.NewSpan()
	list := span.Attributes().PutEmptySlice("tollgate.usage.units")
	for _, text := range []string{"web_search=3", "audio_second=12.5", "", "=1", "a", "b=", "c=-1", "d=NaN", "e=1e300", "f=0"} {
		list.AppendEmpty().SetStr(text)
	}
	list.AppendEmpty().SetInt(7)
	var read Decoder
	read.gather(span)
	want := []pricing.Fee{{Unit: "web_search", Count: 3}, {Unit: "audio_second", Count: 12.5}}
	if got := read.facts.fees(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	span.Attributes().PutStr("tollgate.usage.units", "web_search=3")
	read.gather(span)
	if got := read.facts.fees(); got != nil {
		t.Errorf("a text is no list: %v", got)
	}
}
