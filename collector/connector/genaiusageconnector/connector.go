package genaiusageconnector

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.uber.org/zap"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricefile"
)

// usageConnector counts the calls in traces and hands metrics on, again and again and once more when it stops.
type usageConnector struct {
	config *Config
	next   consumer.Metrics
	judge  *genai.Judge
	counts *counts
	logger *zap.Logger
	about  about
	prices *pricefile.Source

	mu     sync.Mutex
	ledger *ledger

	stop       context.CancelFunc
	running    sync.WaitGroup
	warnSample sync.Once
}

func newUsageConnector(set connector.Settings, config *Config, next consumer.Metrics) (*usageConnector, error) {
	counts, err := newCounts(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	return &usageConnector{
		config: config,
		next:   next,
		judge:  genai.NewJudge(config.Dedupe),
		counts: counts,
		logger: set.Logger,
		about:  about{resource: set.Resource, version: set.BuildInfo.Version},
		ledger: newLedger(config),
	}, nil
}

// Capabilities: spans are only read.
func (c *usageConnector) Capabilities() consumer.Capabilities {
	return consumer.Capabilities{MutatesData: false}
}

// Start opens the price table and begins to flush.
func (c *usageConnector) Start(context.Context, component.Host) error {
	prices, err := pricefile.Open(c.config.Prices)
	if err != nil {
		return err
	}
	c.prices = prices
	ctx, stop := context.WithCancel(context.Background())
	c.stop = stop
	c.running.Go(func() { prices.Watch(ctx, c.reloaded) })
	c.running.Go(func() { c.flushUntil(ctx) })
	return nil
}

// Shutdown sends what was counted since the last flush: all before it in the pipeline has stopped, all after it has not. It
// fails where nobody takes that, since no later flush can hold it.
func (c *usageConnector) Shutdown(ctx context.Context) error {
	if c.stop == nil {
		return nil
	}
	c.stop()
	c.running.Wait()
	err := c.flush(ctx, time.Now())
	c.counts.telemetry.Shutdown()
	if err != nil {
		return fmt.Errorf("what was counted since the flush before is in no metric: %w", err)
	}
	return nil
}

// ConsumeTraces counts the calls of a batch. It never fails.
func (c *usageConnector) ConsumeTraces(ctx context.Context, td ptrace.Traces) error {
	table, now := c.prices.Table(), time.Now()
	batch := c.judge.Judge(td, table, now)
	defer c.judge.Done(batch)
	if len(batch.Calls) == 0 {
		return nil
	}
	var tally tally
	c.mu.Lock()
	for index := range batch.Calls {
		call := &batch.Calls[index]
		if call.Mark != genai.Counted {
			tally.skipped[call.Mark]++
			continue
		}
		c.ledger.add(call, now)
		tally.add(isSampled(call.Span.TraceState().AsRaw()))
	}
	c.mu.Unlock()
	c.counts.add(ctx, &tally)
	if tally.sampled > 0 {
		c.warnSample.Do(func() {
			c.logger.Warn("Spans arrive from sampled traces. Each is counted once, so the metrics show less than was spent.")
		})
	}
	return nil
}

func (c *usageConnector) flushUntil(ctx context.Context) {
	ticker := time.NewTicker(c.config.FlushInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			if err := c.flush(ctx, now); err != nil {
				c.logger.Error("The metrics could not be handed on; the next flush holds them.", zap.Error(err))
			}
		}
	}
}

func (c *usageConnector) reloaded(err error) {
	c.counts.reloaded(err)
	if err != nil {
		c.logger.Error("The price file can't be used; the prices before stay in force.", zap.Error(err))
		return
	}
	c.logger.Info("New prices are in force.", zap.String("version", c.prices.Table().Version()))
}

// isSampled finds the threshold of OpenTelemetry's probability sampling in a tracestate: `ot=…;th:…`. All zeros is 100 %.
func isSampled(state string) bool {
	for member := range strings.SplitSeq(state, ",") {
		fields, is := strings.CutPrefix(strings.TrimSpace(member), "ot=")
		if !is {
			continue
		}
		for field := range strings.SplitSeq(fields, ";") {
			if threshold, has := strings.CutPrefix(field, "th:"); has {
				return strings.Trim(threshold, "0") != ""
			}
		}
	}
	return false
}
