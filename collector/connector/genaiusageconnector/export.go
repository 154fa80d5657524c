package genaiusageconnector

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
)

const (
	scopeName  = "github.com/tollgate-dev/tollgate/collector/connector/genaiusageconnector"
	nanoPerUSD = 1e9
	// minAge keeps a zero and its first value apart for backends that count in milliseconds.
	minAge = time.Millisecond
)

// snapshot is one flush: what is sent, and which zeros are announced by it once it has arrived.
type snapshot struct {
	md    pmetric.Metrics
	zeros []*counter
	now   time.Time
}

// about is what the metrics say of the Collector itself.
type about struct {
	resource       pcommon.Resource
	version        string
	tableVersion   string
	tableTimestamp int64
}

// export makes a snapshot of everything, and forgets the exemplars.
func (l *ledger) export(from about, now time.Time) *snapshot {
	made := &snapshot{md: pmetric.NewMetrics(), now: now}
	resource := made.md.ResourceMetrics().AppendEmpty()
	from.resource.CopyTo(resource.Resource())
	scope := resource.ScopeMetrics().AppendEmpty()
	scope.Scope().SetName(scopeName)
	scope.Scope().SetVersion(from.version)
	metrics := scope.Metrics()

	points := [...]pmetric.NumberDataPointSlice{
		costMetric:   sumOf(metrics, "tollgate.cost", "{USD}", "what calls have cost"),
		tokensMetric: sumOf(metrics, "tollgate.tokens", "{token}", "tokens by disjoint kind"),
		callsMetric:  sumOf(metrics, "tollgate.calls", "{call}", "calls; outcome ok, error, denied, aborted"),
	}
	durations := histogramOf(metrics, "tollgate.call.duration", "s", "a call, all retries included")
	for _, each := range l.sets {
		for _, cell := range each.cells {
			l.exportCell(made, points[cell.metric], each, cell)
		}
		l.exportDuration(made, durations, each)
	}
	l.exportUnpriced(made, sumOf(metrics, "tollgate.unpriced", "{call}", "calls whose price or usage is not known for sure"))
	l.exportOverflow(made, sumOf(metrics, "tollgate.label.overflow", "{value}", "values folded into other by the cap of a label"))
	gauge(metrics, "tollgate.price_table.timestamp", "{s}", "unix seconds at which the price table was made", from.tableTimestamp, from.tableVersion, now)
	gauge(metrics, "tollgate.build", "{build}", "always 1; the version that is running", 1, from.version, now)
	metrics.RemoveIf(isEmpty)
	return made
}

func isEmpty(metric pmetric.Metric) bool {
	switch metric.Type() {
	case pmetric.MetricTypeSum:
		return metric.Sum().DataPoints().Len() == 0
	case pmetric.MetricTypeHistogram:
		return metric.Histogram().DataPoints().Len() == 0
	default:
		return false
	}
}

