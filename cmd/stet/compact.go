package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
)

func newCompact(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "write the store anew, without the gaps",
		Long: `Copies the store into a new, dense file, checks the copy and puts it in the
store's place. The old file is kept under a name with the time; remove it when
you have looked at the new one.

` + exitWords,
		Example: `  stet compact`,
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCompact(cmd.Context(), a) },
	}
}

func runCompact(ctx context.Context, a *app) error {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := set.db.value
	a.clearLeft(filepath.Dir(path), ".stet-compact-")
	done, err := store.Compact(ctx, store.Options{Path: path, Program: "stet compact", App: a.tool(), Wait: a.flags.wait, Clock: a.clock}, a.freeTime(path))
	if err != nil {
		return unwritten("the new copy", err, "The store is as it was", "Make room beside it, and run it again")
	}
	if a.flags.json {
		return a.printJSON(map[string]any{"path": path, "before": done.Before, "after": done.After, "kept": done.Kept, "events": done.Events})
	}
	if err := a.print("%s: %d bytes, was %d; %s", path, done.After, done.Before, plural(int(done.Events), "event")); err != nil {
		return err
	}
	a.say("the old file is kept as %s", done.Kept)
	return nil
}
