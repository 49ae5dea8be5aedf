package tui_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// tardy is a store that answers when it is told to, and may refuse then.
type tardy struct {
	store.Store
	saving, listing atomic.Pointer[chan struct{}] // closed: go on; nil: at once
	refuse          atomic.Pointer[func(store.Batch) error]
}

func (s *tardy) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if c := s.saving.Load(); c != nil {
		<-*c
	}
	if f := s.refuse.Load(); f != nil {
		if err := (*f)(b); err != nil {
			return store.Receipt{}, err
		}
	}
	return s.Store.Append(ctx, b)
}

func (s *tardy) Articles(ctx context.Context, who string, after annotations.ArticleID, n int) ([]store.Summary, error) {
	if c := s.listing.Load(); c != nil {
		<-*c
	}
	return s.Store.Articles(ctx, who, after, n)
}

// hold lets saving, or listing, wait until the function it returns is called.
func hold(t *testing.T, p *atomic.Pointer[chan struct{}]) (release func()) {
	t.Helper()
	c := make(chan struct{})
	p.Store(&c)
	open := false
	release = func() {
		if !open {
			open = true
			p.Store(nil)
			close(c)
		}
	}
	t.Cleanup(release)
	return release
}

// refusing refuses acts of which a word is true.
func (s *tardy) refusing(which func(c *annotations.Change) bool) {
	f := func(b store.Batch) error {
		for i := range b.Changes {
			if which(&b.Changes[i]) {
				return &store.Error{Kind: store.ErrForbidden, What: "the team does not allow it", Safe: "Nothing was changed"}
			}
		}
		return nil
	}
	s.refuse.Store(&f)
}

// slowly opens an article of 12 sentences of a store that can be made to wait.
func slowly(t *testing.T) (*desk, *tardy, annotations.ArticleID) {
	t.Helper()
	st := &tardy{Store: storetest.New(t)}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 12))
	d := show(t, st, id, 110, 30)
	d.WaitFor("tagged", "> 2")
	return d, st, id
}

// elsewhere says something as ana in another window.
func elsewhere(t *testing.T, st store.Store, id annotations.ArticleID, c ...annotations.Change) {
	t.Helper()
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "ana"), id, c...); err != nil {
		t.Fatal(err)
	}
}

func tagged(s annotations.SentenceID, tag string) annotations.Change {
	return annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: s, Annotation: &annotations.Annotation{Tag: tag}}
}

// What was typed behind an act that was refused stood on what that had said. Its
// number happened to be that of what the other window had saved: it went through, and
// wrote over it unseen.
func TestWhatFollowsARefusedActIsNotSaved(t *testing.T) {
	d, st, id := slowly(t)
	release := hold(t, &st.saving)
	d.Type("s")
	d.WaitFor("2 S…", "> 3")
	d.Type("koBerg<enter>-")
	d.WaitFor("source Berg …")
	elsewhere(t, st.Store, id, tagged(2, "contextual"))
	release()
	d.WaitFor("was changed in another window", "What was typed behind it was not saved either", "2 X ")
	if a := d.said(id, 2); a.Tag != "contextual" || len(a.Attributions) != 0 {
		t.Errorf("2 is %+v; the other window said contextual", a)
	}
	d.Type("oBerg<enter>-") // as it is now
	d.WaitFor("ource Berg. Saved.")
	if a := d.said(id, 2); a.Tag != "contextual" || len(a.Attributions) != 1 {
		t.Errorf("2 is %+v", a)
	}
}

// An act that the team's rules refuse was followed by another one on its sentence: the
// message said that it was changed in another window, which nobody had.
func TestWhyTheFirstOfSeveralActsWasRefusedStays(t *testing.T) {
	d, st, id := slowly(t)
	st.refusing(func(c *annotations.Change) bool { return c.Verb == "tag" && c.Sentence == 2 })
	release := hold(t, &st.saving)
	d.Type("s")
	d.WaitFor("2 S…", "> 3")
	d.Type("xkk") // 3 has nothing to do with it
	d.WaitFor("3 X…", "> 2")
	d.Type("oBerg<enter>-")
	d.WaitFor("source Berg …")
	release()
	d.WaitFor("The team does not allow it", "was not saved either", "3 X ")
	d.WaitGone("another window")
	if a, b := d.said(id, 2), d.said(id, 3); !a.IsZero() || b.Tag != "contextual" {
		t.Errorf("2 is %+v, 3 is %+v", a, b)
	}
}

