package genaicostprocessor

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/confmaptest"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricefile"
	"github.com/tollgate-dev/tollgate/collector/processor/genaicostprocessor/internal/metadata"
)

func loadConfig(t *testing.T, name string) *Config {
	t.Helper()
	all, err := confmaptest.LoadConf(filepath.Join("testdata", "config.yaml"))
	require.NoError(t, err)
	section, err := all.Sub(component.NewIDWithName(metadata.Type, name).String())
	require.NoError(t, err)
	config := createDefaultConfig().(*Config)
	require.NoError(t, section.Unmarshal(config))
	return config
}

func TestDefaultsAreValid(t *testing.T) {
	config := loadConfig(t, "")
	assert.Equal(t, createDefaultConfig(), config)
	assert.NoError(t, confmap.Validate(config))
}

func TestAllKeysAreRead(t *testing.T) {
	config := loadConfig(t, "all")
	assert.Equal(t, &Config{
		Prices:      pricefile.Config{File: "/etc/tollgate/prices.json", ReloadInterval: time.Minute},
		Dedupe:      genai.Limits{Window: 5 * time.Minute, Keys: 1000},
		Attribution: AttributionConfig{FromAncestors: true},
	}, config)
	assert.NoError(t, confmap.Validate(config))
}

func TestAllIssuesAreReportedWithTheirKeys(t *testing.T) {
	err := confmap.Validate(loadConfig(t, "wrong"))
	for _, key := range []string{"prices: `reload_interval`", "`dedupe::window`", "`dedupe::max_keys`"} {
		assert.ErrorContains(t, err, key)
	}
}
