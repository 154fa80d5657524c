package pricing

// plan is all that is needed to price one call.
type plan struct {
	tiers []tier
	fees  map[string]int64
	// request is the fee of the call itself.
	request int64
}

type tier struct {
	over  int64
	rates Rates
}

// ratesFor gives the rates for a prompt of this size: a limit of 272,000 leaves a prompt of exactly that in the tier below.
func (p *plan) ratesFor(prompt int64) *Rates {
	index := len(p.tiers) - 1
	for index > 0 && prompt <= p.tiers[index].over {
		index--
	}
	return &p.tiers[index].rates
}

// timeline holds the plans of one model in one variant over time, or the reason why there are none.
type timeline struct {
	spans  []timespan
	reason Reason
}

type timespan struct {
	period *periodData
	plan   plan
}

// at finds the plan at a moment (Unix nanoseconds).
func (t *timeline) at(nanos int64) (*plan, Reason) {
	if t.reason != Priced {
		return nil, t.reason
	}
	ms := floorDiv(nanos, 1_000_000)
	for index := range t.spans {
		span := &t.spans[index]
		period := span.period
		if period.From != nil && ms < *period.From*1000 || period.Until != nil && ms >= *period.Until*1000 {
			continue
		}
		if period.Schedule == nil || period.Schedule.applies(ms) {
			return &span.plan, Priced
		}
	}
	return nil, TierUnknown
}

// buildTimeline collects the periods in which the model is sold in this variant, in all their tiers.
func buildTimeline(data *tableData, model *modelData, variant string) *timeline {
	var spans []timespan
	for index := range model.Prices {
		period := &model.Prices[index]
		tiers := make([]tier, 0, len(period.Tiers))
		for _, from := range period.Tiers {
			if row, sold := from.Rates[variant]; sold {
				tiers = append(tiers, tier{over: from.Over, rates: data.Rates[row]})
			}
		}
		if len(tiers) < len(period.Tiers) {
			continue
		}
		made := plan{tiers: tiers}
		if period.Fees != nil {
			made.fees = data.Fees[*period.Fees]
			made.request = made.fees["request"]
		}
		spans = append(spans, timespan{period: period, plan: made})
	}
	if len(spans) == 0 {
		return &timeline{reason: TierUnknown}
	}
	return &timeline{spans: spans}
}

// freeTimeline is the price of every model of a provider that charges nothing.
var freeTimeline = &timeline{spans: []timespan{{period: &periodData{}, plan: plan{tiers: []tier{{}}}}}}

func floorDiv(value, by int64) int64 {
	quotient := value / by
	if value%by < 0 {
		quotient--
	}
	return quotient
}
