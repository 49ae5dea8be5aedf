package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// overlay is help or the palette: every action of the screen that is open, made
// from the one table, to be searched and run. It says of each that is
// disabled why.
type overlay struct {
	pick    *dialog.Pick
	actions []action.Action
}

// keyColumn is how many cells the keys of an action have in the list.
const keyColumn = 11

func (a *app) openOver(id action.ID) {
	live := a.keys.Live(a.scope())
	if id == action.Help {
		order := action.Groups()
		slices.SortStableFunc(live, func(x, y action.Action) int {
			return slices.Index(order, x.Group) - slices.Index(order, y.Group)
		})
	}
	items := make([]dialog.Item, len(live))
	for i, act := range live {
		var keys []string
		for _, k := range act.Keys {
			means, ok := a.keys.Find(a.scope(), k)
			if !ok || means.ID != act.ID { // a screen's own key goes first
				continue
			}
			if k = action.Show(k); len(keys) == 0 || a.look.Meter.Width(strings.Join(keys, " ")+" "+k) <= keyColumn {
				keys = append(keys, k)
			}
		}
		items[i] = dialog.Item{Label: a.look.Meter.Pad(strings.Join(keys, " "), keyColumn) + " " + a.look.Meter.Pad(act.Hint, 15), Name: act.Hint, Words: act.Words}
		items[i].Off = off(&act, live, a.why(act.ID))
		if lost := act.LostTo(live); lost != "" {
			items[i].Words = lost + "; " + act.Words
		}
	}
	prompt := "Do what? Type some of its words:"
	if id == action.Help {
		prompt = "Keys. Type to search, enter runs:"
	}
	a.over = &overlay{pick: dialog.NewPick(prompt, items).Typing(), actions: live}
}

// off is what the list says of an action that can do nothing now; "" for one that can.
func off(act *action.Action, live []action.Action, why string) string {
	if lost := act.LostTo(live); why != "" && lost != "" {
		return lost + "; " + why
	}
	return why
}

// why says why an action can do nothing now, as far as that is known here; "" when it can.
func (a *app) why(id action.ID) string {
	switch {
	case a.review != nil && id == action.Answer:
		return a.whyAnswer()
	case a.review != nil && takes(id) && a.lacks(action.Action{ID: id}):
		return "" // what is suggested is not known yet
	case id == action.Suspend && a.o.Remote:
		return noShell
	case id == action.Editor && a.o.Editor == nil:
		return a.noEditor()
	case id == action.Compare && a.review == nil && a.desk.Current() == annotations.Desk:
		return a.noArticle()
	}
	return a.top().Why(id)
}

// notPossible says of actions why they can do nothing now, as only the store knows.
type notPossible map[action.ID]string

// askPossible asks the store what of the open list can do nothing. The list is there
// meanwhile: nobody waits for a store to read which keys there are.
func (a *app) askPossible() tea.Cmd {
	l, at, saving := a.load, a.desk.Current(), a.out.waiting() > 0
	if a.review != nil {
		at = a.review.Article()
	}
	return func() tea.Msg { return l.notPossible(at, saving) }
}

// notPossible asks what can be taken back or done again, unless something is being saved,
// and whether there is another article than one.
func (l loader) notPossible(at annotations.ArticleID, saving bool) notPossible {
	out := notPossible{}
	for id, mode := range map[action.ID]annotations.Mode{action.Undo: annotations.Undo, action.Redo: annotations.Redo} {
		if saving {
			break
		}
		if _, _, err := l.store.Undoable(l.ctx, l.who, mode); errors.Is(err, store.ErrNotFound) {
			out[id] = err.Error()
		}
	}
	page, err := l.store.Articles(l.ctx, l.who, annotations.Desk, 2)
	if err == nil && len(page) == 1 && page[0].ID == at {
		out[action.Compare] = nothingToCompare
	}
	return out
}

// tellPossible says it in the list, if that is open still.
func (a *app) tellPossible(m notPossible) {
	if a.over == nil {
		return
	}
	for i, act := range a.over.actions {
		if why, found := m[act.ID]; found && a.over.pick.Items[i].Off == "" {
			a.over.pick.Items[i].Off = off(&act, a.over.actions, why)
		}
	}
}

// tellSuggested says it of what takes suggestions, once they were read.
func (a *app) tellSuggested() {
	if a.over == nil || a.review == nil {
		return
	}
	for i, act := range a.over.actions {
		if act.ID == action.Accept || act.ID == action.AcceptAll {
			a.over.pick.Items[i].Off = off(&act, a.over.actions, a.why(act.ID))
		}
	}
}

func (a *app) pressOver(k tea.KeyPressMsg) tea.Cmd {
	a.over.pick.Press(k)
	return a.endOver()
}

// mouseOver is the mouse on help or the palette.
func (a *app) mouseOver(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.MouseWheelMsg:
		a.over.pick.Wheel(wheel(m))
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft {
			a.over.pick.Click(m.X, m.Y-a.overTop)
		}
	}
	return a.endOver()
}

// endOver carries out what was picked, if anything was.
func (a *app) endOver() tea.Cmd {
	over, cancelled := a.over.pick.Outcome()
	if !over {
		return nil
	}
	o := a.over
	a.over = nil
	if n := o.pick.Chosen(); !cancelled && n >= 0 {
		return a.do(o.actions[n])
	}
	return nil
}
