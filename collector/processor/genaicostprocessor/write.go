package genaicostprocessor

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// What the processor writes, in the words of contract.md §3. It never claims gen_ai.usage.cost.source.
const (
	keyAmount       = "gen_ai.usage.cost.amount"
	keyCurrency     = "gen_ai.usage.cost.currency"
	keyOrigin       = "tollgate.cost.origin"
	keyTableVersion = "tollgate.price_table.version"
	keyState        = "tollgate.usage.state"
	keyBilling      = "tollgate.billing"
)

var keysOfSplit = [pricing.NumShares]string{
	pricing.InputShare:      "tollgate.cost.input",
	pricing.CacheReadShare:  "tollgate.cost.cache_read",
	pricing.CacheWriteShare: "tollgate.cost.cache_write",
	pricing.OutputShare:     "tollgate.cost.output",
	pricing.ReasoningShare:  "tollgate.cost.reasoning",
	pricing.FeesShare:       "tollgate.cost.fees",
}

const nanoPerUSD = 1e9

func writeMark(call *genai.Call) {
	if call.Mark.IsBilling() {
		call.Span.Attributes().PutStr(keyBilling, call.Mark.String())
	}
}

// writeBill writes what is known of the cost; a span that has an amount is left alone.
func writeBill(call *genai.Call, version string) {
	bill := &call.Bill
	if call.Outcome == genai.Denied || bill.Origin == genai.OnSpan {
		return
	}
	attributes := call.Span.Attributes()
	if bill.Origin == genai.NoAmount {
		attributes.PutStr(keyState, call.State.String())
		return
	}
	attributes.EnsureCapacity(attributes.Len() + countOf(&bill.Split) + 5)
	attributes.PutDouble(keyAmount, float64(bill.Nano)/nanoPerUSD)
	attributes.PutStr(keyCurrency, "USD")
	attributes.PutStr(keyOrigin, bill.Origin.String())
	attributes.PutStr(keyState, call.State.String())
	if bill.Origin == genai.FromTable {
		attributes.PutStr(keyTableVersion, version)
		writeSplit(attributes, &bill.Split)
	}
}

func countOf(split *pricing.Split) int {
	count := 0
	for _, nano := range split {
		if nano != 0 {
			count++
		}
	}
	return count
}

func writeSplit(attributes pcommon.Map, split *pricing.Split) {
	for share, nano := range split {
		if nano != 0 {
			attributes.PutDouble(keysOfSplit[share], float64(nano)/nanoPerUSD)
		}
	}
}
