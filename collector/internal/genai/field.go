package genai

// field is one fact about a call, whatever key of whatever dialect carries it.
type field uint8

// Texts.
const (
	operation field = iota
	openInferenceKind
	traceloopKind
	requestType
	vercelOperation
	langfuseType
	langsmithKind
	mastraType
	sentryOp
	provider
	requestModel
	responseModel
	responseID
	serviceTier
	speed
	geo
	serverAddress
	errorType
	agent
	taskType
	step
	team
	usageState
	callOutcome
	unpricedReason
	billing
	currency
	denial
	metered
	costOrigin
	cacheHit
	numTexts
)

// Counts.
const (
	inputTokens field = iota + numTexts
	outputTokens
	totalTokens
	cacheReadTokens
	cacheWriteTokens
	cacheWrite5mTokens
	cacheWrite1hTokens
	noCacheTokens
	reasoningTokens
	audioInTokens
	audioCacheReadTokens
	audioOutTokens
	imageInTokens
	imageOutTokens
	suppressed
	endOfCounts
	numCounts = endOfCounts - numTexts
)

// Amounts of money.
const (
	amount field = iota + endOfCounts
	reportedCost
	estimatedCost
	estimatedInputCost
	estimatedOutputCost
	numFields
	numAmounts = numFields - endOfCounts
)

// Documents: JSON texts, key-value lists or lists with several facts inside. They are kept until it is known that the span is a call.
const (
	langfuseUsage field = iota + numFields
	langfuseCost
	langsmithUsage
	inputDetails
	outputDetails
	providerMetadata
	billedUnits
	endOfDocuments
	numDocuments = endOfDocuments - numFields
)
