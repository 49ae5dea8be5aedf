package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
	"stet.example/stet/store/boltfile"
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
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCompact(cmd.Context(), a) },
	}
}

func runCompact(ctx context.Context, a *app) (err error) {
	set, err := a.settings()
	if err != nil {
		return err
	}
	path := set.db.value
	dir, err := os.MkdirTemp(filepath.Dir(path), ".stet-compact-*")
	if errors.Is(err, os.ErrNotExist) {
		return &store.Error{Kind: store.ErrNotFound, What: "there is no store at " + path, Next: "`stet import FILE` makes one; --db names another"}
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	draft := filepath.Join(dir, "stet.db")
	var before store.Stat
	err = a.withStore(ctx, "compact", false, func(d *desk) error {
		if before, err = d.Stat(ctx); err != nil {
			return err
		}
		_, err := store.Backup(ctx, d.Store, draft, a.tool())
		return err
	})
	if err != nil {
		return err
	}
	commit, err := newestCommit(path)
	if err != nil {
		return err
	}
	kept, err := store.Replace(ctx, path, draft, "stet compact", a.freeTime(path))
	if err != nil {
		return err
	}
	// Between the copy and the exchange nobody held the lock for a moment. What
	// somebody saved then stands in the old file only: put that one back.
	if now, err := newestCommit(kept); err != nil || now != commit {
		_, back := store.Replace(ctx, path, kept, "stet compact", a.freeTime(path))
		return errors.Join(fmt.Errorf("another program saved while the store was compacted. The old file was put back, nothing is lost. Try again when nobody works on it"), err, back)
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(map[string]any{"path": path, "before": before.Bytes, "after": info.Size(), "kept": kept, "events": before.Events})
	}
	if err := a.print("%s: %d bytes, was %d; %s", path, info.Size(), before.Bytes, plural(int(before.Events), "event")); err != nil {
		return err
	}
	a.say("the old file is kept as %s", kept)
	return nil
}

// newestCommit is the number of the last commit in a store file.
func newestCommit(path string) (uint64, error) {
	info, err := boltfile.Quick(path)
	if err != nil {
		return 0, err
	}
	m, _ := info.Current()
	return m.TxID, nil
}
