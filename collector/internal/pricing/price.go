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
	tokens := sum.addTokens(&call.Tokens, rates)
	units := sum.addUnits(own, call.Fees, &price)
	parts, reason := t.addParts(&sum, call, own, &price)
	if reason != Priced {
		return Price{Reason: reason}
	}
	nano, fits := sum.nano()
	if !fits {
		return Price{Reason: TooLarge}
	}
	price.Nano = nano
	price.Split = splitOf(&tokens, units.seconds, units.tools, parts)
	return price
}

func (t *Table) addParts(sum *pico, call *Call, own *plan, price *Price) (pico, Reason) {
	var parts pico
	for index := range call.Parts {
		part := &call.Parts[index]
		from := own
		if part.Model != "" {
			found, reason := t.lookup(call, part.Model)
			if reason != Priced {
				return parts, UnknownModel
			}
			from = found
		}
		var alone pico
		alone.addTokens(&part.Tokens, from.ratesFor(part.Tokens.Prompt()))
		alone.addUnits(from, part.Fees, price)
		parts.add(alone)
	}
	sum.add(parts)
	return parts, Priced
}

func splitOf(tokens *[NumKinds]pico, seconds, tools, parts pico) Split {
	return Split{
		Input:      tokens[Input].part() + tokens[AudioIn].part() + tokens[ImageIn].part() + seconds.part(),
		CacheRead:  tokens[CacheRead].part() + tokens[AudioCacheRead].part(),
		CacheWrite: tokens[CacheWrite5m].part() + tokens[CacheWrite1h].part(),
		Output:     tokens[Output].part() + tokens[AudioOut].part() + tokens[ImageOut].part(),
		Reasoning:  tokens[Reasoning].part(),
		Fees:       tools.part() + parts.part(),
	}
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

func (p *pico) addTokens(tokens *Tokens, rates *Rates) [NumKinds]pico {
	var products [NumKinds]pico
	for kind, count := range tokens {
		if count == 0 {
			continue
		}
		products[kind] = product(count, rates[kind])
		p.add(products[kind])
	}
	return products
}

type unitPico struct{ seconds, tools pico }

func (p *pico) addUnits(from *plan, fees []Fee, price *Price) unitPico {
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
	p.add(units.seconds)
	p.add(units.tools)
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