// Undo that was typed before it was known that the act was refused took back the one
// before that.
func TestUndoBehindARefusedActTakesNothingBack(t *testing.T) {
	d, st, id := slowly(t)
	d.Type("s")
	d.WaitFor("2 sourced. Saved.", "> 3")
	st.refusing(func(c *annotations.Change) bool { return c.Sentence == 3 })
	release := hold(t, &st.saving)
	d.Type("x")
	d.WaitFor("3 X…")
	d.Type("u")
	d.resize(100, 30) // what was typed before it has come by then
	d.WaitGone(strings.Repeat("─", 105))
	release()
	d.WaitFor("The team does not allow it", "was not saved either")
	if a := d.said(id, 2); a.Tag != "sourced" {
		t.Errorf("2 is %+v: undo took back what was saved before", a)
	}
	d.Type("u") // as it is now
	d.WaitFor("Undid: tag sourced")
}

// Two windows split two sentences, and both called the new part by the same name. A tag
// on the part in the window that was refused came to stand on the other's words.
func TestATagOnAPartWhoseCutWasRefused(t *testing.T) {
	body := "The ferry is old, the board said.\n\nThe hull is green, the board said.\n\nIt has a roof.\n"
	st := &tardy{Store: storetest.New(t)}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), read(t, body))
	d := show(t, st, id, 110, 30)
	d.WaitFor("tagged", "> 1")
	release := hold(t, &st.saving)
	d.Type("Sthe board<enter>")
	d.WaitFor("1 split in two …", "1/4")
	d.Type("g2<enter>x")
	d.WaitFor("2 X…")
	e := show(t, st.Store, id, 110, 30)
	e.WaitFor("tagged")
	e.Type("g2<enter>Sthe board<enter>")
	e.WaitFor("2 split in two. Saved.")
	release()
	d.WaitFor("was not saved either", "/4")
	d.WaitGone("X…")
	for s := range annotations.SentenceID(6) {
		if a := d.said(id, s); !a.IsZero() {
			t.Errorf("%s is %+v", s, a)
		}
	}
}

// Evidence whose act was refused stayed in the list of what is known. Attached again it
// was taken for an item of the store, and refused whenever it was tried.
func TestRefusedEvidenceCanBeGivenAgain(t *testing.T) {
	d, st, id := slowly(t)
	st.refusing(func(c *annotations.Change) bool { return c.Kind == annotations.EventEvidence })
	give := func() {
		d.Type("ehttps://board.example/report<enter>")
		d.WaitFor("word for word")
		d.Type("<enter>")
		d.WaitFor("Where in it")
		d.Type("<enter>")
		d.WaitFor("What does it do")
		d.Type("s")
	}
	give()
	d.WaitFor("The team does not allow it")
	st.refuse.Store(nil)
	d.Type("e")
	d.WaitFor("Evidence: a URL")
	if strings.Contains(d.Text(), "board.example") {
		t.Errorf("what was refused is listed as known:\n%s", d.Text())
	}
	d.Type("<esc>")
	d.WaitGone("Evidence: a URL")
	give()
	d.WaitFor("evidence that supports. Saved.")
	if a := d.said(id, 2); len(a.Evidence) != 1 {
		t.Errorf("2 is %+v", a)
	}
}

