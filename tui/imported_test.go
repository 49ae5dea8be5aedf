package tui_test

import (
	"context"
	"errors"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// importing makes the desk take articles in by their names, as files.
func importing(t *testing.T, st store.Store, files map[string]*annotations.Article) func(*tui.Options) {
	t.Helper()
	who := storetest.Session(t, "ana")
	return func(o *tui.Options) {
		o.Import = func(ctx context.Context, path string) (annotations.ArticleID, error) {
			a := files[path]
			if a == nil {
				return annotations.Desk, errors.New(path + ": there is no such file")
			}
			done, err := store.Import(ctx, st, who, a, codebook.Builtin())
			return done.ID, err
		}
	}
}

// Of an article that was imported from the desk nothing was told but that it was, and the
// mark stayed on another: among three hundred it was not to be found. A text that the store
// had already was said to be imported, too, and a file's name that begins with a small
// letter was told with a large one.
func TestTheDeskShowsWhatWasImported(t *testing.T) {
	st := storetest.New(t)
	lea := storetest.Session(t, "lea")
	for _, seed := range []string{"a", "b", "c", "d"} {
		storetest.Import(t, st, lea, storetest.Article(t, seed, 3))
	}
	tides := read(t, "Tide tables\n\nThe tide is high on Monday.\n")
	d := show(t, st, annotations.Desk, 100, 24, importing(t, st, map[string]*annotations.Article{"tides.txt": tides}))
	d.WaitFor("4 articles")
	d.Type("/bc02<enter>") // which hides it
	d.WaitFor("“bc02”: 1")
	for _, says := range []string{"Imported. It is " + tides.Name + ".", "It is in the store already: " + tides.Name + ". Nothing was imported."} {
		d.Type("itides.txt<enter>")
		d.WaitFor(says, " > "+tides.Name[:24], "desk   5 articles")
		d.Type("<home>")
	}
	d.Type("inone.txt<enter>")
	d.WaitFor(" none.txt: there is no such file")
}

// Where the filter showed no article, enter did nothing without a word, and to compare was
// answered with "there is no article yet".
func TestAFilterThatShowsNoArticleIsNamed(t *testing.T) {
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "lea"), storetest.Article(t, "a", 3))
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("1 article")
	for _, key := range []string{"<enter>", "c"} {
		d.Type("/zzz<enter>")
		d.WaitFor("no article has these letters")
		d.Type(key)
		d.WaitFor("the filter shows no article; esc shows all")
		d.Type("<esc>")
		d.WaitFor("On a", "0/2")
	}
}
