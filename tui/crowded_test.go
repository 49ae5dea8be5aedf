package tui

import (
	"fmt"
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/review"
)

// What is said of an article is read by pages, and a page goes on at the sentence where the one before
// ended: of one sentence of which more people spoke than a page holds, it was read for ever.
func TestASentenceOfWhichManySpeakIsRead(t *testing.T) {
	t.Parallel()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 3))
	for i := range 1001 {
		who := storetest.Session(t, fmt.Sprintf("reader %04d", i))
		if _, err := store.Do(t.Context(), st, who, id, storetest.Tag(2, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
	}
	zoe := storetest.Session(t, "zoe") // behind all of them
	if _, err := store.Do(t.Context(), st, zoe, id, storetest.Tag(2, 0, "contested")); err != nil {
		t.Fatal(err)
	}
	var d review.Doc
	if err := (loader{ctx: t.Context(), store: st, who: "zoe"}).said(id, &d); err != nil {
		t.Fatal(err)
	}
	if r := d.Mine[2]; r == nil || r.Annotation.Tag != "contested" {
		t.Errorf("zoe's own word is %+v", r)
	}
}
