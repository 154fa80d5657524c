package genaiusageconnector

import (
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

const (
	scopeName  = "github.com/tollgate-dev/tollgate/collector/connector/genaiusageconnector"
	nanoPerUSD = 1e9
	// minAge keeps a zero and its first value apart for backends that count in milliseconds.
	minAge = time.Millisecond
	// maxZeroAge keeps a zero that comes late, after an outage, from being refused: Prometheus takes the first point of a
	// series only if it is at most an hour older than the newest point of any.
	maxZeroAge = 5 * time.Minute
)

// request is one OTLP request: what is sent, and which zeros are announced by it once it has arrived.
type request struct {
	md pmetric.Metrics
	// zeros are the counters that no backend is known to have seen.
	zeros []*counter

	ledger    *ledger
	now       time.Time
	withZeros bool
	metrics   pmetric.MetricSlice

	sums               [numCellMetrics]pmetric.NumberDataPointSlice
	durations          pmetric.HistogramDataPointSlice
	unpriced, overflow pmetric.NumberDataPointSlice
}

// about is what the metrics say of the Collector itself.
type about struct {
	resource       pcommon.Resource
	version        string
	tableVersion   string
	tableTimestamp int64
}

func (l *ledger) newRequest(from *about, now time.Time, withZeros bool) *request {
	made := &request{md: pmetric.NewMetrics(), ledger: l, now: now, withZeros: withZeros}
	resource := made.md.ResourceMetrics().AppendEmpty()
	from.resource.CopyTo(resource.Resource())
	scope := resource.ScopeMetrics().AppendEmpty()
	scope.Scope().SetName(scopeName)
	scope.Scope().SetVersion(from.version)
	made.metrics = scope.Metrics()
	made.sums[costMetric] = made.sum("tollgate.cost", "{USD}", "what calls have cost")
	made.sums[tokensMetric] = made.sum("tollgate.tokens", "{token}", "tokens by disjoint kind")
	made.sums[callsMetric] = made.sum("tollgate.calls", "{call}", "calls; outcome ok, error, denied, aborted")
	made.durations = made.histogram("tollgate.call.duration", "s", "a call, all retries included")
	made.unpriced = made.sum("tollgate.unpriced", "{call}", "calls whose price or usage is not known for sure")
	made.overflow = made.sum("tollgate.label.overflow", "{value}", "values folded into other by the cap of a label")
	return made
}

// pair appends a counter as its zero, where no backend has seen that, and its value, which the caller sets.
func (r *request) pair(points pmetric.NumberDataPointSlice, each *counter, put func(pcommon.Map)) pmetric.NumberDataPoint {
	start := r.startOf(each)
	if r.needsZero(each) {
		zero := points.AppendEmpty()
		zero.SetStartTimestamp(start)
		zero.SetTimestamp(start)
		zero.SetIntValue(0)
		put(zero.Attributes())
	}
	value := points.AppendEmpty()
	value.SetStartTimestamp(start)
	value.SetTimestamp(pcommon.NewTimestampFromTime(r.now))
	put(value.Attributes())
	return value
}

// needsZero notes the counters whose zero no backend is known to have.
func (r *request) needsZero(each *counter) bool {
	if each.announced {
		return false
	}
	r.zeros = append(r.zeros, each)
	return r.withZeros
}

// startOf makes sure that a counter began before now, and not so long before that its zero is refused.
func (r *request) startOf(each *counter) pcommon.Timestamp {
	earliest, latest := r.now.Add(-maxZeroAge), r.now.Add(-minAge)
	switch {
	case each.announced:
	case each.start.After(latest):
		each.start = latest
	case each.start.Before(earliest):
		each.start = earliest
	}
	return pcommon.NewTimestampFromTime(each.start)
}

func (r *request) sum(name, unit, description string) pmetric.NumberDataPointSlice {
	sum := r.named(name, unit, description).SetEmptySum()
	sum.SetIsMonotonic(true)
	sum.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	return sum.DataPoints()
}

func (r *request) histogram(name, unit, description string) pmetric.HistogramDataPointSlice {
	histogram := r.named(name, unit, description).SetEmptyHistogram()
	histogram.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	return histogram.DataPoints()
}

func (r *request) gauge(name, unit, description string, value int64, version string) {
	point := r.named(name, unit, description).SetEmptyGauge().DataPoints().AppendEmpty()
	point.SetTimestamp(pcommon.NewTimestampFromTime(r.now))
	point.SetIntValue(value)
	point.Attributes().PutStr("version", version)
}

func (r *request) named(name, unit, description string) pmetric.Metric {
	metric := r.metrics.AppendEmpty()
	metric.SetName(name)
	metric.SetUnit(unit)
	metric.SetDescription(description)
	return metric
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
