package genai

import (
	"hash/maphash"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
	"github.com/tollgate-dev/tollgate/collector/internal/window"
)

// Limits bound what a judge remembers of earlier batches.
type Limits struct {
	Window time.Duration
	Keys   int
}

// MaxKeys is the most that Limits.Keys may be: 10 million take 300 MB.
const MaxKeys = 10_000_000

// DefaultLimits remember 100,000 spans and as many answers for 10 minutes.
var DefaultLimits = Limits{Window: 10 * time.Minute, Keys: 100_000}

type spanKey struct {
	trace pcommon.TraceID
	span  pcommon.SpanID
}

// Judge finds the calls in batches of spans, and tells which of them count. It is safe for concurrent use.
type Judge struct {
	mu      sync.Mutex
	spans   *window.Window
	answers *window.Window
	seed    maphash.Seed
	batches sync.Pool
}

// NewJudge makes a judge that has seen nothing yet.
func NewJudge(limits Limits) *Judge {
	return &Judge{
		spans:   window.New(limits.Window, limits.Keys),
		answers: window.New(limits.Window, limits.Keys),
		seed:    maphash.MakeSeed(),
		batches: sync.Pool{New: func() any { return &Batch{} }},
	}
}

// Judge reads all calls of `td` and marks those that are not to be counted. Give the batch back with Done.
func (j *Judge) Judge(td ptrace.Traces, table *pricing.Table, now time.Time) *Batch {
	batch := j.batches.Get().(*Batch)
	batch.read(td, table)
	if len(batch.Calls) == 0 {
		return batch
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.markResends(batch, now)
	if batch.mayHaveWrappers() {
		batch.markWrappers()
	}
	j.markDuplicates(batch, now)
	return batch
}

// Done takes a batch back.
func (j *Judge) Done(batch *Batch) {
	batch.reset()
	j.batches.Put(batch)
}

func (j *Judge) markResends(batch *Batch, now time.Time) {
	for index := range batch.Calls {
		call := &batch.Calls[index]
		if j.spans.Seen(maphash.Comparable(j.seed, keyOf(call.Span)), now) && call.Mark == Counted {
			call.Mark = Resend
		}
	}
}

// markDuplicates lets the first span with an answer count. Calls that their process has counted come first: of an answer
// that arrives twice in one batch, nobody else may count the other.
func (j *Judge) markDuplicates(batch *Batch, now time.Time) {
	for index := range batch.Calls {
		if call := &batch.Calls[index]; call.Mark == Metered {
			j.seenAnswer(call, now)
		}
	}
	for index := range batch.Calls {
		call := &batch.Calls[index]
		switch call.Mark {
		case Counted:
			if j.seenAnswer(call, now) {
				call.Mark = Duplicate
			}
		case Wrapper:
			j.seenAnswer(call, now)
		}
	}
}

func (j *Judge) seenAnswer(call *Call, now time.Time) bool {
	if call.ResponseID == "" {
		return false
	}
	trace := maphash.Comparable(j.seed, call.Span.TraceID())
	return j.answers.Seen(trace^maphash.String(j.seed, call.ResponseID), now)
}
