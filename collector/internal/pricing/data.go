package pricing

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
)

type tableData struct {
	Format    int                `json:"format"`
	Version   string             `json:"version"`
	Timestamp int64              `json:"timestamp"`
	Rates     [][]int64          `json:"rates"`
	Fees      []map[string]int64 `json:"fees"`
	Providers []providerData     `json:"providers"`
}

type providerData struct {
	ID       string            `json:"id"`
	Names    []string          `json:"names"`
	Hosts    [][]string        `json:"hosts"`
	Prefixes []string          `json:"prefixes"`
	Words    map[string]string `json:"words"`
	Fallback []string          `json:"fallback"`
	Free     bool              `json:"free"`
	Models   []modelData       `json:"models"`
}

type modelData struct {
	ID      string       `json:"id"`
	Aliases []string     `json:"aliases"`
	Prices  []periodData `json:"prices"`
}

type periodData struct {
	From     *int64        `json:"from"`
	Until    *int64        `json:"until"`
	Schedule *scheduleData `json:"schedule"`
	Tiers    []tierData    `json:"tiers"`
	Fees     *int          `json:"fees"`
}

type scheduleData struct {
	Days   []int        `json:"days"`
	Hours  [][2]float64 `json:"hours"`
	Except []string     `json:"except"`
}

type tierData struct {
	Over  int64          `json:"over"`
	Rates map[string]int `json:"rates"`
}

// parseData reads a price file, and refuses one that could give a wrong price or a panic later.
func parseData(text []byte) (*tableData, error) {
	var data tableData
	if err := json.Unmarshal(text, &data); err != nil {
		return nil, fmt.Errorf("price file is not JSON in the format of a price table: %w", err)
	}
	if data.Format != 1 {
		return nil, fmt.Errorf("price file has format %d, this version reads format 1", data.Format)
	}
	if data.Version == "" || len(data.Providers) == 0 {
		return nil, errors.New("price file has no version or no providers")
	}
	return &data, data.check()
}

func (d *tableData) check() error {
	for index, row := range d.Rates {
		if len(row) == 0 {
			return fmt.Errorf("rates[%d] has no rate: calls would cost nothing", index)
		}
		if hasNegative(row) {
			return fmt.Errorf("rates[%d] has a negative rate", index)
		}
	}
	for index, fees := range d.Fees {
		for unit, fee := range fees {
			if fee < 0 {
				return fmt.Errorf("fees[%d].%s is negative", index, unit)
			}
		}
	}
	for _, provider := range d.Providers {
		if err := provider.check(d); err != nil {
			return fmt.Errorf("provider %q: %w", provider.ID, err)
		}
	}
	return nil
}

func (p *providerData) check(d *tableData) error {
	if p.ID == "" {
		return errors.New("has no id")
	}
	for _, host := range p.Hosts {
		if len(host) != 2 {
			return errors.New("a host is not a pair of pattern and geography")
		}
		if _, err := regexp.Compile(host[0]); err != nil {
			return err
		}
	}
	for _, model := range p.Models {
		for _, period := range model.Prices {
			if err := period.check(d); err != nil {
				return fmt.Errorf("model %q: %w", model.ID, err)
			}
		}
	}
	return nil
}

func (p *periodData) check(d *tableData) error {
	if len(p.Tiers) == 0 {
		return errors.New("a price has no tiers")
	}
	if p.Fees != nil && (*p.Fees < 0 || *p.Fees >= len(d.Fees)) {
		return fmt.Errorf("fees %d is not in the list of %d", *p.Fees, len(d.Fees))
	}
	for index, tier := range p.Tiers {
		if index > 0 && tier.Over <= p.Tiers[index-1].Over {
			return errors.New("tiers do not rise")
		}
		for variant, row := range tier.Rates {
			if row < 0 || row >= len(d.Rates) {
				return fmt.Errorf("rates %d of variant %q are not in the list of %d", row, variant, len(d.Rates))
			}
		}
	}
	return nil
}

func hasNegative(row []int64) bool {
	for _, rate := range row {
		if rate < 0 {
			return true
		}
	}
	return false
}
