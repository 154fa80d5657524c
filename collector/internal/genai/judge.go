package genai

import (
	"hash/maphash"
	"runtime"
	"sync"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
	"github.com/tollgate-dev/tollgate/collector/internal/window"
)

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
	// free holds batches for reuse. A sync.Pool would lose them at every second garbage collection, and so at every few batches.
	free chan *Batch
}

// NewJudge makes a judge that has seen nothing yet.
func NewJudge(limits Limits) *Judge {
	return &Judge{
		spans:   window.New(limits.Window, limits.Keys),
		answers: window.New(limits.Window, limits.Keys),
		seed:    maphash.MakeSeed(),
		free:    make(chan *Batch, runtime.GOMAXPROCS(0)),
	}
}

// Judge reads all calls of `td` and marks those that are not to be counted. Give the batch back with Done.
func (j *Judge) Judge(td ptrace.Traces, table *pricing.Table, now time.Time) *Batch {
	batch := j.batch()
	batch.read(td, table)
	if len(batch.Calls) == 0 {
		return batch
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.markResends(batch, now)
	if j.markDuplicates(batch, now) {
		batch.restoreRepeated()
	}
	if batch.lacksAnswer && len(batch.Calls) > 1 || batch.repeatsAnswer {
		batch.settle()
	}
	return batch
}

// Done takes a batch back.
func (j *Judge) Done(batch *Batch) {
	batch.reset()
	select {
	case j.free <- batch:
	default:
	}
}

func (j *Judge) batch() *Batch {
	select {
	case batch := <-j.free:
		return batch
	default:
		return &Batch{seed: j.seed}
	}
}

func (j *Judge) markResends(batch *Batch, now time.Time) {
	j.spans.Fetch(batch.spans)
	for index, hash := range batch.spans {
		if hash == nothing || !j.spans.Seen(hash, now) {
			continue
		}
		if call := &batch.Calls[index]; call.Mark == Counted {
			call.Mark = Resend
		}
	}
}

// markDuplicates marks calls whose answer was here before, in this batch or an earlier one, and tells whether there are any.
// Calls that their process has counted come first: of an answer that arrives twice in one batch, nobody else may count the other.
func (j *Judge) markDuplicates(batch *Batch, now time.Time) (found bool) {
	j.answers.Fetch(batch.answers)
	if batch.hasMetered {
		for index, hash := range batch.answers {
			if hash != nothing && batch.Calls[index].Mark == Metered {
				j.answers.Seen(hash, now)
			}
		}
	}
	for index, hash := range batch.answers {
		if call := &batch.Calls[index]; hash != nothing && call.Mark == Counted && j.answers.Seen(hash, now) {
			call.Mark, found = Duplicate, true
		}
	}
	return found
}
