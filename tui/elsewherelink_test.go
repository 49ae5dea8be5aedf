package tui_test

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
)

// Contested against a sentence of another article: stet asked what the link says, which
// the tag had said, and then did not go on to the next untagged sentence.
func TestContestedAgainstAnotherArticleGoesOn(t *testing.T) {
	st := storetest.New(t)
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, st, ana, storetest.Article(t, "ferries", 6))
	other := storetest.Import(t, st, ana, storetest.Article(t, "trains", 6))
	d := show(t, st, id, 100, 30)
	d.WaitFor("> 2")
	d.Type("c<down><down><enter>")
	d.WaitFor("Link to a sentence of any article")
	d.Type("4 of trains<enter>")
	d.WaitFor("“4 of trains”: 1. Enter links it.")
	d.Type("<enter>")
	d.WaitFor("How do 2 and", "d direct")
	d.Type("d")
	d.WaitFor("2 contested against", ":4. Saved.", "> 3")
	if a := d.said(id, 2); len(a.Links) != 1 || a.Links[0].To != (annotations.Target{Article: other, Sentence: 4}) || a.Links[0].Relation != annotations.Disputes {
		t.Errorf("%+v", a.Links)
	}
	d.Type("c<down><down><enter>")
	d.WaitFor("Link to a sentence of any article")
	d.Type("<esc>") // later, as where a sentence of this article is asked for
	d.WaitFor("> 4", "C!")
	d.Type("c<down><down><enter>of trains<enter>")
	d.WaitFor("Enter links it.")
	d.Type("<esc>")
	d.WaitFor("> 5")
	d.Type("*of trains<enter>") // searched for to be read: nothing is linked
	d.WaitFor("Enter goes there.")
	d.Type("<esc>")
	d.WaitGone("Enter goes there.")
	d.WaitFor("> 5", "3 of 5 tagged")
}

// On the desk there is nothing to go back to: its hint said "back" of the key that ends
// the program.
func TestTheDeskSaysThatItsKeyQuits(t *testing.T) {
	st := storetest.New(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	d := show(t, st, annotations.Desk, 80, 24)
	d.WaitFor("q quit")
	d.Type("<enter>")
	d.WaitFor("> 2", "? keys")
	d.Type("q")
	d.WaitFor("q quit")
	d.Type("q")
	d.WaitEnd()
}
