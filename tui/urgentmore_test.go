package tui_test

import (
	"fmt"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Two hundred articles are looked through for what needs a look first. Where none of those
// had such a sentence the others were said to have none, too.
func TestArticlesThatWereNotLookedThroughAreNotSaidToNeedNothing(t *testing.T) {
	st, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	lea := storetest.Session(t, "lea")
	for i := range 201 {
		storetest.Import(t, st, lea, read(t, fmt.Sprintf("Will gate %d be opened in spring?", i)))
	}
	d := show(t, st, annotations.Desk, 160, 24, suggesting)
	d.WaitFor("201 articles")
	d.Type("n")
	d.WaitFor("no untagged sentence of your first 200 unfinished articles looks contested or unvouched for; the others were not looked through")
}

// Names were cut to a few cells where a column of titles stood empty beside them: of a day's
// articles of one outlet all looked the same.
func TestNamesHaveTheRoomOfTitlesThatAreNotThere(t *testing.T) {
	st := storetest.New(t)
	lea := storetest.Session(t, "lea")
	for i := range 3 {
		storetest.Import(t, st, lea, read(t, fmt.Sprintf("Will gate %d be opened in spring?", i)))
	}
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("3 articles", "0/1")
	page, err := st.Articles(t.Context(), "ana", annotations.Desk, 10)
	if err != nil {
		t.Fatal(err)
	}
	for i := range page {
		d.WaitFor(" " + page[i].Name + " ")
	}
}
