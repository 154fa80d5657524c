package genai

import (
	"hash/maphash"
	"iter"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// maxDepth bounds how far up a span's ancestors are looked for; it also ends circles.
const maxDepth = 64

// Batch holds the calls of one batch of spans.
type Batch struct {
	Calls   []Call
	decoder Decoder
	traces  ptrace.Traces
	seed    maphash.Seed
	// spans and answers are the hashes by which the calls' spans and their answers are remembered.
	spans, answers []uint64
	// lacksAnswer and hasMetered tell of at least one call that it has no response id, and that its process has counted it.
	lacksAnswer, hasMetered bool
	// nodes is the tree of the batch; empty until somebody asks for it.
	nodes map[spanKey]node
}

type node struct {
	span ptrace.Span
	// call is the position of the span in Calls, plus one.
	call int
}

func (b *Batch) read(td ptrace.Traces, table *pricing.Table) {
	b.traces = td
	resources := td.ResourceSpans()
	for r := range resources.Len() {
		resource := resources.At(r)
		from := originOfResource(resource.Resource())
		scopes := resource.ScopeSpans()
		for s := range scopes.Len() {
			b.readScope(scopes.At(s), resource.Resource(), from, table)
		}
	}
}

func (b *Batch) readScope(scope ptrace.ScopeSpans, resource pcommon.Resource, from origin, table *pricing.Table) {
	from = from.withScope(scope.Scope().Name())
	spans := scope.Spans()
	for index := range spans.Len() {
		next := b.next()
		if b.decoder.decode(next, spans.At(index), from, table) {
			next.Resource = resource
			b.note(next)
		} else {
			b.Calls = b.Calls[:len(b.Calls)-1]
		}
	}
}

// nothing is in place of a hash where there is no id to remember.
const nothing = 0

// note takes down all that the judge asks of a call, while the call is at hand: a batch is more than caches hold.
func (b *Batch) note(call *Call) {
	key := keyOf(call.Span)
	var span, answer uint64 = nothing, nothing
	if !key.span.IsEmpty() { // broken senders leave ids out: such spans are not all one
		span = maphash.Comparable(b.seed, key)
	}
	if call.ResponseID != "" {
		answer = maphash.Comparable(b.seed, key.trace) ^ maphash.String(b.seed, call.ResponseID)
	}
	b.spans, b.answers = append(b.spans, span), append(b.answers, answer)
	b.lacksAnswer = b.lacksAnswer || answer == nothing
	b.hasMetered = b.hasMetered || call.Mark == Metered
}

// next is room for one more call, in memory of earlier batches where there is some.
func (b *Batch) next() *Call {
	if len(b.Calls) < cap(b.Calls) {
		b.Calls = b.Calls[:len(b.Calls)+1]
	} else {
		b.Calls = append(b.Calls, Call{})
	}
	return &b.Calls[len(b.Calls)-1]
}

// maxKept is the most calls, and the most spans of a tree, whose memory is kept from batch to batch.
const maxKept = 4096

func (b *Batch) reset() {
	clear(b.Calls)
	if len(b.nodes) > maxKept {
		b.nodes = nil
	}
	clear(b.nodes)
	b.Calls, b.spans, b.answers, b.traces = b.Calls[:0], b.spans[:0], b.answers[:0], ptrace.Traces{}
	if cap(b.Calls) > maxKept {
		b.Calls, b.spans, b.answers = nil, nil, nil
	}
	b.lacksAnswer, b.hasMetered = false, false
	b.decoder.facts, b.decoder.query = facts{}, pricing.Call{}
}

// mayHaveWrappers spares batches the tree in which no call could wrap another.
func (b *Batch) mayHaveWrappers() bool { return len(b.Calls) > 1 && b.lacksAnswer }

// markWrappers marks calls with a call beneath them where response ids can't tell whether the two are one. The innermost
// counts, since it is nearest to the provider, unless only the outer one knows what was used.
func (b *Batch) markWrappers() {
	b.index()
	for index := range b.Calls {
		inner := &b.Calls[index]
		if inner.Mark == Resend || inner.Mark == MarkedBefore {
			continue
		}
		b.eachAncestor(inner.Span, func(above node) bool {
			if above.call == 0 {
				return true
			}
			settle(inner, &b.Calls[above.call-1])
			return false
		})
	}
}

// settle decides between a call and the one that is nearest above it.
func settle(inner, outer *Call) {
	switch {
	case outer.Mark != Counted || inner.ResponseID != "" && outer.ResponseID != "":
	case inner.Mark == Counted && outer.knowsCost() && !inner.knowsCost():
		inner.Mark = Duplicate
	default:
		outer.Mark = Wrapper
	}
}

// index builds the tree of those traces in the batch that have a call.
func (b *Batch) index() {
	if len(b.nodes) > 0 {
		return
	}
	if b.nodes == nil {
		b.nodes = map[spanKey]node{}
	}
	ofCalls := map[pcommon.TraceID]bool{}
	for index := range b.Calls {
		ofCalls[b.Calls[index].Span.TraceID()] = true
	}
	for span := range spansOf(b.traces) {
		if ofCalls[span.TraceID()] {
			b.nodes[keyOf(span)] = node{span: span}
		}
	}
	for index := range b.Calls {
		b.nodes[keyOf(b.Calls[index].Span)] = node{span: b.Calls[index].Span, call: index + 1}
	}
}

func spansOf(td ptrace.Traces) iter.Seq[ptrace.Span] {
	return func(yield func(ptrace.Span) bool) {
		for _, resource := range td.ResourceSpans().All() {
			for _, scope := range resource.ScopeSpans().All() {
				for _, span := range scope.Spans().All() {
					if !yield(span) {
						return
					}
				}
			}
		}
	}
}

// eachAncestor visits the ancestors in the batch, the nearest first, until `visit` says false.
func (b *Batch) eachAncestor(span ptrace.Span, visit func(node) bool) {
	for range maxDepth {
		parent := span.ParentSpanID()
		if parent.IsEmpty() || parent == span.SpanID() {
			return
		}
		above, here := b.nodes[spanKey{span.TraceID(), parent}]
		if !here || !visit(above) {
			return
		}
		span = above.span
	}
}

func keyOf(span ptrace.Span) spanKey { return spanKey{span.TraceID(), span.SpanID()} }
