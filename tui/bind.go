package tui

import (
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
)

// bind makes the keymap for a codebook; nil on the desk. A file of bindings that
// cannot be used is reported, and the defaults hold.
func (a *app) bind(book *annotations.Codebook) {
	table := action.Table(book)
	if len(a.o.Keys) > 0 {
		bound, err := action.Rebind(action.Table(book), a.o.KeysAt, a.o.Keys)
		if bound != nil {
			table = bound
		}
		a.broken = err
	}
	k, err := action.New(table)
	if err != nil { // a codebook key that the screen needs: the codebook's check refuses those
		a.say(err.Error(), true)
		if k, err = action.New(action.Table(nil)); err != nil {
			a.crash = err
			return
		}
	}
	a.keys = k
	if book != nil {
		a.taught = k
	}
}

// tellBroken says what is wrong with the bindings file, each fault once in a run.
func (a *app) tellBroken() {
	if a.broken == nil || a.broken.Error() == a.wasTold {
		return
	}
	a.wasTold = a.broken.Error()
	a.say(a.wasTold, true)
}

// keyOf is what to press for an action of a screen.
func (a *app) keyOf(screen action.Scope, id action.ID) string { return a.keys.KeyOf(screen, id) }

// unknown says that a key means nothing, and where those are that do.
func (a *app) unknown(key string) {
	list := a.keys.Lists(a.scope())
	a.say(fmt.Sprintf("%s does nothing here; %s shows the %s", action.Show(annotations.Visible(key)), a.keyOf(a.scope(), list.ID), list.Hint), false)
}
