package genai

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// inheritable is what a call may have from the spans above it: for each fact its keys, of which the first is written.
var inheritable = [][]string{
	keysOf[agent], {"tollgate.task.id"}, keysOf[taskType], keysOf[step], keysOf[team], {"user.id"}, {"session.id"},
}

// Inherit writes onto the span of a call what it lacks and its ancestors in this batch know, the nearest first. What the
// span says itself, by whatever key, stays. Ancestors that arrive later can't be asked.
func (b *Batch) Inherit(call *Call) {
	for _, keys := range inheritable {
		if _, has := saidBy(call.Span, keys); has {
			continue
		}
		b.index()
		b.eachAncestor(call.Span, func(above node) bool {
			value, found := saidBy(above.span, keys)
			if found {
				value.CopyTo(call.Span.Attributes().PutEmpty(keys[0]))
			}
			return !found
		})
	}
}

// saidBy is what a span says by the first of these keys that it has.
func saidBy(span ptrace.Span, keys []string) (pcommon.Value, bool) {
	for _, key := range keys {
		if plainKeys[key] && !strings.HasPrefix(span.Name(), "claude_code.") {
			continue
		}
		if value, has := span.Attributes().Get(key); has && value.AsString() != "" {
			return value, true
		}
	}
	return pcommon.Value{}, false
}
