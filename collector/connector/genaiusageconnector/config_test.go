package genaiusageconnector

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/confmaptest"

	"github.com/tollgate-dev/tollgate/collector/connector/genaiusageconnector/internal/metadata"
	"github.com/tollgate-dev/tollgate/collector/internal/genai"
	"github.com/tollgate-dev/tollgate/collector/internal/pricefile"
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
		FlushInterval:    5 * time.Second,
		SeriesExpiration: 48 * time.Hour,
		Labels:           LabelsConfig{MaxValues: 50, MaxSets: 1000, Extra: []string{"user.id"}},
		Prices:           pricefile.Config{File: "/etc/tollgate/prices.json", ReloadInterval: time.Minute},
		Dedupe:           genai.Limits{Window: 5 * time.Minute, Keys: 1000},
	}, config)
	assert.NoError(t, confmap.Validate(config))
}

func TestAllIssuesAreReportedWithTheirKeys(t *testing.T) {
	err := confmap.Validate(loadConfig(t, "wrong"))
	for _, key := range []string{
		"`flush_interval`", "`series_expiration`", "`labels::max_values`", "`labels::max_sets`", "`labels::extra`",
		"`labels::extra[1]`", "`labels::extra[2]`", "`labels::extra[3]`", "`labels::extra[4]`", "prices: `reload_interval`",
		"`dedupe::window`", "`dedupe::max_keys`",
	} {
		assert.ErrorContains(t, err, key)
	}
}

func TestAnExtraLabelHasANameOfItsOwnInPrometheus(t *testing.T) {
	for _, key := range []string{
		"gen_ai_agent_name", "gen_ai.agent_name", "tollgate..team", "job", "instance", "le", "quantile", "__name__", "service_name", "user_id",
	} {
		config := defaults()
		config.Labels.Extra = []string{"user.id", key}
		assert.ErrorContains(t, config.Validate(), fmt.Sprintf("`labels::extra[1]`: %q is a label already", key))
	}
}
