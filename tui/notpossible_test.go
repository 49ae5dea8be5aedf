package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// rainy is an article in which nobody is quoted.
func rainy(t *testing.T) *annotations.Article {
	t.Helper()
	a := read(t, "It rained in Varn on Friday.\n\nAnna Berg said the pier was closed. Nobody was hurt.\n")
	a.Name = "rain-in-varn-2026"
	return a
}

// why are keys that can do nothing in an article that was just imported, alone in its
// store, and the reasons.
func why() map[string]string {
	return map[string]string{
		"u": "here is nothing to undo", "U": "here is nothing to redo", "A": "his sentence is not part of a quotation",
		"C": "here is no other article to compare it with", "E": "here is no editor here; m writes a note",
	}
}

// In an article that was just imported the list of keys showed some without a word, and
// who pressed them was told that they could do nothing.
func TestHelpSaysBeforeWhatAKeySaysBehind(t *testing.T) {
	for key, why := range why() {
		d, _ := open(t, rainy(t), 130, 40, func(o *tui.Options) { o.Suggest = true })
		for _, list := range []string{"?", ":"} {
			d.Type(list)
			d.WaitFor("ype ", "esc cancel")
			d.Type(map[string]string{"u": "undo", "U": "redo", "A": "accept quote", "C": "compare", "E": "editor"}[key])
			d.WaitFor("(t" + why)
			d.Type("<esc>")
			d.WaitGone("esc cancel")
		}
		d.Type(key)
		d.Until(func(text string) bool {
			return strings.Contains(strings.ToLower(text), "t"+why) && !strings.Contains(text, "esc cancel")
		}, "say on the message line: t"+why)
		d.Stop()
		d.WaitEnd()
	}
}

// In lines the list says the same.
func TestTheKeysInLinesSayWhatIsNotPossibleNow(t *testing.T) {
	l, _ := talkOf(t, rainy(t), func(o *tui.Options) { o.Suggest = true })
	l.line("?")
	for _, why := range why() {
		l.Expect("Not now: T" + why)
	}
	l.line("s")
	l.line("?")
	if told := l.out.String()[l.mark:]; strings.Contains(told, "nothing to undo") || !strings.Contains(told, "nothing to redo") {
		t.Errorf("after an act it says:\n%s", told)
	}
}

// What can be done is not said to be impossible: there is something to take back, and
// another article.
func TestHelpSaysNothingAgainstWhatIsPossible(t *testing.T) {
	st := storetest.New(t)
	for _, name := range []string{"ferries", "trains"} {
		storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, name, 6))
	}
	d := show(t, st, annotations.Desk, 130, 50)
	d.WaitFor("2 articles")
	d.Type("<enter>")
	d.WaitFor("0 of 5 tagged")
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	d.Type("?")
	d.WaitFor("(there is nothing to redo")
	if text := d.Text(); strings.Contains(text, "nothing to undo") || strings.Contains(text, "no other article") {
		t.Errorf("it says:\n%s", text)
	}
}
