package genai

import "github.com/tollgate-dev/tollgate/collector/internal/pricing"

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

// The reasons of contract.md, and three of our own.
const (
	Sure Reason = iota
	NoUsage
	NoProvider
	UnknownModel
	TierUnknown
	NoCacheSplit
	ForeignCurrency
	TooLarge
	NumReasons
)

var reasonNames = [NumReasons]string{
	"", "no_usage", "no_provider", "unknown_model", "tier_unknown", "no_cache_split", "foreign_currency", "amount_too_large",
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

// Appraise decides whose figure wins: an amount that is there already, a cost that the provider reported, our table, and
// only where it has no price another emitter's estimate. It makes State no surer than the amount is.
func (c *Call) Appraise(table *pricing.Table) Bill {
	switch {
	case c.Outcome == Denied:
		return Bill{}
	case c.written.known:
		return Bill{Nano: c.written.nano, Origin: OnSpan, Reason: c.doubt(table)}
	case c.foreignCurrency:
		c.State = Unknown
		return Bill{Reason: ForeignCurrency}
	case c.reported.known:
		return Bill{Nano: c.reported.nano, Origin: FromProvider}
	}
	bill := c.byTable(table)
	switch {
	case bill.Origin != NoAmount:
	case c.estimated.known:
		c.State = max(c.State, Estimated)
		return Bill{Nano: c.estimated.nano, Origin: FromEmitter}
	default:
		c.State = Unknown
	}
	return bill
}

// doubt repeats the reason that was found by who has written the amount: the plugin says it, the processor does not.
func (c *Call) doubt(table *pricing.Table) Reason {
	if c.pricedByUs && c.unsplitWrite && table.Price(&c.Query).CacheTTLMatters {
		return NoCacheSplit
	}
	return c.doubted
}

func (c *Call) byTable(table *pricing.Table) Bill {
	if !c.HasUsage && c.Outcome == Failed {
		return Bill{Reason: c.doubted} // providers don't bill calls that they refuse or fail
	}
	if !c.HasUsage {
		return Bill{Reason: NoUsage}
	}
	if c.Query.Provider == "" {
		return Bill{Reason: NoProvider}
	}
	price := table.Price(&c.Query)
	if price.Reason != pricing.Priced {
		return Bill{Reason: reasonOfPricing[price.Reason]}
	}
	bill := Bill{Nano: price.Nano, Origin: FromTable, Split: price.Split}
	if price.HasUnpricedUnit {
		c.State = max(c.State, Estimated)
	}
	if c.unsplitWrite && price.CacheTTLMatters {
		bill.Reason = NoCacheSplit
		c.State = max(c.State, Estimated)
	}
	return bill
}
