package genaiusageconnector

import (
	"maps"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/tollgate-dev/tollgate/collector/internal/genai"
)

// ledger adds up calls by label set, in integers. It is not safe for concurrent use. Time is an argument.
type ledger struct {
	config   *Config
	labels   []*label
	sets     map[labelSet]*set
	unpriced map[unpricedKey]*unpriced
	// crowded counts calls that found no room for a label set of their own.
	crowded counter
}

type unpricedKey struct {
	reason                       genai.Reason
	provider, model, environment valueID
}

// labels is the key as the label set of a series.
func (k unpricedKey) labels() labelSet {
	return labelSet{providerLabel: k.provider, requestModelLabel: k.model, environmentLabel: k.environment}
}

type unpriced struct {
	series
	key      unpricedKey
	lastSeen time.Time
}

func newLedger(config *Config) *ledger {
	made := &ledger{config: config, sets: map[labelSet]*set{}, unpriced: map[unpricedKey]*unpriced{}}
	for _, key := range append(callLabels[:], config.Labels.Extra...) {
		made.labels = append(made.labels, newLabel(key, config.Labels.MaxValues))
	}
	return made
}

// add counts one call and what it cost.
func (l *ledger) add(call *genai.Call, now time.Time) {
	into, bill := l.setOf(call, now), &call.Bill
	into.lastSeen = now
	into.at(dimension{metric: callsMetric, value: uint8(call.Outcome)}).record(call, bill.Nano, 1+call.Suppressed, now)
	if call.Outcome == genai.Denied {
		return
	}
	into.duration.record(call, bill.Nano, secondsOf(call), now)
	if bill.Reason != genai.TooLarge {
		into.addTokens(call, bill.Nano, now)
	}
	if bill.Origin != genai.NoAmount {
		into.at(dimension{metric: costMetric, state: call.State}).record(call, bill.Nano, bill.Nano, now)
	}
	if bill.Reason != genai.Sure {
		found := l.unpricedOf(bill.Reason, into)
		found.lastSeen = now
		found.record(call, bill.Nano, 1, now)
	}
}

func (l *ledger) setOf(call *genai.Call, now time.Time) *set {
	values := [numCallLabels]string{
		call.Agent, call.TaskType, call.Step, call.RequestModel, call.ResponseModel, call.Provider, call.Team, call.Environment,
	}
	var key labelSet
	for index, value := range values {
		key[index] = l.fold(index, value, now)
	}
	for index, name := range l.config.Labels.Extra {
		key[numCallLabels+index] = l.fold(numCallLabels+index, extraValue(call, name), now)
	}
	if found := l.sets[key]; found != nil {
		return found
	}
	if len(l.sets) >= l.config.Labels.MaxSets {
		l.crowded.add(1, now)
		key = l.allOther()
		if found := l.sets[key]; found != nil {
			return found
		}
	}
	made := &set{labels: key}
	l.sets[key] = made
	return made
}

func (l *ledger) fold(index int, value string, now time.Time) valueID {
	id, folded := l.labels[index].fold(value)
	if folded {
		l.labels[index].folded.add(1, now)
	}
	return id
}

func (l *ledger) allOther() labelSet {
	var key labelSet
	for index := range l.labels {
		key[index] = other
	}
	return key
}

func (l *ledger) unpricedOf(reason genai.Reason, from *set) *unpriced {
	key := unpricedKey{reason, from.labels[providerLabel], from.labels[requestModelLabel], from.labels[environmentLabel]}
	found := l.unpriced[key]
	if found == nil {
		found = &unpriced{key: key}
		l.unpriced[key] = found
	}
	return found
}

// expire forgets series without a call since `before`. They return with a new start and a new zero; what nobody is called any
// more makes room for other values.
func (l *ledger) expire(before time.Time) {
	had := len(l.sets) + len(l.unpriced)
	maps.DeleteFunc(l.sets, func(_ labelSet, each *set) bool { return each.lastSeen.Before(before) })
	maps.DeleteFunc(l.unpriced, func(_ unpricedKey, each *unpriced) bool { return each.lastSeen.Before(before) })
	if len(l.sets)+len(l.unpriced) == had {
		return
	}
	for index, label := range l.labels {
		used := make([]bool, len(label.values))
		for key := range l.sets {
			used[key[index]] = true
		}
		for key := range l.unpriced {
			used[key.labels()[index]] = true
		}
		label.keep(used)
	}
}

func extraValue(call *genai.Call, key string) string {
	value, has := call.Span.Attributes().Get(key)
	if !has {
		value, has = call.Resource.Attributes().Get(key)
	}
	if !has {
		return ""
	}
	if value.Type() == pcommon.ValueTypeStr {
		return value.Str()
	}
	return value.AsString()
}

func secondsOf(call *genai.Call) float64 {
	start, end := call.Span.StartTimestamp(), call.Span.EndTimestamp()
	if end <= start {
		return 0
	}
	return float64(end-start) / float64(time.Second)
}
