package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

func TestNumbersAreWrittenAsPeopleDo(t *testing.T) {
	t.Parallel()
	for want, list := range map[string][]int{
		"":          nil,
		"7":         {7},
		"1, 2":      {2, 1},
		"3-5":       {3, 4, 5},
		"1, 3-5, 9": {9, 5, 4, 3, 3, 1},
	} {
		if got := numbers(slices.Clone(list)); got != want {
			t.Errorf("%v is written %q, want %q", list, got, want)
		}
	}
}

func TestRangesOfSentences(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]int{"1": {1, 1}, "s003": {3, 3}, "3-7": {3, 7}, "s002-s004": {2, 4}, "9-9": {9, 9}} {
		first, last, err := parseRange(in, 9)
		if err != nil || first != want[0] || last != want[1] {
			t.Errorf("%q is %d to %d (%v), want %v", in, first, last, err, want)
		}
	}
	for _, in := range []string{"", "0", "-1", "x", "3-", "-", "7-3", "10", "1-10", "1-2-3", "1.5"} {
		if first, last, err := parseRange(in, 9); err == nil {
			t.Errorf("%q was taken for %d to %d", in, first, last)
		}
	}
}

func TestWordsAreFoundOnceOrNot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, words string
		found       int
		at          annotations.Span
	}{
		{"“He said so,” she said.", "she", 1, annotations.Span{Start: 18, End: 21}},
		{"he said, she said", "said", 2, annotations.Span{}},
		{"aaa", "aa", 2, annotations.Span{}},
		{"abc", "x", 0, annotations.Span{}},
		{"abc", "", 0, annotations.Span{}},
		{"é", "é", 1, annotations.Span{Start: 0, End: 2}},
	} {
		at, found := once(c.text, c.words)
		if found != c.found || found == 1 && at != c.at {
			t.Errorf("%q in %q: found %d at %v", c.words, c.text, found, at)
		}
	}
}

func TestPercentNeverFlatters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 2000).Draw(t, "of")
		done := rapid.IntRange(0, of).Draw(t, "done")
		got := percent(done, of)
		if (got == "100%") != (done == of) || (got == "0%") != (done == 0) {
			t.Fatalf("%d of %d is %s", done, of, got)
		}
	})
	if got := percent(0, 0); got != "-" {
		t.Errorf("nothing of nothing is %s", got)
	}
}

func TestChangesReadAsSentences(t *testing.T) {
	t.Parallel()
	home := annotations.ArticleID{1}
	w := wording{home: home, place: func(t annotations.Target) int { return int(t.Sentence) }, names: func(annotations.ArticleID) string { return "boats-1" }}
	link := func(r annotations.Relation, article annotations.ArticleID, n annotations.SentenceID) annotations.Link {
		return annotations.Link{Relation: r, To: annotations.Target{Article: article, Sentence: n}}
	}
	type A = annotations.Annotation
	for want, c := range map[string][2]*A{
		"nothing new":                           {nil, nil},
		"sourced":                               {nil, {Tag: "sourced"}},
		"contested (was sourced)":               {{Tag: "sourced"}, {Tag: "contested"}},
		"untagged (was sourced), no rule":       {{Tag: "sourced", Rule: "S-1"}, {}},
		"contested against 5, boats-1:2":        {{Tag: "contested"}, {Tag: "contested", Links: []annotations.Link{link(annotations.Disputes, home, 5), link(annotations.Disputes, annotations.ArticleID{2}, 2)}}},
		"no longer against 5":                   {{Tag: "contested", Links: []annotations.Link{link(annotations.Disputes, home, 5)}}, {Tag: "contested"}},
		"supports 3, flag vague, no flag sic":   {{Flags: []string{"sic"}}, {Flags: []string{"vague"}, Links: []annotations.Link{link(annotations.Supports, home, 3)}}},
		"source CSB (organisation), note":       {nil, {Note: "x", Attributions: []annotations.Attribution{{Name: "CSB", Kind: "organisation"}}}},
		"no note, no longer unsure":             {{Note: "x", Unsure: true}, {}},
		"confidential note, second check done":  {nil, {Confidential: annotations.Seal([16]byte{1}, "x"), Check: annotations.CheckDone}},
		"no source, no longer derived from 4":   {{Attributions: []annotations.Attribution{{Name: "A"}}, Links: []annotations.Link{link(annotations.DerivedFrom, home, 4)}}, {}},
		"evidence e0100000000000000 undercuts":  {nil, {Evidence: []annotations.Use{{ID: annotations.EvidenceID{1}, Stance: annotations.Undercuts}}}},
		"no evidence e0100000000000000, unsure": {{Evidence: []annotations.Use{{ID: annotations.EvidenceID{1}, Stance: annotations.Undercuts}}}, {Unsure: true}},
	} {
		if got := w.change(c[0], c[1]); got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
}

// TestKeptFilesNeverTakeEachOthersPlace: what is replaced is kept under a name
// with the time to the second.
func TestKeptFilesNeverTakeEachOthersPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("tag", "pier", "1", "sourced")
	w.must("backup", filepath.Join(w.dir, "copy.db"))
	still := w.now
	for range 4 {
		w.now = still // four times within one second
		w.must("restore", filepath.Join(w.dir, "copy.db"))
	}
	kept, err := filepath.Glob(filepath.Join(w.dir, ".local", "share", "stet", "stet.db.replaced-*"))
	if err != nil || len(kept) != 4 {
		t.Errorf("4 files were replaced, %d are kept: %v", len(kept), kept)
	}
	if out := w.must("show", "pier"); !strings.Contains(out, "sourced") {
		t.Errorf("the tag is gone:\n%s", out)
	}
	left, err := os.ReadDir(filepath.Join(w.dir, ".local", "share", "stet"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}
