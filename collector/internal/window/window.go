// Package window remembers what was seen a short while ago, in bounded memory.
package window

import "time"

// Window holds keys for a span of time, at most so many. It is not safe for concurrent use. Time is an argument.
type Window[K comparable] struct {
	span  time.Duration
	limit int
	seen  map[K]struct{}
	queue []entry[K]
	head  int
}

type entry[K comparable] struct {
	key K
	at  time.Time
}

// New makes a window that forgets a key after `span`, and the oldest one where there are `limit` already.
func New[K comparable](span time.Duration, limit int) *Window[K] {
	return &Window[K]{span: span, limit: limit, seen: map[K]struct{}{}}
}

// Seen tells whether the key was here within the window, and remembers it from now on if it was not.
func (w *Window[K]) Seen(key K, now time.Time) bool {
	w.forget(now)
	if _, here := w.seen[key]; here {
		return true
	}
	if len(w.seen) >= w.limit {
		w.drop()
	}
	w.seen[key] = struct{}{}
	w.queue = append(w.queue, entry[K]{key, now})
	return false
}

// Len is how many keys are remembered.
func (w *Window[K]) Len() int { return len(w.seen) }

func (w *Window[K]) forget(now time.Time) {
	for w.head < len(w.queue) && now.Sub(w.queue[w.head].at) >= w.span {
		w.drop()
	}
}

func (w *Window[K]) drop() {
	delete(w.seen, w.queue[w.head].key)
	w.head++
	if w.head*2 >= len(w.queue) && w.head > 64 {
		kept := copy(w.queue, w.queue[w.head:])
		w.queue, w.head = w.queue[:kept], 0
	}
}
