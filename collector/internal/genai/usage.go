package genai

import "github.com/tollgate-dev/tollgate/collector/internal/pricing"

// usage is how far what a call has used is known.
type usage struct {
	// present: the span has any count at all.
	present bool
	// adjusted: the counts contradicted each other, and one was bent to fit.
	adjusted bool
	// unread: one could not be read.
	unread bool
	// unsplitWrite: tokens were written to a cache, and nothing says for how long.
	unsplitWrite bool
}

// usageOf turns inclusive or exclusive counts into disjoint kinds, which it puts into `tokens`. `excludesCaches` is what is
// known of the emitter; the counts themselves have the last word.
func (f *facts) usageOf(tokens *pricing.Tokens, excludesCaches bool) usage {
	made := usage{present: f.ranks[inputTokens] != 0 || f.ranks[outputTokens] != 0, unread: f.lacksCount()}
	input, output := f.count(inputTokens), f.count(outputTokens)
	cacheRead, reasoning := f.count(cacheReadTokens), f.count(reasoningTokens)
	write5m, write1h, unsplit := f.cacheWrites()
	made.unsplitWrite = unsplit
	caches := cacheRead + write5m + write1h

	if !f.inputExcludes(excludesCaches, caches) {
		input = made.minus(input, caches)
	}
	audioIn, imageIn := f.count(audioInTokens), f.count(imageInTokens)
	audioCached := min(f.count(audioCacheReadTokens), cacheRead, audioIn)
	if !f.disjointInput {
		input = made.minus(input, audioIn-audioCached+imageIn)
	}
	audioOut, imageOut := f.count(audioOutTokens), f.count(imageOutTokens)
	if !f.outputExcludes(caches) {
		output = made.minus(output, reasoning)
	}
	if !f.disjointOutput {
		output = made.minus(output, audioOut+imageOut)
	}

	*tokens = pricing.Tokens{
		pricing.Input: input, pricing.CacheRead: cacheRead - audioCached,
		pricing.CacheWrite5m: write5m, pricing.CacheWrite1h: write1h,
		pricing.Output: output, pricing.Reasoning: reasoning,
		pricing.AudioIn: audioIn - audioCached, pricing.AudioCacheRead: audioCached, pricing.AudioOut: audioOut,
		pricing.ImageIn: imageIn, pricing.ImageOut: imageOut,
	}
	return made
}

// minus never gives less than nothing.
func (u *usage) minus(whole, part int64) int64 {
	if part > whole {
		u.adjusted = true
		return 0
	}
	return whole - part
}

// cacheWrites splits the written tokens by how long they live; what is not split counts as short-lived.
func (f *facts) cacheWrites() (write5m, write1h int64, unsplit bool) {
	written := f.count(cacheWriteTokens)
	write5m, write1h = f.count(cacheWrite5mTokens), f.count(cacheWrite1hTokens)
	if f.ranks[cacheWrite5mTokens] == 0 && f.ranks[cacheWrite1hTokens] == 0 {
		return written, 0, written > 0
	}
	if rest := written - write1h; rest > write5m {
		write5m = rest
	}
	return write5m, write1h, false
}

// inputExcludes tells whether the input leaves the caches out: known of the emitter, or the only reading that adds up.
func (f *facts) inputExcludes(known bool, caches int64) bool {
	if caches == 0 {
		return false
	}
	input, total := f.count(inputTokens), f.count(totalTokens)
	plain := f.count(outputTokens)
	switch {
	case known || f.disjointInput || caches > input:
		return true
	case f.ranks[noCacheTokens] != 0 && f.count(noCacheTokens) == input:
		return true
	case total == 0:
		return false
	default:
		return total == input+caches+plain || total == input+caches+plain+f.count(reasoningTokens)
	}
}

// outputExcludes tells whether the output leaves reasoning out, as raw counts of Gemini do.
func (f *facts) outputExcludes(caches int64) bool {
	reasoning := f.count(reasoningTokens)
	if reasoning == 0 {
		return false
	}
	input, output, total := f.count(inputTokens), f.count(outputTokens), f.count(totalTokens)
	if f.disjointOutput || reasoning > output {
		return true
	}
	return total != 0 && (total == input+output+reasoning || caches > 0 && total == input+caches+output+reasoning)
}
