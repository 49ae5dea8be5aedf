package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
)

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup PATH",
		Short: "a checked copy of the store in a new file",
		Long: `Copies the whole store, log and all, into a new file at PATH, and checks the copy
before it gets that name. A file that is there already is not touched.

` + exitWords,
		Example: `  stet backup stet-$(date +%F).db`,
		Args:    exactArgs(1, "the path of a new file"),
		RunE:    func(cmd *cobra.Command, args []string) error { return runBackup(cmd.Context(), a, args[0]) },
	}
}

func runBackup(ctx context.Context, a *app, path string) error {
	return a.withStore(ctx, "backup", false, func(d *desk) error {
		r, err := store.Backup(ctx, d.Store, path, a.tool())
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s is there already and was not touched. Name another file", path)
		}
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(map[string]any{"path": path, "log": reportOf(&r)})
		}
		return a.print("%s: %s, read back and found whole; root %s", path, plural(int(r.Seal.Size), "event"), r.Seal.Root.String())
	})
}
