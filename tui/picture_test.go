package tui_test

import (
	"flag"
	"os"
	"testing"

	"stet.example/stet/annotations/ingest"
	"stet.example/stet/tui"
	"stet.example/stet/tui/theme"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestPicture draws the README's picture: the demo article, as a reviewer has
// it on the screen half-way through.
//
//	go test ./tui -run Picture -update
func TestPicture(t *testing.T) {
	const golden = "testdata/review.svg"
	r, err := ingest.File(t.Context(), "../cmd/stet/demo/article.txt", ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.Article.Name = "harbour-post-2026-03-04"
	d, _ := open(t, r.Article, 100, 32, func(o *tui.Options) { o.Theme, o.Suggest = string(theme.Default), true })
	for _, step := range []struct{ keys, done string }{
		{"o<ctrl+u>officials with knowledge of the plan<enter>c", "anonymous official. Saved."},
		{"s", "sourced. Saved."},
		{"s", "sourced. Saved."},
		{"x", "contextual. Saved."},
		{"o<ctrl+u>Coastal Safety Board (CSB)<enter>e", "organisation. Saved."},
		{"s", "sourced. Saved."},
		{"c", "Against which"},
		{"5<enter>", "dispute?"},
		{"d", "against 5. Saved."},
		{"k", "> 6"},
		{"ra", "rule C-a. Saved."},
	} {
		d.Type(step.keys)
		d.WaitFor(step.done)
	}
	got := d.SVG(theme.DarkBackground, "#d0d0d0")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != got {
		t.Errorf("%s is not what the screen shows now (%v); look at it and run go test ./tui -run Picture -update\n%s", golden, err, d.Text())
	}
}
