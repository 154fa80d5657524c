package genai

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// facts is what the attributes of one span say, gathered in one pass. It is reused from span to span.
type facts struct {
	// ranks holds 0 for a fact that no key has given, else the rank of the key that has.
	ranks     [numFields]uint8
	texts     [numTexts]string
	counts    [numCounts]int64
	amounts   [numAmounts]int64
	documents [numDocuments]pcommon.Value
	// unread has a bit for each count that some key gives in a form, or of a size, that is not believed.
	unread uint32
	// has tells which documents there are.
	has [numDocuments]bool
	// disjoint: input and output came from classes that contain no other.
	disjointInput, disjointOutput bool
	claudeCode                    bool
	// tells: at least one key shows that the span is about a model.
	tells bool
	// guessed: that the span is a call is told by its usage alone, and not by its operation, a word that is not known.
	guessed  bool
	provider named
}

// unread has room for all counts: this does not compile where it has not.
var _ [32 - numCounts]struct{}

// documentRank is behind every attribute.
const documentRank = 100

func (d *Decoder) gather(span ptrace.Span) {
	f := &d.facts
	f.ranks = [numFields]uint8{}
	f.has = [numDocuments]bool{}
	f.unread = 0
	f.disjointInput, f.disjointOutput, f.guessed = false, false, false
	f.claudeCode = strings.HasPrefix(span.Name(), "claude_code.")
	f.tells = f.claudeCode
	index, before := bindings, uint8(0)
	for key, value := range span.Attributes().All() {
		if !index.mayHave(key) {
			continue
		}
		found := d.guesses.find(key, before)
		if found == nil {
			continue
		}
		before = found.id
		if !found.plain || f.claudeCode {
			f.take(found, value)
		}
	}
}

func (f *facts) take(from *binding, value pcommon.Value) {
	f.tells = f.tells || from.tells
	if from.field >= numFields {
		f.documents[from.field-numFields] = value
		f.has[from.field-numFields] = true
		return
	}
	if !f.wants(from.field, from.rank) {
		return
	}
	switch {
	case from.field < numTexts:
		if text, is := textOf(value); is {
			f.setText(from.field, from.rank, text)
		}
	case from.field < endOfCounts:
		if count, is := countOf(value); is {
			f.setCount(from.field, from.rank, count)
		} else if value.Type() != pcommon.ValueTypeEmpty {
			f.leaveUnread(from.field)
		}
	default:
		if nano, is := nanoOf(value); is {
			f.setAmount(from.field, from.rank, nano)
		}
	}
}

// openDocuments reads what only documents tell. It allocates, so it is left until the span is known to be a call.
func (f *facts) openDocuments() {
	for index := range f.has {
		if !f.has[index] || len(entriesOf[index]) == 0 {
			continue
		}
		found, isRead := content(f.documents[index])
		if !isRead {
			f.leaveDocumentUnread(entriesOf[index])
			continue
		}
		for _, each := range entriesOf[index] {
			if value := valueAt(found, each.path); value != nil && f.wants(each.field, documentRank) {
				f.takePlain(each, value)
			}
		}
	}
}

func (f *facts) takePlain(from entry, value any) {
	switch {
	case from.field < numTexts:
		if text, is := value.(string); is && text != "" {
			f.setText(from.field, documentRank, text)
		}
	case from.field < endOfCounts:
		if count, is := plainCount(value); is {
			f.setCount(from.field, documentRank, count)
			f.disjointInput = f.disjointInput || from.disjoint && from.field == inputTokens
			f.disjointOutput = f.disjointOutput || from.disjoint && from.field == outputTokens
		} else {
			f.leaveUnread(from.field)
		}
	default:
		if nano, is := plainNano(value); is {
			f.setAmount(from.field, documentRank, nano)
		}
	}
}

func (f *facts) wants(each field, rank uint8) bool {
	return f.ranks[each] == 0 || rank < f.ranks[each]
}

func (f *facts) setText(each field, rank uint8, text string) {
	f.ranks[each], f.texts[each] = rank, text
}

func (f *facts) setCount(each field, rank uint8, count int64) {
	f.ranks[each], f.counts[each-numTexts] = rank, count
}

func (f *facts) leaveUnread(each field) { f.unread |= 1 << (each - numTexts) }

// leaveDocumentUnread notes all counts that may have been in a document.
func (f *facts) leaveDocumentUnread(entries []entry) {
	for _, each := range entries {
		if each.field >= numTexts && each.field < endOfCounts {
			f.leaveUnread(each.field)
		}
	}
}

// lacksCount tells whether a count was there and could not be read from any key.
func (f *facts) lacksCount() bool {
	for each := inputTokens; f.unread != 0 && each < endOfCounts; each++ {
		if f.unread&(1<<(each-numTexts)) != 0 && f.ranks[each] == 0 {
			return true
		}
	}
	return false
}

func (f *facts) setAmount(each field, rank uint8, nano int64) {
	f.ranks[each], f.amounts[each-endOfCounts] = rank, nano
}

// text is "" where it is not known.
func (f *facts) text(each field) string {
	if f.ranks[each] == 0 {
		return ""
	}
	return f.texts[each]
}

// count is 0 where it is not known.
func (f *facts) count(each field) int64 {
	if f.ranks[each] == 0 {
		return 0
	}
	return f.counts[each-numTexts]
}

func (f *facts) nano(each field) (int64, bool) {
	if f.ranks[each] == 0 {
		return 0, false
	}
	return f.amounts[each-endOfCounts], true
}
