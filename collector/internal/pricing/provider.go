package pricing

import (
	"regexp"
	"slices"
	"strings"
)

// provider indexes the models of one provider by all the ids under which it, its SDKs or its gateways name them.
type provider struct {
	data     *providerData
	byID     map[string]*modelData
	hosts    []host
	fallback []*provider
}

type host struct {
	pattern *regexp.Regexp
	geo     string
}

func newProvider(data *providerData) *provider {
	p := &provider{data: data, byID: make(map[string]*modelData, len(data.Models))}
	for index := range data.Models {
		p.byID[data.Models[index].ID] = &data.Models[index]
	}
	for index := range data.Models {
		for _, alias := range data.Models[index].Aliases {
			if _, taken := p.byID[alias]; !taken {
				p.byID[alias] = &data.Models[index]
			}
		}
	}
	for _, pair := range data.Hosts {
		p.hosts = append(p.hosts, host{regexp.MustCompile(pair[0]), pair[1]})
	}
	return p
}

// maxModelName is longer than any name of a model. To cut suffixes off one by one takes time that grows with the square of
// the length: minutes for a name of a megabyte.
const maxModelName = 512

func (p *provider) find(model string) *modelData {
	if len(model) > maxModelName {
		return nil
	}
	for _, candidate := range idCandidates(model) {
		if found := p.longest(candidate); found != nil {
			return found
		}
		if found := p.longest(p.withoutPrefix(candidate)); found != nil {
			return found
		}
	}
	return nil
}

func (p *provider) longest(id string) *modelData {
	for {
		if found := p.byID[id]; found != nil {
			return found
		}
		rest, cut := withoutSuffix(id)
		if !cut {
			return nil
		}
		id = rest
	}
}

func (p *provider) withoutPrefix(id string) string {
	for _, prefix := range p.data.Prefixes {
		if rest, has := strings.CutPrefix(id, prefix); has {
			return rest
		}
	}
	return id
}

// geoOfHost is the geography that a host stands for; false for a host that is not this provider's.
func (p *provider) geoOfHost(name string) (string, bool) {
	for _, host := range p.hosts {
		if host.pattern.MatchString(name) {
			return host.geo, true
		}
	}
	return "", false
}

// variant names what is sold under these words; false where a word is not known.
func (p *provider) variant(tier, speed, geo string) (string, bool) {
	var parts []string
	for _, word := range [...]string{tier, speed, geo} {
		if word == "" {
			continue
		}
		part, known := p.data.Words[strings.ToLower(word)]
		if !known {
			return "", false
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "+"), true
}

// soldAs finds the variant among those that the model is sold in. A geography in which no variant is sold by name costs
// what the model costs everywhere; a tier or a speed must be sold by name.
func (p *provider) soldAs(model *modelData, tier, speed, geo string) (string, bool) {
	sold := variantsOf(model)
	wanted, known := p.variant(tier, speed, geo)
	if !known || slices.Contains(sold, wanted) {
		return wanted, known
	}
	place, _ := p.variant("", "", geo)
	soldThere := func(variant string) bool { return slices.Contains(strings.Split(variant, "+"), place) }
	if place == "" || slices.ContainsFunc(sold, soldThere) {
		return "", false
	}
	anywhere, _ := p.variant(tier, speed, "")
	return anywhere, slices.Contains(sold, anywhere)
}

func variantsOf(model *modelData) []string {
	var names []string
	for _, period := range model.Prices {
		for _, tier := range period.Tiers {
			for name := range tier.Rates {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}
