package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
)

func newCodebook(a *app) *cobra.Command {
	var asTOML bool
	c := &cobra.Command{
		Use:   "codebook",
		Short: "the tagging scheme: show it, check a file, list those in use",
		Long: `The codebook says what a reviewer may say, and when: tags, rules, flags, kinds
of source. Without a word after it, the one in force for new articles is shown.
"stet help codebook check" says what may stand in a file of your own.

` + exitWords,
		Example: `  stet codebook
  stet codebook show --toml > our.toml     a start for one of your own
  stet codebook check our.toml`,
		Args:                       knownCommand,
		SuggestionsMinimumDistance: 2,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return runCodebookShow(cmd.Context(), a, asTOML, nil) },
	}
	tomlFlag := func(c *cobra.Command) { c.Flags().BoolVar(&asTOML, "toml", false, "the file itself") }
	tomlFlag(c)
	showCmd := &cobra.Command{
		Use:   "show [ARTICLE]",
		Short: "the codebook in force for new articles, or for one article",
		Long: `Shows the codebook that new articles are judged by (--codebook, else the
built-in one), or the one of an article in the store.

` + exitWords,
		Example: `  stet codebook show
  stet codebook show harbour --toml`,
		Args:              rangeArgs(0, 1, "the name of one article at most"),
		ValidArgsFunction: a.completeArticleThen(),
		RunE:              func(cmd *cobra.Command, args []string) error { return runCodebookShow(cmd.Context(), a, asTOML, args) },
	}
	tomlFlag(showCmd)
	c.AddCommand(showCmd, newCodebookCheck(a), &cobra.Command{
		Use:   "list",
		Short: "the codebooks of the store",
		Long: `Lists the codebooks that articles of the store are judged by, with how many.

` + exitWords,
		Example: `  stet codebook list`,
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCodebookList(cmd.Context(), a) },
	})
	return c
}

func newCodebookCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE…",
		Short: "read codebook files and say what is wrong, with the line",
		Long: `Reads each file as a codebook. Every mistake is listed as FILE:LINE and what to
do.

A codebook is a TOML file in UTF-8. Who changes it, be it a comment, has another
codebook; articles keep the one they were judged by. It holds

  name = "…"  version = "…"          both required
  language = "en"                    BCP 47, optional
  unit = "…"                         what counts as one unit, optional
  [[questions]]     ask, then        asked in this order
  [[tags]]          id, key, letter, definition; optional name, color, needs,
                    wants
  [[rules]]         id, tag, name, words
  [[flags]]         id, words
  [[source_kinds]]  id, short, words
  [[examples]]      text, tag, why; optional rule

It has two to nine tags; the digits 1 to 9 set them in the order of the file. An
id is up to 64 ASCII letters, digits, dots, hyphens and underscores and begins
with a letter or digit; no two of a list differ in case only. A key is one
printable ASCII character, and none that the screens use:

  ` + codebook.Reserved + `

A letter is one letter or digit of any script, one cell wide. Keys, letters and
names of tags are distinct. color is one of
` + wrapWords(strings.Join(codebook.Colors(), ", "), 78) + `.
needs and wants list what a tag is not complete without, and what would be good
to have: "other side", "source", "rule". Anything else in the file is refused.

` + exitWords,
		Example: `  stet codebook check our.toml`,
		Args:    minArgs(1, "the names of codebook files"),
		RunE:    func(_ *cobra.Command, args []string) error { return runCodebookCheck(a, args) },
	}
}

func runCodebookShow(ctx context.Context, a *app, asTOML bool, args []string) error {
	book, err := a.workingCodebook()
	if err == nil && book == nil {
		book = codebook.Builtin()
	}
	if len(args) == 1 {
		err = a.withStore(ctx, "codebook", false, func(d *desk) error {
			sum, err := d.find(ctx, args[0])
			if err == nil {
				book, err = d.book(ctx, sum.Codebook)
			}
			return err
		})
	}
	switch {
	case err != nil:
		return err
	case asTOML:
		data := book.Source
		if a.isTerminal(a.stdout) {
			lines := bytes.Split(data, []byte("\n"))
			for i := range lines {
				lines[i] = []byte(show(string(lines[i])))
			}
			data = bytes.Join(lines, []byte("\n"))
		}
		_, err := a.stdout.Write(data)
		return written(err)
	case a.flags.json:
		return a.printJSON(bookOf(book))
	}
	return bookText(a, book)
}

