package genaicostprocessor

import (
	"errors"
	"fmt"
	"time"

	"go.opentelemetry.io/collector/component"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricefile"
)

// Config is what stands below `gen_ai_cost:`.
type Config struct {
	// Prices says where prices come from.
	Prices pricefile.Config `mapstructure:"prices"`
	// Dedupe bounds what is remembered, so that one call is priced once.
	Dedupe DedupeConfig `mapstructure:"dedupe"`
	// Attribution says how calls learn who they are for.
	Attribution AttributionConfig `mapstructure:"attribution"`
}

// DedupeConfig bounds the memory of spans and answers that were seen.
type DedupeConfig struct {
	// Window is how long they are remembered. Default 10m.
	Window time.Duration `mapstructure:"window"`
	// MaxKeys is how many of each at most. Default 100000.
	MaxKeys int `mapstructure:"max_keys"`
}

// AttributionConfig says how calls learn who they are for.
type AttributionConfig struct {
	// FromAncestors writes onto a call what it lacks and spans above it in the same batch know. Default false.
	FromAncestors bool `mapstructure:"from_ancestors"`
}

var (
	errWindow  = errors.New("`dedupe::window` must be greater than zero")
	errMaxKeys = fmt.Errorf("`dedupe::max_keys` must be from 1 to %d", genai.MaxKeys)
)

func createDefaultConfig() component.Config {
	return &Config{
		Prices: pricefile.NewDefaultConfig(),
		Dedupe: DedupeConfig{Window: genai.DefaultLimits.Window, MaxKeys: genai.DefaultLimits.Keys},
	}
}

// Validate reports all that is wrong at once. The Collector validates `prices` by itself.
func (c *Config) Validate() error {
	var issues []error
	if c.Dedupe.Window <= 0 {
		issues = append(issues, errWindow)
	}
	if c.Dedupe.MaxKeys <= 0 || c.Dedupe.MaxKeys > genai.MaxKeys {
		issues = append(issues, errMaxKeys)
	}
	return errors.Join(issues...)
}
