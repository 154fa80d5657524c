package genai

import (
	"strings"
	"testing"
	"time"
)

func TestAWindowWithoutAUnitIsRefusedWithItsKey(t *testing.T) {
	for window, good := range map[time.Duration]bool{0: false, 5: false, time.Millisecond: false, time.Second: true, time.Hour: true} {
		limits := Limits{Window: window, Keys: 1}
		err := limits.Validate()
		if good != (err == nil) || err != nil && !strings.Contains(err.Error(), "`dedupe::window` must be at least 1s") {
			t.Errorf("%v: %v", window, err)
		}
	}
}
