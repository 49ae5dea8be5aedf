package tui_test

import (
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// While a note was written others joined its sentence with the one before. It could not
// be saved then, and was gone. It is offered where the words stand now, also by the next
// start.
func TestANoteThatCannotBeSavedIsKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "drafts")
	keep := func(o *tui.Options) { o.Drafts = folder }
	for _, end := range []string{"", "<ctrl+c>"} {
		st := storetest.New(t)
		id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 12))
		d := show(t, st, id, 110, 30, keep)
		d.WaitFor("tagged")
		d.Type("g5<enter>")
		d.WaitFor("> 5")
		d.Type("mThe harbour master said so")
		d.WaitFor("said so")
		e := show(t, st, id, 110, 30)
		e.WaitFor("tagged")
		e.Type("g4<enter>J")
		e.WaitFor("4 joined with the next. Saved.")
		d.Type("<enter>")
		d.WaitFor("the sentence is no longer there: others cut the article meanwhile", "Your note was kept: m on 4 goes on with it", "> 4", "of 10 tagged")
		if d.Text(); strings.Contains(d.Text(), "s005") {
			t.Errorf("an inner name is shown:\n%s", d.Text())
		}
		if end != "" {
			d.Type(end)
			d.WaitEnd()
			d = show(t, st, id, 110, 30, keep)
			d.WaitFor("Half a note on sentence 4 was kept")
		}
		d.Type("g4<enter>m")
		d.WaitFor("as far as you had written it", "The harbour master said so")
		d.Type("<enter>")
		d.WaitFor("4 note. Saved.")
		d.Type("<ctrl+c>")
		d.WaitEnd()
		if list := kept(t, folder); len(list) != 0 {
			t.Errorf("still kept: %v", list)
		}
	}
}

// Who left an article at once behind a note that could not be saved lost what it said.
func TestANoteThatCannotBeSavedIsKeptOnTheDeskToo(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "drafts")
	st := &tardy{Store: storetest.New(t)}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 12))
	d := show(t, st, id, 110, 30, func(o *tui.Options) { o.Drafts = folder })
	d.WaitFor("tagged")
	st.refusing(func(c *annotations.Change) bool { return c.Verb == "note" })
	release := hold(t, &st.saving)
	d.Type("g5<enter>mby telephone<enter>q")
	d.WaitFor("1 article")
	release()
	d.WaitFor("The team does not allow it", "Your note was kept: it is offered in its article")
	st.refuse.Store(nil)
	d.Type("<enter>")
	d.WaitFor("Half a note on sentence 5 was kept")
	d.Type("m")
	d.WaitFor("as far as you had written it", "by telephone")
	d.Type("<enter>")
	d.WaitFor("5 note. Saved.")
}

// A confidential note that could not be saved was gone. It is kept as long as the article
// is open, and written down nowhere.
func TestAConfidentialNoteThatCannotBeSavedIsKept(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "drafts")
	st := &tardy{Store: storetest.New(t)}
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 12))
	d := show(t, st, id, 110, 30, func(o *tui.Options) { o.Drafts = folder })
	d.WaitFor("tagged")
	st.refusing(func(c *annotations.Change) bool { return c.Secret != "" })
	d.Type("g5<enter>Mfrom the skipper<enter>")
	d.WaitFor("The team does not allow it", "Your note was kept: M on 5 goes on with it")
	st.refuse.Store(nil)
	if list := kept(t, folder); len(list) != 0 {
		t.Errorf("written down: %v", list)
	}
	d.Type("M")
	d.WaitFor("as you had written it", "from the skipper")
	d.Type("<enter>")
	d.WaitFor("5 confidential note. Saved.")
	d.Type("M")
	d.WaitFor("there is one; what you write replaces it")
	if strings.Contains(d.Text(), "from the skipper") {
		t.Errorf("it is shown again:\n%s", d.Text())
	}
}
