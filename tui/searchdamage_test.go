package tui_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// spoilt is a store on whose disk some texts and tables have changed.
type spoilt struct {
	store.Store
	as map[annotations.Hash]func(string) string
}

func (s *spoilt) whole(ctx context.Context, h annotations.Hash) (string, error) {
	all, err := s.Store.Blob(ctx, h, 0, -1)
	if f := s.as[h]; f != nil {
		all = f(all)
	}
	return all, err
}

func (s *spoilt) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	all, err := s.whole(ctx, h)
	if err != nil || off > len(all) {
		return "", err
	}
	if all = all[off:]; n >= 0 && n < len(all) {
		all = all[:n]
	}
	return all, nil
}

func (s *spoilt) CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error {
	all, err := s.whole(ctx, h)
	if err == nil {
		_, err = io.WriteString(w, all)
	}
	return err
}

// damagedTwo is a store of four articles, of which buses and trains are damaged.
func damagedTwo(t *testing.T) (st *spoilt, ids []annotations.ArticleID) {
	t.Helper()
	st = &spoilt{Store: storetest.New(t), as: map[annotations.Hash]func(string) string{}}
	who := storetest.Session(t, "ana")
	for _, name := range []string{"buses", "ferries", "trains", "trams"} {
		a := storetest.Article(t, name, 6)
		ids = append(ids, storetest.Import(t, st, who, a))
		switch name {
		case "buses":
			st.as[a.Text] = func(s string) string { return strings.Replace(s, "Sentence 2", "Sentence 7", 1) }
		case "trains":
			st.as[a.Table] = func(s string) string { return s[:len(s)-5] }
		}
	}
	return st, ids
}

// A search over all articles ended with an error at the first one that was damaged: what
// stood in the others was not found.
func TestASearchPassesOverWhatIsDamaged(t *testing.T) {
	st, ids := damagedTwo(t)
	d := show(t, st, ids[1], 110, 30)
	d.WaitFor("tagged")
	d.Type("*Sentence 4<enter>")
	d.WaitFor("Sentence 4 of ferries", "Sentence 4 of trams", "2 articles could not be searched: they are damaged. The first is harbour-post", "stet check")
	if text := d.Text(); strings.Contains(text, "4 of trains") || strings.Contains(text, "4 of buses") {
		t.Errorf("what is damaged is shown:\n%s", text)
	}
	d.Type("<esc>*nowhere at all<enter>")
	d.WaitFor("“nowhere at all” is in no article; ", " could not be searched: it is damaged")
	d.Type("q")
	d.WaitFor("4 articles")
	d.Type("*Sentence 4<enter>")
	d.WaitFor("Sentence 4 of ferries", "2 articles could not be searched")
}

// One damaged article ended the list of sentences that need a look, and of the articles
// to compare one with, for the whole store.
func TestWhatIsDamagedEndsNoListOfTheDesk(t *testing.T) {
	st, ids := damagedTwo(t)
	d := show(t, st, annotations.Desk, 110, 30, func(o *tui.Options) { o.Suggest = true })
	d.WaitFor("4 articles")
	d.Type("n")
	d.WaitFor("no untagged sentence looks contested or unvouched for; 2 articles could not be looked through", "stet check")
	d.Type("<ctrl+c>")
	d.WaitEnd()

	e := show(t, st, ids[1], 110, 30)
	e.WaitFor("tagged")
	e.Type("C")
	e.WaitFor("Compare with which?", "On trams", "2 articles could not be compared: they are damaged", "stet check")
	if text := e.Text(); strings.Contains(text, "On buses") || strings.Contains(text, "On trains") {
		t.Errorf("what is damaged is offered:\n%s", text)
	}
	e.Type("<esc>q")
	e.WaitFor("4 articles")
}
