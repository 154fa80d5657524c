package genai

import (
	"strconv"
	"testing"
)

func TestMoreKeysThanIDsForThemAreRefusedAtTheStart(t *testing.T) {
	index := &keyIndex{}
	for number := range maxBindings {
		index.insert(binding{key: strconv.Itoa(number)})
	}
	if last := index.find(strconv.Itoa(maxBindings - 1)); last == nil || last.id != maxBindings {
		t.Errorf("the last key that has room is found as %v", last)
	}
	defer func() {
		if recover() == nil {
			t.Error("one more key is taken")
		}
	}()
	index.insert(binding{key: "one more"})
}
