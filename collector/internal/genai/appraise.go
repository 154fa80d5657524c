package genai

import (
	"strings"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// Origin says whose figure an amount is.
type Origin uint8

// The origins; the last three are values of tollgate.cost.origin.
const (
	// NoAmount: there is none, and Reason says why.
	NoAmount Origin = iota
	// OnSpan: an amount was there already and is left alone.
	OnSpan
	// FromProvider: the provider reported it.
	FromProvider
	// FromTable: priced here.
	FromTable
	// FromEmitter: another emitter's own estimate.
	FromEmitter
	NumOrigins
)

var originNames = [NumOrigins]string{"", "on_span", "provider", "collector", "emitter"}

func (o Origin) String() string { return originNames[o] }

// Reason says why the price or the usage of a call is not known for sure.
type Reason uint8

// The reasons of contract.md, and some of our own.
const (
	Sure Reason = iota
	NoUsage
	NoProvider
	UnknownModel
	TierUnknown
	NoCacheSplit
	ForeignCurrency
	TooLarge
	// Unreadable: a count on the span is none, or is in a document that is malformed, cut off or too large.
	Unreadable
	// UnknownOperation: priced like a chat, since it has usage or a cost.
	UnknownOperation
	NumReasons
)

var reasonNames = [NumReasons]string{
	"", "no_usage", "no_provider", "unknown_model", "tier_unknown", "no_cache_split", "foreign_currency", "amount_too_large",
	"unreadable", "unknown_operation",
}

func (r Reason) String() string { return reasonNames[r] }

// reasonOf is Sure for a text that names no reason.
func reasonOf(name string) Reason {
	for reason, each := range reasonNames {
		if each == name {
			return Reason(reason)
		}
	}
	return Sure
}

var reasonOfPricing = [pricing.NumReasons]Reason{
	pricing.Priced: Sure, pricing.NoProvider: NoProvider, pricing.UnknownModel: UnknownModel,
	pricing.TierUnknown: TierUnknown, pricing.TooLarge: TooLarge,
}

// Bill is what a call costs and who says so.
type Bill struct {
	Nano   int64
	Origin Origin
	// Reason may be set beside an amount: then the amount is not known for sure.
	Reason Reason
	// Split is there where Origin is FromTable.
	Split pricing.Split
}

// appraise makes the bill of a call, and State as sure as its amount is.
func (d *Decoder) appraise(call *Call, used usage, table *pricing.Table) {
	bill := &call.Bill
	if call.Outcome == Denied {
		return
	}
	d.decide(call, used, table)
	if bill.Origin == NoAmount {
		call.State = Unknown
		return
	}
	if d.facts.guessed {
		call.State = max(call.State, Estimated)
		if bill.Reason == Sure {
			bill.Reason = UnknownOperation
		}
	}
}

// decide says whose figure wins: an amount that is there already, a cost that the provider reported, our table, and only
// where it has no price another emitter's estimate. Emitters write 0 for models that they don't know, so that an estimate
// of 0 is none; only an answer from their own cache is free.
func (d *Decoder) decide(call *Call, used usage, table *pricing.Table) {
	f, bill := &d.facts, &call.Bill
	if written, is := f.nano(amount); is {
		if money := f.text(currency); money != "" && !strings.EqualFold(money, "USD") {
			bill.Reason = ForeignCurrency
			return
		}
		bill.Nano, bill.Origin, bill.Reason = written, OnSpan, d.doubt(call, used, table)
		return
	}
	if reported, is := f.nano(reportedCost); is {
		bill.Nano, bill.Origin = reported, FromProvider
		return
	}
	estimated, hasEstimate := f.estimate()
	isCached := f.text(cacheHit) == "true" && estimated == 0
	if !isCached {
		bill.Reason = d.byTable(call, used, table)
	}
	if bill.Origin == NoAmount && (isCached || hasEstimate && estimated > 0) {
		call.State, bill.Nano, bill.Origin, bill.Reason = Estimated, estimated, FromEmitter, Sure
	}
}

// doubt repeats the reason that was found by who has written the amount: the plugin says it, the processor does not.
func (d *Decoder) doubt(call *Call, used usage, table *pricing.Table) Reason {
	if d.facts.text(costOrigin) == FromTable.String() {
		if found := d.misgiving(used, used.unsplitWrite && d.price(call, table).CacheTTLMatters); found != Sure {
			return found
		}
	}
	return reasonOf(d.facts.text(unpricedReason))
}

// misgiving is what there is to doubt about the table's price of a call.
func (d *Decoder) misgiving(used usage, ttlMatters bool) Reason {
	switch {
	case used.unread:
		return Unreadable
	case used.unsplitWrite && ttlMatters:
		return NoCacheSplit
	default:
		return Sure
	}
}

// byTable puts the table's price on the bill, and says what there is to doubt about it, or why there is none.
func (d *Decoder) byTable(call *Call, used usage, table *pricing.Table) Reason {
	switch {
	case call.HasUsage:
	case call.Outcome == Failed:
		return reasonOf(d.facts.text(unpricedReason)) // providers don't bill calls that they refuse or fail
	case used.unread:
		return Unreadable
	default:
		return NoUsage
	}
	if call.Provider == "" {
		return NoProvider
	}
	price := d.price(call, table)
	if price.Reason != pricing.Priced {
		return reasonOfPricing[price.Reason]
	}
	bill := &call.Bill
	bill.Nano, bill.Origin, bill.Split = price.Nano, FromTable, price.Split
	reason := d.misgiving(used, price.CacheTTLMatters)
	if price.HasUnpricedUnit || reason != Sure {
		call.State = max(call.State, Estimated)
	}
	return reason
}

func (d *Decoder) price(call *Call, table *pricing.Table) pricing.Price {
	f, query := &d.facts, &d.query
	query.Provider, query.Model, query.At = call.Provider, f.model(), int64(call.Span.StartTimestamp())
	query.ServiceTier, query.Speed, query.Geo, query.Host = f.text(serviceTier), f.text(speed), f.text(geo), f.text(serverAddress)
	query.Tokens, query.Fees = call.Tokens, f.fees()
	return table.Price(query)
}

// estimate is another emitter's own, of the call or of its two halves.
func (f *facts) estimate() (int64, bool) {
	if whole, is := f.nano(estimatedCost); is {
		return whole, true
	}
	input, hasInput := f.nano(estimatedInputCost)
	output, hasOutput := f.nano(estimatedOutputCost)
	return input + output, hasInput && hasOutput
}
