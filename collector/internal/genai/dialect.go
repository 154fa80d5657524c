package genai

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// origin is what a span's scope and resource say about who wrote it. It is found once per scope.
type origin struct {
	traceloopAnthropic bool
	openlit            bool
	agent              string
	team               string
	environment        string
}

const (
	traceloopAnthropicScope = "@traceloop/instrumentation-anthropic"
	openlitName             = "openlit"
)

func originOfResource(resource pcommon.Resource) origin {
	var from origin
	for key, value := range resource.Attributes().All() {
		switch key {
		case "telemetry.sdk.name":
			from.openlit = value.AsString() == openlitName
		case "gen_ai.main_agent.name":
			from.agent = value.AsString()
		case "tollgate.team":
			from.team = value.AsString()
		case "deployment.environment.name":
			from.environment = value.AsString()
		case "deployment.environment":
			if from.environment == "" {
				from.environment = value.AsString()
			}
		}
	}
	return from
}

// withScope believes the scope rather than the resource, which all instrumentations of a process share.
func (o origin) withScope(scope string) origin {
	o.traceloopAnthropic = scope == traceloopAnthropicScope
	if scope != "" {
		o.openlit = strings.Contains(scope, openlitName)
	}
	return o
}

// excludesCaches tells emitters whose input count leaves cached tokens out, as Anthropic's API does; all others add them up.
func (o origin) excludesCaches(f *facts, provider string) bool {
	return f.claudeCode || o.traceloopAnthropic || o.openlit && provider == "anthropic"
}
