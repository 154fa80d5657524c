package genai

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/ptrace"
)

// role is what a span is for the bill.
type role uint8

const (
	// other: nothing is known from this word.
	other role = iota
	// inference: one call of a model.
	inference
	// rollup: known to be no call that is billed by itself. It repeats the usage of calls beneath it, or has none.
	rollup
)

// operations are words for what a call does.
var operations = map[string]role{
	"chat": inference, "text_completion": inference, "generate_content": inference, "generate_content_stream": inference,
	"completion": inference, "chat.completions": inference, "responses": inference, "compact_responses": inference,
	"anthropic_messages": inference, "invoke_model": inference, "converse": inference, "embeddings": inference,
	"embedding": inference, "rerank": inference, "ocr": inference, "image": inference, "image_generation": inference,
	"image_edit": inference, "audio": inference, "speech": inference, "text_to_speech": inference, "transcription": inference,
	"speech_to_text": inference, "speech_to_text_translate": inference, "translate": inference, "_arealtime": inference,

	"invoke_agent": rollup, "agent_step": rollup, "invoke_workflow": rollup, "plan": rollup, "execute_tool": rollup,
	"create_agent": rollup, "fetch_response": rollup, "retrieval": rollup, "search_memory": rollup,
	"create_memory": rollup, "update_memory": rollup, "upsert_memory": rollup, "delete_memory": rollup,
	"create_memory_store": rollup, "delete_memory_store": rollup, "execute_task": rollup, "guardrail.run": rollup,
	"count_tokens": rollup, "model_generation": rollup, "model_step": rollup, "model_chunk": rollup, "task": rollup,
	"turn": rollup, "step": rollup, "handle_conversation_turn": rollup, "agent": rollup, "workflow": rollup, "tool": rollup,
	"model_request": rollup, "user_prompt_processing": rollup, "tool_coordination": rollup, "moderation": rollup,
	"realtime": rollup, "get_responses": rollup, "delete_responses": rollup, "cancel_responses": rollup,
	"call_mcp_tool": rollup, "send_message": rollup, "vector_store_search": rollup,
	"litellm.responses_management": rollup, "litellm.moderation": rollup,
}

// rolesOf knows the words of each dialect for what a span is; words that are not listed say nothing.
var rolesOf = [numTexts]map[string]role{
	operation: operations,
	openInferenceKind: {
		"LLM": inference, "EMBEDDING": inference, "RERANKER": inference, "AGENT": rollup, "CHAIN": rollup, "TOOL": rollup,
		"RETRIEVER": rollup, "GUARDRAIL": rollup, "EVALUATOR": rollup, "PROMPT": rollup,
	},
	traceloopKind: {"workflow": rollup, "task": rollup, "agent": rollup, "tool": rollup},
	requestType:   operations,
	langfuseType: {
		"generation": inference, "embedding": inference,
		"span": rollup, "event": rollup, "agent": rollup, "tool": rollup, "chain": rollup, "retriever": rollup, "evaluator": rollup, "guardrail": rollup,
	},
	langsmithKind: {
		"llm": inference, "embedding": inference,
		"chain": rollup, "tool": rollup, "retriever": rollup, "prompt": rollup, "parser": rollup,
	},
	mastraType: {
		"model_inference": inference, "rag_embedding": inference,
		"model_step": rollup, "model_chunk": rollup, "agent_run": rollup, "workflow_run": rollup, "workflow_step": rollup,
		"tool_call": rollup, "mcp_tool_call": rollup, "generic": rollup,
	},
	sentryOp: {
		"gen_ai.chat": inference, "gen_ai.embeddings": inference, "gen_ai.generate_content": inference,
		"gen_ai.invoke_agent": rollup, "gen_ai.execute_tool": rollup, "gen_ai.handoff": rollup,
	},
}

// vercelInference ends the operation ids of Vercel's SDK that are one call; the others wrap them.
var vercelInference = []string{".doGenerate", ".doStream", ".doEmbed", ".doRerank"}

const claudeInference = "claude_code.llm_request"

// kindFields are asked in this order: one roll-up outweighs everything, then the first that knows an inference counts.
var kindFields = [...]field{operation, openInferenceKind, traceloopKind, requestType, langfuseType, langsmithKind, mastraType, sentryOp}

// roleOf tells calls from spans that repeat them. A model with usage or a cost is a call, unless a word says that it is none:
// it's `guessed` where there is a word for the operation, but no known one.
func (f *facts) roleOf(span ptrace.Span) role {
	if !f.tells {
		return other
	}
	found := other
	for _, each := range kindFields {
		if f.ranks[each] == 0 {
			continue
		}
		switch roleOfWord(each, f.texts[each]) {
		case rollup:
			return rollup
		case inference:
			found = inference
		}
	}
	if f.ranks[vercelOperation] != 0 && !hasAnySuffix(f.texts[vercelOperation], vercelInference) {
		return rollup
	}
	switch {
	case found == inference || f.ranks[vercelOperation] != 0:
		return inference
	case f.claudeCode:
		return claudeRole(span.Name())
	case f.hasModel() && (f.hasUsage() || f.hasCost()):
		f.guessed = f.ranks[operation] != 0
		return inference
	default:
		return other
	}
}

func roleOfWord(each field, word string) role {
	words := rolesOf[each]
	if found, known := words[word]; known || each == openInferenceKind {
		return found
	}
	word = strings.ToLower(word)
	if found, known := words[word]; known {
		return found
	}
	return words[strings.TrimPrefix(word, asyncPrefix)]
}

// asyncPrefix is before the words of LiteLLM's async functions.
const asyncPrefix = "a"

func claudeRole(name string) role {
	if name == claudeInference {
		return inference
	}
	return rollup
}

func (f *facts) hasModel() bool { return f.ranks[requestModel] != 0 || f.ranks[responseModel] != 0 }

func (f *facts) hasUsage() bool {
	return f.ranks[inputTokens] != 0 || f.ranks[outputTokens] != 0 || f.has[langfuseUsage-numFields] || f.has[langsmithUsage-numFields]
}

func (f *facts) hasCost() bool {
	return f.ranks[amount] != 0 || f.ranks[estimatedCost] != 0 || f.ranks[estimatedOutputCost] != 0 || f.has[langfuseCost-numFields]
}

func hasAnySuffix(text string, suffixes []string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(text, suffix) {
			return true
		}
	}
	return false
}
