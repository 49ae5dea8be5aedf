package dialog

import (
	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
)

// Slot is a screen's place for one open panel, and what is to come after it.
type Slot struct {
	Panel Panel // nil when nothing is open
	// From is the row of the body on which the panel was drawn last.
	From  int
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

// Writes reports whether the open panel holds something that was written, which esc would
// throw away.
func (s *Slot) Writes() bool {
	w, ok := Inner(s.Panel).(interface{ Writes() bool })
	return ok && w.Writes()
}

// Press gives a key to the open panel. A panel that is over is closed before
// what comes after it runs, so that it may open another.
func (s *Slot) Press(k tea.KeyPressMsg) []action.Outcome {
	if s.Panel == nil {
		return nil
	}
	s.Panel.Press(k)
	return s.ended()
}

// ended goes on to what comes after the open panel, if that is over.
func (s *Slot) ended() []action.Outcome {
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

// Clicked is a panel that the mouse chooses in.
type Clicked interface {
	// Click is the left button on row y of the panel, column x, both from 0.
	Click(x, y int)
}

// Wheeled is a panel that the wheel moves in.
type Wheeled interface {
	// Wheel moves by rows, downwards where by is above 0.
	Wheel(by int)
}

// ClickPanel gives a click on row y of the body, column x, to the open panel.
func (s *Slot) ClickPanel(x, y int) []action.Outcome {
	p, ok := Inner(s.Panel).(Clicked)
	if !ok {
		return nil
	}
	p.Click(x, y-s.From)
	return s.ended()
}

// Wheel gives a turn of the wheel to the open panel.
func (s *Slot) Wheel(by int) {
	if p, ok := Inner(s.Panel).(Wheeled); ok {
		p.Wheel(by)
	}
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
