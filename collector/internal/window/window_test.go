package window

import (
	"testing"
	"time"
)

var start = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func TestAKeyIsRememberedUntilItsTimeIsUp(t *testing.T) {
	w := New[string](10*time.Minute, 100)
	if w.Seen("a", start) {
		t.Error("a new key was seen")
	}
	if !w.Seen("a", start.Add(10*time.Minute-time.Nanosecond)) {
		t.Error("forgotten too early")
	}
	if w.Seen("a", start.Add(10*time.Minute)) {
		t.Error("remembered too long")
	}
}

func TestTheOldestKeyGoesWhereThereIsNoRoom(t *testing.T) {
	w := New[int](time.Hour, 1000)
	for key := range 100_000 {
		if w.Seen(key, start) {
			t.Fatalf("%d was seen", key)
		}
	}
	if w.Len() != 1000 || cap(w.queue) > 10_000 {
		t.Errorf("%d keys, room for %d", w.Len(), cap(w.queue))
	}
	if !w.Seen(99_999, start) || w.Seen(0, start) {
		t.Error("the wrong keys were forgotten")
	}
}
