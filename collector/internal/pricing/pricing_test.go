package pricing

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/tollgate-dev/tollgate/collector/internal/contract"
)

func TestAnAmountIsExactHoweverLargeTheProducts(t *testing.T) {
	table := mustParse(t, tableWith(Rates{Input: 999_999_999_999}))
	for _, count := range []int64{0, 1, 499, 500, 1 << 20, 9_007_199, 1 << 40, math.MaxInt64} {
		call := &Call{Provider: "p", Model: "m", Tokens: Tokens{Input: count}}
		price := table.Price(call)
		wanted := new(big.Int).Mul(big.NewInt(count), big.NewInt(999_999_999_999))
		wanted.Add(wanted, big.NewInt(500)).Div(wanted, big.NewInt(1000))
		if wanted.Cmp(big.NewInt(maxNano)) >= 0 {
			if price.Reason != TooLarge {
				t.Errorf("%d tokens: %v, wanted no price", count, price)
			}
			continue
		}
		if price.Reason != Priced || price.Nano != wanted.Int64() {
			t.Errorf("%d tokens: %v, wanted %v", count, price, wanted)
		}
	}
}

func TestEveryListedModelHasAPrice(t *testing.T) {
	table := BuiltIn()
	at := time.Unix(table.Timestamp(), 0).UnixNano()
	listed, priced := 0, 0
	for _, provider := range table.data.Providers {
		for _, model := range provider.Models {
			listed++
			if table.Price(&Call{Provider: provider.ID, Model: model.ID, At: at, Tokens: Tokens{Input: 1000}}).Reason == Priced {
				priced++
			}
		}
	}
	if listed < 1000 || priced*10 < listed*9 {
		t.Errorf("%d of %d listed models have a price", priced, listed)
	}
}

func TestScheduleIsInUTCAndExcludesItsEnds(t *testing.T) {
	peak := &scheduleData{Days: []int{1, 2, 3, 4, 5}, Hours: [][2]float64{{1, 4}, {6, 10}}, Except: []string{"2026-10-01"}}
	for at, wanted := range map[string]bool{
		"2026-11-18T00:59:59.999Z": false, "2026-11-18T01:00:00Z": true, "2026-11-18T03:59:59.999Z": true,
		"2026-11-18T04:00:00Z": false, "2026-11-14T02:00:00Z": false, "2026-11-16T02:00:00Z": true,
		"2026-10-01T02:00:00Z": false, "1969-12-31T02:00:00Z": true,
	} {
		moment, err := time.Parse(time.RFC3339Nano, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := peak.applies(moment.UnixMilli()); got != wanted {
			t.Errorf("%s: %v", at, got)
		}
	}
}

func TestAKnownLookUpAllocatesNothing(t *testing.T) {
	call := &Call{Provider: "openai", Model: "gpt-5-mini-2025-08-07", At: time.Now().UnixNano(), Tokens: Tokens{Input: 10}}
	table := BuiltIn()
	table.Price(call)
	if allocs := testing.AllocsPerRun(100, func() { table.Price(call) }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestMadeUpNamesDoNotFillTheMemory(t *testing.T) {
	table := mustParse(t, tableWith(Rates{Input: 1, Output: 2}))
	for index := range memoLimit + 10 {
		table.Price(&Call{Provider: "p", Model: strings.Repeat("x", index%7) + time.Duration(index).String()})
	}
	if len(table.memo) > memoLimit || table.remembered > memoLimit {
		t.Errorf("%d look-ups are kept", len(table.memo))
	}
}

func TestLongNamesAreLookedUpButNotRemembered(t *testing.T) {
	table := mustParse(t, tableWith(Rates{Input: 1, Output: 2}))
	long := strings.Repeat("x", 1<<20)
	for _, call := range []*Call{
		{Provider: "p", Model: long}, {Provider: long, Model: "m"}, {Provider: "p", Model: "m", ServiceTier: long},
		{Provider: "p", Model: "m", Speed: long}, {Provider: "p", Model: "m", Geo: long}, {Provider: "p", Model: "m", Host: long},
	} {
		table.Price(call)
	}
	for index := range table.recent {
		if table.recent[index].Load() != nil {
			t.Error("the last look-up of a group is kept")
		}
	}
	if table.remembered != 0 || len(table.memo) != 0 {
		t.Errorf("%d look-ups are kept", table.remembered)
	}
}

// Minutes, if each suffix were cut off by itself.
func TestANameOfAMegabyteIsNoModelAndTakesNoTime(t *testing.T) {
	for _, part := range []string{"x", "x/", "-latest", "@20251010", ":1"} {
		start := time.Now()
		price := BuiltIn().Price(&Call{Provider: "openai", Model: "gpt-5" + strings.Repeat(part, 1<<20/len(part)), Tokens: Tokens{Input: 1}})
		if took := time.Since(start); price.Reason != UnknownModel || took > time.Second {
			t.Errorf("%s…: %v after %v", part, price.Reason, took)
		}
	}
}

func BenchmarkPrice(b *testing.B) {
	call := &Call{Provider: "openai", Model: "gpt-5-mini-2025-08-07", At: time.Now().UnixNano(), Tokens: Tokens{Input: 10, Output: 3}}
	table := BuiltIn()
	b.ReportAllocs()
	for b.Loop() {
		table.Price(call)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(contract.Prices[:4096])
	f.Add([]byte(tableWith(Rates{Input: 1, Output: 2})))
	f.Fuzz(func(_ *testing.T, text []byte) {
		if table, err := Parse(text); err == nil {
			table.Price(&Call{Provider: "p", Model: "m", Tokens: Tokens{Input: 1}})
		}
	})
}

// tableWith is a price file with one model, which has these rates.
func tableWith(rates Rates) string {
	kinds, _ := json.Marshal(kindNames)
	row, _ := json.Marshal(rates)
	return fmt.Sprintf(`{"format":1,"version":"v","timestamp":1,"kinds":%s,"rates":[%s],"fees":[],"providers":[`+
		`{"id":"p","models":[{"id":"m","prices":[{"tiers":[{"over":0,"rates":{"":0}}]}]}]}]}`, kinds, row)
}

func mustParse(t testing.TB, text string) *Table {
	t.Helper()
	table, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return table
}
