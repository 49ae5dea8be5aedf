package review

import (
	"strings"
	"testing"

	"stet.example/stet/tui/action"
	"stet.example/stet/tui/cells"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/theme"
)

// In a window of 40 columns a count of some digits ran over the edge, and the row below was
// drawn one too low.
func TestACountKeepsToItsRow(t *testing.T) {
	c := &counter{n: maxCount}
	for w := 40; w <= 80; w++ {
		rows, x, _ := c.Rows(dialog.Look{Theme: theme.New(theme.Mono, true)}, w, 1)
		if len(rows) != 1 || len(stripped(rows[0])) > w || x >= w || !strings.HasSuffix(stripped(rows[0]), "999999") {
			t.Errorf("%d columns: %q, cursor %d", w, rows, x)
		}
	}
}

// An emoji of several signs, and a flag, were several words: half of one could be marked,
// and was drawn in two colours, two columns wider than it is.
func TestASignIsMarkedWhole(t *testing.T) {
	text := "Ja 👩\u200d🚀 🇩🇪🇫🇷 e\u0301t\u00e9 می\u200cخواهم “no”."
	var got []string
	for _, sp := range wordsOf(text, 0) {
		got = append(got, sp.In(text))
	}
	if words := strings.Join(got, "|"); words != "Ja|👩\u200d🚀|🇩🇪|🇫🇷|e\u0301t\u00e9|می\u200cخواهم|“|no|”|." {
		t.Errorf("%q", words)
	}
}

// Which words are the cue was to be seen by their colour alone.
func TestTheCueIsNamedInWords(t *testing.T) {
	s := made(t, "Berg said so. It rained.")
	s.Do(action.Tag+"-sourced", "sourced")
	s.Do(action.Prev, "")
	s.Do(action.Spans, "")
	for _, key := range []string{"o", "l", "c"} {
		s.Press(typed(key))
	}
	s.Press(enter())
	for _, w := range []int{60, 80, 120} {
		rows, _, _ := s.Body(dialog.Look{Theme: theme.New(theme.Mono, true), Meter: cells.Meter{Clusters: true}}, w, 20)
		if text := stripped(strings.Join(rows, "\n")); !strings.Contains(text, "cue") || !strings.Contains(text, "“said”") {
			t.Errorf("%d columns:\n%s", w, text)
		}
	}
}

// More hops than a store takes, and words that are too long for a name, had all marks
// refused when they were saved; a number that is too large is named now where it is typed.
func TestWhatAStoreWouldNotTakeIsNamedAtOnce(t *testing.T) {
	s := made(t, "Berg said so. It "+strings.Repeat("rained and ", 600)+"rained.")
	s.Do(action.Spans, "")
	m, _ := s.marker()
	m.set(&m.list[0], "p", "10")
	if m.list[0].Hops != 0 || !strings.Contains(m.note, "“10” is no number from 0 to 9") {
		t.Errorf("%d hops, %q", m.list[0].Hops, m.note)
	}
	m.anchor, m.cur = 0, len(m.words)-1
	m.put("source", &m.list[0].Source, false)
	if len(m.list[0].Source) != 1 || m.list[0].Name != "" {
		t.Errorf("%+v", m.list[0])
	}
}

// “The other side stands inside” was offered for a link of an untagged sentence, shown, and
// refused by the store. It says why it cannot be now.
func TestTheOtherSideOfAnUntaggedSentenceIsNotOffered(t *testing.T) {
	s := made(t, "Berg said so. It rained.")
	s.Do(action.Link, "")
	s.Paste("inside")
	s.Press(enter())
	rows, _, _ := s.Body(dialog.Look{Theme: theme.New(theme.Mono, true)}, 80, 24)
	if a := s.said(0); a != nil || s.Panel == nil || !strings.Contains(strings.Join(rows, "\n"), "tag the sentence first") {
		t.Errorf("%+v\n%s", a, strings.Join(rows, "\n"))
	}
}

// Of a source of which only the cue was marked nothing is left on another sentence. To
// repeat it was refused, and the tag with it.
func TestASourceOfWhichNothingIsLeftIsNotRepeated(t *testing.T) {
	s := made(t, "Berg said so. It rained.")
	s.Do(action.Tag+"-sourced", "sourced")
	s.Do(action.Prev, "")
	s.Do(action.Spans, "")
	s.Press(typed("c"))
	s.Press(enter())
	s.Do(action.Next, "")
	s.Do(action.Repeat, "")
	if a := s.said(1); a == nil || a.Tag != "sourced" || len(a.Attributions) != 0 {
		t.Errorf("%+v", a)
	}
}

// Each place where a sentence could be cut was shown with all of the sentence: of one of a
// megabyte the list alone took sixty.
func TestPlacesToCutAtShowTheWordsAroundThem(t *testing.T) {
	s := made(t, "It "+strings.Repeat("rained, and ", 100_000)+"rained.")
	s.Do(action.Split, "")
	p, ok := dialog.Inner(s.Panel).(*dialog.Pick)
	if !ok || len(p.Items) < 2 {
		t.Fatalf("no list of places: %T", s.Panel)
	}
	for _, it := range p.Items {
		if len(it.Label) > 500 || !strings.Contains(it.Label, " ⏐ ") {
			t.Fatalf("%d bytes: %.60q …", len(it.Label), it.Label)
		}
	}
}
