package genaiusageconnector

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

var start = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// callOf is a call of an agent that the table has priced.
func callOf(agent string, nano int64) *genai.Call {
	span := ptrace.NewSpan()
	span.SetTraceID(pcommon.TraceID{1})
	bill := genai.Bill{Nano: nano, Origin: genai.FromTable}
	return &genai.Call{Span: span, Agent: agent, RequestModel: "gpt-5", Bill: bill}
}

// costs gives the value of each series of tollgate.cost by agent, in nano-USD as a backend would see it, and how many
// points there are.
func costs(md pmetric.Metrics) (byAgent map[string]int64, points int) {
	byAgent = map[string]int64{}
	for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		if metric.Name() != "tollgate.cost" {
			continue
		}
		for _, point := range metric.Sum().DataPoints().All() {
			agent, _ := point.Attributes().Get("gen_ai.agent.name")
			points++
			if point.ValueType() == pmetric.NumberDataPointValueTypeDouble {
				byAgent[agent.Str()] += int64(math.Round(point.DoubleValue() * 1e9))
			}
		}
	}
	return byAgent, points
}

func TestSumsAreExactToTheNano(t *testing.T) {
	ledger := newLedger(defaults())
	random := rand.New(rand.NewPCG(1, 2))
	want := map[string]int64{}
	for range 100_000 {
		agent := fmt.Sprint("agent-", random.IntN(20))
		nano := random.Int64N(50_000_000)
		want[agent] += nano
		ledger.add(callOf(agent, nano), start)
	}
	got, _ := costs(exportAll(ledger, start.Add(time.Minute)).md)
	assert.Equal(t, want, got)
}

func TestFoldedValuesLoseNothingOfTheSum(t *testing.T) {
	config := defaults()
	config.Labels.MaxValues = 3
	ledger := newLedger(config)
	for index := range 1000 {
		ledger.add(callOf(fmt.Sprint("agent-", index), 7), start)
	}
	ledger.add(callOf("other", 7), start)
	ledger.add(callOf("", 7), start)
	made := exportAll(ledger, start.Add(time.Minute))
	got, points := costs(made.md)
	assert.Equal(t, map[string]int64{"agent-0": 7, "agent-1": 7, "agent-2": 7, "other": 998 * 7, "": 7}, got)
	assert.Equal(t, 10, points)
	assert.Contains(t, render(made.md, start), "tollgate.label.overflow{label=gen_ai.agent.name} 0s..1m0s 997\n")
}

func TestTooManyCombinationsFoldIntoOne(t *testing.T) {
	config := defaults()
	config.Labels.MaxSets = 2
	ledger := newLedger(config)
	for index := range 5 {
		ledger.add(callOf(fmt.Sprint("agent-", index), 7), start)
	}
	made := exportAll(ledger, start.Add(time.Minute))
	got, _ := costs(made.md)
	assert.Equal(t, map[string]int64{"agent-0": 7, "agent-1": 7, "other": 21}, got)
	assert.Contains(t, render(made.md, start), "tollgate.label.overflow{label=label_sets} 0s..1m0s 3\n")
}

func TestEachSeriesNamesTheDearestCallSinceTheLastFlush(t *testing.T) {
	ledger := newLedger(defaults())
	for id, nano := range []int64{5, 9, 7} {
		call := callOf("a", nano)
		call.Span.SetSpanID(pcommon.SpanID{byte(id + 1)})
		call.Tokens[pricing.Output] = 10 * nano
		call.Bill.Reason = genai.NoCacheSplit
		ledger.add(call, start)
	}
	text := render(exportAll(ledger, start.Add(time.Minute)).md, start)
	for _, value := range []string{"3 # 0200000000000000 1", "210 # 0200000000000000 90", "2.1e-08 # 0200000000000000 9e-09"} {
		assert.Contains(t, text, " "+value+"\n")
	}
	again := render(exportAll(ledger, start.Add(2*time.Minute)).md, start)
	assert.NotContains(t, again, "#", "there was no call since")
}

func TestAnExpiredSeriesReturnsWithANewStartAndANewZero(t *testing.T) {
	ledger := newLedger(defaults())
	ledger.add(callOf("a", 7), start)
	unpriced := callOf("a", 0)
	unpriced.Bill = genai.Bill{Reason: genai.NoUsage}
	ledger.add(unpriced, start)
	first := exportAll(ledger, start.Add(time.Minute))
	for _, zero := range first.zeros {
		zero.announced = true
	}
	ledger.expire(start)
	_, points := costs(exportAll(ledger, start.Add(time.Hour)).md)
	require.Equal(t, 1, points, "a series that is not older than the limit stays, without another zero")

	ledger.expire(start.Add(time.Second))
	_, points = costs(exportAll(ledger, start.Add(2*time.Hour)).md)
	require.Zero(t, points)
	again := start.Add(25 * time.Hour)
	ledger.add(callOf("a", 5), again)
	text := render(exportAll(ledger, again.Add(time.Minute)).md, start)
	assert.Contains(t, text, "25h0m0s..25h0m0s 0\n")
	assert.Contains(t, text, "25h0m0s..25h1m0s 5e-09")
	assert.NotContains(t, text, "tollgate.unpriced")
}

