package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/store"
)

// app is one run of the program: its surroundings, the global flags, and the
// settings that follow from both.
type app struct {
	*environment
	root     *cobra.Command
	flags    globals
	started  bool  // a command's own work has begun: errors are no longer about usage
	mistyped error // help was asked for a command that there is not
	changed  bool  // the command has saved something
	again    bool  // it may be run again without harm, and then goes on
	settled  *settings
	painting *bool       // whether standard output takes colour, once asked
	shared   store.Store // of a server, open and behind its rules; nil: the file is opened
}

// globals are the flags that every command has.
type globals struct {
	db       string
	as       string
	config   string
	codebook string
	color    string
	plain    bool
	json     bool
	quiet    bool
	wait     time.Duration
	version  bool // of the root alone
}

// run executes one command line and returns the exit code.
func run(ctx context.Context, env *environment, args []string) int {
	a := &app{environment: env}
	a.root = newRoot(a)
	a.root.SetArgs(args)
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) { // no other start needs them
		a.completeValues(a.root)
	}
	help := &toldWriter{to: env.stdout}
	a.root.SetOut(help)
	cmd, err := a.root.ExecuteContextC(ctx)
	if err == nil {
		err = a.mistyped
	}
	if err != nil && !a.started && !errors.As(err, new(*foundError)) {
		err = usage("%s", misuse(cmd, err))
	}
	err = errors.Join(inFull(a.truly(err), whereToRead(cmd)), written(help.failed))
	if err != nil {
		sayError(env, err)
	}
	return codeOf(err)
}

// newRoot builds the whole tree of commands.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "stet",
		Short: "check the facts of news articles, sentence by sentence",
		Long: `stet steps through the sentences of a news article; each is tagged as sourced,
contested or contextual, with who vouches for it, what disputes it and the
evidence. Without a command it opens the desk: all articles, how far each is,
and which to go on with.

Everything is kept in one file on this machine and saved before the screen says
so. The network is used by three commands alone: "stet import --url", "stet
serve" and "stet merge --ssh".

` + exitWords,
		Example: `  stet demo                       try it on a built-in article
  stet review article.txt         import a file and step through it
  stet export --format json       everything as JSON
  stet help tag                   explain a command, here tag
  stet help keys                  list the keys of the screens`,
		Args:                       knownCommand,
		SilenceErrors:              true,
		SilenceUsage:               true,
		SuggestionsMinimumDistance: 2,
		CompletionOptions:          cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRunE:          func(cmd *cobra.Command, _ []string) error { return errors.Join(namedInFull(cmd), a.begin()) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.flags.version {
				return runVersion(a)
			}
			return runDesk(cmd.Context(), a)
		},
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	a.globalFlags(root)
	for _, g := range []struct{ id, title string }{
		{groupWork, "Review"}, {groupOut, "Give and take"}, {groupLead, "Lead"}, {groupStore, "The store"}, {groupTool, "stet itself"},
	} {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title + ":"})
	}
	a.addCommands(root)
	root.SetUsageTemplate(usageTemplate)
	root.Flags().BoolVar(&a.flags.version, "version", false, "the version of this program, as stet version prints it")
	a.helpOfNothing(root)
	return root
}

const (
	groupWork  = "work"
	groupOut   = "out"
	groupLead  = "lead"
	groupStore = "store"
	groupTool  = "tool"
)