func (l *ledger) exportCell(into *snapshot, points pmetric.NumberDataPointSlice, of *set, each *cell) {
	value := into.pair(points, &each.counter, func(attributes pcommon.Map) {
		l.putLabels(attributes, of)
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

func (l *ledger) putLabels(attributes pcommon.Map, of *set) {
	for index, label := range l.labels {
		if id := of.labels[index]; id != absent {
			attributes.PutStr(label.key, label.text(id))
		}
	}
}

// pair appends a counter as its zero, where no backend has seen that, and its value, which the caller sets.
func (s *snapshot) pair(points pmetric.NumberDataPointSlice, each *counter, put func(pcommon.Map)) pmetric.NumberDataPoint {
	start := s.startOf(each)
	if !each.announced {
		zero := points.AppendEmpty()
		zero.SetStartTimestamp(start)
		zero.SetTimestamp(start)
		zero.SetIntValue(0)
		put(zero.Attributes())
		s.zeros = append(s.zeros, each)
	}
	value := points.AppendEmpty()
	value.SetStartTimestamp(start)
	value.SetTimestamp(pcommon.NewTimestampFromTime(s.now))
	put(value.Attributes())
	return value
}

// startOf makes sure that a counter began before now.
func (s *snapshot) startOf(each *counter) pcommon.Timestamp {
	if latest := s.now.Add(-minAge); each.start.After(latest) {
		each.start = latest
	}
	return pcommon.NewTimestampFromTime(each.start)
}

func (l *ledger) exportDuration(into *snapshot, points pmetric.HistogramDataPointSlice, of *set) {
	each := &of.duration
	if each.value == 0 {
		return
	}
	start := into.startOf(&each.counter)
	if !each.announced {
		l.histogramPoint(points, of, start, start).BucketCounts().FromRaw(make([]uint64, len(each.buckets)))
		into.zeros = append(into.zeros, &each.counter)
	}
	point := l.histogramPoint(points, of, start, pcommon.NewTimestampFromTime(into.now))
	point.SetCount(uint64(each.value))
	point.SetSum(each.sum)
	point.BucketCounts().FromRaw(each.buckets[:])
	each.dearest.moveTo(point.Exemplars(), 1)
}

func (l *ledger) histogramPoint(points pmetric.HistogramDataPointSlice, of *set, start, at pcommon.Timestamp) pmetric.HistogramDataPoint {
	point := points.AppendEmpty()
	point.SetStartTimestamp(start)
	point.SetTimestamp(at)
	point.SetSum(0)
	point.ExplicitBounds().FromRaw(bounds)
	l.putLabels(point.Attributes(), of)
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

func (l *ledger) exportUnpriced(into *snapshot, points pmetric.NumberDataPointSlice) {
	for key, each := range l.unpriced {
		point := into.pair(points, &each.counter, func(attributes pcommon.Map) {
			attributes.PutStr("reason", key.reason.String())
			for _, each := range []struct {
				index int
				id    valueID
			}{{providerLabel, key.provider}, {requestModelLabel, key.model}, {environmentLabel, key.environment}} {
				if each.id != absent {
					attributes.PutStr(callLabels[each.index], l.labels[each.index].text(each.id))
				}
			}
		})
		point.SetIntValue(each.value)
		each.dearest.moveTo(point.Exemplars(), 1)
	}
}

// allLabels is what the label `label` says where not one label but their combinations were too many.
const allLabels = "label_sets"

func (l *ledger) exportOverflow(into *snapshot, points pmetric.NumberDataPointSlice) {
	for _, label := range l.labels {
		into.overflow(points, label.key, &label.folded)
	}
	into.overflow(points, allLabels, &l.crowded)
}

func (s *snapshot) overflow(points pmetric.NumberDataPointSlice, name string, each *counter) {
	if each.value > 0 {
		s.pair(points, each, func(attributes pcommon.Map) { attributes.PutStr("label", name) }).SetIntValue(each.value)
	}
}

func sumOf(metrics pmetric.MetricSlice, name, unit, description string) pmetric.NumberDataPointSlice {
	metric := named(metrics, name, unit, description)
	sum := metric.SetEmptySum()
	sum.SetIsMonotonic(true)
	sum.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	return sum.DataPoints()
}

func histogramOf(metrics pmetric.MetricSlice, name, unit, description string) pmetric.HistogramDataPointSlice {
	histogram := named(metrics, name, unit, description).SetEmptyHistogram()
	histogram.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	return histogram.DataPoints()
}

func gauge(metrics pmetric.MetricSlice, name, unit, description string, value int64, version string, now time.Time) {
	point := named(metrics, name, unit, description).SetEmptyGauge().DataPoints().AppendEmpty()
	point.SetTimestamp(pcommon.NewTimestampFromTime(now))
	point.SetIntValue(value)
	point.Attributes().PutStr("version", version)
}

func named(metrics pmetric.MetricSlice, name, unit, description string) pmetric.Metric {
	metric := metrics.AppendEmpty()
	metric.SetName(name)
	metric.SetUnit(unit)
	metric.SetDescription(description)
	return metric
}
