package genaiusageconnector

import (
	"math"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// counter is a cumulative integer. It starts at zero, and the zero is sent before its first value.
type counter struct {
	value int64
	start time.Time
	// announced: a backend has seen the zero.
	announced bool
}

func (c *counter) add(amount int64, now time.Time) {
	if c.start.IsZero() {
		c.start = now
	}
	if c.value > math.MaxInt64-amount {
		c.value = math.MaxInt64
		return
	}
	c.value += amount
}

// dimension tells the counters of one label set apart.
type dimension struct {
	metric metricID
	// value is the token kind or the outcome.
	value uint8
	state genai.State
}

type metricID uint8

const (
	costMetric metricID = iota
	tokensMetric
	callsMetric
	numCellMetrics
)

// series is a counter, and the dearest of the calls that it has counted since the last flush.
type series struct {
	counter
	dearest exemplar
}

// record adds what a call of this cost has used of it.
func (s *series) record(call *genai.Call, nano, amount int64, now time.Time) {
	s.add(amount, now)
	s.dearest.offer(call, nano, float64(amount), now)
}

// cell is one series of a label set.
type cell struct {
	dimension
	series
}

// exemplar is a call, and what it has added to a series.
type exemplar struct {
	trace pcommon.TraceID
	span  pcommon.SpanID
	nano  int64
	value float64
	at    time.Time
}

func (e *exemplar) offer(call *genai.Call, nano int64, value float64, now time.Time) {
	if e.trace.IsEmpty() || nano > e.nano {
		*e = exemplar{call.Span.TraceID(), call.Span.SpanID(), nano, value, now}
	}
}

// bounds are the upper bounds of the buckets of a call's duration, in seconds: 0.01·2ⁿ.
var bounds = func() []float64 {
	made := make([]float64, 14)
	for index := range made {
		made[index] = math.Ldexp(1, index) / 100
	}
	return made
}()

// histogram of seconds.
type histogram struct {
	series
	sum     float64
	buckets [15]uint64
}

func (h *histogram) record(call *genai.Call, nano int64, seconds float64, now time.Time) {
	h.add(1, now)
	h.sum += seconds
	bucket := 0
	for bucket < len(bounds) && seconds > bounds[bucket] {
		bucket++
	}
	h.buckets[bucket]++
	h.dearest.offer(call, nano, seconds, now)
}

// set holds all that is counted for one combination of labels.
type set struct {
	labels   labelSet
	cells    []*cell
	duration histogram
	lastSeen time.Time
}

func (s *set) at(wanted dimension) *cell {
	for _, each := range s.cells {
		if each.dimension == wanted {
			return each
		}
	}
	made := &cell{dimension: wanted}
	s.cells = append(s.cells, made)
	return made
}

// addTokens counts them by kind. A counter can't take anything back: leave counts that can't be right out.
func (s *set) addTokens(call *genai.Call, nano int64, now time.Time) {
	for kind := range tokenKinds {
		var count int64
		for _, each := range tokenKinds[kind].of {
			count += call.Tokens[each]
		}
		if count > 0 {
			s.at(dimension{tokensMetric, uint8(kind), call.State}).record(call, nano, count, now)
		}
	}
}

// tokenKinds are the disjoint kinds of tollgate.tokens: their sum is all tokens of a call.
var tokenKinds = []struct {
	name string
	of   []pricing.Kind
}{
	{"input", []pricing.Kind{pricing.Input}},
	{"cache_read", []pricing.Kind{pricing.CacheRead}},
	{"cache_write", []pricing.Kind{pricing.CacheWrite5m, pricing.CacheWrite1h}},
	{"output", []pricing.Kind{pricing.Output}},
	{"reasoning", []pricing.Kind{pricing.Reasoning}},
	{"audio_in", []pricing.Kind{pricing.AudioIn}},
	{"audio_cache_read", []pricing.Kind{pricing.AudioCacheRead}},
	{"audio_out", []pricing.Kind{pricing.AudioOut}},
	{"image_in", []pricing.Kind{pricing.ImageIn}},
	{"image_out", []pricing.Kind{pricing.ImageOut}},
}
