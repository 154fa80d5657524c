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

// Tokens counts the tokens of a call by kind. Counts are never negative.
type Tokens [NumKinds]int64

// Prompt is the whole input, caches included: what chooses the tier.
func (t *Tokens) Prompt() int64 {
	return saturatingSum(t[Input], t[CacheRead], t[CacheWrite5m], t[CacheWrite1h], t[AudioIn], t[AudioCacheRead], t[ImageIn])
}

// Rates are whole pico-USD per token, by kind.
type Rates [NumKinds]int64

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
