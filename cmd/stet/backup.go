package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/store"
)

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup PATH",
		Short: "a checked copy of the store in a new file",
		Long: `Copies the whole store, log and all, into a new file at PATH, and checks the
copy before it gets that name. A file that is there already is not touched.

With - for PATH the store is written to standard output as a journal, for a
pipe: stet restore and stet merge read one. A pipe cannot be read back: the
journal ends in the root of the log, and whoever reads it checks all of it
against that.

` + exitWords,
		Example: `  stet backup stet-$(date +%F).db
  ssh desk stet backup - | stet merge -`,
		Args: exactArgs(1, "the path of a new file, or - for standard output"),
		RunE: func(cmd *cobra.Command, args []string) error { return runBackup(cmd.Context(), a, args[0]) },
	}
}

func runBackup(ctx context.Context, a *app, path string) error {
	if path == "-" {
		return runBackupStream(ctx, a)
	}
	if path == "" {
		return usage("give the path of a new file, or - for standard output")
	}
	draft := "." + filepath.Base(path) + ".new-" // and a number
	a.clearLeft(filepath.Dir(path), draft)
	return a.withStore(ctx, "backup", false, func(d *desk) error {
		r, err := store.Backup(ctx, d.Store, path, a.tool())
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s is there already and was not touched. Name another file", path)
		}
		var known *store.Error
		var system *fs.PathError
		if errors.As(err, &system) && (!errors.As(err, &known) || strings.HasPrefix(filepath.Base(system.Path), draft)) {
			return fmt.Errorf("the copy %s cannot be written: %w. The store was only read. Name another place", path, system.Err)
		}
		if err != nil {
			return err
		}
		if !r.OK() {
			for _, p := range r.Problems {
				a.say("%s: %s", path, p)
			}
			return &foundError{exitDamage, path + " holds every event, but not all else is as it must be. The store was only read. `stet check` says whether it lacks that, too"}
		}
		if a.flags.json {
			return a.printJSON(map[string]any{"path": path, "log": reportOf(&r)})
		}
		return a.print("%s: %s, read back and found whole; root %s", path, plural(int(r.Seal.Size), "event"), r.Seal.Root.String())
	})
}

// runBackupStream writes the journal of the store to standard output.
func runBackupStream(ctx context.Context, a *app) error {
	if a.isTerminal(a.stdout) {
		return usage("standard output is a terminal, and a journal is not for reading. Send it to a file or a program, or name a new file")
	}
	return a.withStore(ctx, "backup", false, func(d *desk) error {
		out := bufio.NewWriterSize(a.stdout, 256<<10)
		info, err := d.Export(ctx, out, 0)
		if failed := out.Flush(); failed != nil && (err == nil || errors.Is(err, failed)) {
			return written(failed) // in a large store the export itself meets it
		}
		if err != nil {
			return err
		}
		a.say("%s, %d bytes; root %s", plural(int(info.Events), "event"), info.Bytes, info.Seal.Root)
		return nil
	})
}
