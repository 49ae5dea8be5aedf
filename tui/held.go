package tui

import (
	"unicode"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/tui/action"
)

// holds keeps a key until the answer is there. To leave at once ctrl+c takes two
// where others were typed before it: they are not lost.
func (a *app) holds(k tea.KeyPressMsg) bool {
	switch {
	case len(a.held) == 0 && a.early(k) && !a.bad:
		a.say("the store is still being read; what is typed waits for it, esc drops it", false)
	case len(a.held) > 0 && k.Code == tea.KeyEscape && a.early(a.held[0]) && !a.unanswered():
		a.held = nil
		a.say("what was typed is dropped", false)
		return true
	}
	if n := len(a.held); k.String() == "ctrl+c" {
		if n == 0 || a.unseen() {
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

// unseen reports whether the terminal has no room for a screen: then a key would tag,
// save or undo what nobody sees. One whose size has not come yet may have room.
func (a *app) unseen() bool { return a.w > 0 && (a.w < minWidth || a.h < minHeight) }

// keeps holds a key until the terminal has room again. They are kept, not dropped: a
// terminal that grows between two keys of "/island" would make other keys of its rest.
// What ends, stops, leaves or paints does so at once, and what is being written goes on
// until enter.
func (a *app) keeps(k tea.KeyPressMsg) bool {
	key := k.String()
	if key == "ctrl+c" || key == "ctrl+z" || a.goesOnWriting() && k.Code != tea.KeyEnter {
		return false
	}
	act, ok := a.keys.Find(a.scope(), key)
	if ok && act.ID == action.Redraw && k.Text == "" {
		return false
	}
	if ok && len(a.held) == 0 && a.over == nil && !a.top().Typing() && (act.ID == action.Back || act.ID == action.Quit) {
		return false
	}
	a.held = append(a.held, k)
	return true
}

// goesOnWriting reports whether what is typed next belongs to a text that is being written.
func (a *app) goesOnWriting() bool {
	return len(a.held) == 0 && (a.over == nil && a.top().Writes() || a.over != nil && a.over.pick.Writes())
}

// behindEsc is the key that was typed behind esc, where both came as one with alt: on a
// slow line, or through another program. Where something is being written, alt is what was
// pressed, or a slip: esc would throw that away.
func (a *app) behindEsc(k tea.KeyPressMsg) (plain tea.KeyPressMsg, ok bool) {
	r := k.Code
	if k.Mod == tea.ModAlt|tea.ModShift && k.ShiftedCode != 0 {
		r = k.ShiftedCode
	} else if k.Mod != tea.ModAlt {
		return k, false
	}
	if _, bound := a.keys.Find(a.scope(), k.String()); bound || !unicode.IsPrint(r) || r >= tea.KeyExtended {
		return k, false
	}
	if a.over != nil && a.over.pick.Writes() || a.over == nil && a.top().Writes() {
		return k, false
	}
	return tea.KeyPressMsg{Code: r, Text: string(r)}, true
}

// await lets keys wait for an answer that is asked for; came tells that it is there.
func (a *app) await() { a.answers++ }

func (a *app) came() { a.answers = max(a.answers-1, 0) }

// waits reports whether an answer must come before the next key counts: until it is
// known what stands on the screen none does, nor one before that which waits for what is
// read. Other answers come meanwhile: that an act could not be saved, say.
func (a *app) waits() bool {
	return a.unanswered() || a.advice.after != nil || len(a.held) > 0 && a.early(a.held[0])
}

// early reports whether a key is for a list that is not read yet: it waits for that, and
// all that is typed behind it. What leaves or explains does so at once.
func (a *app) early(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || a.over != nil || a.top().Typing() || !a.blank() {
		return false
	}
	if behind, ok := a.behindEsc(k); ok {
		k = behind
	}
	act, ok := a.keys.Find(a.scope(), k.String())
	switch act.ID {
	case action.Help, action.Palette, action.Cancel, action.Back, action.Quit, action.Suspend, action.Redraw, action.LeadDesk, action.Import:
		return false
	}
	return ok
}

// blank reports whether the list on top was never read.
func (a *app) blank() bool {
	switch {
	case a.review != nil || a.compared != nil:
		return false
	case a.audit != nil:
		return a.audit.Blank()
	}
	return a.desk.Blank()
}

func (a *app) unanswered() bool {
	return a.opening || a.pairing || a.proving || a.answers > 0 || a.reverts > 0 || a.auditor.awaited > 0
}

// replay takes the keys that were typed while an answer was awaited, if it was the last.
func (a *app) replay() tea.Cmd {
	var cmds []tea.Cmd
	if act := a.advice.after; act != nil && !a.unanswered() {
		switch {
		case a.review == nil: // it was left, and what waited was for it
			a.advice.after = nil
		case !a.lacks(*act) && !a.unshown(act.ID):
			a.advice.after = nil
			if !a.bad {
				a.message = ""
			}
			cmds = append(cmds, a.do(*act))
			a.undrawn = true // as behind each of those below: no frame comes between them
		}
	}
	for len(a.held) > 0 && !a.waits() && !a.unseen() { // the first may be for what is not read yet
		msg := a.held[0]
		a.held = a.held[1:]
		switch msg := msg.(type) {
		case tea.KeyPressMsg:
			cmds = append(cmds, a.press(msg))
		case tea.PasteMsg:
			a.paste(msg.Content)
		}
		a.undrawn = true
	}
	return tea.Batch(cmds...)
}
