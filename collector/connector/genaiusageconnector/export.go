package genaiusageconnector

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
)

// entry is what has to be in one request as a whole.
type entry interface {
	// size is what it adds to a request at most, in bytes.
	size(*ledger) int
	exportTo(*request)
}

// maxRequestBytes is what backends take: Prometheus 32 MiB, but a gRPC server only 4 MiB by default.
const maxRequestBytes = 2 << 20

// entries are all that a flush has to send, what is said of the connector itself first.
func (l *ledger) entries(from *about) []entry {
	all := make([]entry, 0, 1+len(l.sets)+len(l.unpriced))
	all = append(all, from)
	for _, each := range l.sets {
		all = append(all, each)
	}
	for _, each := range l.unpriced {
		all = append(all, each)
	}
	return all
}

// fit says how many of the entries one request can hold: at least one.
func (l *ledger) fit(entries []entry) int {
	bytes := 0
	for index, each := range entries {
		bytes += each.size(l)
		if bytes > maxRequestBytes {
			return max(index, 1)
		}
	}
	return len(entries)
}

// export makes a request of these entries, and forgets their exemplars.
func (l *ledger) export(entries []entry, from *about, now time.Time, withZeros bool) *request {
	made := l.newRequest(from, now, withZeros)
	for _, each := range entries {
		each.exportTo(made)
	}
	made.metrics.RemoveIf(isEmpty)
	return made
}

// What a point takes beside the labels of its set, encoded, at most: times, values, the labels of its own and an exemplar. A
// label takes some bytes beside its text.
const (
	pointBytes     = 192
	histogramBytes = pointBytes + 16*15
	labelBytes     = 20
	// aboutBytes holds the resource, descriptions and gauges.
	aboutBytes = 8 << 10
)

func (l *ledger) labelBytes(of labelSet) int {
	bytes := 0
	for index, label := range l.labels {
		if id := of[index]; id != absent {
			bytes += len(label.key) + len(label.text(id)) + labelBytes
		}
	}
	return bytes
}

// points is how many it takes to send a counter.
func (c *counter) points() int {
	if c.announced {
		return 1
	}
	return 2
}

func (s *set) size(l *ledger) int {
	labels := l.labelBytes(s.labels)
	bytes := s.duration.points() * (labels + histogramBytes)
	for _, each := range s.cells {
		bytes += each.points() * (labels + pointBytes)
	}
	return bytes
}

func (s *set) exportTo(r *request) {
	for _, each := range s.cells {
		r.putCell(s, each)
	}
	if s.duration.value > 0 {
		r.putDuration(s)
	}
}

func (r *request) putCell(of *set, each *cell) {
	value := r.pair(r.sums[each.metric], &each.counter, func(attributes pcommon.Map) {
		r.putLabels(attributes, of.labels)
		each.put(attributes)
	})
	if each.metric != costMetric {
		value.SetIntValue(each.counter.value)
		each.dearest.moveTo(value.Exemplars(), 1)
		return
	}
	value.SetDoubleValue(float64(each.counter.value) / nanoPerUSD)
	each.dearest.moveTo(value.Exemplars(), nanoPerUSD)
}

// put writes the labels that tell the counters of a set apart.
func (d *dimension) put(attributes pcommon.Map) {
	switch d.metric {
	case callsMetric:
		attributes.PutStr("outcome", genai.Outcome(d.value).String())
	case tokensMetric:
		attributes.PutStr("kind", tokenKinds[d.value].name)
		attributes.PutStr("state", d.state.String())
	case costMetric:
		attributes.PutStr("state", d.state.String())
	}
}

func (r *request) putLabels(attributes pcommon.Map, of labelSet) {
	for index, label := range r.ledger.labels {
		if id := of[index]; id != absent {
			attributes.PutStr(label.key, label.text(id))
		}
	}
}

func (r *request) putDuration(of *set) {
	each := &of.duration
	start := r.startOf(&each.counter)
	if r.needsZero(&each.counter) {
		r.histogramPoint(of, start, start).BucketCounts().FromRaw(make([]uint64, len(each.buckets)))
	}
	point := r.histogramPoint(of, start, pcommon.NewTimestampFromTime(r.now))
	point.SetCount(uint64(each.value))
	point.SetSum(each.sum)
	point.BucketCounts().FromRaw(each.buckets[:])
	each.dearest.moveTo(point.Exemplars(), 1)
}

func (r *request) histogramPoint(of *set, start, at pcommon.Timestamp) pmetric.HistogramDataPoint {
	point := r.durations.AppendEmpty()
	point.SetStartTimestamp(start)
	point.SetTimestamp(at)
	point.SetSum(0)
	point.ExplicitBounds().FromRaw(bounds)
	r.putLabels(point.Attributes(), of.labels)
	return point
}

// moveTo hands the exemplar on where there is one, in units of `unit`, and makes room for the next.
func (e *exemplar) moveTo(exemplars pmetric.ExemplarSlice, unit float64) {
	if e.trace.IsEmpty() {
		return
	}
	made := exemplars.AppendEmpty()
	made.SetTraceID(e.trace)
	made.SetSpanID(e.span)
	made.SetTimestamp(pcommon.NewTimestampFromTime(e.at))
	made.SetDoubleValue(e.value / unit)
	*e = exemplar{}
}

func (u *unpriced) size(l *ledger) int {
	return u.points() * (l.labelBytes(u.key.labels()) + pointBytes)
}

func (u *unpriced) exportTo(r *request) {
	point := r.pair(r.unpriced, &u.counter, func(attributes pcommon.Map) {
		attributes.PutStr("reason", u.key.reason.String())
		r.putLabels(attributes, u.key.labels())
	})
	point.SetIntValue(u.value)
	u.dearest.moveTo(point.Exemplars(), 1)
}

// allLabels is what the label `label` says where not one label but their combinations were too many.
const allLabels = "label_sets"

func (a *about) size(l *ledger) int {
	bytes := aboutBytes
	for _, label := range l.labels {
		bytes += 2 * (len(label.key) + pointBytes)
	}
	return bytes
}

func (a *about) exportTo(r *request) {
	for _, label := range r.ledger.labels {
		r.putOverflow(label.key, &label.folded)
	}
	r.putOverflow(allLabels, &r.ledger.crowded)
	r.gauge("tollgate.price_table.timestamp", "{s}", "unix seconds at which the price table was made", a.tableTimestamp, a.tableVersion)
	r.gauge("tollgate.build", "{build}", "always 1; the version that is running", 1, a.version)
}

func (r *request) putOverflow(name string, each *counter) {
	if each.value > 0 {
		r.pair(r.overflow, each, func(attributes pcommon.Map) { attributes.PutStr("label", name) }).SetIntValue(each.value)
	}
}
