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

const nanoPerUSD = 1e9

func writeMark(call *genai.Call) {
	if call.Mark.IsBilling() {
		call.Span.Attributes().PutStr(keyBilling, call.Mark.String())
	}
}

// writeBill writes what is known of the cost; a span that has an amount is left alone.
func writeBill(call *genai.Call, bill *genai.Bill, version string) {
	if call.Outcome == genai.Denied || bill.Origin == genai.OnSpan {
		return
	}
	attributes := call.Span.Attributes()
	if bill.Origin == genai.NoAmount {
		attributes.PutStr(keyState, call.State.String())
		return
	}
	split := splitOf(&bill.Split)
	attributes.EnsureCapacity(attributes.Len() + countOf(&split) + 5)
	attributes.PutDouble(keyAmount, float64(bill.Nano)/nanoPerUSD)
	attributes.PutStr(keyCurrency, "USD")
	attributes.PutStr(keyOrigin, bill.Origin.String())
	attributes.PutStr(keyState, call.State.String())
	if bill.Origin == genai.FromTable {
		attributes.PutStr(keyTableVersion, version)
		writeSplit(attributes, &split)
	}
}

type part struct {
	key  string
	nano int64
}

func splitOf(split *pricing.Split) [6]part {
	return [...]part{
		{"tollgate.cost.input", split.Input},
		{"tollgate.cost.cache_read", split.CacheRead},
		{"tollgate.cost.cache_write", split.CacheWrite},
		{"tollgate.cost.output", split.Output},
		{"tollgate.cost.reasoning", split.Reasoning},
		{"tollgate.cost.fees", split.Fees},
	}
}

func countOf(parts *[6]part) int {
	count := 0
	for index := range parts {
		if parts[index].nano != 0 {
			count++
		}
	}
	return count
}

func writeSplit(attributes pcommon.Map, parts *[6]part) {
	for index := range parts {
		if parts[index].nano != 0 {
			attributes.PutDouble(parts[index].key, float64(parts[index].nano)/nanoPerUSD)
		}
	}
}
