package genai

import "math"

// binding says what a key means.
type binding struct {
	key   string
	field field
	// id is the binding's position in the index, plus one.
	id uint8
	// rank is 1 for the key that wins over all others of its fact.
	rank uint8
	// plain: believed on spans of Claude Code only.
	plain bool
	// tells: the key shows that the span is about a model.
	tells bool
}

const (
	indexSize = 1 << 12
	// maxBindings is what an id has room for.
	maxBindings = math.MaxUint8
)

// keyIndex finds bindings. Every attribute of every span is looked up, and nearly all are of no interest: a table made for
// these keys says so in a few nanoseconds.
type keyIndex struct {
	// lengths holds, for each pair of first and last letter, the lengths that keys with it have.
	lengths [256]uint64
	// slots holds, at the hash of a key or the next free place, its position in bindings plus one.
	slots    [indexSize]uint8
	bindings []binding
}

var bindings = newKeyIndex()

func newKeyIndex() *keyIndex {
	index := &keyIndex{}
	for each, keys := range keysOf {
		if len(keys) >= documentRank {
			panic("genai: a fact has more keys than there are ranks before documents")
		}
		for position, key := range keys {
			index.insert(binding{key: key, field: each, rank: uint8(position + 1), plain: plainKeys[key], tells: !sharedKeys[key] && !plainKeys[key]})
		}
	}
	return index
}

func (x *keyIndex) insert(made binding) {
	if len(x.bindings) == maxBindings {
		panic("genai: there are more keys than ids for them")
	}
	x.lengths[endsOf(made.key)] |= 1 << (len(made.key) & 63)
	at := hashOf(made.key)
	for x.slots[at] != 0 {
		at = (at + 1) % indexSize
	}
	made.id = uint8(len(x.bindings) + 1)
	x.bindings = append(x.bindings, made)
	x.slots[at] = made.id
}

// mayHave is small enough to be inlined, and spares nearly all keys the rest.
func (x *keyIndex) mayHave(key string) bool {
	return key != "" && x.lengths[endsOf(key)]&(1<<(len(key)&63)) != 0
}

func endsOf(key string) uint8 { return key[0]*31 + key[len(key)-1] }

func (x *keyIndex) find(key string) *binding {
	if key == "" {
		return nil
	}
	for at := hashOf(key); x.slots[at] != 0; at = (at + 1) % indexSize {
		if found := &x.bindings[x.slots[at]-1]; found.key == key {
			return found
		}
	}
	return nil
}

// guesses hold, for each key that means something, the one that came next on an earlier span. An instrumentation sets its
// attributes in one order, so that a guess is mostly right, and one comparison then stands for the search.
type guesses [1 << 8]*binding

// find gives what `key` means, where `before` is the id of the last key of the span that meant something, or 0.
func (g *guesses) find(key string, before uint8) *binding {
	if guess := g[before]; guess != nil && guess.key == key {
		return guess
	}
	found := bindings.find(key)
	if found != nil {
		g[before] = found
	}
	return found
}

// hashOf looks where these keys differ most: at the end, past the middle, and where `_tokens` at the end has its noun.
func hashOf(key string) uint32 {
	last := len(key) - 1
	hash := uint32(len(key))*0x9e3779b1 ^ uint32(key[last])*0x85ebca6b ^ uint32(key[last*9/16])*0xc2b2ae35 ^ uint32(key[max(last-12, 0)])*0x27d4eb2f
	return (hash ^ hash>>15) % indexSize
}
