package main

import (
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
)

func everyCommand(t *testing.T) []*cobra.Command {
	t.Helper()
	root := newRoot(&app{environment: systemEnvironment()})
	list := []*cobra.Command{root}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			list = append(list, sub)
			walk(sub)
		}
	}
	walk(root)
	if len(list) < 25 {
		t.Fatalf("only %d commands were found", len(list))
	}
	return list
}

func TestEveryCommandExplainsItself(t *testing.T) {
	t.Parallel()
	for _, c := range everyCommand(t) {
		name := c.CommandPath()
		switch {
		case c.Short == "" || strings.HasSuffix(c.Short, "."):
			t.Errorf("%s: its short help is %q", name, c.Short)
		case !strings.Contains(c.Long, exitWords):
			t.Errorf("%s: its help does not give the exit codes", name)
		case !strings.Contains(c.Example, "stet "):
			t.Errorf("%s: it has no example", name)
		case c.Args == nil && c.Name() != "help" && c.Name() != "export":
			t.Errorf("%s: it takes any words", name)
		}
		for i, line := range strings.Split(c.Long+"\n"+c.Example, "\n") {
			if n := len([]rune(line)); n > 80 || annotations.Visible(line) != line {
				t.Errorf("%s: line %d of its help is %d characters wide or holds a control character", name, i+1, n)
			}
		}
	}
}

// TestHelpFitsATerminal: 80 columns are what a terminal has to begin with.
func TestHelpFitsATerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lines := 0
	for _, c := range everyCommand(t) {
		words := append(strings.Fields(c.CommandPath())[1:], "--help")
		if code := w.run(words...); code != exitOK {
			t.Errorf("stet %v: exit code %d: %s", words, code, w.stderr.String())
		}
		for line := range strings.Lines(w.stdout.String()) {
			lines++
			if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%s: %d columns: %s", c.CommandPath(), n, line)
			}
		}
	}
	if lines < 1000 {
		t.Errorf("only %d lines of help were looked at", lines)
	}
}

// TestAFlagNamesOneDefault: where words say what it is without the flag, no figure
// beside them says something else.
func TestAFlagNamesOneDefault(t *testing.T) {
	t.Parallel()
	told := 0
	for _, c := range everyCommand(t) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			var one pflag.FlagSet
			one.AddFlag(f)
			said := one.FlagUsages()
			if n := strings.Count(said, "default"); n > 1 {
				t.Errorf("%s --%s tells %d defaults: %s", c.CommandPath(), f.Name, n, said)
			} else if n == 1 {
				told++
			}
		})
	}
	if told < 20 {
		t.Errorf("only %d flags tell their default", told)
	}
}

func TestTheNamesOfTheContractAreThere(t *testing.T) {
	t.Parallel()
	have := map[string]*cobra.Command{}
	for _, c := range everyCommand(t) {
		have[c.CommandPath()] = c
	}
	for name, flags := range map[string]string{
		"stet":        "db as config codebook color plain json quiet wait",
		"stet review": "", "stet demo": "", "stet learn": "from", "stet list": "", "stet show": "sentence reviewer",
		"stet import": "title outlet url published byline lang format encoding",
		"stet tag": "source cue content source-kind count hops terms evidence stance quote locator disputes manner supports " +
			"repeats derived-from inside flag no-flag note confidential rule unsure no-unsure check reason",
		"stet undo": "count", "stet redo": "count",
		"stet export": "format output reviewer history confidential exported",
		"stet load":   "", "stet log": "sentence by limit", "stet verify": "checkpoint", "stet checkpoint": "",
		"stet check": "deep salvage", "stet backup": "", "stet restore": "salvage", "stet compact": "",
		"stet rule": "reason rule reviewer", "stet agreement": "ratings", "stet segment": "jsonl lang",
		"stet codebook": "toml", "stet codebook show": "toml", "stet codebook check": "", "stet codebook list": "",
		"stet split": "before at reason", "stet join": "tag reason", "stet kind": "", "stet finish": "reopen force all-agreed reviewer",
		"stet team": "", "stet assign": "deal everyone", "stet revise": "dry-run pending take", "stet compare": "jsonl html all quotes source",
		"stet suggest": "jsonl", "stet audit": "list seed", "stet sample": "seed number reviewer max confidence population",
		"stet report": "html markdown reply", "stet serve": "listen keys", "stet merge": "dry-run", "stet bundle": "output redact",
		"stet doctor": "", "stet version": "", "stet config": "", "stet help": "", "stet completion": "", "stet man": "",
	} {
		c := have[name]
		if c == nil {
			t.Errorf("there is no %s", name)
			continue
		}
		for _, f := range strings.Fields(flags) {
			if c.Flag(f) == nil {
				t.Errorf("%s has no --%s", name, f)
			}
		}
	}
}

func TestEveryActionOfTheScreensHasACommand(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, c := range everyCommand(t) {
		have[c.Name()] = true
	}
	n := 0
	for _, x := range action.Table(codebook.Builtin()) {
		if x.Verb == "" {
			continue
		}
		n++
		if !have[strings.Fields(x.Verb)[0]] {
			t.Errorf("%s/%s names the command %q, which is not there", x.Scope, x.ID, x.Verb)
		}
	}
	if n < 10 {
		t.Errorf("only %d actions name a command", n)
	}
}

func TestEveryCommandHasAManualPage(t *testing.T) {
	t.Parallel()
	for _, c := range everyCommand(t) {
		page := manPage(c, "1")
		for _, want := range []string{".TH " + strings.ToUpper(strings.ReplaceAll(manName(c), "-", `\-`)), ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH EXAMPLES", "Exit codes"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page has no %q", c.CommandPath(), want)
			}
		}
		for i, line := range strings.Split(page, "\n") {
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ". ") {
				t.Errorf("%s: line %d of the page would be taken for a request: %q", c.CommandPath(), i+1, line)
			}
		}
	}
}
