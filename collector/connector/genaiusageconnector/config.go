package genaiusageconnector

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"go.opentelemetry.io/collector/component"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricefile"
)

// Config is what stands below `gen_ai_usage:`.
type Config struct {
	// FlushInterval is how often the metrics are handed on. Default 15s.
	FlushInterval time.Duration `mapstructure:"flush_interval"`
	// SeriesExpiration is after how long without a call a series is no longer sent. Default 0: never. At least 24h.
	SeriesExpiration time.Duration `mapstructure:"series_expiration"`
	// Labels bounds the series.
	Labels LabelsConfig `mapstructure:"labels"`
	// Prices says where prices come from, for spans that have no amount yet. Give it what `gen_ai_cost` has.
	Prices pricefile.Config `mapstructure:"prices"`
	// Dedupe bounds what is remembered, so that one call is counted once.
	Dedupe genai.Limits `mapstructure:"dedupe"`
}

// LabelsConfig bounds the series.
type LabelsConfig struct {
	// MaxValues is how many values a label may have; the rest is `other`. Default 100.
	MaxValues int `mapstructure:"max_values"`
	// MaxSets is how many combinations of labels there may be; the rest has `other` in all of them. Default 10000.
	MaxSets int `mapstructure:"max_sets"`
	// Extra are attributes of spans, else of their resource, that become labels too. At most 8. Default none.
	Extra []string `mapstructure:"extra"`
}

// minExpiration keeps a series that a daily job feeds.
const minExpiration = 24 * time.Hour

var (
	errFlushInterval    = errors.New("`flush_interval` must be at least 1s")
	errSeriesExpiration = errors.New("`series_expiration` must be 0 (never) or at least 24h")
	errMaxValues        = errors.New("`labels::max_values` must be from 1 to 10000")
	errMaxSets          = errors.New("`labels::max_sets` must be greater than zero")
	errExtra            = errors.New("`labels::extra` must have at most 8 entries")
)

func createDefaultConfig() component.Config {
	return &Config{
		FlushInterval: 15 * time.Second,
		Labels:        LabelsConfig{MaxValues: 100, MaxSets: 10_000},
		Prices:        pricefile.NewDefaultConfig(),
		Dedupe:        genai.DefaultLimits,
	}
}

// Validate reports all that is wrong at once. The Collector validates `prices` and `dedupe` by itself.
func (c *Config) Validate() error {
	var issues []error
	for _, rule := range []struct {
		broken bool
		issue  error
	}{
		{c.FlushInterval < time.Second, errFlushInterval},
		{c.SeriesExpiration != 0 && c.SeriesExpiration < minExpiration, errSeriesExpiration},
		{c.Labels.MaxValues < 1 || c.Labels.MaxValues > maxLabelValues, errMaxValues},
		{c.Labels.MaxSets < 1, errMaxSets},
		{len(c.Labels.Extra) > maxExtraLabels, errExtra},
	} {
		if rule.broken {
			issues = append(issues, rule.issue)
		}
	}
	return errors.Join(append(issues, c.Labels.validateExtra()...)...)
}

func (c *LabelsConfig) validateExtra() []error {
	var issues []error
	for index, key := range c.Extra {
		switch {
		case key == "":
			issues = append(issues, fmt.Errorf("`labels::extra[%d]` must not be empty", index))
		case slices.ContainsFunc(slices.Concat(callLabels[:], reservedLabels, c.Extra[:index]), sameLabelAs(key)):
			issues = append(issues, fmt.Errorf("`labels::extra[%d]`: %q is a label already, as Prometheus writes it", index, key))
		}
	}
	return issues
}
