// Package contract holds what the Collector side shares with the plugin: the price table and the names of attributes and
// metrics. Both files are copies; `npm run check` compares them with their sources.
package contract

import _ "embed"

// Prices is the built-in price table, in the format of packages/core/src/pricing/FORMAT.md.
//
//go:embed prices.json
var Prices []byte

// Conventions lists every attribute and metric that this project writes.
//
//go:embed conventions.json
var Conventions []byte
