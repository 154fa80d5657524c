package pricing

import (
	"encoding/json"
	"fmt"
)

type tableData struct {
	Format    int                `json:"format"`
	Version   string             `json:"version"`
	Timestamp int64              `json:"timestamp"`
	Rates     []Rates            `json:"rates"`
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
	if err := check(text); err != nil {
		return nil, fmt.Errorf("price file %w", err)
	}
	var data tableData
	if err := json.Unmarshal(text, &data); err != nil {
		return nil, fmt.Errorf("price file is not in the format of a price table: %w", err)
	}
	return &data, nil
}
