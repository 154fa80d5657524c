// Package pricefile keeps a price table current: it reads a file again when it changes, and swaps a pointer. A file that
// can't be read or is no price table leaves the old table in place.
package pricefile

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// Config says where prices come from. It is the same for both components.
type Config struct {
	// File in the format of prices.json. Default: the table that is built in.
	File string `mapstructure:"file"`
	// ReloadInterval is how often the file is looked at. Default 30 s; 0 means once, at start.
	ReloadInterval time.Duration `mapstructure:"reload_interval"`
}

// NewDefaultConfig is the built-in table.
func NewDefaultConfig() Config { return Config{ReloadInterval: 30 * time.Second} }

// Validate quotes the key that is wrong.
func (c *Config) Validate() error {
	if c.ReloadInterval < 0 {
		return errors.New("`reload_interval` must not be negative")
	}
	if c.ReloadInterval > 0 && c.ReloadInterval < time.Second {
		return errors.New("`reload_interval` must be at least 1s, or 0 to read the file once")
	}
	return nil
}

// Source gives the table that is in force. It is safe for concurrent use.
type Source struct {
	config Config
	table  atomic.Pointer[pricing.Table]
	// sum is that of the content which was tried last, or of the reason why there was none.
	sum [sha256.Size]byte
}

// Open reads the file, or takes the built-in table where there is none. Without a table there is no start.
func Open(config Config) (*Source, error) {
	source := &Source{config: config}
	if config.File == "" {
		source.table.Store(pricing.BuiltIn())
		return source, nil
	}
	if _, err := source.reload(); err != nil {
		return nil, err
	}
	return source, nil
}

// Table is the one in force.
func (s *Source) Table() *pricing.Table { return s.table.Load() }

// Watch reads the file again whenever it has changed, until ctx ends, and tells `report` of each change once, be it good or bad.
func (s *Source) Watch(ctx context.Context, report func(error)) {
	if s.config.File == "" || s.config.ReloadInterval == 0 {
		return
	}
	ticker := time.NewTicker(s.config.ReloadInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			s.look(report)
		}
	}
}

func (s *Source) look(report func(error)) {
	if changed, err := s.reload(); changed || err != nil {
		report(err)
	}
}

// reload tries each content, and each reason why there is none, once.
func (s *Source) reload() (changed bool, err error) {
	text, unreadable := os.ReadFile(s.config.File)
	sum := sha256.Sum256(text)
	if unreadable != nil {
		sum = sha256.Sum256([]byte(unreadable.Error()))
	}
	if sum == s.sum {
		return false, nil
	}
	s.sum = sum
	if unreadable != nil {
		return false, fmt.Errorf("`prices::file`: %w", unreadable)
	}
	table, err := pricing.Parse(text)
	if err != nil {
		return false, fmt.Errorf("`prices::file` %s: %w", s.config.File, err)
	}
	s.table.Store(table)
	return true, nil
}
