package tui_test

import "testing"

// Letters that stood somewhere in a word cut it: who wanted to narrow the list of places
// and typed "jor" had "a ma" and "jor source". A part begins where a word does, and where
// the cut would be is shown before enter makes it.
func TestASentenceIsNotCutInsideAWord(t *testing.T) {
	d, _ := open(t, read(t, "Venezuela isn’t known to be a major source of cocaine, but officialsThe new boats say otherwise."), 100, 24)
	d.WaitFor("0 of 1 tagged")
	d.Type("Sjor")
	d.WaitFor(" > … be a major source of cocaine, ⏐ but") // which holds the letters, and is marked
	d.Type("<esc>")
	d.WaitGone("Cut where?")
	for _, inside := range []string{"enezu", "t known", "nown to"} {
		d.Type("S" + inside)
		d.WaitFor("Type words that begin the second part: "+inside, "no word of the sentence begins so")
		d.Type("<enter>")
		d.WaitFor("no word of the sentence begins so", "1/1")
		d.Type("<esc>")
		d.WaitGone("Cut where?")
	}
	d.Type("Sma")
	d.WaitFor("known to be a ⏐ major source of cocaine")
	d.Type("<ctrl+u>The")
	d.WaitFor("but officials ⏐ The new boats") // two words that a page lost the blank between
	d.Type("<ctrl+u>major<enter>")
	d.WaitFor("1 split in two. Saved.", "2 ·          major source of cocaine")
}

// Writings without blanks are cut between any two signs.
func TestASentenceWithoutBlanksIsCutAnywhere(t *testing.T) {
	d, _ := open(t, read(t, "東京都は月曜日に、港の閉鎖について説明した。"), 100, 24)
	d.WaitFor("0 of 1 tagged")
	d.Type("S月曜")
	d.WaitFor("東京都は ⏐ 月曜日に")
	d.Type("<enter>")
	d.WaitFor("1 split in two. Saved.")
}

// Contested, the only sentence of an article was left unfinished without a question, though
// its other side may stand inside it or in another article.
func TestTheOnlySentenceIsAskedForItsOtherSide(t *testing.T) {
	d, id := open(t, read(t, "The pier is old, but the board calls it sound."), 100, 24)
	d.Type("c")
	d.WaitFor("Against which sentence?", "inside this sentence", "in another article")
	d.Type("<down><enter>")
	d.WaitFor("every sentence is tagged; F shows")
	d.WaitGone("saving …")
	if a := d.said(id, 1); !a.Inside || a.Tag != "contested" {
		t.Errorf("%+v", a)
	}
	d.Type("0")
	d.WaitFor("1 untagged. Saved.")
	d.Type("c<esc>")
	d.WaitFor("every sentence is tagged, 1 unfinished; F shows it")
}
