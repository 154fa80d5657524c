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
	// repeatsAnswer: one response id is that of several calls of this batch, and none before it had it.
	repeatsAnswer bool
	// nodes is the tree of the batch; empty until somebody asks for it.
	nodes map[spanKey]node
	// above and holder are positions in Calls, or none, for each call: see relate.
	above, holder []int
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
		b.Calls, b.spans, b.answers, b.above, b.holder = nil, nil, nil, nil, nil
	}
	b.lacksAnswer, b.hasMetered, b.repeatsAnswer = false, false, false
	b.decoder.facts, b.decoder.query = facts{}, pricing.Call{}
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
		key := keyOf(b.Calls[index].Span)
		if b.Calls[index].Mark != Resend || b.nodes[key].call == 0 { // of two copies in one batch, the one that may count
			b.nodes[key] = node{span: b.Calls[index].Span, call: index + 1}
		}
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
