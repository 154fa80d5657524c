package pricing

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"
)

type amounts struct {
	Model  string             `json:"model"`
	Tokens map[string]int64   `json:"tokens"`
	Fees   map[string]float64 `json:"fees"`
}

type callVector struct {
	ID   string `json:"id"`
	Note string `json:"note"`
	Call struct {
		amounts
		Provider     string    `json:"provider"`
		At           time.Time `json:"at"`
		ServiceTier  string    `json:"serviceTier"`
		Speed        string    `json:"speed"`
		Geo          string    `json:"geo"`
		ReportedCost *int64    `json:"reportedCost"`
		Parts        []amounts `json:"parts"`
	} `json:"call"`
	NanoUSD *int64 `json:"nanoUsd"`
}

func TestCallsCostWhatTheVectorsSay(t *testing.T) {
	text, err := os.ReadFile("../../../test/vectors/calls.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []callVector
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 70 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, vector := range vectors {
		t.Run(vector.ID, func(t *testing.T) {
			if vector.Call.ReportedCost != nil {
				return // a reported amount wins before any price is looked up: internal/genai decides that
			}
			price := BuiltIn().Price(callOf(t, vector))
			switch {
			case vector.NanoUSD == nil && price.Reason == Priced:
				t.Errorf("%s: costs %d, wanted no price", vector.Note, price.Nano)
			case vector.NanoUSD != nil && price.Reason != Priced:
				t.Errorf("%s: no price (%s), wanted %d", vector.Note, price.Reason, *vector.NanoUSD)
			case vector.NanoUSD != nil && price.Nano != *vector.NanoUSD:
				t.Errorf("%s: costs %d, wanted %d", vector.Note, price.Nano, *vector.NanoUSD)
			}
		})
	}
}

func callOf(t *testing.T, vector callVector) *Call {
	t.Helper()
	from := vector.Call
	call := &Call{
		Provider: from.Provider, Model: from.Model, At: from.At.UnixNano(),
		ServiceTier: from.ServiceTier, Speed: from.Speed, Geo: from.Geo,
		Tokens: tokensOf(t, from.Tokens), Fees: feesOf(from.Fees),
	}
	for _, part := range from.Parts {
		call.Parts = append(call.Parts, Part{Model: part.Model, Tokens: tokensOf(t, part.Tokens), Fees: feesOf(part.Fees)})
	}
	return call
}

func tokensOf(t *testing.T, counts map[string]int64) Tokens {
	t.Helper()
	var tokens Tokens
	for name, count := range counts {
		kind := slices.Index(kindNames[:], name)
		if kind == -1 {
			t.Fatalf("unknown kind %q", name)
		}
		tokens[kind] = count
	}
	return tokens
}

func feesOf(counts map[string]float64) []Fee {
	var fees []Fee
	for unit, count := range counts {
		fees = append(fees, Fee{Unit: unit, Count: count})
	}
	return fees
}
