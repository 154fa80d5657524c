package genaiusageconnector

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/connectortest"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/tollgate-dev/tollgate/collector/connector/genaiusageconnector/internal/metadata"
	"github.com/tollgate-dev/tollgate/collector/connector/genaiusageconnector/internal/metadatatest"
	"github.com/tollgate-dev/tollgate/collector/internal/contract"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

// smallTable has prices of two models that never change.
const smallTable = "../../internal/pricing/testdata/prices.json"

func defaults() *Config {
	config := createDefaultConfig().(*Config)
	config.Prices.File = smallTable
	return config
}

func settings() connector.Settings {
	set := connectortest.NewNopSettings(metadata.Type)
	set.BuildInfo.Version = "0.1.0"
	set.Resource = pcommon.NewResource()
	set.Resource.Attributes().PutStr("service.name", "tollgate-collector")
	set.Resource.Attributes().PutStr("service.instance.id", "instance-1")
	return set
}

// run starts a connector that the caller shuts down.
func run(t testing.TB, set connector.Settings, config *Config, next consumer.Metrics) connector.Traces {
	t.Helper()
	made, err := NewFactory().CreateTracesToMetrics(t.Context(), set, config, next)
	require.NoError(t, err)
	require.NoError(t, made.Start(t.Context(), componenttest.NewNopHost()))
	return made
}

func readTraces(t testing.TB, name string) ptrace.Traces {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	td, err := (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(text)
	require.NoError(t, err)
	return td
}

// calls.in.json holds two traces: one of every kind of call, marked, metered, denied and sampled ones among them. The file
// beside it holds what the first flush, the second and the last one send.
func TestCallsAreCountedAsTheGoldenFileSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		zero := time.Now()
		sink := new(consumertest.MetricsSink)
		made := run(t, settings(), defaults(), sink)
		time.Sleep(2 * time.Second)
		require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
		time.Sleep(28 * time.Second)
		synctest.Wait()
		require.NoError(t, made.Shutdown(t.Context()))
		text := ""
		for _, md := range sink.AllMetrics() {
			text += render(md, zero) + "\n"
		}
		if *update {
			require.NoError(t, os.WriteFile("testdata/calls.out.txt", []byte(text), 0o600))
		}
		want, err := os.ReadFile("testdata/calls.out.txt")
		require.NoError(t, err)
		assert.Equal(t, string(want), text)
	})
}

func TestEveryMetricIsOneOfTheContract(t *testing.T) {
	type row struct {
		Name, Instrument, Unit, Doc string
		Labels, Who                 []string
	}
	var conventions struct{ Metrics []row }
	require.NoError(t, json.Unmarshal(contract.Conventions, &conventions))
	sink := new(consumertest.MetricsSink)
	config := defaults()
	config.Labels.MaxValues = 1
	made := run(t, settings(), config, sink)
	require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
	require.NoError(t, made.Shutdown(t.Context()))

	var wanted, sent []string
	rows := map[string]row{}
	for _, each := range conventions.Metrics {
		if slices.Contains(each.Who, "C") {
			wanted, rows[each.Name] = append(wanted, each.Name), each
		}
	}
	for _, metric := range sink.AllMetrics()[0].ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		sent = append(sent, metric.Name())
		row := rows[metric.Name()]
		assert.Equal(t, row.Unit, metric.Unit(), metric.Name())
		assert.Equal(t, row.Doc, metric.Description(), metric.Name())
		assert.Equal(t, row.Instrument, instrumentOf(metric), metric.Name())
		for _, key := range keysOf(metric) {
			assert.Contains(t, append(row.Labels, "deployment.environment.name"), key, metric.Name())
		}
	}
	assert.ElementsMatch(t, wanted, sent)
}

func instrumentOf(metric pmetric.Metric) string {
	switch {
	case metric.Type() == pmetric.MetricTypeSum && metric.Sum().IsMonotonic():
		return "counter"
	case metric.Type() == pmetric.MetricTypeHistogram:
		return "histogram"
	default:
		return "gauge"
	}
}

func keysOf(metric pmetric.Metric) []string {
	var keys []string
	collect := func(labels pcommon.Map) {
		for key := range labels.All() {
			keys = append(keys, key)
		}
	}
	switch metric.Type() {
	case pmetric.MetricTypeSum:
		for _, point := range metric.Sum().DataPoints().All() {
			collect(point.Attributes())
		}
	case pmetric.MetricTypeHistogram:
		for _, point := range metric.Histogram().DataPoints().All() {
			collect(point.Attributes())
		}
	case pmetric.MetricTypeGauge:
		for _, point := range metric.Gauge().DataPoints().All() {
			collect(point.Attributes())
		}
	}
	return keys
}

func TestWhatAFailedFlushHeldIsInTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		zero := time.Now()
		sink := new(consumertest.MetricsSink)
		var isAway atomic.Bool
		next, err := consumer.NewMetrics(func(ctx context.Context, md pmetric.Metrics) error {
			if isAway.Load() {
				return errors.New("backend is away")
			}
			return sink.ConsumeMetrics(ctx, md)
		})
		require.NoError(t, err)
		made := run(t, settings(), defaults(), next)
		time.Sleep(2 * time.Second)
		require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
		isAway.Store(true)
		time.Sleep(15 * time.Second)
		synctest.Wait()
		isAway.Store(false)
		time.Sleep(15 * time.Second)
		synctest.Wait()
		require.NoError(t, made.Shutdown(t.Context()))
		text := render(sink.AllMetrics()[0], zero)
		assert.Contains(t, text, " 2s..2s 0\n")
		assert.Contains(t, text, " 2s..30s 0.0033475")
		assert.NotContains(t, render(sink.AllMetrics()[1], zero), " 2s..2s ")
	})
}

// Prometheus refuses a zero that it has already, and all that comes with it. It has it where its answer got lost.
func TestABackendThatHasTheZeroAlreadyGetsTheValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		zero := time.Now()
		var requests []string
		next, err := consumer.NewMetrics(func(_ context.Context, md pmetric.Metrics) error {
			text := render(md, zero)
			requests = append(requests, text)
			switch {
			case len(requests) == 1:
				return errors.New("the answer got lost")
			case strings.Contains(text, " 0s..0s 0\n"):
				return consumererror.NewPermanent(errors.New("out of order sample"))
			default:
				return nil
			}
		})
		require.NoError(t, err)
		made := run(t, settings(), defaults(), next)
		require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
		time.Sleep(30 * time.Second)
		synctest.Wait()
		require.Len(t, requests, 3)
		assert.Contains(t, requests[2], " 0s..30s 0.0033475")
		require.NoError(t, made.Shutdown(t.Context()))
		assert.Contains(t, requests[3], " 0s..30s 0.0033475")
	})
}

func TestALastFlushThatNobodyTakesIsAnErrorOfTheShutdown(t *testing.T) {
	telemetry := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, telemetry.Shutdown(context.Background())) })
	away := errors.New("backend is away")
	made := run(t, metadatatest.NewSettings(telemetry), defaults(), consumertest.NewErr(away))
	require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
	err := made.Shutdown(t.Context())
	require.ErrorIs(t, err, away)
	assert.ErrorContains(t, err, "what was counted since the flush before is in no metric")
}

func TestACallJustBeforeTheEndIsSentAfterItsZero(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		zero := time.Now()
		sink := new(consumertest.MetricsSink)
		made := run(t, settings(), defaults(), sink)
		require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
		require.NoError(t, made.Shutdown(t.Context()))
		require.Len(t, sink.AllMetrics(), 1)
		assert.Contains(t, render(sink.AllMetrics()[0], zero), " -1ms..-1ms 0\n")
		assert.Contains(t, render(sink.AllMetrics()[0], zero), " -1ms..0s 0.0033475")
	})
}

func TestWhatHappensIsCounted(t *testing.T) {
	telemetry := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, telemetry.Shutdown(context.Background())) })
	made := run(t, metadatatest.NewSettings(telemetry), defaults(), consumertest.NewNop())
	require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
	require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "calls.in.json")))
	ignore := metricdatatest.IgnoreTimestamp()
	metadatatest.AssertEqualConnectorGenAiUsageCountedSpans(t, telemetry, []metricdata.DataPoint[int64]{{Value: 9}}, ignore)
	metadatatest.AssertEqualConnectorGenAiUsageSampledSpans(t, telemetry, []metricdata.DataPoint[int64]{{Value: 1}}, ignore)
	require.NoError(t, made.Shutdown(t.Context()))
}

func TestOnlyAThresholdAboveZeroIsSampling(t *testing.T) {
	for state, want := range map[string]bool{
		"": false, "ot=th:8": true, "ot=rv:abc;th:c": true, "ot=th:0": false, "vendor=x, ot=th:fd": true, "not=th:8": false, "ot=rv:1": false,
	} {
		assert.Equal(t, want, isSampled(state), state)
	}
}
