package genaicostprocessor

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.uber.org/zap"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricefile"
)

// costProcessor prices the calls of each batch. It never fails a batch and never drops a span.
type costProcessor struct {
	config *Config
	judge  *genai.Judge
	counts *counts
	logger *zap.Logger
	prices *pricefile.Source

	stop    context.CancelFunc
	watched sync.WaitGroup
}

func newCostProcessor(set processor.Settings, config *Config) (*costProcessor, error) {
	counts, err := newCounts(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	return &costProcessor{
		config: config,
		judge:  genai.NewJudge(config.Dedupe),
		counts: counts,
		logger: set.Logger,
	}, nil
}

func (p *costProcessor) start(context.Context, component.Host) error {
	prices, err := pricefile.Open(p.config.Prices)
	if err != nil {
		return err
	}
	p.prices = prices
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	p.watched.Go(func() { prices.Watch(ctx, p.reloaded) })
	return nil
}

func (p *costProcessor) shutdown(context.Context) error {
	if p.stop != nil {
		p.stop()
	}
	p.watched.Wait()
	p.counts.telemetry.Shutdown()
	return nil
}

func (p *costProcessor) reloaded(err error) {
	p.counts.reloaded(err)
	if err != nil {
		p.logger.Error("The price file can't be used; the prices before stay in force.", zap.Error(err))
		return
	}
	p.logger.Info("New prices are in force.", zap.String("version", p.prices.Table().Version()))
}

func (p *costProcessor) processTraces(ctx context.Context, td ptrace.Traces) (ptrace.Traces, error) {
	table := p.prices.Table()
	batch := p.judge.Judge(td, table, time.Now())
	defer p.judge.Done(batch)
	var tally tally
	for index := range batch.Calls {
		call := &batch.Calls[index]
		if p.config.Attribution.FromAncestors {
			batch.Inherit(call)
		}
		if call.Mark != genai.Counted {
			tally.skipped[call.Mark]++
			writeMark(call)
			continue
		}
		writeBill(call, table.Version())
		tally.add(call)
	}
	p.counts.add(ctx, &tally)
	return td, nil
}
