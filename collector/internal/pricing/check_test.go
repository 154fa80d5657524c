package pricing

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// change makes a good price file a bad one. Without To, what is at the place goes.
type change struct {
	Note string `json:"note"`
	// Issue is the path of what is wrong; "" is the whole file.
	Issue string          `json:"issue"`
	At    []any           `json:"at"`
	To    json.RawMessage `json:"to"`
}

// The plugin is tested with the same files: test/collector/price-files.test.ts.
func TestABrokenPriceFileIsRefusedAndThePlaceIsNamed(t *testing.T) {
	text, err := os.ReadFile("../../../test/vectors/price-files.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Good   json.RawMessage
		Broken []change
	}
	if err := json.Unmarshal(text, &vectors); err != nil || len(vectors.Broken) < 50 {
		t.Fatalf("%d broken files: %v", len(vectors.Broken), err)
	}
	mustParse(t, string(vectors.Good))
	for _, broken := range vectors.Broken {
		t.Run(broken.Note, func(t *testing.T) {
			_, err := Parse(broken.applyTo(t, vectors.Good))
			want := "price file " + broken.Issue + " must be "
			if broken.Issue == "" {
				want = "price file is no price table"
			}
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got %v, want %s…", err, want)
			}
		})
	}
}

func (c *change) applyTo(t *testing.T, good json.RawMessage) []byte {
	t.Helper()
	var file any
	if err := json.Unmarshal(good, &file); err != nil {
		t.Fatal(err)
	}
	parent := file
	for _, key := range c.At[:len(c.At)-1] {
		parent = at(parent, key)
	}
	last := c.At[len(c.At)-1]
	switch into := parent.(type) {
	case []any:
		into[int(last.(float64))] = c.To
	case map[string]any:
		if into[last.(string)] = c.To; c.To == nil {
			delete(into, last.(string))
		}
	}
	text, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func at(parent, key any) any {
	if index, is := key.(float64); is {
		return parent.([]any)[int(index)]
	}
	return parent.(map[string]any)[key.(string)]
}

func TestAPriceFileThatIsNoJSONIsRefused(t *testing.T) {
	for _, text := range []string{"", "prices", "{", "[]", "null", tableWith(Rates{}) + "{}"} {
		if _, err := Parse([]byte(text)); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

// All calls would be of unknown models from then on.
func TestAPriceFileWithoutModelsIsRefused(t *testing.T) {
	good := tableWith(Rates{})
	start := strings.Index(good, `"models":`)
	without := good[:start] + `"models":[]}]}`
	if _, err := Parse([]byte(without)); err == nil || !strings.Contains(err.Error(), "providers must be a list with at least one model") {
		t.Errorf("got %v", err)
	}
	mustParse(t, strings.Replace(without, `"models":[]`, `"free":true,"models":[]`, 1))
}

// Columns are read by their position, so others, or the same in another order, would be read as wrong prices.
func TestAPriceFileWithOtherColumnsIsRefused(t *testing.T) {
	good := tableWith(Rates{})
	names := slices.Clone(kindNames[:])
	slices.Reverse(names)
	for _, kinds := range [][]string{names, kindNames[:5], append(kindNames[:], "video_in")} {
		text, _ := json.Marshal(kinds)
		known, _ := json.Marshal(kindNames)
		_, err := Parse([]byte(strings.Replace(good, string(known), string(text), 1)))
		if err == nil || !strings.Contains(err.Error(), "kinds must be") {
			t.Errorf("%q: %v", kinds, err)
		}
	}
}

func TestOfManyIssuesTheFirstAreTold(t *testing.T) {
	row, _ := json.Marshal(Rates{})
	_, err := Parse([]byte(strings.Replace(tableWith(Rates{}), string(row), strings.Repeat("[],", 29)+"[]", 1)))
	if err == nil || !strings.Contains(err.Error(), "rates[9]") || !strings.HasSuffix(err.Error(), "\nand 20 more") {
		t.Errorf("got %v", err)
	}
}