func TestAnExpiredSeriesMakesRoomForAnother(t *testing.T) {
	config := defaults()
	config.Labels.MaxValues, config.Labels.MaxSets = 1, 1
	ledger := newLedger(config)
	unpriced := callOf("a", 0)
	unpriced.Bill, unpriced.Provider = genai.Bill{Reason: genai.NoUsage}, "openai"
	ledger.add(unpriced, start)
	ledger.expire(start.Add(time.Second))
	next := callOf("b", 7)
	next.Provider = "anthropic"
	ledger.add(next, start.Add(time.Hour))
	text := render(exportAll(ledger, start.Add(2*time.Hour)).md, start)
	assert.Contains(t, text, "tollgate.cost{gen_ai.agent.name=b, gen_ai.provider.name=anthropic, gen_ai.request.model=gpt-5,")
	assert.NotContains(t, text, "tollgate.label.overflow")
}

func TestAValueThatAnotherSeriesHasKeepsItsPlace(t *testing.T) {
	config := defaults()
	config.Labels.MaxValues = 2
	ledger := newLedger(config)
	ledger.add(callOf("old", 7), start)
	ledger.add(callOf("new", 7), start.Add(time.Hour))
	ledger.expire(start.Add(time.Second))
	ledger.add(callOf("newer", 7), start.Add(time.Hour))
	ledger.add(callOf("new", 7), start.Add(time.Hour))
	got, _ := costs(exportAll(ledger, start.Add(2*time.Hour)).md)
	assert.Equal(t, map[string]int64{"new": 14, "newer": 7}, got)
}

func TestAnAmountBeyondAllMeasureStopsAtTheLargest(t *testing.T) {
	ledger := newLedger(defaults())
	for range 2000 {
		ledger.add(callOf("a", 1<<53), start)
	}
	for _, each := range ledger.sets {
		assert.EqualValues(t, math.MaxInt64, each.at(dimension{metric: costMetric}).counter.value)
	}
}

func TestTokensThatNobodyCanHaveUsedAreNotCounted(t *testing.T) {
	ledger := newLedger(defaults())
	for _, reason := range []genai.Reason{genai.Sure, genai.TooLarge} {
		call := callOf("a", 0)
		call.Bill = genai.Bill{Reason: reason}
		call.Tokens[pricing.Input] = 1000
		ledger.add(call, start)
	}
	for _, each := range ledger.sets {
		assert.EqualValues(t, 1000, each.at(dimension{metric: tokensMetric}).counter.value)
		assert.EqualValues(t, 2, each.at(dimension{metric: callsMetric}).counter.value)
	}
}

func TestAMillionTaskIDsStayInBounds(t *testing.T) {
	config := defaults()
	config.Labels.Extra = []string{"tollgate.task.id"}
	ledger := newLedger(config)
	call := callOf("a", 7)
	call.Resource = pcommon.NewResource()
	before := heap()
	for index := range 1_000_000 {
		call.Span.Attributes().PutStr("tollgate.task.id", fmt.Sprint("task-", index))
		ledger.add(call, start)
	}
	grown := heap() - before
	assert.Len(t, ledger.sets, 101)
	assert.Less(t, grown, int64(1<<20), "bytes")
	t.Logf("%d kB for a million task ids", grown>>10)
	got, _ := costs(exportAll(ledger, start.Add(time.Minute)).md)
	assert.Equal(t, map[string]int64{"a": 7_000_000}, got)
}

func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

func BenchmarkAdd(b *testing.B) {
	ledger := newLedger(defaults())
	call := callOf("triager", 7)
	call.TaskType, call.Step, call.Team, call.ResponseModel, call.Provider = "triage", "classify", "support", "gpt-5-2025-08-07", "openai"
	call.Tokens = [11]int64{100, 50, 0, 0, 20}
	b.ReportAllocs()
	for b.Loop() {
		ledger.add(call, start)
	}
}

func BenchmarkExport(b *testing.B) {
	ledger := newLedger(defaults())
	for index := range 10_000 {
		call := callOf(fmt.Sprint("agent-", index%100), 7)
		call.Step = fmt.Sprint("step-", index/100)
		ledger.add(call, start)
	}
	for b.Loop() {
		exportAll(ledger, start.Add(time.Minute))
	}
}