func (a *app) addCommands(root *cobra.Command) {
	for _, g := range []struct {
		id   string
		list []*cobra.Command
	}{
		{groupWork, []*cobra.Command{newReview(a), newDemo(a), newLearn(a), newImport(a), newList(a), newShow(a), newTag(a), newSplit(a), newJoin(a), newKind(a), newFinish(a), newAnswer(a), newUndo(a), newRedo(a)}},
		{groupOut, []*cobra.Command{newExport(a), newLoad(a), newBundle(a), newRedact(a), newSegment(a), newSuggest(a), newCompare(a), newRevise(a)}},
		{groupLead, []*cobra.Command{newTeam(a), newAssign(a), newRule(a), newAudit(a), newSample(a), newAgreement(a), newReport(a), newLog(a), newVerify(a), newCheckpoint(a), newCodebook(a)}},
		{groupStore, []*cobra.Command{newCheck(a), newBackup(a), newRestore(a), newCompact(a), newServe(a), newMerge(a)}},
		{groupTool, []*cobra.Command{newDoctor(a), newConfig(a), newVersion(a), newCompletion(a), newMan(a)}},
	} {
		for _, c := range g.list {
			c.GroupID = g.id
			root.AddCommand(c)
		}
	}
	root.SetHelpCommandGroupID(groupTool)
	root.SetHelpCommand(newHelp(a))
	root.InitDefaultHelpCmd()
}

func (a *app) globalFlags(root *cobra.Command) {
	f, g := root.PersistentFlags(), &a.flags
	f.StringVar(&g.db, "db", "", "the store's `FILE` (STET_DB; default $XDG_DATA_HOME/stet/stet.db)")
	f.StringVar(&g.as, "as", "", "work under this `NAME` (STET_REVIEWER; default: configuration, then login name)")
	f.StringVar(&g.config, "config", "", "configuration `FILE` (STET_CONFIG; default $XDG_CONFIG_HOME/stet/config.toml)")
	f.StringVar(&g.codebook, "codebook", "", "tagging scheme, a TOML `FILE` (STET_CODEBOOK; default: built in)")
	f.StringVar(&g.color, "color", "auto", "colour: `WHEN` is auto, always or never")
	f.BoolVar(&g.plain, "plain", false, "lines in place of screens, no colour, no aligned columns, no progress bar (ACCESSIBLE=1)")
	f.BoolVar(&g.json, "json", false, "data as JSON")
	f.BoolVarP(&g.quiet, "quiet", "q", false, "say nothing but data and errors")
	f.DurationVar(&g.wait, "wait", 2*time.Second, "how long to wait, `TIME`, when another program holds the store")
	f.SortFlags = false
}

// knownCommand refuses words that are no command, and guesses what was meant.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	path := strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()), " ")
	msg := fmt.Sprintf("there is no command %q", strings.TrimPrefix(path+" "+args[0], " "))
	switch near := cmd.SuggestionsFor(args[0]); {
	case slices.Contains(near, args[0]):
		msg = fmt.Sprintf("the command %q stands behind --, where nothing is a command", args[0])
	case len(near) > 0:
		msg += " (did you mean " + strings.Join(near, " or ") + "?)"
	}
	return errors.New(msg)
}

// begin runs ahead of every command, after the command line was understood.
func (a *app) begin() error {
	switch a.flags.color {
	case "auto", "always", "never":
	default:
		return usage("--color is %q, not one of auto, always, never", a.flags.color)
	}
	if a.flags.wait < 0 {
		return usage("--wait is negative")
	}
	a.started = true
	return nil
}

// namedInFull refuses flags that are given and empty, as from a variable that is not set:
// the default would be another store, or another person; everybody's work in place of one
// reviewer's; or a proof that compared nothing.
func namedInFull(cmd *cobra.Command) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if err != nil || f.Value.Type() != "string" || f.Value.String() != "" || slices.Contains(mayBeEmpty(), f.Name) {
			return
		}
		err = usage("--%s names nothing. Nothing was done. Leave it out for what is in force without it", f.Name)
	})
	return err
}

// mayBeEmpty are the flags for which "" is an answer: it takes something off, or it is
// what is known of an article. What --output is not, each command says in its own words.
func mayBeEmpty() []string {
	return []string{
		"note", "confidential", "verdict", "rule", "manner", "reason", "quote", "locator",
		"title", "outlet", "byline", "published", "url", "lang", "encoding", "publisher", "output",
	}
}
