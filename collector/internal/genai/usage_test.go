package genai

import (
	"testing"

	"github.com/tollgate-dev/tollgate/collector/internal/pricing"
)

func TestCountsBecomeDisjointKinds(t *testing.T) {
	type counts map[field]int64
	for name, test := range map[string]struct {
		counts   counts
		excludes bool
		want     pricing.Tokens
		adjusted bool
	}{
		"inclusive": {counts{inputTokens: 100, cacheReadTokens: 60, outputTokens: 10, reasoningTokens: 4}, false,
			pricing.Tokens{pricing.Input: 40, pricing.CacheRead: 60, pricing.Output: 6, pricing.Reasoning: 4}, false},
		"exclusive by emitter": {counts{inputTokens: 100, cacheReadTokens: 60}, true,
			pricing.Tokens{pricing.Input: 100, pricing.CacheRead: 60}, false},
		"exclusive because the caches are larger": {counts{inputTokens: 50, cacheReadTokens: 40, cacheWriteTokens: 20}, false,
			pricing.Tokens{pricing.Input: 50, pricing.CacheRead: 40, pricing.CacheWrite5m: 20}, false},
		"exclusive by total": {counts{inputTokens: 100, cacheReadTokens: 60, outputTokens: 10, totalTokens: 170}, false,
			pricing.Tokens{pricing.Input: 100, pricing.CacheRead: 60, pricing.Output: 10}, false},
		"a total that says nothing": {counts{inputTokens: 100, cacheReadTokens: 60, outputTokens: 10, totalTokens: 110}, false,
			pricing.Tokens{pricing.Input: 40, pricing.CacheRead: 60, pricing.Output: 10}, false},
		"exclusive by what was not cached": {counts{inputTokens: 100, cacheReadTokens: 60, noCacheTokens: 100}, false,
			pricing.Tokens{pricing.Input: 100, pricing.CacheRead: 60}, false},
		"output without reasoning by total": {counts{inputTokens: 100, outputTokens: 10, reasoningTokens: 5, totalTokens: 115}, false,
			pricing.Tokens{pricing.Input: 100, pricing.Output: 10, pricing.Reasoning: 5}, false},
		"output without reasoning because that is larger": {counts{outputTokens: 10, reasoningTokens: 50}, false,
			pricing.Tokens{pricing.Output: 10, pricing.Reasoning: 50}, false},
		"audio, partly cached": {counts{inputTokens: 100, cacheReadTokens: 40, audioInTokens: 50, audioCacheReadTokens: 30, outputTokens: 20, audioOutTokens: 15}, false,
			pricing.Tokens{pricing.Input: 40, pricing.CacheRead: 10, pricing.AudioIn: 20, pricing.AudioCacheRead: 30, pricing.Output: 5, pricing.AudioOut: 15}, false},
		"more images than input": {counts{inputTokens: 10, imageInTokens: 50}, false,
			pricing.Tokens{pricing.ImageIn: 50}, true},
		"writes by how long they live": {counts{inputTokens: 100, cacheWriteTokens: 60, cacheWrite1hTokens: 20}, false,
			pricing.Tokens{pricing.Input: 40, pricing.CacheWrite5m: 40, pricing.CacheWrite1h: 20}, false},
	} {
		t.Run(name, func(t *testing.T) {
			var f facts
			for each, count := range test.counts {
				f.setCount(each, 1, count)
			}
			var got pricing.Tokens
			used := f.usageOf(&got, test.excludes)
			if got != test.want || used.adjusted != test.adjusted {
				t.Errorf("got %v (adjusted %v), want %v", got, used.adjusted, test.want)
			}
		})
	}
}

func TestEveryKeyHasOneMeaning(t *testing.T) {
	seen := map[string]field{}
	for each, keys := range keysOf {
		for position, key := range keys {
			if other, taken := seen[key]; taken {
				t.Errorf("%s means %d and %d", key, other, each)
			}
			seen[key] = each
			found := bindings.find(key)
			if found == nil || found.field != each || int(found.rank) != position+1 {
				t.Errorf("%s is found as %v", key, found)
			}
		}
	}
	for _, key := range []string{"", "g", "gen_ai.usage.input_tokenz", "http.request.method", "gen_ai.usage"} {
		if bindings.find(key) != nil {
			t.Errorf("%q is found", key)
		}
	}
}
