package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// Where it could not be read how an article is cut, its sentences were called by their
// IDs, which are other numbers, without a word.
func TestNumbersThatCannotBeReadAreAnError(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("split", "pier", "1", "--before", "two officials")
	a := &app{environment: w.environment()}
	err := a.withStore(t.Context(), "log", false, func(d *desk) error {
		sum, err := d.find(t.Context(), "pier")
		if err != nil {
			return err
		}
		d.Store = &lacking{Store: d.Store, lost: sum.Table}
		d.number(t.Context(), sum.ID, 3)
		d.number(t.Context(), sum.ID, 4)
		return nil
	})
	if !errors.Is(err, store.ErrDamaged) || codeOf(err) != exitDamage || strings.Count(err.Error(), "cannot be read") != 1 {
		t.Errorf("%v", err)
	}
}

// Where the codebook of an article could not be read, the labels of a file were read by
// the built-in one, in which the same letters mean something else.
func TestLabelsAreNotReadByAnotherCodebook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("tag", "pier", "1", "sourced")
	table := w.must("export", "--format", "csv")
	a := &app{environment: w.environment()}
	err := a.withLoading(t.Context(), func(l *loading) error {
		sum, err := l.find(t.Context(), "pier")
		if err != nil {
			return err
		}
		l.texts = &sharedTexts{}
		l.Store = &lacking{Store: l.Store, lost: sum.Codebook}
		return l.readForeign(t.Context(), &loadGroup{dialect: dialectNamed("csv"), names: []string{"pier.csv"}, files: []interchange.File{{Name: "pier.csv", Data: []byte(table)}}})
	})
	if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "Nothing of it was loaded") {
		t.Errorf("%v", err)
	}
}

// A codebook that the store does not have any more ended the list of them in a crash:
// that was taken for a store that is not there yet.
func TestACodebookThatIsGoneIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := w.must("codebook", "show", "--toml")
	w.must("--codebook", w.file("own.toml", strings.Replace(own, `version = "1"`, `version = "2"`, 1)), "import", w.file("pier.txt", story))
	a := &app{environment: w.environment()}
	d, err := a.open(t.Context(), "list", false)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // nothing was written
	sum, err := d.find(t.Context(), "pier")
	if err != nil {
		t.Fatal(err)
	}
	a.shared = &lacking{Store: d.Store, lost: sum.Codebook, kind: store.ErrNotFound}
	if err := runCodebookList(t.Context(), a); !errors.Is(err, store.ErrNotFound) || !strings.Contains(err.Error(), "codebook "+sum.Codebook.Short()) {
		t.Errorf("%v", err)
	}
}

// What a failed disk was given may be on it: another act under the same number would be
// taken for that one.
func TestTheNumberOfAnActOnAFailedDiskIsNotUsedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	a := &app{environment: w.environment()}
	err := a.withStore(t.Context(), "finish", false, func(d *desk) error {
		sum, err := d.find(t.Context(), "pier")
		if err != nil {
			return err
		}
		d.Store = &lacking{Store: d.Store, poisoned: true}
		_, err = d.do(t.Context(), d.session, sum.ID, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: "ana", Done: true}})
		if next := d.session.Batch(sum.ID); next.Act.N != 2 {
			t.Errorf("the next act has number %d", next.Act.N)
		}
		return err
	})
	if !errors.Is(err, store.ErrPoisoned) {
		t.Errorf("%v", err)
	}
}

// Of the links to a sentence that is joined to the one before, those that did not fit
// into one act were left leading to a sentence that is no longer there.
func TestAJoinLeadsAllLinksOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var text strings.Builder
	const sentences = 300
	for i := range sentences {
		fmt.Fprintf(&text, "Boat %d left the pier at six. ", i)
	}
	w.must("import", w.file("boats.txt", text.String()))
	last := fmt.Sprint(sentences)
	for _, part := range []string{"1-100", "101-200", "201-290"} {
		w.must("tag", "boats", part, "sourced", "--supports", last)
	}
	w.must("join", "boats", fmt.Sprint(sentences-1)) // of which nothing is said itself
	if said := w.stderr.String(); !strings.Contains(said, "163 sentences") || !strings.Contains(said, "2 acts") {
		t.Errorf("it says %q", said)
	}
	w.must("export", "--format", "json", "-o", filepath.Join(w.dir, "boats.json"))
	if said := w.stderr.String(); strings.Contains(said, "left out") {
		t.Errorf("links were lost: %s", said)
	}
	w.must("undo", "--count", "3")
	w.must("show", "boats", "--sentence", last)
	w.must("check")
}
