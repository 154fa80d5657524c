package genai

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// maxExact is the largest count or amount that is believed: beyond it doubles no longer tell two integers apart.
const maxExact = 1 << 53

// textOf asks for what is nearly always there before it asks for the type: that shows, with 20 attributes on a span.
func textOf(value pcommon.Value) (string, bool) {
	if text := value.Str(); text != "" {
		return text, true
	}
	if value.Type() == pcommon.ValueTypeBool {
		return strconv.FormatBool(value.Bool()), true
	}
	return "", false
}

// countOf reads a count that came as an int, a double or a text; false for anything that is no count.
func countOf(value pcommon.Value) (int64, bool) {
	if count := value.Int(); count != 0 {
		return checked(count)
	}
	switch value.Type() {
	case pcommon.ValueTypeInt:
		return 0, true
	case pcommon.ValueTypeDouble:
		return wholeOf(value.Double())
	case pcommon.ValueTypeStr:
		return countOfText(value.Str())
	default:
		return 0, false
	}
}

// nanoOf reads an amount of USD as nano-USD; whole dollars may have arrived as an int.
func nanoOf(value pcommon.Value) (int64, bool) {
	switch value.Type() {
	case pcommon.ValueTypeInt:
		return wholeOf(float64(value.Int()) * 1e9)
	case pcommon.ValueTypeDouble:
		return wholeOf(value.Double() * 1e9)
	case pcommon.ValueTypeStr:
		return nanoOfText(value.Str())
	default:
		return 0, false
	}
}

func countOfText(text string) (int64, bool) {
	text = strings.TrimSpace(text)
	if count, err := strconv.ParseInt(text, 10, 64); err == nil {
		return checked(count)
	}
	count, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false
	}
	return wholeOf(count)
}

func nanoOfText(text string) (int64, bool) {
	usd, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0, false
	}
	return wholeOf(usd * 1e9)
}

// plainCount and plainNano read the same from the values of a parsed document.
func plainCount(value any) (int64, bool) {
	switch number := value.(type) {
	case json.Number:
		return countOfText(number.String())
	case string:
		return countOfText(number)
	case int64:
		return checked(number)
	case float64:
		return wholeOf(number)
	default:
		return 0, false
	}
}

func plainNano(value any) (int64, bool) {
	switch number := value.(type) {
	case json.Number:
		return nanoOfText(number.String())
	case string:
		return nanoOfText(number)
	case int64:
		return wholeOf(float64(number) * 1e9)
	case float64:
		return wholeOf(number * 1e9)
	default:
		return 0, false
	}
}

func checked(count int64) (int64, bool) {
	return count, count >= 0 && count < maxExact
}

// wholeOf rounds to the nearest integer; NaN, infinities and negative numbers are none.
func wholeOf(number float64) (int64, bool) {
	if !(number >= 0 && number < maxExact) {
		return 0, false
	}
	return int64(math.Round(number)), true
}
