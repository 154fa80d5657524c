package genai

import (
	"encoding/json"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// maxDocument bounds each document of a span, in bytes.
const maxDocument = 64 << 10

// entry is a fact at a path inside a document. Plain attributes win over it.
type entry struct {
	path     string
	field    field
	disjoint bool
}

// entriesOf lists what is read from each document. In `disjoint` ones no class contains another.
var entriesOf = [numDocuments][]entry{
	langfuseUsage - numFields: {
		{"input", inputTokens, true},
		{"prompt_tokens", inputTokens, false},
		{"output", outputTokens, true},
		{"completion_tokens", outputTokens, false},
		{"total", totalTokens, false},
		{"total_tokens", totalTokens, false},
		{"input_cached_tokens", cacheReadTokens, false},
		{"input_cache_read", cacheReadTokens, false},
		{"cache_read_input_tokens", cacheReadTokens, false},
		{"prompt_tokens_details.cached_tokens", cacheReadTokens, false},
		{"input_cache_creation", cacheWriteTokens, false},
		{"cache_creation_input_tokens", cacheWriteTokens, false},
		{"input_cache_creation_5m", cacheWrite5mTokens, false},
		{"input_cache_creation_1h", cacheWrite1hTokens, false},
		{"output_reasoning_tokens", reasoningTokens, false},
		{"output_reasoning", reasoningTokens, false},
		{"completion_tokens_details.reasoning_tokens", reasoningTokens, false},
		{"input_audio_tokens", audioInTokens, false},
		{"input_audio", audioInTokens, false},
		{"output_audio_tokens", audioOutTokens, false},
		{"output_audio", audioOutTokens, false},
	},
	langfuseCost - numFields: {{"total", estimatedCost, false}, {"input", estimatedInputCost, false}, {"output", estimatedOutputCost, false}},
	langsmithUsage - numFields: {
		{"input_tokens", inputTokens, false},
		{"output_tokens", outputTokens, false},
		{"total_tokens", totalTokens, false},
		{"input_token_details.cache_read", cacheReadTokens, false},
		{"input_token_details.cache_creation", cacheWriteTokens, false},
		{"input_token_details.audio", audioInTokens, false},
		{"output_token_details.reasoning", reasoningTokens, false},
		{"output_token_details.audio", audioOutTokens, false},
		{"total_cost", estimatedCost, false},
	},
	inputDetails - numFields:  {{"cache_read", cacheReadTokens, false}, {"cache_creation", cacheWriteTokens, false}, {"audio", audioInTokens, false}},
	outputDetails - numFields: {{"reasoning", reasoningTokens, false}, {"audio", audioOutTokens, false}},
	providerMetadata - numFields: {
		{"openrouter.usage.cost", reportedCost, false},
		{"gateway.cost", reportedCost, false},
		{"anthropic.usage.cache_read_input_tokens", cacheReadTokens, false},
		{"anthropic.usage.cache_creation_input_tokens", cacheWriteTokens, false},
		{"anthropic.cacheCreationInputTokens", cacheWriteTokens, false},
		{"anthropic.usage.cache_creation.ephemeral_5m_input_tokens", cacheWrite5mTokens, false},
		{"anthropic.usage.cache_creation.ephemeral_1h_input_tokens", cacheWrite1hTokens, false},
		{"anthropic.usage.service_tier", serviceTier, false},
		{"anthropic.usage.speed", speed, false},
		{"anthropic.usage.inference_geo", geo, false},
		{"openai.serviceTier", serviceTier, false},
		{"openai.responseId", responseID, false},
	},
}

// content is what is in a document, however it was sent; false where it is malformed, cut off or too large.
func content(value pcommon.Value) (found map[string]any, is bool) {
	switch value.Type() {
	case pcommon.ValueTypeEmpty:
		return nil, true
	case pcommon.ValueTypeMap:
		if left := maxDocument; !fits(value, &left) {
			return nil, false
		}
		return value.Map().AsRaw(), true
	case pcommon.ValueTypeStr:
		text := value.Str()
		if text == "" {
			return nil, true
		}
		if len(text) > maxDocument {
			return nil, false
		}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		err := decoder.Decode(&found)
		return found, err == nil
	default:
		return nil, false
	}
}

// fits takes the size of a value from what is left, and stops where nothing is.
func fits(value pcommon.Value, left *int) bool {
	*left -= 8
	switch value.Type() {
	case pcommon.ValueTypeStr:
		*left -= len(value.Str())
	case pcommon.ValueTypeBytes:
		*left -= value.Bytes().Len()
	case pcommon.ValueTypeSlice:
		for _, each := range value.Slice().All() {
			if !fits(each, left) {
				return false
			}
		}
	case pcommon.ValueTypeMap:
		for key, each := range value.Map().All() {
			*left -= len(key)
			if !fits(each, left) {
				return false
			}
		}
	}
	return *left >= 0
}

// valueAt follows a path; keys of a document may hold dots themselves only where they are flat.
func valueAt(found map[string]any, path string) any {
	for {
		if value, has := found[path]; has {
			return value
		}
		head, rest, nested := strings.Cut(path, ".")
		if !nested {
			return nil
		}
		inner, is := found[head].(map[string]any)
		if !is {
			return nil
		}
		found, path = inner, rest
	}
}
