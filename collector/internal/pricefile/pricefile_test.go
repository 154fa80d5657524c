package pricefile

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tollgate-dev/tollgate/collector/internal/contract"
	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

func TestWithoutAFileTheBuiltInTableIsInForce(t *testing.T) {
	source, err := Open(NewDefaultConfig())
	if err != nil || source.Table() != pricing.BuiltIn() {
		t.Errorf("%v, %v", source, err)
	}
}

func TestAChangedFileIsReadAgainAndABadOneKeepsTheOldTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "prices.json")
	write(t, path, withVersion("2026-01-01"))
	synctest.Test(t, func(t *testing.T) {
		source, err := Open(Config{File: path, ReloadInterval: 30 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		told := make(chan error, 10)
		go source.Watch(ctx, func(err error) { told <- err })
		var reports []error
		tick := func() {
			time.Sleep(30 * time.Second)
			synctest.Wait()
			for len(told) > 0 {
				reports = append(reports, <-told)
			}
		}

		tick()
		if len(reports) != 0 {
			t.Errorf("an unchanged file is reported: %v", reports)
		}
		write(t, path, withVersion("2026-02-02"))
		tick()
		if source.Table().Version() != "2026-02-02" || len(reports) != 1 || reports[0] != nil {
			t.Errorf("version %s, reports %v", source.Table().Version(), reports)
		}
		write(t, path, "{")
		tick()
		if source.Table().Version() != "2026-02-02" || len(reports) != 2 || reports[1] == nil {
			t.Errorf("version %s, reports %v", source.Table().Version(), reports)
		}
		if !strings.Contains(reports[1].Error(), "`prices::file`") {
			t.Errorf("%v does not quote the key", reports[1])
		}
		tick()
		if len(reports) != 2 {
			t.Errorf("one bad content is told more than once: %v", reports)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		tick()
		tick()
		if len(reports) != 3 || reports[2] == nil {
			t.Errorf("a missing file is not told once: %v", reports)
		}
		write(t, path, withVersion("2026-02-02"))
		tick()
		if len(reports) != 4 || reports[3] != nil {
			t.Errorf("the return of a good file is not told: %v", reports)
		}
		cancel()
		synctest.Wait()
	})
}

func TestThereIsNoStartWithoutATable(t *testing.T) {
	if _, err := Open(Config{File: filepath.Join(t.TempDir(), "none.json")}); err == nil {
		t.Error("a missing file is accepted")
	}
}

func TestAnIntervalOfFractionsOfASecondIsRefused(t *testing.T) {
	for interval, good := range map[time.Duration]bool{0: true, time.Second: true, time.Millisecond: false, -1: false} {
		config := Config{ReloadInterval: interval}
		if err := config.Validate(); (err == nil) != good {
			t.Errorf("%v: %v", interval, err)
		}
	}
}

func withVersion(version string) string {
	return strings.Replace(string(contract.Prices), `"version":"`, `"version":"`+version+`","was":"`, 1)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
