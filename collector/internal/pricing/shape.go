package pricing

import (
	"encoding/json"
	"regexp"
	"slices"
)

// object is one of a bare JSON document, whose numbers are json.Number. What is missing or null has no shape below.
type object = map[string]any

func whole(value any) (int64, bool) {
	number, is := value.(json.Number)
	if !is {
		return 0, false
	}
	read, err := number.Int64()
	return read, err == nil && read < maxNano
}

func isWhole(value any) bool {
	_, is := whole(value)
	return is
}

func isPico(value any) bool {
	rate, is := whole(value)
	return is && rate >= 0
}

func isPlaceIn(list []any, value any) bool {
	index, is := whole(value)
	return is && index >= 0 && index < int64(len(list))
}

func isText(value any) bool {
	_, is := value.(string)
	return is
}

func isName(value any) bool { return isText(value) && value != "" }

func areTexts(value any) bool { return isListOf(value, isText) }

func areHosts(value any) bool {
	return isListOf(value, func(each any) bool {
		pair, _ := each.([]any)
		if len(pair) != 2 || !areTexts(pair) {
			return false
		}
		_, err := regexp.Compile(pair[0].(string))
		return err == nil
	})
}

func isSchedule(value any) bool {
	schedule, _ := value.(object)
	return isListOf(schedule["hours"], func(each any) bool {
		pair, _ := each.([]any)
		return len(pair) == 2
	})
}

func isRow(value any) bool {
	row, _ := value.([]any)
	return len(row) == int(NumKinds) && isListOf(row, isPico)
}

func areKinds(value any) bool {
	names, _ := value.([]any)
	return slices.EqualFunc(names, kindNames[:], func(name any, kind string) bool { return name == kind })
}

func isListOf(value any, is func(any) bool) bool {
	list, isList := value.([]any)
	return isList && !slices.ContainsFunc(list, func(each any) bool { return !is(each) })
}

func isObjectOf(value any, is func(any) bool) bool {
	fields, isObject := value.(object)
	for _, each := range fields {
		if !is(each) {
			return false
		}
	}
	return isObject
}
