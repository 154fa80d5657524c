package pricing

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// maxIssues is how many issues of one file are told.
const maxIssues = 10

// checker looks for what is wrong with a price file, and tells where. It looks at the bare document, since decoding into
// structs takes null and what is missing for zero: tokens would be free. The plugin refuses the same files
// (test/vectors/price-files.json).
type checker struct {
	rates, fees []any
	issues      []error
}

// check gives all that is wrong with a price file, each with its path.
func check(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var document any
	if err := decoder.Decode(&document); err != nil {
		return fmt.Errorf("is not JSON: %w", err)
	}
	table, _ := document.(object)
	rates, hasRates := table["rates"].([]any)
	fees, hasFees := table["fees"].([]any)
	providers, hasProviders := table["providers"].([]any)
	if table["format"] != json.Number("1") || !hasRates || !hasFees || !hasProviders {
		return errors.New(`is no price table with "format": 1 and lists of rates, fees and providers`)
	}
	c := &checker{rates: rates, fees: fees}
	c.want(isName(table["version"]), "version", "a text that is not empty", table["version"])
	c.want(isWhole(table["timestamp"]), "timestamp", "unix seconds", table["timestamp"])
	c.want(areKinds(table["kinds"]), "kinds", fmt.Sprintf("%q", kindNames), table["kinds"])
	for index, row := range rates {
		c.want(isRow(row), place("rates", index), fmt.Sprintf("whole pico-USD, 0 or more, one for each of the %d kinds", NumKinds), row)
	}
	for index, each := range fees {
		c.want(isObjectOf(each, isPico), place("fees", index), "whole pico-USD, 0 or more, by unit", each)
	}
	c.want(len(providers) > 0, "providers", "a list that is not empty", providers)
	for index, each := range providers {
		c.provider(place("providers", index), each)
	}
	c.want(len(c.issues) > 0 || slices.ContainsFunc(providers, hasPrices), "providers", "a list with at least one model", providers)
	if more := len(c.issues) - maxIssues; more > 0 {
		c.issues = append(c.issues[:maxIssues], fmt.Errorf("and %d more", more))
	}
	return errors.Join(c.issues...)
}

func hasPrices(provider any) bool {
	fields := provider.(object)
	return fields["free"] == true || len(fields["models"].([]any)) > 0
}

func (c *checker) provider(path string, value any) {
	provider, _ := value.(object)
	models, hasModels := provider["models"].([]any)
	if !c.want(isName(provider["id"]) && hasModels, path, "a provider { id, models }", value) {
		return
	}
	for _, key := range []string{"names", "prefixes", "fallback"} {
		c.wantIfThere(provider, key, path, areTexts, "a list of texts")
	}
	c.wantIfThere(provider, "words", path, func(value any) bool { return isObjectOf(value, isText) }, "texts by word")
	c.wantIfThere(provider, "hosts", path, areHosts, "a list of pairs of a regular expression (RE2) and a geography")
	for index, each := range models {
		c.model(path+place(".models", index), each)
	}
}

func (c *checker) model(path string, value any) {
	model, _ := value.(object)
	prices, _ := model["prices"].([]any)
	if !c.want(isText(model["id"]) && len(prices) > 0, path, "a model { id, prices }", value) {
		return
	}
	c.wantIfThere(model, "aliases", path, areTexts, "a list of texts")
	for index, each := range prices {
		c.period(path+place(".prices", index), each)
	}
}

func (c *checker) period(path string, value any) {
	period, _ := value.(object)
	tiers, _ := period["tiers"].([]any)
	if !c.want(len(tiers) > 0, path, "a price { tiers }", value) {
		return
	}
	c.wantIfThere(period, "from", path, isWhole, "unix seconds")
	c.wantIfThere(period, "until", path, isWhole, "unix seconds")
	c.wantIfThere(period, "fees", path, func(value any) bool { return isPlaceIn(c.fees, value) }, "a place in fees")
	c.wantIfThere(period, "schedule", path, isSchedule, "a schedule { hours: [[from, to]] }")
	below := int64(-1)
	for index, each := range tiers {
		tier, _ := each.(object)
		over, isLimit := whole(tier["over"])
		isTier := isLimit && over > below && isObjectOf(tier["rates"], func(row any) bool { return isPlaceIn(c.rates, row) })
		c.want(isTier, path+place(".tiers", index), `a tier { over, rates } with a rising "over" and places in rates by variant`, each)
		below = max(below, over)
	}
}

func (c *checker) wantIfThere(from object, key, path string, is func(any) bool, rule string) {
	if value, has := from[key]; has {
		c.want(is(value), path+"."+key, rule, value)
	}
}

func (c *checker) want(is bool, path, rule string, received any) bool {
	if !is {
		c.issues = append(c.issues, fmt.Errorf("%s must be %s, is %s", path, rule, shown(received)))
	}
	return is
}

func place(list string, index int) string { return fmt.Sprintf("%s[%d]", list, index) }

// shown is the beginning of a value: enough to find it by.
func shown(value any) string {
	text, _ := json.Marshal(value)
	return fmt.Sprintf("%.60s", text)
}
