package dialog

import (
	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
)

// Slot is a screen's place for one open panel, and what is to come after it.
type Slot struct {
	Panel Panel // nil when nothing is open
	after func() []action.Outcome
}

// Open shows p; after runs when p ends without being cancelled, and may be nil.
func (s *Slot) Open(p Panel, after func() []action.Outcome) { s.Panel, s.after = p, after }

// OnCancel makes cancelling the open panel no cancelling: then runs instead.
func (s *Slot) OnCancel(then func() []action.Outcome) {
	s.Panel = &orElse{Panel: s.Panel, then: func() { s.after = then }}
}

// orElse is a panel that counts as over, not cancelled, after esc.
type orElse struct {
	Panel
	then func()
}

// Inner is the panel that p shows, without what only changes its end.
func Inner(p Panel) Panel {
	for {
		o, ok := p.(*orElse)
		if !ok {
			return p
		}
		p = o.Panel
	}
}

// Outcome implements [Panel].
func (o *orElse) Outcome() (over, cancelled bool) {
	over, cancelled = o.Panel.Outcome()
	if cancelled {
		o.then()
	}
	return over, false
}

// Typing reports whether keys go to a panel.
func (s *Slot) Typing() bool { return s.Panel != nil }

// Press gives a key to the open panel. A panel that is over is closed before
// what comes after it runs, so that it may open another.
func (s *Slot) Press(k tea.KeyPressMsg) []action.Outcome {
	if s.Panel == nil {
		return nil
	}
	s.Panel.Press(k)
	over, cancelled := s.Panel.Outcome()
	if !over {
		return nil
	}
	after := s.after
	s.Open(nil, nil)
	if cancelled || after == nil {
		return nil
	}
	return after()
}

// Paste gives pasted text to the open panel; without one it goes nowhere, so
// that it is never read as commands.
func (s *Slot) Paste(text string) {
	if s.Panel != nil {
		s.Panel.Paste(text)
	}
}

// Close closes the open panel and reports whether there was one.
func (s *Slot) Close() bool {
	open := s.Panel != nil
	s.Open(nil, nil)
	return open
}
