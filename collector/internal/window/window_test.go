package window

import (
	"math/rand/v2"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func TestAHashIsRememberedUntilItsTimeIsUp(t *testing.T) {
	w := New(10*time.Minute, 100)
	if w.Seen(1, start) {
		t.Error("a new hash was seen")
	}
	if !w.Seen(1, start.Add(10*time.Minute-time.Nanosecond)) {
		t.Error("forgotten too early")
	}
	if w.Seen(1, start.Add(10*time.Minute)) {
		t.Error("remembered too long")
	}
}

func TestTheOldestGoesWhereThereIsNoRoom(t *testing.T) {
	w := New(time.Hour, 1000)
	for hash := range uint64(100_000) {
		if w.Seen(hash, start) {
			t.Fatalf("%d was seen", hash)
		}
	}
	if w.Len() != 1000 {
		t.Errorf("%d are remembered", w.Len())
	}
	if !w.Seen(99_999, start) || !w.Seen(99_000, start) || w.Seen(98_999, start) {
		t.Error("the wrong ones were forgotten")
	}
}

// A plain map with a queue is the model; hashes are drawn from few values, so that slots collide and wrap around.
func TestItRemembersWhatAMapWould(t *testing.T) {
	const limit, span = 50, 40 * time.Second
	random := rand.New(rand.NewPCG(3, 4))
	w := New(span, limit)
	var queue []uint64
	at := map[uint64]time.Time{}
	now := start
	for range 200_000 {
		now = now.Add(time.Duration(random.IntN(1200)) * time.Millisecond)
		for len(queue) > 0 && now.Sub(at[queue[0]]) >= span {
			delete(at, queue[0])
			queue = queue[1:]
		}
		hash := random.Uint64N(100) * 0x7f
		_, want := at[hash]
		if got := w.Seen(hash, now); got != want {
			t.Fatalf("%d: %v, want %v", hash, got, want)
		}
		if want {
			continue
		}
		if len(queue) == limit {
			delete(at, queue[0])
			queue = queue[1:]
		}
		at[hash] = now
		queue = append(queue, hash)
	}
}

func BenchmarkSeen(b *testing.B) {
	w := New(10*time.Minute, 100_000)
	random := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		w.Seen(random.Uint64(), start)
	}
}
