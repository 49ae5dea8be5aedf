package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
)

// usageTemplate is cobra's, without the parts that stet's help says elsewhere.
const usageTemplate = `Usage:
  {{if .Runnable}}{{.UseLine}}{{end}}{{if and .Runnable .HasAvailableSubCommands}}
  {{end}}{{if .HasAvailableSubCommands}}{{.CommandPath}} [command]{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}{{$cmds := .Commands}}{{if eq (len .Groups) 0}}

Commands:{{range $cmds}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{else}}{{range $group := .Groups}}

{{.Title}}{{range $cmds}}{{if (and (eq .GroupID $group.ID) (or .IsAvailableCommand (eq .Name "help")))}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Global flags:
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}
`

// misuse is what was wrong with a command line, in words of its own.
func misuse(cmd *cobra.Command, err error) string {
	var none *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &none):
		name := "--" + none.GetSpecifiedName()
		if none.GetSpecifiedShortnames() != "" {
			name = "-" + none.GetSpecifiedName()
		}
		return fmt.Sprintf("%s has no flag %s", cmd.CommandPath(), name)
	case errors.As(err, &empty):
		return fmt.Sprintf("--%s wants a word after it", empty.GetFlag().Name)
	case errors.As(err, &wrong):
		what := map[string]string{"int": "a whole number", "intSlice": "a whole number, or several with commas", "uint64": "a whole number, 0 or more", "duration": "a time such as 30s or 5m", "float64": "a number such as 0.05", "bool": "true or false"}
		return fmt.Sprintf("--%s is %q, not %s", wrong.GetFlag().Name, wrong.GetValue(), orElse(what[wrong.GetFlag().Value.Type()], "what it takes"))
	}
	return err.Error()
}

// whereToRead says where a command is explained.
func whereToRead(cmd *cobra.Command) string {
	if cmd.HasParent() {
		return fmt.Sprintf("`stet help %s` explains it", strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" "))
	}
	return "`stet help` lists the commands, `stet help COMMAND` explains one"
}

// helpOfNothing refuses --help behind a word that is no command, as the word alone is
// refused: help for the whole program would hide the slip.
func (a *app) helpOfNothing(root *cobra.Command) {
	explain := root.HelpFunc()
	root.SetHelpFunc(func(c *cobra.Command, args []string) {
		if a.mistyped = a.unknownWord(c, c.Flags().Args()); a.mistyped == nil {
			explain(c, args)
		}
	})
}

// firstWords is the note of a command that takes one of some words first, which are
// no commands of their own.
const firstWords = "stet.first-words"

// unknownWord tells why words, which stand beside --help, name nothing that c has.
func (a *app) unknownWord(c *cobra.Command, words []string) error {
	list := strings.Fields(c.Annotations[firstWords])
	switch {
	case len(words) == 0:
		return nil
	case c.HasSubCommands():
		return knownCommand(c, words)
	case c.Name() == "help" && !(len(words) == 1 && words[0] == "keys"):
		_, err := a.explained(words)
		return err
	case len(list) > 0 && !slices.Contains(list, words[0]):
		return fmt.Errorf("%q is not one of %s", words[0], strings.Join(list, ", "))
	}
	return nil
}

func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND…|keys]",
		Short: "explain a command, or list the keys of the screens",
		Long: `Explains a command. "stet help keys" lists every key of the screens with its
name, by which a configuration file gives it another: [keys.review], then
name = "key".

` + exitWords,
		Example: `  stet help tag
  stet help keys`,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if c, _, err := a.root.Find(args); err == nil {
				for _, sub := range c.Commands() {
					if sub.IsAvailableCommand() {
						names = append(names, sub.Name())
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return runHelp(a, args) },
	}
}

func runHelp(a *app, args []string) error {
	if len(args) == 1 && args[0] == "keys" {
		return helpKeys(a)
	}
	cmd, err := a.explained(args)
	if err != nil {
		return usage("%s. Nothing was done. `stet help` lists them", err)
	}
	cmd.InitDefaultHelpFlag()
	return cmd.Help()
}

// explained is the command that words name.
func (a *app) explained(words []string) (*cobra.Command, error) {
	cmd, rest, err := a.root.Find(words)
	if err != nil || len(rest) > 0 {
		return nil, fmt.Errorf("there is no command %q", strings.Join(words, " "))
	}
	return cmd, nil
}

// actions are those of the screens with the keys in force, or what is wrong with
// the keys of the configuration.
func (a *app) actions() ([]action.Action, error) {
	set, err := a.settings()
	if err != nil {
		return nil, err
	}
	book, err := a.workingCodebook()
	if err != nil {
		return nil, err
	}
	if book == nil {
		book = codebook.Builtin()
	}
	actions := action.Table(book)
	if len(set.keys) == 0 {
		return actions, nil
	}
	return action.Rebind(actions, set.configPath, set.keys)
}

// helpKeys lists the keys as the configuration has them.
func helpKeys(a *app) error {
	actions, err := a.actions()
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(keysJSON(actions))
	}
	t := newTable(a, "screen", "name", "keys", "what it does")
	for _, x := range actions {
		var keys []string
		for _, k := range x.Keys {
			keys = append(keys, action.Show(k))
		}
		t.row(string(x.Scope), string(x.ID), strings.Join(keys, " "), x.Words)
	}
	return t.flush()
}

// keyJSON is an action with its keys, as `stet help keys` lists it.
type keyJSON struct {
	Screen string   `json:"screen"`
	Name   string   `json:"name"`
	Keys   []string `json:"keys"`
	Does   string   `json:"does"`
}

func keysJSON(actions []action.Action) []keyJSON {
	out := []keyJSON{}
	for _, x := range actions {
		k := keyJSON{Screen: string(x.Scope), Name: string(x.ID), Keys: []string{}, Does: x.Words}
		for _, key := range x.Keys {
			k.Keys = append(k.Keys, action.Show(key))
		}
		out = append(out, k)
	}
	return out
}

// toldWriter remembers the first failure to write, for those who write and do not
// tell, as cobra its help.
type toldWriter struct {
	to     io.Writer
	failed error
}

func (h *toldWriter) Write(b []byte) (int, error) {
	n, err := h.to.Write(b)
	if h.failed == nil {
		h.failed = err
	}
	return n, err
}

// exactArgs is cobra.ExactArgs with words that say what is wanted.
func exactArgs(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("%s takes %s, not %d words", cmd.CommandPath(), what, len(args))
		}
		return nil
	}
}

// noArgs is cobra.NoArgs in the same words.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no words, and %q is one", cmd.CommandPath(), args[0])
	}
	return nil
}

// rangeArgs is cobra.RangeArgs with words that say what is wanted.
func rangeArgs(low, high int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < low || len(args) > high {
			return fmt.Errorf("%s takes %s, not %d words", cmd.CommandPath(), what, len(args))
		}
		return nil
	}
}

// minArgs is cobra.MinimumNArgs with words that say what is wanted.
func minArgs(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return fmt.Errorf("%s takes %s", cmd.CommandPath(), what)
		}
		return nil
	}
}
