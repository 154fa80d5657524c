package genaicostprocessor

import (
	"go.opentelemetry.io/collector/component"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricefile"
)

// Config is what stands below `gen_ai_cost:`. Its parts validate themselves.
type Config struct {
	// Prices says where prices come from.
	Prices pricefile.Config `mapstructure:"prices"`
	// Dedupe bounds what is remembered, so that one call is priced once.
	Dedupe genai.Limits `mapstructure:"dedupe"`
	// Attribution says how calls learn who they are for.
	Attribution AttributionConfig `mapstructure:"attribution"`
}

// AttributionConfig says how calls learn who they are for.
type AttributionConfig struct {
	// FromAncestors writes onto a call what it lacks and spans above it in the same batch know. Default false.
	FromAncestors bool `mapstructure:"from_ancestors"`
}

func createDefaultConfig() component.Config {
	return &Config{
		Prices: pricefile.NewDefaultConfig(),
		Dedupe: genai.DefaultLimits,
	}
}
