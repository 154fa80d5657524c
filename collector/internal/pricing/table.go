// Package pricing finds the price of a call in a table in the format of prices.json, and multiplies: the same rules as the
// plugin's, in integers throughout. It knows nothing of spans.
package pricing

import (
	"strings"
	"sync"
	"sync/atomic"
)

// memoLimit is more than any deployment has models; beyond it the memory starts anew, so that made-up names cannot fill it.
const memoLimit = 10_000

// maxRemembered is the most bytes that the texts of a look-up may have to be remembered: some megabytes in all.
const maxRemembered = 512

// Table is an immutable price table. It is safe for concurrent use; a look-up that was made before allocates nothing,
// unless its names are longer than any that are real.
type Table struct {
	data      *tableData
	providers map[string]*provider

	// recent holds the last look-up of each of a few groups of models. It is read without a lock.
	recent [recentSize]atomic.Pointer[remembered]

	mu sync.RWMutex
	// memo holds look-ups by model: one short text to hash, and few queries to compare.
	memo       map[string][]*remembered
	remembered int
}

const recentSize = 64

type remembered struct {
	query
	found *timeline
}

type query struct {
	provider, model, tier, speed, geo, host string
}

// Parse reads a price table. It refuses one that is incomplete or refers to rows that are not there.
func Parse(text []byte) (*Table, error) {
	data, err := parseData(text)
	if err != nil {
		return nil, err
	}
	table := &Table{data: data, providers: map[string]*provider{}, memo: map[string][]*remembered{}}
	for index := range data.Providers {
		made := newProvider(&data.Providers[index])
		table.providers[made.data.ID] = made
		for _, name := range made.data.Names {
			table.providers[name] = made
		}
	}
	for index := range data.Providers {
		from := table.providers[data.Providers[index].ID]
		for _, name := range data.Providers[index].Fallback {
			if to := table.provider(name); to != nil {
				from.fallback = append(from.fallback, to)
			}
		}
	}
	return table, nil
}

// Version of the table.
func (t *Table) Version() string { return t.data.Version }

// Timestamp is when the table was made, in Unix seconds.
func (t *Table) Timestamp() int64 { return t.data.Timestamp }

// ProviderOfHost names the provider whose API a host belongs to, or "".
func (t *Table) ProviderOfHost(name string) string {
	for index := range t.data.Providers {
		id := t.data.Providers[index].ID
		if _, is := t.providers[id].geoOfHost(name); is {
			return id
		}
	}
	return ""
}

func (t *Table) provider(name string) *provider {
	known := strings.ToLower(strings.TrimSpace(name))
	for {
		if found := t.providers[known]; found != nil {
			return found
		}
		dot := strings.LastIndexByte(known, '.')
		if dot == -1 {
			return nil
		}
		known = known[:dot]
	}
}

func (t *Table) lookup(call *Call, model string) (*plan, Reason) {
	asked := query{call.Provider, model, call.ServiceTier, call.Speed, call.Geo, call.Host}
	recent := &t.recent[groupOf(model)]
	found := recent.Load()
	if found == nil || found.query != asked {
		if asked.size() > maxRemembered {
			return t.resolve(asked).at(call.At)
		}
		found = t.known(&asked)
		recent.Store(found)
	}
	return found.found.at(call.At)
}

// groupOf spreads the models of one provider, which begin and often end alike.
func groupOf(model string) int {
	if model == "" {
		return 0
	}
	return (len(model)*7 + int(model[len(model)/2])*3 + int(model[len(model)-1])) % recentSize
}

func (t *Table) known(asked *query) *remembered {
	t.mu.RLock()
	for _, each := range t.memo[asked.model] {
		if each.query == *asked {
			t.mu.RUnlock()
			return each
		}
	}
	t.mu.RUnlock()
	return t.remember(&remembered{asked.clone(), t.resolve(*asked)})
}

func (t *Table) remember(made *remembered) *remembered {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.remembered >= memoLimit {
		clear(t.memo)
		t.remembered = 0
	}
	t.memo[made.model] = append(t.memo[made.model], made)
	t.remembered++
	return made
}

func (q *query) size() int {
	return len(q.provider) + len(q.model) + len(q.tier) + len(q.speed) + len(q.geo) + len(q.host)
}

// clone frees the query from the buffers of the span that it was read from.
func (q query) clone() query {
	return query{
		strings.Clone(q.provider), strings.Clone(q.model), strings.Clone(q.tier),
		strings.Clone(q.speed), strings.Clone(q.geo), strings.Clone(q.host),
	}
}

func (t *Table) resolve(asked query) *timeline {
	called := t.provider(asked.provider)
	if called == nil {
		return &timeline{reason: NoProvider}
	}
	if called.data.Free {
		return freeTimeline
	}
	geo := asked.geo
	if geo == "" && asked.host != "" {
		geo, _ = called.geoOfHost(strings.ToLower(asked.host))
	}
	if found := t.listed(called, asked, geo); found != nil {
		return found
	}
	for _, next := range called.fallback {
		if found := t.listed(next, asked, geo); found != nil {
			return found
		}
	}
	return &timeline{reason: UnknownModel}
}

// listed is nil where the provider does not list the model.
func (t *Table) listed(from *provider, asked query, geo string) *timeline {
	model := from.find(asked.model)
	if model == nil {
		return nil
	}
	variant, sold := from.soldAs(model, asked.tier, asked.speed, geo)
	if !sold {
		return &timeline{reason: TierUnknown}
	}
	return buildTimeline(t.data, model, variant)
}