// A refused act has the screen read anew. What waited for the disk then was gone from it,
// and judged once more it was refused.
func TestWhatIsReadAnewKeepsWhatWaitsForTheDisk(t *testing.T) {
	d, st, id := slowly(t)
	full := error(&store.Error{Kind: store.ErrFull, What: "no room left to save", Safe: "What was saved before is safe"})
	f := func(b store.Batch) error {
		switch b.Changes[0].Sentence {
		case 2:
			return &store.Error{Kind: store.ErrForbidden, What: "the team does not allow it", Safe: "Nothing was changed"}
		case 3:
			return full
		}
		return nil
	}
	st.refuse.Store(&f)
	release := hold(t, &st.saving)
	d.Type("s")
	d.WaitFor("2 S…", "> 3")
	d.Type("x")
	d.WaitFor("3 X…", "> 4")
	release()
	d.WaitFor("2 · ", "3 X…", "NOT SAVED: 1")
	st.refuse.Store(nil)
	d.Type("g3<enter>oBerg<enter>-")
	d.WaitFor("✓ saved", "3 X ")
	if a := d.said(id, 3); a.Tag != "contextual" || len(a.Attributions) != 1 {
		t.Errorf("3 is %+v", a)
	}
}

// Keys that were typed for what a search would find went to the article, where an act
// before it was refused meanwhile: the refusal's own answer let them go.
func TestKeysForASearchWaitForItThroughARefusal(t *testing.T) {
	d, st, id := slowly(t)
	st.refusing(func(c *annotations.Change) bool { return c.Sentence == 2 })
	save, list := hold(t, &st.saving), hold(t, &st.listing)
	d.Type("s")
	d.WaitFor("2 S…", "> 3")
	d.Type("*Sentence 9<enter>")
	d.WaitFor("searching …")
	d.Type("<enter>x")
	save()
	d.WaitFor("The team does not allow it")
	d.Until(func(text string) bool { return strings.Contains(text, "2 · ") }, "what is stored is shown again")
	if strings.Contains(d.Text(), "3 X") {
		t.Fatalf("x did not wait for what is found:\n%s", d.Text())
	}
	list()
	d.WaitFor("9 contextual. Saved.")
	if a, b := d.said(id, 3), d.said(id, 9); !a.IsZero() || b.Tag != "contextual" {
		t.Errorf("3 is %+v, 9 is %+v", a, b)
	}
}

// What the store refuses was told by its own names: "s005", where people see 4.
func TestRefusalsSpeakOfSentencesByTheirNumbers(t *testing.T) {
	st := &tardy{Store: storetest.New(t)}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 12))
	d := show(t, st, id, 110, 30)
	d.WaitFor("tagged")
	d.Type("g2<enter>J")
	d.WaitFor("2 joined with the next. Saved.", "2/11")
	d.Type("g4<enter>")
	d.WaitFor("> 4")
	release := hold(t, &st.saving)
	d.Type("s")
	d.WaitFor("4 S…")
	elsewhere(t, st.Store, id, tagged(5, "contextual"))
	release()
	d.WaitFor("sentence 4 was changed in another window", "4 X")
	d.WaitGone("s005")
}

// Undo that another lead's ruling stands in the way of told the sentence by its inner name.
func TestUndoThatIsRefusedSpeaksOfTheSentenceByItsNumber(t *testing.T) {
	st := storetest.New(t)
	who := storetest.Session(t, "ana")
	id := storetest.Import(t, st, who, ferries(t, 12))
	d := show(t, st, id, 110, 30)
	d.WaitFor("tagged")
	d.Type("g2<enter>J")
	d.WaitFor("2 joined with the next. Saved.")
	rule := func(name string, rev uint64, tag string) {
		t.Helper()
		c := annotations.Change{Kind: annotations.EventRule, Verb: "amend", Sentence: 5, Rev: rev, Ruling: &annotations.Ruling{Verdict: annotations.Amend, Tag: tag, Reason: "so"}}
		if _, err := store.Do(t.Context(), st, storetest.Session(t, name), id, c); err != nil {
			t.Fatal(err)
		}
	}
	rule("ana", 0, "sourced")
	rule("ben", 1, "contextual")
	d.WaitFor("ben: ")
	d.Type("u")
	d.WaitFor("Your last act cannot be taken back", "on sentence 4 was replaced since")
	d.Type("j")
	d.WaitGone("replaced since")
}
