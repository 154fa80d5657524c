package genai

import "testing"

// litellmCallTypes are words that LiteLLM 1.110.2 writes for calls that are billed.
var litellmCallTypes = []string{
	"completion", "acompletion", "responses", "aresponses", "anthropic_messages", "aanthropic_messages", "embedding",
	"aembedding", "text_completion", "atext_completion", "generate_content", "agenerate_content", "generate_content_stream",
	"agenerate_content_stream", "image_generation", "aimage_generation", "image_edit", "aimage_edit", "transcription",
	"atranscription", "speech", "aspeech", "rerank", "arerank", "ocr", "aocr", "_arealtime",
}

func TestEveryWordForACallIsOne(t *testing.T) {
	others := []string{
		"chat", "chat.completions", "invoke_model", "Chat", "audio", "image", "text_to_speech", "speech_to_text", "translate",
	}
	for _, word := range append(others, litellmCallTypes...) {
		call, is := read(t, "", map[string]any{"gen_ai.operation.name": word})
		if !is || call.Bill.Nano != priceOfGPT5 || call.State != Reported || call.Bill.Reason != Sure {
			t.Errorf("%s: %v, %+v", word, is, call)
		}
	}
}

func TestAWordThatIsNotKnownIsACallOnlyWithAModelAndUsageOrACost(t *testing.T) {
	for name, test := range map[string]struct {
		attributes map[string]any
		isCall     bool
	}{
		"usage":  {map[string]any{}, true},
		"a cost": {map[string]any{"gen_ai.usage.input_tokens": nil, "gen_ai.usage.output_tokens": nil, "gen_ai.usage.cost": 0.1}, true},
		"a cost in a document": {map[string]any{
			"gen_ai.usage.input_tokens": nil, "gen_ai.usage.output_tokens": nil, "langfuse.observation.cost_details": `{"total": 0.1}`,
		}, true},
		"neither":  {map[string]any{"gen_ai.usage.input_tokens": nil, "gen_ai.usage.output_tokens": nil}, false},
		"no model": {map[string]any{"gen_ai.request.model": nil}, false},
	} {
		test.attributes["gen_ai.operation.name"] = "dream"
		call, is := read(t, "", test.attributes)
		if is != test.isCall {
			t.Errorf("%s: a call is %v", name, is)
		}
		if is && (call.State == Reported || call.Bill.Nano == 0 || call.Bill.Reason != UnknownOperation) {
			t.Errorf("%s: %s, %+v", name, call.State, call.Bill)
		}
	}
}

func TestWordsThatAreKnownForNoCallStayOutWithUsage(t *testing.T) {
	for _, word := range []string{
		"invoke_agent", "execute_tool", "moderation", "amoderation", "realtime", "aget_responses", "acall_mcp_tool", "asend_message",
		"retrieval", "model_request", "Plan",
	} {
		if _, is := read(t, "", map[string]any{"gen_ai.operation.name": word, "gen_ai.usage.cost": 0.1}); is {
			t.Errorf("%s is a call", word)
		}
	}
}
