package genaiusageconnector

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

// render writes metrics as sorted lines, one for each point, with times relative to `zero`.
func render(md pmetric.Metrics, zero time.Time) string {
	var lines []string
	for _, resource := range md.ResourceMetrics().All() {
		lines = append(lines, "resource"+labelsText(resource.Resource().Attributes()))
		for _, scope := range resource.ScopeMetrics().All() {
			for _, metric := range scope.Metrics().All() {
				lines = append(lines, pointsOf(metric, zero)...)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

func pointsOf(metric pmetric.Metric, zero time.Time) []string {
	var lines []string
	add := func(start, at pcommon.Timestamp, labels pcommon.Map, value string, exemplars pmetric.ExemplarSlice) {
		line := fmt.Sprintf("%s%s %s..%s %s", metric.Name(), labelsText(labels), since(start, zero), since(at, zero), value)
		for _, each := range exemplars.All() {
			line += fmt.Sprintf(" # %s %v", each.SpanID(), each.DoubleValue())
		}
		lines = append(lines, line)
	}
	switch metric.Type() {
	case pmetric.MetricTypeSum:
		for _, point := range metric.Sum().DataPoints().All() {
			add(point.StartTimestamp(), point.Timestamp(), point.Attributes(), number(point), point.Exemplars())
		}
	case pmetric.MetricTypeGauge:
		for _, point := range metric.Gauge().DataPoints().All() {
			add(point.Timestamp(), point.Timestamp(), point.Attributes(), number(point), point.Exemplars())
		}
	case pmetric.MetricTypeHistogram:
		for _, point := range metric.Histogram().DataPoints().All() {
			value := fmt.Sprintf("%d calls, %v s, %v", point.Count(), point.Sum(), point.BucketCounts().AsRaw())
			add(point.StartTimestamp(), point.Timestamp(), point.Attributes(), value, point.Exemplars())
		}
	}
	return lines
}

func number(point pmetric.NumberDataPoint) string {
	if point.ValueType() == pmetric.NumberDataPointValueTypeInt {
		return fmt.Sprint(point.IntValue())
	}
	return fmt.Sprint(point.DoubleValue())
}

func since(at pcommon.Timestamp, zero time.Time) string { return at.AsTime().Sub(zero).String() }

func labelsText(labels pcommon.Map) string {
	var texts []string
	for key, value := range labels.All() {
		texts = append(texts, key+"="+value.AsString())
	}
	slices.Sort(texts)
	return "{" + strings.Join(texts, ", ") + "}"
}
