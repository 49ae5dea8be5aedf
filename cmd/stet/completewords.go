package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/proof"
)

// wordsFor gives the words that may stand where a tab key was pressed, after args.
type wordsFor func(ctx context.Context, args []string) []string

// fixed offers the same words everywhere.
func fixed(list ...string) wordsFor {
	return func(context.Context, []string) []string { return list }
}

// completeArticleThen offers an article first, and then what each of the next
// arguments may be: words, or nothing where the entry is nil.
func (a *app) completeArticleThen(next ...wordsFor) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return a.completeArticle(cmd, args, word)
		}
		if i := len(args) - 1; i < len(next) && next[i] != nil {
			return next[i](cmd.Context(), args), cobra.ShellCompDirectiveNoFileComp
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

// bookWords offers words of the codebook by which the article args[0] is judged,
// or of the one for new articles.
func (a *app) bookWords(pick func(*annotations.Codebook) []string) wordsFor {
	return func(ctx context.Context, args []string) (words []string) {
		a.peek(ctx, func(ctx context.Context, d *desk) error {
			if len(args) == 0 {
				return nil
			}
			sum, err := d.find(ctx, args[0])
			if err != nil {
				return err
			}
			book, err := d.book(ctx, sum.Codebook)
			if err == nil {
				words = pick(book)
			}
			return err
		})
		return words
	}
}

func tagsOf(b *annotations.Codebook) (out []string) {
	for _, t := range b.Tags {
		out = append(out, cobra.CompletionWithDesc(t.ID, t.Name))
	}
	return out
}

func flagsOf(b *annotations.Codebook) (out []string) {
	for _, f := range b.Flags {
		out = append(out, cobra.CompletionWithDesc(f.ID, f.Words))
	}
	return out
}

func rulesOf(b *annotations.Codebook) (out []string) {
	for _, r := range b.Rules {
		out = append(out, cobra.CompletionWithDesc(r.ID, r.Name))
	}
	return out
}

func sourceKindsOf(b *annotations.Codebook) (out []string) {
	for _, k := range b.SourceKinds {
		out = append(out, cobra.CompletionWithDesc(k.ID, k.Words))
	}
	return out
}

// people offers the names of the team and of all who have said something.
func (a *app) people(ctx context.Context, _ []string) []string {
	names := map[string]bool{}
	a.peek(ctx, func(ctx context.Context, d *desk) error {
		team, err := d.Team(ctx)
		if err != nil {
			return err
		}
		for _, m := range team.Members {
			names[m.Name] = true
		}
		return d.everyArticle(ctx, func(s store.Summary) error {
			for name := range s.Others {
				names[name] = true
			}
			if s.Progress.Tagged > 0 {
				names[d.session.Actor] = true
			}
			return nil
		})
	})
	maps.DeleteFunc(names, func(name string, _ bool) bool { return show(name) != name })
	return slices.Sorted(maps.Keys(names))
}

func unitKinds(context.Context, []string) (out []string) {
	for k := annotations.Kind(0); k.Known(); k++ {
		out = append(out, strings.ReplaceAll(k.String(), " ", "-"))
	}
	return out
}

// completeTeam offers what stet team may be told.
func (a *app) completeTeam(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var words []string
	switch {
	case len(args) == 0:
		words = teamChanges()
	case len(args) == 1 && (args[0] == "set" || args[0] == "remove"):
		words = a.people(cmd.Context(), nil)
	case len(args) == 2 && args[0] == "set":
		words = []string{string(annotations.Reviewer), string(annotations.Lead)}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// flagValues are the flags whose value is one of some words; "tag stance" is the
// flag of one command, "reviewer" that of any.
func (a *app) flagValues() map[string]wordsFor {
	imported, books := fixed(importFormats()...), a.bookWords
	return map[string]wordsFor{
		"color": fixed("auto", "always", "never"), "as": a.people, "reviewer": a.people, "by": a.people,
		"export format": fixed(formatNames()...), "export offsets": fixed("codepoint", "utf16"), "export shape": fixed("relations", "spans", "class"),
		"load format": fixed(append([]string{"json"}, readable()...)...), "import format": imported, "revise format": imported, "review format": imported,
		"tag stance": fixed("supports", "undercuts", "refutes", "neutral"), "tag manner": fixed("direct", "rhetorical", "partial"),
		"tag check": fixed("wanted", "done", "none"), "tag terms": fixed("on record", "background"),
		"tag flag": books(flagsOf), "tag no-flag": books(flagsOf), "tag source-kind": books(sourceKindsOf),
		"rule": books(rulesOf), "join tag": books(tagsOf), "audit list": fixed(auditLists()...),
		"redact": fixed(proof.WordConfidential, "notes", "names", "text", "by:"),
		"review against": func(ctx context.Context, _ []string) (names []string) {
			names, _ = a.completeArticle(&cobra.Command{}, nil, "")
			return names
		},
	}
}

// completeValues teaches every flag of root and its commands what to offer: words,
// files where the value is one, and nothing where it is free.
func (a *app) completeValues(root *cobra.Command) {
	values := a.flagValues()
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		teach := func(f *pflag.Flag) {
			words := values[c.Name()+" "+f.Name]
			if words == nil {
				words = values[f.Name]
			}
			name, _ := pflag.UnquoteUsage(f)
			if words == nil && (f.Value.Type() == "bool" || slices.ContainsFunc(strings.Split(name, "|"), isFileWord)) {
				return
			}
			// It fails for a flag that is not there or was taught already: neither can be.
			_ = c.RegisterFlagCompletionFunc(f.Name, func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
				if words == nil {
					return nil, cobra.ShellCompDirectiveNoFileComp
				}
				return words(cmd.Context(), args), cobra.ShellCompDirectiveNoFileComp
			})
		}
		c.LocalNonPersistentFlags().VisitAll(teach)
		c.PersistentFlags().VisitAll(teach)
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
}

// isFileWord reports whether a flag's value, as its help calls it, is a path.
func isFileWord(name string) bool { return name == "FILE" || name == "PATH" || name == "OUT" }
