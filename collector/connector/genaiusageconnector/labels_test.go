package genaiusageconnector

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tollgate-dev/tollgate/collector/internal/contract"
)

func TestEveryLabelOfTheContractIsOfCallsOrReserved(t *testing.T) {
	var conventions struct {
		Metrics []struct{ Labels, Who []string }
	}
	require.NoError(t, json.Unmarshal(contract.Conventions, &conventions))
	taken := slices.Concat(callLabels[:], reservedLabels)
	for _, metric := range conventions.Metrics {
		if slices.Contains(metric.Who, "C") {
			assert.Subset(t, taken, metric.Labels)
		}
	}
}
