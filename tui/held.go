package tui

import tea "charm.land/bubbletea/v2"

// holds keeps a key until the answer is there. To leave at once ctrl+c takes two
// where others were typed before it: they are not lost.
func (a *app) holds(k tea.KeyPressMsg) bool {
	if n := len(a.held); k.String() == "ctrl+c" {
		if n == 0 {
			return false
		}
		if last, ok := a.held[n-1].(tea.KeyPressMsg); ok && last.String() == "ctrl+c" {
			return false
		}
		a.say("leaving when what was typed is done; ctrl+c again leaves now", false)
	}
	a.held = append(a.held, k)
	return true
}

// replay takes the keys that were typed while an answer was awaited.
func (a *app) replay() tea.Cmd {
	// Until it is known what stands on the screen, no key counts; nor does one before that
	// which waits for what is read. Other answers come meanwhile: that an act could not be
	// saved, say.
	a.waiting = a.opening || a.pairing || a.proving || a.advice.after != nil
	var cmds []tea.Cmd
	for len(a.held) > 0 && !a.waiting {
		msg := a.held[0]
		a.held = a.held[1:]
		switch msg := msg.(type) {
		case tea.KeyPressMsg:
			cmds = append(cmds, a.press(msg))
		case tea.PasteMsg:
			a.paste(msg.Content)
		}
	}
	return tea.Batch(cmds...)
}
