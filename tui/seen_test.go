package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// offered is what the history says was offered when each sentence was decided on.
func offered(t *testing.T, st store.Store, id annotations.ArticleID) map[annotations.SentenceID]string {
	t.Helper()
	events, _, err := st.Events(t.Context(), store.Query{Article: id}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	out := map[annotations.SentenceID]string{}
	for _, e := range events {
		if e.Kind == annotations.EventAnnotate {
			out[e.Sentence] = e.Offered
		}
	}
	return out
}

// voices is an article of which each sentence has a suggestion.
func voices(t *testing.T, n int) *annotations.Article {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Pier %d will close in May, Anna Berg said on Monday.\n\n", i+1)
	}
	return read(t, b.String())
}

// Of a range the history said that a suggestion had been seen for each sentence, also
// where none of them was ever on the screen.
func TestTheHistorySaysWhatWasSeen(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), voices(t, 60))
	d := show(t, st, id, 80, 24, suggesting)
	d.WaitFor("s~", "> 1")
	d.Type("V")
	d.WaitFor("range from 1")
	d.Type("g60<enter>")
	d.WaitFor(">60", "60 s~")
	d.Type("x")
	d.WaitFor("60 of 60 tagged", "✓ saved")
	got := offered(t, st, id)
	for _, s := range []annotations.SentenceID{1, 2, 59, 60} {
		if got[s] != "sourced" {
			t.Errorf("%d was on the screen; offered: %q", s, got[s])
		}
	}
	for s := annotations.SentenceID(20); s < 45; s++ {
		if seen, there := got[s]; !there || seen != "" {
			t.Errorf("%d was never on the screen; offered: %q, %v", s, seen, there)
		}
	}
	d.Type("u")
	d.WaitFor("0 of 60 tagged")
	d.Type("g1<enter>#40x")
	d.WaitFor("1-40 contextual. Saved.")
	if got := offered(t, st, id); got[1] != "sourced" || got[30] != "" {
		t.Errorf("with a count: %v", got)
	}
}

// In lines what was told was seen, and no more.
func TestTheHistorySaysWhatWasTold(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), voices(t, 20))
	p := newLines(t, st, id, suggesting)
	p.Expect("Suggested: sourced")
	p.Press("# 9 x")
	p.Expect("1-9 contextual. Saved.")
	p.Press("x")
	p.Expect("10 contextual. Saved.")
	if got := offered(t, st, id); got[1] != "sourced" || got[5] != "" || got[9] != "" || got[10] != "sourced" {
		t.Errorf("%v", got)
	}
	p.Quit()
}

// A team whose codebook has no contested was sent to sentences that look it: from the
// desk, and in an article that is read as a whole for it.
func TestALookFirstGoesByTheCodebookOfTheTeam(t *testing.T) {
	src := "name = \"team\"\nversion = \"1\"\n[[questions]]\nask = \"What?\"\nthen = \"That.\"\n" +
		"[[tags]]\nid = \"sourced\"\nkey = \"b\"\nletter = \"F\"\ndefinition = \"A fact.\"\n[[tags]]\nid = \"contextual\"\nkey = \"d\"\nletter = \"W\"\ndefinition = \"A view.\"\n"
	book, err := codebook.Parse("team.toml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range []bool{false, true} {
		for _, n := range []int{30, 4100} {
			t.Run(fmt.Sprintf("%d sentences, own codebook %v", n, own), func(t *testing.T) {
				st := storetest.New(t)
				var b strings.Builder
				b.WriteString("The ministry said the bridge is safe. But engineers say the bridge is not safe.\n\n")
				for i := range n - 2 {
					fmt.Fprintf(&b, "Pier %d will close in May, Anna Berg said.%s", i, []string{" ", "\n\n"}[i%10/9])
				}
				art := read(t, b.String())
				id := storetest.Import(t, st, storetest.Session(t, "ana"), art)
				if own {
					if _, err := st.PutBlob(t.Context(), src); err != nil {
						t.Fatal(err)
					}
					if _, err := store.Do(t.Context(), st, storetest.Session(t, "lea"), id, annotations.Change{Kind: annotations.EventCodebook, Codebook: book.Hash}); err != nil {
						t.Fatal(err)
					}
				}
				d := show(t, st, id, 100, 30, suggesting)
				d.WaitFor("/" + fmt.Sprint(n))
				want := "needs a look first: 1"
				if own {
					want = map[bool]string{true: "needs a look first           (none)", false: "no untagged sentence looks contested or unsourced"}[n < 4000]
				}
				d.Type("fneeds a look<enter>")
				d.WaitFor(want)
				d.Type("<esc>q")
				d.WaitFor("1 article")
				d.Type("n")
				if own {
					d.WaitFor("no untagged sentence")
				} else {
					d.WaitFor("engineers say")
				}
			})
		}
	}
}