// bookText prints a codebook as a reviewer reads it.
func bookText(a *app, book *annotations.Codebook) error {
	var b strings.Builder
	line := func(format string, args ...any) {
		for i, v := range args {
			if s, ok := v.(string); ok {
				args[i] = show(strings.TrimSpace(s))
			}
		}
		fmt.Fprintf(&b, format+"\n", args...)
	}
	line("codebook %q version %s (%s)", book.Name, book.Version, book.Hash.Short())
	if book.Unit != "" {
		line("\nUnit: %s", book.Unit)
	}
	for _, q := range book.Questions {
		line("\n%s\n  %s", q.Ask, q.Then)
	}
	for _, t := range book.Tags {
		b.WriteString("\n" + a.paint(t.Color, show(t.Letter)))
		line(" %s (%s): key %s\n  %s", t.Name, t.ID, t.Key, t.Definition)
		for _, r := range book.RulesFor(t.ID) {
			line("  %s %s: %s", r.ID, r.Name, r.Words)
		}
	}
	line("\nFlags")
	for _, f := range book.Flags {
		line("  %s: %s", f.ID, f.Words)
	}
	line("\nKinds of source")
	for _, k := range book.SourceKinds {
		line("  %s (%s): %s", k.ID, k.Short, k.Words)
	}
	line("\nExamples")
	for _, x := range book.Examples {
		line("  %s", x.Text)
		line("    %s %s: %s", x.Tag, x.Rule, x.Why)
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return written(err)
}

// keysTaken says of each action in an article whose key a tag has which tag that is: who presses the key
// there tags a sentence.
func keysTaken(book *annotations.Codebook) (notes []string) {
	table := action.Table(book)
	for i := range table {
		if lost := table[i].LostTo(table); lost != "" && table[i].Scope == action.Review {
			notes = append(notes, fmt.Sprintf("%q has %s; another is given it under [keys.review] in the configuration", table[i].Hint, lost))
		}
	}
	return notes
}

func runCodebookCheck(a *app, files []string) error {
	type checkedJSON struct {
		File    string   `json:"file"`
		OK      bool     `json:"ok"`
		Name    string   `json:"name,omitempty"`
		Version string   `json:"version,omitempty"`
		Hash    string   `json:"hash,omitempty"`
		Errors  []string `json:"errors"`
		Notes   []string `json:"notes,omitempty"` // keys that tags take from what the screens do
	}
	out := []checkedJSON{}
	wrong := 0
	for _, f := range files {
		book, name, err := a.checkCodebook(f)
		if errors.Is(err, context.Canceled) {
			return err
		}
		if err != nil {
			wrong++
			out = append(out, checkedJSON{File: name, Errors: strings.Split(err.Error(), "\n")})
			if !a.flags.json {
				sayError(a.environment, err)
			}
			continue
		}
		notes := keysTaken(book)
		out = append(out, checkedJSON{File: name, OK: true, Name: book.Name, Version: book.Version, Hash: book.Hash.String(), Errors: []string{}, Notes: notes})
		if a.flags.json {
			continue
		}
		err = a.print("%s: codebook %q version %s, %s, %s, %s; %s", name, book.Name, book.Version,
			plural(len(book.Tags), "tag"), plural(len(book.Rules), "rule"), plural(len(book.Flags), "flag"), book.Hash.Short())
		if err != nil {
			return err
		}
		for _, n := range notes {
			a.say("note: %s", n)
		}
	}
	if a.flags.json {
		if err := a.printJSON(out); err != nil {
			return err
		}
	}
	if wrong > 0 {
		return &foundError{exitFailed, fmt.Sprintf("%s of %d cannot be used. Nothing was changed. Mend what is named above", plural(wrong, "codebook"), len(files))}
	}
	return nil
}

// checkCodebook reads a codebook out of a file, or standard input for "-", and gives what
// to call it.
func (a *app) checkCodebook(path string) (*annotations.Codebook, string, error) {
	r, name, err := a.input(path)
	if err != nil {
		return nil, name, err
	}
	defer r.Close() //nolint:errcheck // only read
	src, err := io.ReadAll(io.LimitReader(r, codebook.MaxSize+1))
	if err != nil {
		return nil, name, fmt.Errorf("%s cannot be read: %w. Nothing was done. Check the path", name, bare(err))
	}
	book, err := codebook.Parse(name, src)
	return book, name, err
}

func runCodebookList(ctx context.Context, a *app) error {
	type usedJSON struct {
		Hash     string `json:"hash"`
		Name     string `json:"name"`
		Version  string `json:"version"`
		BuiltIn  bool   `json:"builtIn"`
		Articles int    `json:"articles"`
	}
	count := map[annotations.Hash]int{codebook.Builtin().Hash: 0}
	books := map[annotations.Hash]*annotations.Codebook{codebook.Builtin().Hash: codebook.Builtin()}
	there := false // a store: where there is none, the built-in codebook is all
	err := a.withStore(ctx, "codebook", false, func(d *desk) error {
		there = true
		return d.everyArticle(ctx, func(s store.Summary) error {
			count[s.Codebook]++
			if books[s.Codebook] != nil {
				return nil
			}
			b, err := d.book(ctx, s.Codebook)
			books[s.Codebook] = b
			return err
		})
	})
	if err != nil && (there || !errors.Is(err, store.ErrNotFound)) {
		return err
	}
	out := []usedJSON{}
	for h, b := range books {
		out = append(out, usedJSON{h.String(), b.Name, b.Version, h == codebook.Builtin().Hash, count[h]})
	}
	slices.SortFunc(out, func(x, y usedJSON) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Version, y.Version), cmp.Compare(x.Hash, y.Hash))
	})
	if a.flags.json {
		return a.printJSON(out)
	}
	t := newTable(a, "hash", "name", "version", "articles", "")
	for _, u := range out {
		t.row(u.Hash[:8], u.Name, u.Version, fmt.Sprint(u.Articles), map[bool]string{true: "built in", false: ""}[u.BuiltIn])
	}
	return t.flush()
}
