package pricing

import (
	"math"
	"math/bits"
)

// maxNano is the largest amount that has a price: beyond it a double no longer tells two amounts apart.
const maxNano = 1 << 53

// Price says what a call costs: ⌊(Σ nᵢ·rateᵢ + 500) / 1000⌋ nano-USD, rounded once for the call and its parts. It never
// fails; where there is no price, Reason says why.
func (t *Table) Price(call *Call) Price {
	own, reason := t.lookup(call, call.Model)
	if reason != Priced {
		return Price{Reason: reason}
	}
	var price Price
	var sum pico
	rates := own.ratesFor(call.Tokens.Prompt())
	price.CacheTTLMatters = rates[CacheWrite5m] != rates[CacheWrite1h]
	for kind, count := range &call.Tokens {
		if count != 0 {
			cost := product(count, rates[kind])
			sum.add(cost)
			price.Split[shareOf[kind]] += cost.part()
		}
	}
	units := unitsOf(own, call.Fees, &price)
	sum.add(units.seconds)
	sum.add(units.tools)
	price.Split[InputShare] += units.seconds.part()
	price.Split[FeesShare] += units.tools.part()
	if reason := t.addParts(&sum, call, own, &price); reason != Priced {
		return Price{Reason: reason}
	}
	nano, fits := sum.nano()
	if !fits {
		return Price{Reason: TooLarge}
	}
	price.Nano = nano
	return price
}

// addParts adds what other models did, which is a fee of the call.
func (t *Table) addParts(sum *pico, call *Call, own *plan, price *Price) Reason {
	if len(call.Parts) == 0 {
		return Priced
	}
	var parts pico
	for index := range call.Parts {
		part := &call.Parts[index]
		from := own
		if part.Model != "" {
			found, reason := t.lookup(call, part.Model)
			if reason != Priced {
				return UnknownModel
			}
			from = found
		}
		rates := from.ratesFor(part.Tokens.Prompt())
		for kind, count := range &part.Tokens {
			parts.add(product(count, rates[kind]))
		}
		units := unitsOf(from, part.Fees, price)
		parts.add(units.seconds)
		parts.add(units.tools)
	}
	sum.add(parts)
	price.Split[FeesShare] += parts.part()
	return Priced
}

// pico is a sum of pico-USD in 128 bits, so that no product of a count and a rate is ever cut off.
type pico struct{ hi, lo uint64 }

func (p *pico) add(other pico) {
	var carry uint64
	p.lo, carry = bits.Add64(p.lo, other.lo, 0)
	p.hi, carry = bits.Add64(p.hi, other.hi, carry)
	if carry != 0 {
		p.hi, p.lo = math.MaxUint64, math.MaxUint64
	}
}

type unitPico struct{ seconds, tools pico }

// unitsOf prices what is billed by the piece, and the request itself.
func unitsOf(from *plan, fees []Fee, price *Price) unitPico {
	var units unitPico
	units.tools = product(1, from.request)
	for _, fee := range fees {
		rate, listed := from.fees[fee.Unit]
		switch {
		case !listed:
			price.HasUnpricedUnit = price.HasUnpricedUnit || fee.Count > 0
		case fee.Unit == "audio_second":
			units.seconds.add(fractional(fee.Count, rate))
		default:
			units.tools.add(fractional(fee.Count, rate))
		}
	}
	return units
}

// nano rounds half up; false where the amount is too large to be told exactly.
func (p pico) nano() (int64, bool) {
	if p.hi != 0 || p.lo > math.MaxUint64-500 {
		return 0, false
	}
	nano := (p.lo + 500) / 1000
	return int64(nano), nano < maxNano
}

// part is a share of the amount for display: 0 where it is too large.
func (p pico) part() int64 {
	nano, _ := p.nano()
	return nano
}

func product(count, rate int64) pico {
	if count <= 0 || rate <= 0 {
		return pico{}
	}
	hi, lo := bits.Mul64(uint64(count), uint64(rate))
	return pico{hi, lo}
}

// fractional multiplies in doubles and rounds half up, as the format says of seconds; whole counts stay integers.
func fractional(count float64, rate int64) pico {
	if !(count > 0) {
		return pico{}
	}
	if count == math.Trunc(count) && count < maxNano {
		return product(int64(count), rate)
	}
	rounded := math.Floor(count*float64(rate) + 0.5)
	if rounded >= math.MaxUint64 {
		return pico{hi: math.MaxUint64}
	}
	return pico{lo: uint64(rounded)}
}
