// Command contribcheck reads a piece of configuration in a README with the components of contrib that it is for. They are
// not in our distribution. They are of v0.158.0: the Go module proxy does not have signal_to_metrics v0.159.0.
// Usage: contribcheck README.md
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/open-telemetry/opentelemetry-collector-contrib/connector/signaltometricsconnector"
	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/deltatocumulativeprocessor"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"gopkg.in/yaml.v3"
)

// factories makes the default configuration of each component, by its place in a Collector's configuration.
var factories = map[string]component.Factory{
	"connectors::signal_to_metrics":   signaltometricsconnector.NewFactory(),
	"processors::delta_to_cumulative": deltatocumulativeprocessor.NewFactory(),
}

func main() {
	if len(os.Args) != 2 {
		fail(errors.New("usage: contribcheck README.md"))
	}
	if err := check(os.Args[1]); err != nil {
		fail(fmt.Errorf("%s: %w", os.Args[1], err))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

var block = regexp.MustCompile("(?s)```yaml\n(connectors:\n  signal_to_metrics:.*?)```")

func check(path string) error {
	text, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return err
	}
	found := block.FindSubmatch(text)
	if found == nil {
		return errors.New("there is no configuration of signal_to_metrics")
	}
	var raw map[string]any
	if err := yaml.Unmarshal(found[1], &raw); err != nil {
		return err
	}
	whole := confmap.NewFromStringMap(raw)
	for key, factory := range factories {
		if !whole.IsSet(key) {
			return fmt.Errorf("`%s` is not set", key)
		}
		own, err := whole.Sub(key)
		if err != nil {
			return err
		}
		config := factory.CreateDefaultConfig()
		if err := errors.Join(own.Unmarshal(config), confmap.Validate(config)); err != nil {
			return fmt.Errorf("`%s`: %w", key, err)
		}
	}
	return nil
}
