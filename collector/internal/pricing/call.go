package pricing

// Call is a priced call: all that the price of one request to a model depends on.
type Call struct {
	// Provider by OpenTelemetry's name, the catalogue's or an SDK's.
	Provider string
	Model    string
	// At is the start of the request in Unix nanoseconds.
	At          int64
	ServiceTier string
	Speed       string
	Geo         string
	// Host that the request went to; it stands for a geography at some providers.
	Host   string
	Tokens Tokens
	Fees   []Fee
	Parts  []Part
}

// Fee counts units that are billed by the piece, such as web searches; seconds of audio may be fractions.
type Fee struct {
	Unit  string
	Count float64
}

// Part is work that the provider did with another model on behalf of the call.
type Part struct {
	Model  string
	Tokens Tokens
	Fees   []Fee
}

// Reason says why there is no price.
type Reason uint8

// The reasons, in the words of contract.md.
const (
	Priced Reason = iota
	NoProvider
	UnknownModel
	TierUnknown
	TooLarge
	NumReasons
)

var reasonNames = [NumReasons]string{"", "no_provider", "unknown_model", "tier_unknown", "amount_too_large"}

// String is the value of the label `reason`.
func (r Reason) String() string { return reasonNames[r] }

// Price is what a call costs in nano-USD. It is only an amount where Reason is Priced.
type Price struct {
	Reason Reason
	Nano   int64
	Split  Split
	// CacheTTLMatters: the model bills short and long-lived cache writes differently.
	CacheTTLMatters bool
	// HasUnpricedUnit: a unit without a fee was left out.
	HasUnpricedUnit bool
}

// Share is what a part of an amount was for.
type Share uint8

// The shares, as tollgate.cost.* names them.
const (
	InputShare Share = iota
	CacheReadShare
	CacheWriteShare
	OutputShare
	ReasoningShare
	FeesShare
	NumShares
)

// Split is the amount by what it was for, in nano-USD, each part rounded by itself.
type Split [NumShares]int64

var shareOf = [NumKinds]Share{
	Input: InputShare, AudioIn: InputShare, ImageIn: InputShare,
	CacheRead: CacheReadShare, AudioCacheRead: CacheReadShare,
	CacheWrite5m: CacheWriteShare, CacheWrite1h: CacheWriteShare,
	Output: OutputShare, AudioOut: OutputShare, ImageOut: OutputShare,
	Reasoning: ReasoningShare,
}
