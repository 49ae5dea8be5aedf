package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func newUndo(a *app) *cobra.Command {
	return newRevert(a, annotations.Undo, &cobra.Command{
		Use:   "undo",
		Short: "take back the reviewer's last act",
		Long: `Takes back what the reviewer (--as) did last, in whichever article it was, and
says what that was. It goes back as far as the history does, across restarts,
and never touches another reviewer's work. Undo is an entry of the history, too:
nothing is ever removed from it.

` + exitWords,
		Example: `  stet undo
  stet undo --count 3`,
	})
}

func newRedo(a *app) *cobra.Command {
	return newRevert(a, annotations.Redo, &cobra.Command{
		Use:   "redo",
		Short: "do again what undo took back",
		Long: `Does again what the reviewer's last undo took back. After a new act there is
nothing left to do again.

` + exitWords,
		Example: `  stet redo
  stet redo --count 3`,
	})
}

func newRevert(a *app, mode annotations.Mode, c *cobra.Command) *cobra.Command {
	var count int
	c.Args = noArgs
	c.RunE = func(cmd *cobra.Command, _ []string) error { return runRevert(cmd.Context(), a, mode, count) }
	c.Flags().IntVar(&count, "count", 1, "how many acts: `N`")
	return c
}

type revertedJSON struct {
	Act     string        `json:"act"` // "undo" or "redo"
	Receipt receiptJSON   `json:"receipt"`
	Changes []changedJSON `json:"changes"`
}

type changedJSON struct {
	Article  string `json:"article"`
	Sentence int    `json:"sentence"`
	What     string `json:"what"`
}

func runRevert(ctx context.Context, a *app, mode annotations.Mode, count int) error {
	if count < 1 {
		return usage("--count is %d; it must be 1 or more", count)
	}
	return a.withStore(ctx, modeName(mode), false, func(d *desk) error {
		var failed error
		all := []revertedJSON{}
		for range count {
			done, err := d.revert(ctx, mode)
			if errors.Is(err, store.ErrNotFound) {
				if len(all) == 0 {
					return err
				}
				a.say("%s; %s of %d done", err, plural(len(all), "act"), count)
				break
			}
			if err != nil {
				if failed = err; len(all) > 0 {
					failed = a.soFar(err, fmt.Sprintf("%s %s before it: that is saved", wereOf(len(all), "act"), map[annotations.Mode]string{annotations.Undo: "taken back", annotations.Redo: "done again"}[mode]))
				}
				break
			}
			all = append(all, done)
		}
		if a.flags.json && (failed == nil || len(all) > 0) {
			return errors.Join(failed, a.printJSON(all))
		}
		return failed
	})
}

func modeName(m annotations.Mode) string {
	if m == annotations.Redo {
		return "redo"
	}
	return "undo"
}

// reverted stores that an act is taken back, or done again.
func (d *desk) reverted(ctx context.Context, mode annotations.Mode) (events []annotations.Event, receipt store.Receipt, err error) {
	if err = ctx.Err(); err != nil {
		return nil, receipt, err
	}
	for range retries {
		events, receipt, err = store.Revert(ctx, d.Store, d.session, mode)
		if !errors.Is(err, store.ErrConflict) {
			break
		}
	}
	if errors.Is(err, store.ErrConflict) {
		if _, was, wrong := d.Undoable(ctx, d.session.Actor, mode); wrong == nil && len(was) > 0 {
			err = d.inWords(ctx, was[0].Article, err)
		}
	}
	if errors.Is(err, context.Canceled) { // another undo would take back another act
		return nil, receipt, errors.New("stopped on request, and it is not known whether the act was stored. What was shown as saved is safe. `stet log` shows it: look there before you run it again")
	}
	return events, receipt, err
}

// revert takes one act back, or does it again, and says which.
func (d *desk) revert(ctx context.Context, mode annotations.Mode) (revertedJSON, error) {
	events, receipt, err := d.reverted(ctx, mode)
	if err != nil {
		return revertedJSON{}, err
	}
	d.changed = true
	ctx = context.WithoutCancel(ctx) // it is done, and has to be told
	sum, err := d.Summary(ctx, d.session.Actor, events[0].Article)
	if err != nil {
		return revertedJSON{}, err
	}
	done := revertedJSON{Act: modeName(mode), Receipt: receiptOf(receipt)}
	w := d.wordsFor(ctx, sum.ID)
	byWords, order := map[string][]int{}, []string{}
	for i := range events {
		e := events[i]
		if mode == annotations.Redo { // what the undo did is done the other way round
			e.Before, e.After, e.RuleBefore, e.RuleAfter = e.After, e.Before, e.RuleAfter, e.RuleBefore
		}
		if !e.Kind.Undoable() {
			continue
		}
		words := w.event(&e)
		done.Changes = append(done.Changes, changedJSON{sum.Name, w.place(annotations.Target{Article: sum.ID, Sentence: e.Sentence}), words})
		n := w.place(annotations.Target{Article: sum.ID, Sentence: e.Sentence})
		if n == 0 {
			continue // a sentence that came or went with a cut, which is named
		}
		if byWords[words] == nil {
			order = append(order, words)
		}
		byWords[words] = append(byWords[words], n)
	}
	if d.flags.json || d.flags.quiet {
		return done, nil
	}
	again := map[annotations.Mode]string{annotations.Undo: "undone", annotations.Redo: "done again"}[mode]
	for _, words := range order {
		if err := d.print("%s: %s %s %s", again, sum.Name, numbers(byWords[words]), words); err != nil {
			return done, err
		}
	}
	return done, nil
}
