package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "man [DIR]",
		Short: "manual pages",
		Long: `Prints stet(1), the manual page of the program, or writes a page for every
command into the folder DIR: stet.1, stet-tag.1 …

` + exitWords,
		Example: `  stet man | man -l -
  stet man ~/.local/share/man/man1`,
		Args: rangeArgs(0, 1, "one folder at most"),
		RunE: func(_ *cobra.Command, args []string) error { return runMan(a, args) },
	}
}

func runMan(a *app, args []string) error {
	version, _ := a.build()
	if len(args) == 0 || args[0] == "-" { // as everywhere: standard output
		_, err := fmt.Fprint(a.stdout, manPage(a.root, version))
		return written(err)
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return err
	}
	n := 0
	var write func(c *cobra.Command) error
	write = func(c *cobra.Command) error {
		n++
		if err := a.writeFile(filepath.Join(args[0], manName(c)+".1"), []byte(manPage(c, version))); err != nil {
			return err
		}
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				if err := write(sub); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := write(a.root); err != nil {
		return err
	}
	a.say("%s written to %s", plural(n, "page"), args[0])
	return nil
}

func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manPage is one command as a page for man(1).
func manPage(c *cobra.Command, version string) string {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"stet %s\" \"stet\"\n", roff(strings.ToUpper(manName(c))), roff(version))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(manName(c)), roff(c.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(strings.Join(strings.Fields(c.UseLine()), " ")))
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s", roffText(c.Long))
	if c.HasAvailableSubCommands() {
		b.WriteString(".SH COMMANDS\n")
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(sub.Name()), roff(sub.Short))
			}
		}
	}
	roffFlags(&b, "OPTIONS", c.LocalFlags())
	roffFlags(&b, "GLOBAL OPTIONS", c.InheritedFlags())
	if c.Example != "" {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roffLines(c.Example))
	}
	if !c.HasParent() {
		roffProgram(&b)
	}
	if c.HasParent() {
		fmt.Fprintf(&b, ".SH SEE ALSO\n.BR %s (1)\n", roff(manName(c.Parent())))
	}
	return b.String()
}

func roffFlags(b *strings.Builder, title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	b.WriteString(".SH " + title + "\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, words := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		fmt.Fprintf(b, ".TP\n.B %s \\fI%s\\fR\n%s\n", roff(name), roff(kind), roff(words+defaultWords(f)))
	})
}

// defaultWords says what a flag is where it is not given, as help does.
func defaultWords(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "0", "0s", "[]", "<nil>":
		return ""
	}
	if f.Value.Type() == "string" {
		return fmt.Sprintf(" (default %q)", f.DefValue)
	}
	return fmt.Sprintf(" (default %s)", f.DefValue)
}

// roffText sets paragraphs; indented lines keep their form.
func roffText(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(strings.TrimSpace(s), "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		if strings.HasPrefix(part, "  ") {
			b.WriteString(".nf\n" + roffLines(part) + "\n.fi\n")
			continue
		}
		b.WriteString(roffLines(part) + "\n")
	}
	return b.String()
}

func roffLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = roff(lines[i])
	}
	return strings.Join(lines, "\n")
}

// roff escapes one line: backslashes, hyphens that must stay hyphens, and a
// control character at its beginning.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}
