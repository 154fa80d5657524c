//go:generate go tool -modfile=../../tools/mdatagen/go.mod mdatagen metadata.yaml

// Package genaicostprocessor gives every span of a GenAI call its cost. README.md is its manual.
package genaicostprocessor
