package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Who was named in another window, or came back by redo, was not among the sources that
// can be stepped through; who was taken back stood there with none, until the article was
// opened again.
func TestSourcesNamedInAnotherWindowCanBeSteppedThrough(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 40)
	d.WaitFor("0 of 5 tagged")
	c := storetest.Tag(4, 0, "sourced")
	c.Annotation.Attributions = []annotations.Attribution{{Name: "Anna Berg"}}
	if _, err := store.Do(t.Context(), d.st, storetest.Session(t, "ana"), id, c); err != nil {
		t.Fatal(err)
	}
	d.WaitFor("1 of 5 tagged")
	d.Type("f")
	d.WaitFor("Step through which sentences?", "source Anna Berg")
	d.Type("<esc>oWrong<enter>-")
	d.WaitFor("2 source Wrong. Saved.")
	d.Type("u")
	d.WaitFor("Undid: source")
	d.Type("f")
	d.WaitFor("Step through which sentences?", "source Anna Berg")
	if strings.Contains(d.Text(), "source Wrong") {
		t.Errorf("who was taken back is listed:\n%s", d.Text())
	}
}

// Evidence that a colleague gave was offered for use only when the article was opened
// again, wherever it was given.
func TestEvidenceOfOthersIsOfferedAtOnce(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 40)
	d.WaitFor("0 of 5 tagged")
	ben := storetest.Session(t, "ben")
	elsewhere := storetest.Import(t, d.st, ben, storetest.Article(t, "cranes", 4))
	for i, article := range []annotations.ArticleID{id, elsewhere} {
		ev := annotations.Evidence{URL: "https://board.example/" + string(rune('a'+i))}
		ev.Identify()
		c := storetest.Tag(3, 0, "sourced")
		c.Annotation.Evidence = []annotations.Use{{ID: ev.ID, Stance: annotations.EvidenceSupports}}
		if _, err := store.Do(t.Context(), d.st, ben, article, annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &ev}, c); err != nil {
			t.Fatal(err)
		}
		d.Until(func(string) bool {
			d.Type("<esc>e")
			d.WaitFor("Evidence: a URL")
			return strings.Contains(d.Text(), ev.URL)
		}, "offer "+ev.URL)
		d.Type("<esc>")
		d.WaitGone("Evidence: a URL")
	}
}

// In a narrow window the article's name ran into the numbers beside it.
func TestTheNameInTheTitleStandsApart(t *testing.T) {
	for _, w := range []int{40, 44, 50, 60} {
		st := storetest.New(t)
		d := show(t, st, storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6)), w, 16)
		d.WaitFor("> 2")
		d.Type("s")
		d.WaitFor("2 sourced. Saved.")
		if title, _, _ := strings.Cut(d.Text(), "\n"); !strings.Contains(title, "… 3/6 ") {
			t.Errorf("%d columns: %q", w, title)
		}
	}
}
