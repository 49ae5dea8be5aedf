package tui_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
	"stet.example/stet/tui/tuitest"
)

// desk is a store, a reviewer and the screens.
type desk struct {
	t    *testing.T
	st   store.Store
	who  *store.Session
	size chan tui.Size
	*tuitest.Screen
}

// show starts the screens over st; article Desk is the list.
func show(t *testing.T, st store.Store, article annotations.ArticleID, w, h int, opts ...func(*tui.Options)) *desk {
	t.Helper()
	d := &desk{t: t, st: st, who: storetest.Session(t, "ana"), size: make(chan tui.Size)}
	d.Screen = tuitest.Start(t, w, h, func(ctx context.Context, in io.Reader, out io.Writer) error {
		o := tui.Options{
			Store: st, Session: d.who, Article: article, Version: "test", Clock: storetest.Clock(), Mouse: true,
			Input: in, Output: out, Environ: []string{"TERM=xterm-256color", "COLORTERM=truecolor", "TTY_FORCE=1"}, Size: tui.Size{Width: w, Height: h}, Sizes: d.size,
			Rescue: t.TempDir() + "/rescue.jsonl", Reports: t.TempDir(),
		}
		for _, f := range opts {
			f(&o)
		}
		return tui.Run(ctx, o)
	})
	return d
}

// resize changes the terminal's size.
func (d *desk) resize(w, h int) {
	d.Resize(w, h)
	select {
	case d.size <- tui.Size{Width: w, Height: h}:
	case <-d.Ended:
	}
}

// sameAfresh waits until a fresh paint was made, and shows what is on the screen now.
func (d *desk) sameAfresh() {
	d.t.Helper()
	wiped := func() int { return bytes.Count(d.Raw(), []byte("\x1b[2J")) }
	storm, before := d.Text(), wiped()
	d.Type("<ctrl+l>")
	d.Until(func(text string) bool { return wiped() > before && text == storm }, "be the same after a fresh paint")
}

// isHinted looks for a key among the hints.
func (d *desk) isHinted(key string) {
	d.t.Helper()
	if hint, text := strings.Trim(key, "<>"), d.Text(); !strings.Contains(text, " "+hint+" ") {
		d.t.Errorf("%q is not hinted:\n%s", hint, text)
	}
}

// hasAnEffect presses a key, and waits for the words that it leads to. That a key has none
// here changes the screen, too: the message line says so.
func (d *desk) hasAnEffect(key, words string) {
	d.t.Helper()
	before := d.Text()
	if strings.Contains(before, words) {
		d.t.Fatalf("%q is there before %q is pressed: the test shows nothing", words, key)
	}
	d.Type(key)
	d.Until(func(text string) bool {
		return strings.Contains(text, words) && !strings.Contains(text, "does nothing here")
	}, "show "+words+" after "+key)
}

// said returns what ana says of a sentence.
func (d *desk) said(id annotations.ArticleID, s annotations.SentenceID) annotations.Annotation {
	d.t.Helper()
	rows, err := d.st.State(d.t.Context(), id, s, s+1, 100)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range rows {
		if r.Reviewer == "ana" {
			return r.Annotation.Annotation
		}
	}
	return annotations.Annotation{}
}

func TestTagThroughAnArticle(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("harbour-post-2026-01-02", "0/5")
	d.Type("<enter>")
	d.WaitFor(">", "Sentence 2 of ferries", "0 of 5 tagged")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.", "1 of 5 tagged")
	t.Logf("\n%s", d.Text())
	d.Type("c")
	d.WaitFor("Against which sentence?")
	d.Type("2<enter>")
	d.WaitFor("How do 3 and 2 dispute?")
	t.Logf("\n%s", d.Text())
	d.Type("r")
	d.WaitFor("3 contested against 2. Saved.", "vs 2", "<- 3")
	d.Type("x")
	d.WaitFor("4 contextual. Saved.")
	d.Type("u")
	d.WaitFor("Undid: tag")
	t.Logf("\n%s", d.Text())
	d.Type("q")
	d.WaitFor("2/5")
	d.Type("q")
	d.WaitEnd()
	if got := d.said(id, 2).Tag; got != "sourced" {
		t.Errorf("2 is %q", got)
	}
	if a := d.said(id, 3); a.Tag != "contested" || len(a.Links) != 1 || a.Links[0].Manner != annotations.Rhetorical {
		t.Errorf("3 is %+v", a)
	}
}
