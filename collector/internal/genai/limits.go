package genai

import (
	"errors"
	"fmt"
	"time"
)

// Limits bound what a judge remembers of earlier batches, so that one call is priced and counted once. Both components have
// them in their configuration, below `dedupe`.
type Limits struct {
	// Window is how long spans and answers are remembered. Default 10m.
	Window time.Duration `mapstructure:"window"`
	// Keys is how many of each at most. Default 100000.
	Keys int `mapstructure:"max_keys"`
}

// maxKeys is the most that Keys may be: 10 million of each take 860 MB.
const maxKeys = 10_000_000

// minWindow catches a number without a unit, which is nanoseconds: nothing would be remembered from batch to batch.
const minWindow = time.Second

// DefaultLimits remember 100,000 spans and as many answers for 10 minutes.
var DefaultLimits = Limits{Window: 10 * time.Minute, Keys: 100_000}

var (
	errWindow = fmt.Errorf("`dedupe::window` must be at least %v", minWindow)
	errKeys   = fmt.Errorf("`dedupe::max_keys` must be from 1 to %d", maxKeys)
)

// Validate quotes the keys that are wrong.
func (l *Limits) Validate() error {
	var issues []error
	if l.Window < minWindow {
		issues = append(issues, errWindow)
	}
	if l.Keys <= 0 || l.Keys > maxKeys {
		issues = append(issues, errKeys)
	}
	return errors.Join(issues...)
}
