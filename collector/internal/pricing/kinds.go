package pricing

// Kind is a class of tokens that has a rate of its own. The order is that of a rate row in prices.json.
type Kind uint8

// The kinds are disjoint: the prompt of a call is the sum of all its input kinds.
const (
	Input Kind = iota
	CacheRead
	CacheWrite5m
	CacheWrite1h
	Output
	Reasoning
	AudioIn
	AudioCacheRead
	AudioOut
	ImageIn
	ImageOut
	// NumKinds is how many there are.
	NumKinds
)

var kindNames = [NumKinds]string{
	"input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning",
	"audio_in", "audio_cache_read", "audio_out", "image_in", "image_out",
}

// String is the name of the column in prices.json.
func (k Kind) String() string { return kindNames[k] }

// KindByName finds a kind by the name of its column.
func KindByName(name string) (Kind, bool) {
	for kind, known := range kindNames {
		if known == name {
			return Kind(kind), true
		}
	}
	return 0, false
}

// Tokens counts the tokens of a call by kind. Counts are never negative.
type Tokens [NumKinds]int64

// Prompt is the whole input, caches included: what chooses the tier.
func (t *Tokens) Prompt() int64 {
	return saturatingSum(t[Input], t[CacheRead], t[CacheWrite5m], t[CacheWrite1h], t[AudioIn], t[AudioCacheRead], t[ImageIn])
}

// Rates are whole pico-USD per token, by kind.
type Rates [NumKinds]int64

// kin says where a rate comes from that a row is too short to have, in the order in which they are filled.
var kin = [][2]Kind{
	{CacheRead, Input},
	{CacheWrite5m, Input},
	{CacheWrite1h, CacheWrite5m},
	{Reasoning, Output},
	{AudioCacheRead, AudioIn},
	{AudioCacheRead, CacheRead},
	{AudioIn, Input},
	{AudioOut, Output},
	{ImageIn, Input},
	{ImageOut, Output},
}

// completeRates fills the kinds that a row does not have from their nearest kin, so that no token is free by omission.
func completeRates(row []int64) Rates {
	var rates Rates
	var given [NumKinds]bool
	given[Input], given[Output] = true, true
	for kind := 0; kind < len(row) && kind < int(NumKinds); kind++ {
		rates[kind], given[kind] = row[kind], true
	}
	for _, pair := range kin {
		kind, from := pair[0], pair[1]
		if !given[kind] && given[from] {
			rates[kind], given[kind] = rates[from], true
		}
	}
	return rates
}

func saturatingSum(counts ...int64) int64 {
	var sum int64
	for _, count := range counts {
		if sum > maxInt64-count {
			return maxInt64
		}
		sum += count
	}
	return sum
}

const maxInt64 = 1<<63 - 1
