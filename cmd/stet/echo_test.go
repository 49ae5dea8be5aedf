package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

// TestAStoreThatLoadsItsOwnFilesIsAsItWas fills stores with what is awkward to
// write, exports them in each format that can be read, and loads the files into
// the same store: nothing is new, nothing is lost, and the log checks. The exports
// are examples of one generator, so each run tries the same.
func TestAStoreThatLoadsItsOwnFilesIsAsItWas(t *testing.T) {
	t.Parallel()
	draw := rapid.Custom(interchangetest.Draw)
	for seed := range 6 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := judgedHere(draw.Example(seed))
			for next := seed + 100; len(interchangetest.Said(&e)) < 3; next += 100 {
				e = judgedHere(draw.Example(next)) // too little is said to try anything
			}
			var b strings.Builder
			if err := interchange.WriteJSON(&b, e); err != nil {
				t.Fatal(err)
			}
			w := newWorld(t)
			w.stdin = b.String()
			w.run("load", "-") // links to articles that are nowhere are left out
			at := []string{"export", "--exported", "2026-01-02T03:04:05Z"}
			before := w.must(at...)
			if !strings.Contains(before, `"annotations"`) {
				t.Fatal("nothing was loaded")
			}
			for _, d := range readers() {
				format := string(d.Format())
				dir := filepath.Join(w.dir, format) + "/"
				if !slices.Contains(formatNames(), format) {
					continue
				}
				w.must("export", "--format", format, "-o", dir)
				files, err := filepath.Glob(dir + "*")
				if err != nil || len(files) == 0 {
					t.Fatalf("%s: %v, %d files", format, err, len(files))
				}
				files = slices.DeleteFunc(files, func(f string) bool { return filepath.Ext(f) == ".xml" })
				if code := w.run(append([]string{"load"}, files...)...); code != exitOK {
					t.Errorf("%s: exit code %d: %s", format, code, w.stderr.String())
				}
				if after := w.must(at...); after != before {
					t.Errorf("%s: the store has changed:\n%s", format, firstDifference(before, after))
				}
			}
			w.must("check")
			if err := os.RemoveAll(w.dir); err != nil {
				t.Error(err)
			}
		})
	}
}

// judgedHere leaves out what was judged by another codebook than the article's:
// files of other programs name none.
func judgedHere(e interchange.Export) interchange.Export {
	for i := range e.Documents {
		d := &e.Documents[i]
		maps.DeleteFunc(d.Rulings, func(_ annotations.SentenceID, r annotations.RulingRecord) bool { return r.Codebook != d.Codebook.Hash })
		for _, r := range d.Reviewers {
			maps.DeleteFunc(r.Records, func(_ annotations.SentenceID, r annotations.Record) bool { return r.Codebook != d.Codebook.Hash })
		}
	}
	return e
}

// firstDifference is the first line in which two texts differ, of both.
func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d was %s\nand is %s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d lines, %d lines", len(x), len(y))
}
