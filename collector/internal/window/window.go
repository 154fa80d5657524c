// Package window remembers what was seen a short while ago, in bounded memory.
package window

import "time"

// Window holds hashes for a span of time, at most so many. It is not safe for concurrent use. Time is an argument. Two keys
// with one hash are one key: give it 64 well-mixed bits.
type Window struct {
	span time.Duration
	// ring holds what is remembered, in the order in which it came.
	ring []entry
	// oldest is the position of the first of `count` entries.
	oldest, count int
	// slots finds an entry by its hash, at the hash's slot or the next free one.
	slots []slot
	// fetched keeps what Fetch reads from being left out as useless.
	fetched uint32
}

// slot holds half of the hash beside the position in the ring plus one, so that probing seldom leaves the slots.
type slot struct {
	position, half uint32
}

type entry struct {
	hash uint64
	at   int64
}

// New makes a window that forgets a hash after `span`, and the oldest one where there are `limit` already.
func New(span time.Duration, limit int) *Window {
	size := 1
	for size < 2*limit {
		size *= 2
	}
	return &Window{span: span, ring: make([]entry, limit), slots: make([]slot, size)}
}

// Seen tells whether the hash was here within the window, and remembers it from now on if it was not.
func (w *Window) Seen(hash uint64, now time.Time) bool {
	at := now.UnixNano()
	for w.count > 0 && at-w.ring[w.oldest].at >= int64(w.span) {
		w.forgetOldest()
	}
	place := w.find(hash)
	if w.slots[place].position != 0 {
		return true
	}
	if w.count == len(w.ring) {
		w.forgetOldest()
		place = w.find(hash)
	}
	next := w.oldest + w.count
	if next >= len(w.ring) {
		next -= len(w.ring)
	}
	w.ring[next] = entry{hash, at}
	w.slots[place] = slot{uint32(next + 1), uint32(hash)}
	w.count++
	return false
}

// Fetch readies what Seen will look at for these hashes. Seen waits for memory again and again, since where it looks next
// depends on what it has found; here nothing depends on anything, so the waits overlap.
func (w *Window) Fetch(hashes []uint64) {
	oldest := w.oldest
	for index, hash := range hashes {
		w.fetched += w.slots[w.home(uint32(hash))].half
		if index < w.count {
			w.fetched += w.slots[w.home(uint32(w.ring[oldest].hash))].half
			if oldest++; oldest == len(w.ring) {
				oldest = 0
			}
		}
	}
}

// Len is how many hashes are remembered.
func (w *Window) Len() int { return w.count }

// find gives the slot of a hash, or the free one where it belongs.
func (w *Window) find(hash uint64) int {
	place := w.home(uint32(hash))
	for !w.isFreeOrOf(w.slots[place], hash) {
		place = (place + 1) & (len(w.slots) - 1)
	}
	return place
}

func (w *Window) isFreeOrOf(at slot, hash uint64) bool {
	return at.position == 0 || at.half == uint32(hash) && w.ring[at.position-1].hash == hash
}

func (w *Window) home(half uint32) int { return int(half) & (len(w.slots) - 1) }

// forgetOldest frees a slot, and moves up those behind it that it kept from their own.
func (w *Window) forgetOldest() {
	free := w.find(w.ring[w.oldest].hash)
	w.oldest = (w.oldest + 1) % len(w.ring)
	w.count--
	mask := len(w.slots) - 1
	for next := (free + 1) & mask; w.slots[next].position != 0; next = (next + 1) & mask {
		if (next-w.home(w.slots[next].half))&mask >= (next-free)&mask {
			w.slots[free] = w.slots[next]
			free = next
		}
	}
	w.slots[free] = slot{}
}
