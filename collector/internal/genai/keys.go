package genai

// keysOf lists the keys of each fact over all dialects, the one that wins first: current conventions, older ones, then
// others'. A new dialect is new lines here.
var keysOf = map[field][]string{
	operation:         {"gen_ai.operation.name"},
	openInferenceKind: {"openinference.span.kind"},
	traceloopKind:     {"traceloop.span.kind"},
	requestType:       {"llm.request.type"},
	vercelOperation:   {"ai.operationId"},
	langfuseType:      {"langfuse.observation.type"},
	langsmithKind:     {"langsmith.span.kind"},
	mastraType:        {"mastra.span.type"},
	sentryOp:          {"sentry.op"},

	provider: {
		"gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider",
		"langsmith.metadata.ls_provider", "litellm.provider",
	},
	requestModel: {
		"gen_ai.request.model", "llm.request.model_name", "llm.model_name", "llm.request.model",
		"embedding.model_name", "reranker.model_name", "ai.model.id", "langfuse.observation.model.name",
		"model",
	},
	responseModel: {
		"gen_ai.response.model", "llm.response.model_name", "llm.response.model", "ai.response.model", "litellm.provider.model",
	},
	responseID: {"gen_ai.response.id", "ai.response.id", "llm.response.id"},
	serviceTier: {
		"openai.response.service_tier", "gen_ai.openai.response.service_tier", "gen_ai.response.service_tier",
		"openai.request.service_tier", "gen_ai.openai.request.service_tier",
	},
	speed:         {"tollgate.usage.speed", "gen_ai.response.speed"},
	geo:           {"tollgate.usage.geo", "gen_ai.response.inference_geo"},
	serverAddress: {"server.address", "net.peer.name"},
	errorType:     {"error.type"},

	agent:    {"gen_ai.agent.name", "agent.name", "ai.telemetry.functionId", "ai.telemetry.metadata.agent", "query_source"},
	taskType: {"tollgate.task.type"},
	step:     {"tollgate.step.name"},
	team:     {"tollgate.team", "litellm.team.alias", "litellm.team.id"},

	usageState:     {"tollgate.usage.state"},
	callOutcome:    {"tollgate.call.outcome"},
	billing:        {"tollgate.billing"},
	unpricedReason: {"tollgate.unpriced.reason"},
	currency:       {"gen_ai.usage.cost.currency"},
	denial:         {"tollgate.denial.reason"},
	metered:        {"tollgate.metered"},
	costOrigin:     {"tollgate.cost.origin"},
	cacheHit:       {"litellm.cache_hit"},

	inputTokens: {
		"gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt", "llm.usage.prompt_tokens",
		"ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens", "ai.prompt_tokens.used", "input_tokens",
	},
	outputTokens: {
		"gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion",
		"llm.usage.completion_tokens", "ai.usage.outputTokens", "ai.usage.completionTokens", "ai.completion_tokens.used",
		"output_tokens",
	},
	totalTokens: {
		"gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total", "ai.usage.totalTokens",
		"ai.total_tokens.used",
	},
	cacheReadTokens: {
		"gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens",
		"gen_ai.usage.prompt_tokens_details.cache_read", "gen_ai.usage.input_tokens.cached",
		"gen_ai.usage.details.cache_read_tokens", "llm.token_count.prompt_details.cache_read",
		"llm.token_count.prompt_details.cache_input", "ai.usage.cachedInputTokens",
		"ai.usage.inputTokenDetails.cacheReadTokens", "cache_read_tokens",
	},
	cacheWriteTokens: {
		"gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.cache_creation.input_tokens",
		"gen_ai.usage.cache_creation_input_tokens", "gen_ai.usage.cache_write_input_tokens",
		"gen_ai.usage.prompt_tokens_details.cache_write", "gen_ai.usage.input_tokens.cache_write",
		"gen_ai.usage.details.cache_write_tokens", "llm.token_count.prompt_details.cache_write",
		"ai.usage.inputTokenDetails.cacheWriteTokens", "cache_creation_tokens",
	},
	cacheWrite5mTokens: {"gen_ai.usage.cache_creation.5m_input_tokens"},
	cacheWrite1hTokens: {"tollgate.usage.cache_write_1h.input_tokens", "gen_ai.usage.cache_creation.1h_input_tokens"},
	noCacheTokens:      {"ai.usage.inputTokenDetails.noCacheTokens"},
	reasoningTokens: {
		"gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens", "gen_ai.usage.reasoning_output_tokens",
		"gen_ai.usage.output_tokens.reasoning", "gen_ai.usage.completion_tokens_details.reasoning",
		"gen_ai.usage.details.reasoning_tokens", "llm.usage.reasoning_tokens",
		"llm.token_count.completion_details.reasoning", "ai.usage.reasoningTokens",
		"ai.usage.outputTokenDetails.reasoningTokens",
	},
	audioInTokens: {
		"gen_ai.usage.audio.input_tokens", "gen_ai.usage.audio_input_tokens", "llm.token_count.prompt_details.audio",
	},
	audioCacheReadTokens: {"gen_ai.usage.audio.cache_read.input_tokens"},
	audioOutTokens: {
		"gen_ai.usage.audio.output_tokens", "gen_ai.usage.audio_output_tokens", "llm.token_count.completion_details.audio",
	},
	imageInTokens:  {"gen_ai.usage.image.input_tokens"},
	imageOutTokens: {"gen_ai.usage.image.output_tokens"},
	suppressed:     {"tollgate.suppressed"},

	amount: {"gen_ai.usage.cost.amount"},
	estimatedCost: {
		"gen_ai.usage.cost", "litellm.cost.total", "llm.cost.total", "gen_ai.cost.total_cost", "gen_ai.cost.total_tokens",
		"ai.total_cost", "cost_usd",
	},
	estimatedInputCost:  {"llm.cost.prompt", "gen_ai.cost.input_tokens"},
	estimatedOutputCost: {"llm.cost.completion", "gen_ai.cost.output_tokens"},

	langfuseUsage:    {"langfuse.observation.usage_details"},
	langfuseCost:     {"langfuse.observation.cost_details"},
	langsmithUsage:   {"langsmith.usage_metadata"},
	inputDetails:     {"gen_ai.usage.input_token_details"},
	outputDetails:    {"gen_ai.usage.output_token_details"},
	providerMetadata: {"ai.response.providerMetadata"},
	billedUnits:      {"tollgate.usage.units"},
}

// plainKeys mean nothing on a span of anybody but Claude Code, which writes them without a prefix.
var plainKeys = map[string]bool{
	"model": true, "input_tokens": true, "output_tokens": true, "cache_read_tokens": true,
	"cache_creation_tokens": true, "query_source": true, "cost_usd": true,
}

// sharedKeys stand on spans of all kinds: they don't tell that a span is about a model.
var sharedKeys = map[string]bool{
	"server.address": true, "net.peer.name": true, "error.type": true, "agent.name": true, "sentry.op": true,
	"tollgate.task.type": true, "tollgate.step.name": true, "tollgate.team": true, "gen_ai.agent.name": true,
}
