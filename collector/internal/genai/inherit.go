package genai

import "go.opentelemetry.io/collector/pdata/pcommon"

// inheritable is what a call may have from the spans above it.
var inheritable = []string{
	"gen_ai.agent.name", "tollgate.task.id", "tollgate.task.type", "tollgate.step.name", "tollgate.team", "user.id", "session.id",
}

// LacksAttribution tells whether the call doesn't say who it is for.
func (c *Call) LacksAttribution() bool {
	return c.Agent == "" || c.TaskType == "" || c.Step == "" || c.Team == ""
}

// Inherit writes onto the span of a call what it lacks and its ancestors in this batch know, the nearest first. Ancestors
// that arrive later can't be asked.
func (b *Batch) Inherit(call *Call) {
	b.index()
	own := call.Span.Attributes()
	for _, key := range inheritable {
		if _, has := own.Get(key); has {
			continue
		}
		if value, found := b.fromAbove(call, key); found {
			value.CopyTo(own.PutEmpty(key))
		}
	}
}

func (b *Batch) fromAbove(call *Call, key string) (found pcommon.Value, is bool) {
	b.eachAncestor(call.Span, func(above node) bool {
		found, is = above.span.Attributes().Get(key)
		return !is
	})
	return found, is
}
