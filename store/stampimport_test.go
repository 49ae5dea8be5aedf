package store_test

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// A count of sentences that only overflows to the size of the table is refused: others
// make room for so many.
func TestAnArticleHasAsManySentencesAsItsTable(t *testing.T) {
	s := storetest.New(t)
	ana := storetest.Session(t, "ana")
	a := storetest.Article(t, "ferries", 5)
	for _, blob := range []string{string(codebook.Builtin().Source), string(annotations.AppendTable(nil, a.Units)), a.Body} {
		if _, err := s.PutBlob(t.Context(), blob); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []int{5 + 1<<62, 5 - 1<<62, 6, 4, 0, -5, 5} {
		m := a.Meta
		m.Codebook, m.Sentences = codebook.Builtin().Hash, n
		_, err := store.Do(t.Context(), s, ana, m.ID, annotations.Change{Kind: annotations.EventImport, Verb: "import", Meta: &m})
		if (err == nil) != (n == 5) {
			t.Errorf("%d sentences: %v", n, err)
		}
	}
}
