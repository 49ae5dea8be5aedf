package audit

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
)

// Figures may come while a filter is being typed, from others' work or from the
// second reading after the desk was opened: the filter holds for the new ones.
func TestAFilterIsKeptWhenFiguresComeWhileItIsTyped(t *testing.T) {
	d := busyDesk(t)
	s := New()
	s.Fill(Doc{Desk: d}, true)
	all := len(s.list().fits)
	s.doList(action.Filter)
	for _, r := range "zzzz" {
		s.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	s.Fill(Doc{Desk: d}, false)
	s.Press(tea.KeyPressMsg{Code: tea.KeyEnter})
	if n := len(s.list().fits); all == 0 || n != 0 {
		t.Errorf("%d of %d entries are shown, none fits the filter", n, all)
	}
}
