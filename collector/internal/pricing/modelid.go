package pricing

import (
	"regexp"
	"strings"
)

// lastSuffix is what may follow a listed id without making it another model: a date, a version, or a word about routing.
var lastSuffix = regexp.MustCompile(
	`(?:[-@](?:20\d{6}|20\d\d-\d\d-\d\d|latest|default)|-\d\d-20\d\d|-[01]\d-[0-3]\d|-0\d\d|-v\d+|:\d+k?|:(?:nitro|floor|exacto|beta))$`)

// withoutSuffix cuts off the last date, version or routing word.
func withoutSuffix(id string) (string, bool) {
	at := lastSuffix.FindStringIndex(id)
	if at == nil {
		return id, false
	}
	return id[:at[0]], true
}

// idCandidates are the ids under which a model may be listed, the most specific first.
func idCandidates(model string) []string {
	id := strings.ToLower(strings.TrimSpace(model))
	if strings.HasPrefix(id, "ft:") {
		parts := strings.SplitN(id, ":", 3)
		return []string{id, strings.Join(parts[:2], ":")}
	}
	first := strings.IndexByte(id, '/')
	if first == -1 {
		return []string{id}
	}
	candidates := []string{id, id[first+1:]}
	if last := strings.LastIndexByte(id, '/'); last != first {
		candidates = append(candidates, id[last+1:])
	}
	return candidates
}
