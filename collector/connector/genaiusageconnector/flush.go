package genaiusageconnector

import (
	"context"
	"time"

	"go.opentelemetry.io/collector/consumer/consumererror"
)

// flush hands everything on, in requests that a backend can take. What was not taken is in the next flush, zeros included. It
// ends at a backend that is away, but not at one that has refused a request for good. The ledger is locked for one request at
// a time.
func (c *usageConnector) flush(ctx context.Context, now time.Time) error {
	// Data that is ready is handed on even if the one who waits for it has left.
	ctx = context.WithoutCancel(ctx)
	table := c.prices.Table()
	about := c.about
	about.tableVersion, about.tableTimestamp = table.Version(), table.Timestamp()
	c.mu.Lock()
	if c.config.SeriesExpiration > 0 {
		c.ledger.expire(now.Add(-c.config.SeriesExpiration))
	}
	rest := c.ledger.entries(&about)
	c.mu.Unlock()

	var failed error
	for len(rest) > 0 {
		taken, err := c.send(ctx, rest, &about, now)
		rest = rest[taken:]
		if err == nil {
			continue
		}
		failed = err
		if !consumererror.IsPermanent(err) {
			break
		}
	}
	c.counts.flushed(failed)
	return failed
}

// send hands the first of these entries on, and says how many were in that request.
func (c *usageConnector) send(ctx context.Context, entries []entry, about *about, now time.Time) (taken int, err error) {
	c.mu.Lock()
	entries = entries[:c.ledger.fit(entries)]
	made := c.ledger.export(entries, about, now, true)
	c.mu.Unlock()

	err = c.next.ConsumeMetrics(ctx, made.md)
	if len(made.zeros) > 0 && consumererror.IsPermanent(err) {
		// Prometheus refuses a zero that it has, and all that comes with it. It has it where its answer got lost.
		c.mu.Lock()
		made = c.ledger.export(entries, about, now, false)
		c.mu.Unlock()
		err = c.next.ConsumeMetrics(ctx, made.md)
	}
	if err != nil {
		return len(entries), err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, each := range made.zeros {
		each.announced = true
	}
	return len(entries), nil
}
