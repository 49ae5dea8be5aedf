package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

func newConfig(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "where the configuration is read from, and what is in force",
		Long: `Prints the configuration file and each setting in force, with where it comes
from: a flag, the environment, the file, or the default, in this order.

The file is TOML. It may set reviewer, db, codebook, theme (default, contrast,
mono), mouse (true, false), suggest (true, false), editor, and in the tables
[keys.everywhere], [keys.desk], [keys.review], [keys.audit], [keys.settle] and
[keys.compare] other keys for the screens ("stet help keys" names them).
Anything else is an error with file and line. Paths may begin with ~/ and are
else relative to the file.

  reviewer = "ana"
  codebook = "our.toml"
  [keys.review]
  undo = ["u", "Z"]

` + exitWords,
		Example: `  stet config
  stet config --json`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return runConfig(a) },
	}
}

func runConfig(a *app) error {
	s, err := a.settings()
	if err != nil {
		return err
	}
	rows := []struct {
		name string
		setting
	}{
		{"db", s.db}, {"reviewer", s.reviewer}, {"codebook", s.codebook}, {"theme", s.theme},
		{"mouse", setting{fmt.Sprint(s.mouse), s.mouseFrom}}, {"suggest", setting{fmt.Sprint(s.suggest), s.hintsFrom}}, {"editor", s.editor},
	}
	var wrong error // with the keys: the screens go on with the usual ones
	if len(s.keys) > 0 {
		_, wrong = a.actions()
	}
	if a.flags.json {
		out := map[string]any{"file": s.configPath, "read": s.configRead, "keys": len(s.keys) > 0 && wrong == nil}
		for _, r := range rows {
			out[r.name] = map[string]string{"value": r.value, "from": r.from}
		}
		return errors.Join(wrong, a.printJSON(out))
	}
	state := "not there"
	if s.configRead {
		state = "read"
	}
	t := newTable(a)
	t.row("configuration", s.configPath, state)
	for _, r := range rows {
		value := r.value
		if value == "" {
			value = "-"
		}
		t.row(r.name, value, r.from)
	}
	switch {
	case wrong != nil:
		t.row("keys", "not in force", "the configuration; what is wrong stands below")
	case len(s.keys) > 0:
		t.row("keys", "some are bound anew", "the configuration; `stet help keys` lists them")
	}
	return errors.Join(t.flush(), wrong)
}
