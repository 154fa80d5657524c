//go:generate go tool -modfile=../../tools/mdatagen/go.mod mdatagen metadata.yaml

// Package genaiusageconnector turns spans of GenAI calls into metrics of what they cost. README.md is its manual.
package genaiusageconnector
