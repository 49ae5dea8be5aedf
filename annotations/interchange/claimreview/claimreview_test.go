package claimreview_test

import (
	"errors"
	"flag"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/claimreview"
	"stet.example/stet/annotations/interchange/interchangetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const page = "https://checks.example/fares"

func TestGoldenFiles(t *testing.T) {
	w, err := claimreview.New().Write(interchangetest.Sample(t), interchange.Options{Page: page, Publisher: "Example Checks"})
	if err != nil {
		t.Fatal(err)
	}
	interchangetest.Golden(t, w, *update)
	if s := string(w.Files[0].Data); strings.Contains(s, "ratingValue") || strings.Contains(s, "the minutes say otherwise") {
		t.Error("a number or a note was published")
	}
}

func TestWithoutAPageNothingIsWritten(t *testing.T) {
	for _, p := range []string{"", "checks.example/fares", "ftp://checks.example", "javascript:alert(1)", "https://"} {
		if w, err := claimreview.New().Write(interchangetest.Sample(t), interchange.Options{Page: p}); err == nil || len(w.Files) > 0 {
			t.Errorf("page %q: %d files, error %v", p, len(w.Files), err)
		}
	}
}

func TestOnlyContestedSentencesWithAVerdictArePublished(t *testing.T) {
	change := func(f func(d *interchange.Document)) error {
		e := interchangetest.Sample(t)
		f(&e.Documents[0])
		w, err := claimreview.New().Write(e, interchange.Options{Page: page})
		if err == nil && len(w.Files) != 1 || err != nil && len(w.Losses) == 0 {
			t.Errorf("%d files, %d losses, %v", len(w.Files), len(w.Losses), err)
		}
		return err
	}
	verdict := func(d *interchange.Document, reviewer int, id annotations.SentenceID, tag, words string) {
		r := d.Reviewers[reviewer].Records[id]
		r.Tag, r.Rule, r.Verdict = tag, "", words
		d.Reviewers[reviewer].Records[id] = r
	}
	for _, c := range []struct {
		story string
		f     func(d *interchange.Document)
		want  error
	}{
		{"as it stands", func(*interchange.Document) {}, nil},
		{"the verdict was taken back", func(d *interchange.Document) { verdict(d, 0, 4, "contested", "") }, claimreview.ErrNothing},
		{"the tag is another", func(d *interchange.Document) {
			d.Rulings = nil
			verdict(d, 0, 4, "sourced", "It is so.")
		}, claimreview.ErrNothing},
		{"two reviewers differ on the tag", func(d *interchange.Document) { d.Rulings = nil }, claimreview.ErrNothing},
		{"two verdicts differ", func(d *interchange.Document) { verdict(d, 1, 4, "contested", "It is otherwise.") }, claimreview.ErrNothing},
	} {
		if err := change(c.f); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.story, err)
		}
	}
}

func TestAnythingDrawnIsWrittenOrNamed(t *testing.T) {
	written := 0
	interchangetest.Until(t, func() bool { return written > 0 }, func(t *rapid.T) {
		w, err := claimreview.New().Write(interchangetest.Draw(t), interchange.Options{Page: page})
		if err != nil && !errors.Is(err, claimreview.ErrNothing) {
			t.Fatal(err)
		}
		written += w.Ranges
	})
}

func TestItIsNotReadBack(t *testing.T) {
	if _, _, err := claimreview.New().Read(nil, nil); !errors.Is(err, interchange.ErrWriteOnly) {
		t.Error(err)
	}
}
