package genaiusageconnector

import (
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The labels that every call has, in the order of their ids in a set's key.
const (
	agentLabel = iota
	taskTypeLabel
	stepLabel
	requestModelLabel
	responseModelLabel
	providerLabel
	teamLabel
	environmentLabel
	numCallLabels
)

var callLabels = [numCallLabels]string{
	"gen_ai.agent.name", "tollgate.task.type", "tollgate.step.name", "gen_ai.request.model", "gen_ai.response.model",
	"gen_ai.provider.name", "tollgate.team", "deployment.environment.name",
}

// reservedLabels are added by single metrics, or by a backend.
var reservedLabels = []string{
	"state", "kind", "outcome", "reason", "label", "version", "service.name", "service.instance.id", "job", "instance", "le",
	"quantile", "__name__",
}

// notInNames is what Prometheus makes `_` of: keys that differ in nothing else are one label there.
var notInNames = regexp.MustCompile(`[^a-zA-Z0-9]+`)

// sameLabelAs tells the keys that Prometheus takes for this one.
func sameLabelAs(key string) func(string) bool {
	name := notInNames.ReplaceAllString(key, "_")
	return func(other string) bool { return notInNames.ReplaceAllString(other, "_") == name }
}

const (
	maxExtraLabels = 8
	maxLabels      = numCallLabels + maxExtraLabels
	maxLabelValues = 10_000
	// maxValueUnits bounds what one span can add to every request from now on: UTF-16 units, as the plugin cuts them.
	maxValueUnits = 256
)

// valueID stands for a value of a label.
type valueID uint16

const (
	// absent: the call has no such value, so the series has no such label.
	absent valueID = iota
	// other stands for all values beyond the cap.
	other
)

const (
	otherText = "other"
	// cutMark ends a value that was too long.
	cutMark = "…"
)

// labelSet is one combination of values.
type labelSet [maxLabels]valueID

// label gives the values of one label their ids: first come, the rest is `other`.
type label struct {
	key    string
	limit  int
	ids    map[string]valueID
	values []string
	// free are ids that stand for nothing any more.
	free []valueID
	// last is the id that was asked for last: the next call often has the same.
	last valueID
	// folded counts values beyond the cap.
	folded counter
}

func newLabel(key string, limit int) *label {
	return &label{key: key, limit: limit, ids: map[string]valueID{otherText: other}, values: []string{"", otherText}}
}

// fold gives the id of a value, and says whether it was folded into `other`.
func (l *label) fold(value string) (valueID, bool) {
	if value == "" {
		return absent, false
	}
	if value == l.values[l.last] {
		return l.last, false
	}
	if len(value) > maxValueUnits {
		value = cut(value)
	}
	if id, known := l.ids[value]; known {
		l.last = id
		return id, false
	}
	if !utf8.ValidString(value) {
		return l.fold(strings.ToValidUTF8(value, string(utf8.RuneError)))
	}
	if len(l.ids)-1 >= l.limit {
		return other, true
	}
	kept := strings.Clone(value)
	id := l.place(kept)
	l.ids[kept] = id
	return id, false
}

// place gives a new value an id.
func (l *label) place(value string) valueID {
	if last := len(l.free) - 1; last >= 0 {
		id := l.free[last]
		l.free = l.free[:last]
		l.values[id] = value
		return id
	}
	l.values = append(l.values, value)
	return valueID(len(l.values) - 1)
}

// keep frees the places of all values but those that are used.
func (l *label) keep(used []bool) {
	l.last = absent
	for value, id := range l.ids {
		if id == other || used[id] {
			continue
		}
		delete(l.ids, value)
		l.values[id] = ""
		l.free = append(l.free, id)
	}
}

// text is the value that an id stands for.
func (l *label) text(id valueID) string { return l.values[id] }

// cut shortens a value that is too long, between two characters.
func cut(value string) string {
	units, end := 0, 0
	for at, character := range value {
		if units < maxValueUnits {
			end = at
		}
		if units += utf16.RuneLen(character); units > maxValueUnits {
			return value[:end] + cutMark
		}
	}
	return value
}
