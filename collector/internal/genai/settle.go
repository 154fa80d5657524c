package genai

import "go.opentelemetry.io/collector/pdata/ptrace"

// none is in place of a position where there is none.
const none = -1

// restoreRepeated takes the mark off calls whose answer only others of this batch have: settle decides between them.
func (b *Batch) restoreRepeated() {
	isNew := make(map[uint64]bool, len(b.Calls))
	for at, answer := range b.answers {
		if answer != nothing && b.Calls[at].Mark == Counted {
			isNew[answer] = true
		}
	}
	for at, answer := range b.answers {
		if call := &b.Calls[at]; call.Mark == Duplicate && isNew[answer] {
			call.Mark, b.repeatsAnswer = Counted, true
		}
	}
}

// settle decides which of the calls that tell of one call of a provider counts. First along each chain of ancestors: the
// innermost counts, since it is nearest to the provider, unless only one above it knows what was used. Then among chains
// that give one answer: one of them counts. No step looks at what an earlier call of the same step was found to be, so that
// the order of the spans in a batch decides nothing.
func (b *Batch) settle() {
	b.index()
	b.relate()
	for below := range b.Calls {
		b.markWrappersOf(below)
	}
	for below := range b.Calls {
		b.yieldToAbove(below)
	}
	if b.repeatsAnswer {
		b.electOnePerAnswer()
	}
}

// relate finds the call that is next above each, and the call whose response id is its own: it itself, or else the nearest
// above it that has one.
func (b *Batch) relate() {
	b.above, b.holder = b.above[:0], b.holder[:0]
	for at := range b.Calls {
		b.above = append(b.above, b.nextAbove(b.Calls[at].Span))
	}
	for at := range b.Calls {
		holder := none
		if b.answers[at] != nothing {
			holder = at
		} else {
			b.eachAbove(at, func(above int) bool {
				if b.answers[above] != nothing && !b.isAttemptOf(at, above) {
					holder = above
				}
				return holder == none
			})
		}
		b.holder = append(b.holder, holder)
	}
}

// markWrappersOf marks the calls above that tell of the same call and know no more than this one.
func (b *Batch) markWrappersOf(below int) {
	if b.Calls[below].Mark == MarkedBefore {
		return
	}
	knows := b.Calls[below].knowsCost() || b.Calls[below].isSettled()
	b.eachAbove(below, func(above int) bool {
		outer := &b.Calls[above]
		if outer.Mark == Counted && b.areOne(above, below) && (knows || !outer.knowsCost()) {
			outer.Mark = Wrapper
		}
		return true
	})
}

// yieldToAbove marks a call where one above it tells of the same call and is no wrapper: it was counted before, or only that
// one knows the usage.
func (b *Batch) yieldToAbove(below int) {
	inner := &b.Calls[below]
	if inner.Mark != Counted {
		return
	}
	b.eachAbove(below, func(above int) bool {
		mark := b.Calls[above].Mark
		if mark == Wrapper || mark == MarkedBefore || !b.areOne(above, below) {
			return true
		}
		inner.Mark = Duplicate
		if b.holder[above] != none {
			b.holder[below] = b.holder[above]
		}
		return false
	})
}

// electOnePerAnswer lets one holder of each answer count, with all who have the answer from it.
func (b *Batch) electOnePerAnswer() {
	elected := make(map[uint64]int, len(b.Calls))
	for at := range b.Calls {
		if mark := b.Calls[at].Mark; b.holder[at] == none || mark != Counted && mark != Duplicate {
			continue
		}
		answer := b.answerOf(at)
		if other, has := elected[answer]; !has || b.isStronger(at, other) {
			elected[answer] = at
		}
	}
	for at := range b.Calls {
		call := &b.Calls[at]
		if call.Mark == Counted && b.holder[at] != none && b.holder[elected[b.answerOf(at)]] != b.holder[at] {
			call.Mark = Duplicate
		}
	}
}

// isStronger compares calls with one answer: those whose answer is counted elsewhere come first, then those that know what
// was used, then the smaller id.
func (b *Batch) isStronger(one, other int) bool {
	a, c := &b.Calls[one], &b.Calls[other]
	if a.Mark != c.Mark {
		return a.Mark == Duplicate
	}
	if a.knowsCost() != c.knowsCost() {
		return a.knowsCost()
	}
	return string(idOf(a)) < string(idOf(c))
}

// isSettled tells of calls that were counted before, here or in their process.
func (c *Call) isSettled() bool { return c.Mark == Metered || c.Mark == Resend || c.Mark == Duplicate }

func idOf(call *Call) []byte {
	id := call.Span.SpanID()
	return id[:]
}

// areOne tells whether two calls, one beneath the other, tell of one call: their answers don't differ, as far as is known.
func (b *Batch) areOne(above, below int) bool {
	outer, inner := b.answerOf(above), b.answerOf(below)
	return (outer == nothing || inner == nothing || outer == inner) && !b.isAttemptOf(below, above)
}

// isAttemptOf tells of a call that came to nothing that it can't be the one above, which succeeded.
func (b *Batch) isAttemptOf(below, above int) bool {
	inner := &b.Calls[below]
	return inner.Outcome != OK && !inner.knowsCost() && b.Calls[above].Outcome == OK
}

func (b *Batch) answerOf(at int) uint64 {
	if b.holder[at] == none {
		return nothing
	}
	return b.answers[b.holder[at]]
}

// eachAbove visits the calls above one, the nearest first, until `visit` says false.
func (b *Batch) eachAbove(at int, visit func(above int) bool) {
	above := b.above[at]
	for range maxDepth {
		if above == none || !visit(above) {
			return
		}
		above = b.above[above]
	}
}

// nextAbove is the position of the call that is nearest above a span, or none.
func (b *Batch) nextAbove(span ptrace.Span) int {
	next := none
	b.eachAncestor(span, func(above node) bool {
		next = above.call - 1
		return next == none
	})
	return next
}
