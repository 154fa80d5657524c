package genaiusageconnector

import (
	"context"
	"errors"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/consumer/consumererror"
	"go.opentelemetry.io/collector/pdata/pmetric"
)

const manySets = 1000

var errAway, errRefused = errors.New("backend is away"), consumererror.NewPermanent(errors.New("refused"))

// backend keeps the lowest and the highest point of each series of tollgate.cost, as max_over_time − min_over_time reads them.
type backend struct {
	requests int
	// answer decides on each request, which are numbered from 1.
	answer    func(request int) error
	low, high map[string]float64
}

func (b *backend) ConsumeMetrics(_ context.Context, md pmetric.Metrics) error {
	b.requests++
	if err := b.answer(b.requests); err != nil {
		return err
	}
	for _, metric := range md.ResourceMetrics().At(0).ScopeMetrics().At(0).Metrics().All() {
		if metric.Name() != "tollgate.cost" {
			continue
		}
		for _, point := range metric.Sum().DataPoints().All() {
			key, value := labelsText(point.Attributes()), point.DoubleValue()
			if lowest, known := b.low[key]; !known || value < lowest {
				b.low[key] = value
			}
			b.high[key] = max(b.high[key], value)
		}
	}
	return nil
}

func (b *backend) total() int64 {
	var sum int64
	for key := range b.high {
		sum += int64(math.Round((b.high[key] - b.low[key]) * nanoPerUSD))
	}
	return sum
}

// runFull starts a connector that has a ledger of many sets, 7 nano-USD each.
func runFull(t *testing.T, answer func(request int) error) (connector.Traces, *backend) {
	t.Helper()
	seen := &backend{answer: answer, low: map[string]float64{}, high: map[string]float64{}}
	next, err := consumer.NewMetrics(seen.ConsumeMetrics)
	require.NoError(t, err)
	made, full := run(t, settings(), defaults(), next), fullLedger(manySets, "")
	usage := made.(*usageConnector)
	usage.mu.Lock()
	usage.ledger = full
	usage.mu.Unlock()
	return made, seen
}

func TestAFlushLosesNoZeroHoweverItIsAnswered(t *testing.T) {
	for name, answer := range map[string]func(request int) error{
		"all are taken":                      func(int) error { return nil },
		"away at first":                      func(request int) error { return when(request <= 2, errAway) },
		"away after the first":               func(request int) error { return when(request == 2 || request == 3, errAway) },
		"one is refused, without zeros too":  func(request int) error { return when(request == 2 || request == 3, errRefused) },
		"all are refused, without zeros too": func(request int) error { return when(request <= 10, errRefused) },
		"away where a refused one comes again": func(request int) error {
			return map[int]error{2: errRefused, 3: errAway}[request]
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				made, seen := runFull(t, answer)
				time.Sleep(time.Minute)
				synctest.Wait()
				assert.EqualValues(t, manySets*7, seen.total())
				require.NoError(t, made.Shutdown(t.Context()))
				assert.EqualValues(t, manySets*7, seen.total())
			})
		})
	}
}

func when(is bool, err error) error {
	if is {
		return err
	}
	return nil
}

func TestAFlushEndsAtABackendThatIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		made, seen := runFull(t, func(request int) error { return when(request == 1, errAway) })
		time.Sleep(16 * time.Second)
		synctest.Wait()
		assert.Equal(t, 1, seen.requests)
		require.NoError(t, made.Shutdown(t.Context()))
	})
}

func TestAFlushGoesOnPastARequestThatIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		made, seen := runFull(t, func(request int) error { return when(request <= 2, errRefused) })
		time.Sleep(16 * time.Second)
		synctest.Wait()
		assert.Greater(t, seen.total(), int64(manySets*7/2))
		assert.Less(t, seen.total(), int64(manySets*7))
		require.NoError(t, made.Shutdown(t.Context()))
	})
}
