package genaiusageconnector

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
)

// exportAll makes one request of everything.
func exportAll(l *ledger, now time.Time) *request {
	from := &about{resource: pcommon.NewResource()}
	return l.export(l.entries(from), from, now, true)
}

// fullLedger has as many label sets as are wanted, and each of them all series.
func fullLedger(sets int, pad string) *ledger {
	config := defaults()
	config.Labels.MaxSets = sets
	ledger := newLedger(config)
	for index := range sets {
		call := callOf(fmt.Sprintf("customer-support-triager-%03d%s", index%100, pad), 7)
		call.Step = fmt.Sprintf("classify-incoming-message-%03d%s", index/100, pad)
		call.TaskType, call.Team, call.ResponseModel, call.Provider = "support-ticket"+pad, "customer-experience"+pad, "gpt-5-2025-08-07", "openai"
		for kind := range call.Tokens {
			call.Tokens[kind] = 1
		}
		call.Bill.Reason = genai.NoCacheSplit
		ledger.add(call, start)
	}
	return ledger
}

func TestNoRequestIsLargerThanABackendTakes(t *testing.T) {
	for name, pad := range map[string]string{"ordinary": "", "as long as can be": strings.Repeat("é", 200)} {
		t.Run(name, func(t *testing.T) {
			ledger := fullLedger(1000, pad)
			from := &about{resource: pcommon.NewResource()}
			rest := ledger.entries(from)
			var requests, total int
			for len(rest) > 0 {
				taken := ledger.fit(rest)
				made := ledger.export(rest[:taken], from, start.Add(time.Minute), true)
				rest = rest[taken:]
				size := (&pmetric.ProtoMarshaler{}).MetricsSize(made.md)
				assert.LessOrEqual(t, size, maxRequestBytes)
				if len(rest) > 0 {
					assert.Greater(t, size, maxRequestBytes/2, "the estimate must not be far off")
				}
				requests, total = requests+1, total+size
			}
			t.Logf("%d bytes in %d requests", total, requests)
			assert.Greater(t, requests, 2)
		})
	}
}

func TestAZeroIsNeverTooOldForABackend(t *testing.T) {
	ledger := newLedger(defaults())
	ledger.add(callOf("a", 7), start)
	text := render(exportAll(ledger, start.Add(3*time.Hour)).md, start)
	assert.Contains(t, text, " 2h55m0s..2h55m0s 0\n")
	assert.Contains(t, text, " 2h55m0s..3h0m0s 7e-09")
}

func TestALongValueIsCutBetweenCharacters(t *testing.T) {
	for name, each := range map[string]struct{ value, want string }{
		"as long as may be":    {strings.Repeat("x", 256), strings.Repeat("x", 256)},
		"longer":               {strings.Repeat("x", 1<<20), strings.Repeat("x", 255) + "…"},
		"longer in bytes only": {strings.Repeat("é", 256), strings.Repeat("é", 256)},
		"longer, in é":         {strings.Repeat("é", 300), strings.Repeat("é", 255) + "…"},
		"in two units each":    {"x" + strings.Repeat("𝄞", 200), "x" + strings.Repeat("𝄞", 127) + "…"},
		"within a character":   {strings.Repeat("𝄞", 200), strings.Repeat("𝄞", 127) + "…"},
		"not UTF-8":            {"a\xffb\xc3", "a\uFFFDb\uFFFD"},
		"not UTF-8 and longer": {strings.Repeat("\xff_", 150), strings.Repeat("\uFFFD_", 127) + "\uFFFD…"},
	} {
		t.Run(name, func(t *testing.T) {
			label := newLabel("a", 1)
			for range 2 {
				id, folded := label.fold(each.value)
				assert.False(t, folded)
				assert.Equal(t, each.want, label.text(id))
			}
		})
	}
}
