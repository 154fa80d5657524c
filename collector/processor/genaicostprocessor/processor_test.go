package genaicostprocessor

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"

	"github.com/tollgate-dev/tollgate/collector/internal/contract"
	"github.com/tollgate-dev/tollgate/collector/processor/genaicostprocessor/internal/metadata"
	"github.com/tollgate-dev/tollgate/collector/processor/genaicostprocessor/internal/metadatatest"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

// run starts a processor, and gives what takes batches in and the sink that they end in.
func run(t testing.TB, set processor.Settings, config *Config) (processor.Traces, *consumertest.TracesSink) {
	t.Helper()
	sink := new(consumertest.TracesSink)
	made, err := NewFactory().CreateTraces(t.Context(), set, config, sink)
	require.NoError(t, err)
	require.NoError(t, made.Start(t.Context(), componenttest.NewNopHost()))
	t.Cleanup(func() { require.NoError(t, made.Shutdown(context.Background())) })
	return made, sink
}

// smallTable has prices of two models that never change.
const smallTable = "../../internal/pricing/testdata/prices.json"

func defaults() *Config {
	config := createDefaultConfig().(*Config)
	config.Prices.File = smallTable
	return config
}

// The input of each case is one trace: an agent span, a call beneath it, and what the case is about. The file beside it
// holds the same spans as they leave.
func TestSpansLeaveAsTheGoldenFilesSay(t *testing.T) {
	for name, config := range map[string]*Config{
		"priced":    defaults(),
		"marks":     defaults(),
		"ancestors": {Prices: defaults().Prices, Dedupe: defaults().Dedupe, Attribution: AttributionConfig{FromAncestors: true}},
	} {
		t.Run(name, func(t *testing.T) {
			made, sink := run(t, processortest.NewNopSettings(metadata.Type), config)
			require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, name+".in.json")))
			compareGolden(t, name+".out.json", sink.AllTraces()[0])
		})
	}
}

func readTraces(t testing.TB, name string) ptrace.Traces {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	td, err := (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(text)
	require.NoError(t, err)
	return td
}

func compareGolden(t *testing.T, name string, td ptrace.Traces) {
	t.Helper()
	text, err := (&ptrace.JSONMarshaler{}).MarshalTraces(td)
	require.NoError(t, err)
	var pretty bytes.Buffer
	require.NoError(t, json.Indent(&pretty, text, "", "  "))
	pretty.WriteByte('\n')
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, pretty.Bytes(), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), pretty.String())
}

func TestWhatHappensIsCounted(t *testing.T) {
	telemetry := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, telemetry.Shutdown(context.Background())) })
	made, _ := run(t, metadatatest.NewSettings(telemetry), defaults())
	for _, name := range []string{"priced.in.json", "priced.in.json", "marks.in.json"} {
		require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, name)))
	}
	ignore := metricdatatest.IgnoreTimestamp()
	metadatatest.AssertEqualProcessorGenAiCostPricedSpans(t, telemetry,
		points("origin", map[string]int64{"collector": 4, "on_span": 1, "emitter": 1}), ignore)
	metadatatest.AssertEqualProcessorGenAiCostUnpricedSpans(t, telemetry,
		points("reason", map[string]int64{"unknown_model": 1, "no_usage": 1}), ignore)
	metadatatest.AssertEqualProcessorGenAiCostSkippedSpans(t, telemetry,
		points("reason", map[string]int64{"resend": 5, "duplicate": 1, "wrapper": 1, "metered": 1, "marked_before": 1}), ignore)
}

func points(key string, counts map[string]int64) []metricdata.DataPoint[int64] {
	var made []metricdata.DataPoint[int64]
	for value, count := range counts {
		made = append(made, metricdata.DataPoint[int64]{
			Attributes: attribute.NewSet(attribute.String(key, value)), Value: count,
		})
	}
	return made
}

func TestNewPricesApplyWithoutARestartAndABadFileIsCounted(t *testing.T) {
	telemetry := componenttest.NewTelemetry()
	t.Cleanup(func() { require.NoError(t, telemetry.Shutdown(context.Background())) })
	config := defaults()
	config.Prices.File = filepath.Join(t.TempDir(), "prices.json")
	config.Prices.ReloadInterval = time.Second
	writePrices(t, config, "2026-01-01")
	made, sink := run(t, metadatatest.NewSettings(telemetry), config)

	writePrices(t, config, "2026-02-02")
	require.Eventually(t, func() bool { return reloads(t, telemetry) == 1 }, 10*time.Second, 50*time.Millisecond)
	require.NoError(t, os.WriteFile(config.Prices.File, []byte("{"), 0o600))
	require.Eventually(t, func() bool { return reloads(t, telemetry) >= 2 }, 10*time.Second, 50*time.Millisecond)

	require.NoError(t, made.ConsumeTraces(t.Context(), readTraces(t, "priced.in.json")))
	text, err := (&ptrace.JSONMarshaler{}).MarshalTraces(sink.AllTraces()[0])
	require.NoError(t, err)
	assert.Contains(t, string(text), `{"key":"tollgate.price_table.version","value":{"stringValue":"2026-02-02"}}`)
}

func writePrices(t *testing.T, config *Config, version string) {
	t.Helper()
	text := strings.Replace(string(contract.Prices), `"version":"`, `"version":"`+version+`","was":"`, 1)
	require.NoError(t, os.WriteFile(config.Prices.File, []byte(text), 0o600))
}

func reloads(t *testing.T, telemetry *componenttest.Telemetry) int64 {
	t.Helper()
	found, err := telemetry.GetMetric("otelcol_processor_gen_ai_cost_price_file_reloads")
	if err != nil {
		return 0
	}
	var sum int64
	for _, point := range found.Data.(metricdata.Sum[int64]).DataPoints {
		sum += point.Value
	}
	return sum
}

func TestAMissingPriceFileStopsTheStart(t *testing.T) {
	config := defaults()
	config.Prices.File = filepath.Join(t.TempDir(), "none.json")
	made, err := NewFactory().CreateTraces(t.Context(), processortest.NewNopSettings(metadata.Type), config, consumertest.NewNop())
	require.NoError(t, err)
	assert.ErrorContains(t, made.Start(t.Context(), componenttest.NewNopHost()), "`prices::file`")
	assert.NoError(t, made.Shutdown(t.Context()))
}
