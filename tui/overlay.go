package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

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
		items[i] = dialog.Item{Label: a.look.Meter.Pad(strings.Join(keys, " "), keyColumn) + " " + a.look.Meter.Pad(act.Hint, 15), Words: act.Words}
		if why := a.why(act.ID); why != "" {
			items[i].Off = why
		}
	}
	prompt := "Do what? Type some of its words:"
	if id == action.Help {
		prompt = "Keys. Type to search, enter runs:"
	}
	a.over = &overlay{pick: dialog.NewPick(prompt, items).Typing(), actions: live}
}

func (a *app) why(id action.ID) string {
	if a.review != nil && id == action.Answer {
		return a.whyAnswer()
	}
	return a.top().Why(id)
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
