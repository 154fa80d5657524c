package genaiusageconnector

import "strings"

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

// reservedLabels are added by single metrics.
var reservedLabels = []string{"state", "kind", "outcome", "reason", "label", "version", "service.name", "service.instance.id"}

const (
	maxExtraLabels = 8
	maxLabels      = numCallLabels + maxExtraLabels
	maxLabelValues = 10_000
)

// valueID stands for a value of a label.
type valueID uint16

const (
	// absent: the call has no such value, so the series has no such label.
	absent valueID = iota
	// other stands for all values beyond the cap.
	other
	firstValue
)

const otherText = "other"

// labelSet is one combination of values.
type labelSet [maxLabels]valueID

// label gives the values of one label their ids: first come, the rest is `other`.
type label struct {
	key    string
	limit  int
	ids    map[string]valueID
	values []string
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
	if id, known := l.ids[value]; known {
		l.last = id
		return id, false
	}
	if len(l.values)-int(firstValue) >= l.limit {
		return other, true
	}
	id := valueID(len(l.values))
	kept := strings.Clone(value)
	l.ids[kept] = id
	l.values = append(l.values, kept)
	return id, false
}

// text is the value that an id stands for.
func (l *label) text(id valueID) string { return l.values[id] }
