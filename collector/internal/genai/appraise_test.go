package genai

import (
	"maps"
	"testing"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

// read gives the only call of a span with these attributes and those of a call of gpt-5, which `nil` takes away.
func read(t *testing.T, scope string, attributes map[string]any) (call *Call, is bool) {
	t.Helper()
	raw := map[string]any{
		"gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-5",
		"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 10,
	}
	maps.Copy(raw, attributes)
	maps.DeleteFunc(raw, func(_ string, value any) bool { return value == nil })
	from := sample{Scope: scope, Attributes: raw}
	batch := NewJudge(DefaultLimits).Judge(from.traces(), pricing.BuiltIn(), sampleTime)
	if len(batch.Calls) == 0 {
		return nil, false
	}
	return &batch.Calls[0], true
}

// priceOfGPT5 is 1000 tokens in and 10 out.
const priceOfGPT5 = 1_350_000

func TestWhoseFigureWins(t *testing.T) {
	for name, test := range map[string]struct {
		attributes map[string]any
		want       Bill
		state      State
	}{
		"the table's over an estimate":     {map[string]any{"gen_ai.usage.cost": 9.0}, Bill{Nano: priceOfGPT5, Origin: FromTable}, Reported},
		"an amount on the span over all":   {map[string]any{"gen_ai.usage.cost.amount": 9.0}, Bill{Nano: 9e9, Origin: OnSpan}, Reported},
		"an amount of 0 on the span":       {map[string]any{"gen_ai.usage.cost.amount": 0.0}, Bill{Origin: OnSpan}, Reported},
		"the table's over what is none":    {map[string]any{"gen_ai.usage.cost.amount": -1.0}, Bill{Nano: priceOfGPT5, Origin: FromTable}, Reported},
		"the table's over ten millions":    {map[string]any{"gen_ai.usage.cost.amount": 1e7}, Bill{Nano: priceOfGPT5, Origin: FromTable}, Reported},
		"an estimate where no price is":    {map[string]any{"gen_ai.request.model": "x-99", "gen_ai.usage.cost": 9.0}, Bill{Nano: 9e9, Origin: FromEmitter}, Estimated},
		"no estimate of 0":                 {map[string]any{"gen_ai.request.model": "x-99", "gen_ai.usage.cost": 0.0}, Bill{Reason: UnknownModel}, Unknown},
		"none of an int 0":                 {map[string]any{"gen_ai.request.model": "x-99", "gen_ai.usage.cost": 0}, Bill{Reason: UnknownModel}, Unknown},
		"none of LiteLLM's 0":              {map[string]any{"gen_ai.request.model": "x-99", "litellm.cost.total": 0.0}, Bill{Reason: UnknownModel}, Unknown},
		"none of OpenInference's 0 and 0":  {map[string]any{"gen_ai.request.model": "x-99", "llm.cost.prompt": 0.0, "llm.cost.completion": 0.0}, Bill{Reason: UnknownModel}, Unknown},
		"none of Langfuse's 0":             {map[string]any{"gen_ai.request.model": "x-99", "langfuse.observation.cost_details": `{"total": 0}`}, Bill{Reason: UnknownModel}, Unknown},
		"none of 0 for unknown units":      {map[string]any{"gen_ai.request.model": "x-99", "gen_ai.usage.cost": 0, "gen_ai.usage.input_tokens": 0, "gen_ai.usage.output_tokens": 0}, Bill{Reason: UnknownModel}, Unknown},
		"0 for an answer from a cache":     {map[string]any{"litellm.cost.total": 0.0, "litellm.cache_hit": true}, Bill{Origin: FromEmitter}, Estimated},
		"0 for one of an unknown model":    {map[string]any{"gen_ai.request.model": "x-99", "litellm.cache_hit": true}, Bill{Origin: FromEmitter}, Estimated},
		"the table's where none was asked": {map[string]any{"litellm.cost.total": 0.0, "litellm.cache_hit": false}, Bill{Nano: priceOfGPT5, Origin: FromTable}, Reported},
		"no table's without counts":        {map[string]any{"gen_ai.usage.input_tokens": nil, "gen_ai.usage.output_tokens": nil, "gen_ai.usage.total_tokens": 1010}, Bill{Reason: NoUsage}, Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			call, _ := read(t, "", test.attributes)
			got := call.Bill
			got.Split = pricing.Split{}
			if got != test.want || call.State != test.state {
				t.Errorf("got %+v (%s), want %+v (%s)", got, call.State, test.want, test.state)
			}
		})
	}
}

func TestTheScopeTellsTheEmitterBeforeTheResource(t *testing.T) {
	resource := map[string]any{"telemetry.sdk.name": "openlit"}
	for scope, excludes := range map[string]bool{
		"":                                   true,
		"openlit.instrumentation.anthropic":  true,
		"@openlit/instrumentation-anthropic": true,
		"openinference.instrumentation.anthropic": false,
	} {
		attributes := map[string]any{
			"gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic", "gen_ai.request.model": "claude-sonnet-4-5",
			"gen_ai.usage.input_tokens": 10_500, "gen_ai.usage.cache_read.input_tokens": 8000, "gen_ai.usage.output_tokens": 400,
		}
		from := sample{Resource: resource, Scope: scope, Attributes: attributes}
		call := NewJudge(DefaultLimits).Judge(from.traces(), pricing.BuiltIn(), sampleTime).Calls[0]
		if got := call.Tokens[pricing.Input] == 10_500; got != excludes {
			t.Errorf("%q: input without caches is %v", scope, got)
		}
	}
}
