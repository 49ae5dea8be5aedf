package audit

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations/audit"
	"stet.example/stet/tui/action"
)

// Figures may come while a filter is being typed, from others' work or from the
// second reading after the desk was opened: the filter holds for the new ones.
func TestAFilterIsKeptWhenFiguresComeWhileItIsTyped(t *testing.T) {
	d := busyDesk(t)
	s := New()
	s.Fill(Doc{Figures: d}, true)
	all := len(s.list().fits)
	s.doList(action.Filter)
	for _, r := range "zzzz" {
		s.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	s.Fill(Doc{Figures: d}, false)
	s.Press(tea.KeyPressMsg{Code: tea.KeyEnter})
	if n := len(s.list().fits); all == 0 || n != 0 {
		t.Errorf("%d of %d entries are shown, none fits the filter", n, all)
	}
}

// Where nothing was left to show of a tag that is called "article …", esc led back to a
// section that the line was not in: which one it was, was read from the words of the line.
func TestALineOfFiguresLeadsBackToItsSection(t *testing.T) {
	for _, words := range []string{"article 7 against sourced", "article harbour-post", "sourced against contested"} {
		for _, from := range []int{sound, mixed} {
			s := New()
			s.Fill(Doc{Figures: busyDesk(t)}, true)
			s.turn(from)
			s.keepTo(words, func(*audit.Matter) bool { return false })
			if s.section != from || s.narrow != nil {
				t.Errorf("%q: from section %d it led to %d", words, from, s.section)
			}
		}
	}
}
