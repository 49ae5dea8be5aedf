package main

import (
	"context"

	"stet.example/stet/store"
	"stet.example/stet/store/proof"
)

// heed looks at the store's history when it is opened, and says what there is to
// complain of.
func (d *desk) heed(ctx context.Context) {
	if d.warning = d.watched(ctx); d.warning != "" {
		d.say("warning: %s", d.warning)
	}
}

// watched compares the store with the seals that were seen of it on this machine,
// remembers its newest, and returns what there is to complain of, or "". It reads
// a file and a few seals; only where one of those is gone does it hash the log. A
// history that another program replaced, or a copy that is too old, is told of at
// the next start, not first when somebody asks for a proof.
func (d *desk) watched(ctx context.Context) string {
	log, ok := store.Whole(d.Store).(proof.Log)
	if !ok || d.shared != nil {
		return "" // over SSH the server watches
	}
	c, err := proof.Watch(ctx, d.stateFolder(), log)
	switch {
	case ctx.Err() != nil:
		return "" // told to stop: nothing is known against the history, and the command says the rest
	case err != nil:
		return "the history could not be compared with what was seen of it here: " + err.Error()
	case c != nil:
		return c.String() + ". Nothing was changed by this. `stet verify` says more, and how to go on"
	}
	return ""
}
