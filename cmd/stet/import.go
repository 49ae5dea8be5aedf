package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
)

// importOptions are what the caller says of the files.
type importOptions struct {
	ingest.Options
}

func newImport(a *app) *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import FILE|DIR|-…",
		Short: "bring articles in: files, folders, or - for standard input",
		Long: `Reads articles, cuts them into sentences and stores them. The text is kept as it
came, but for its encoding (UTF-8) and its line ends. A folder is searched with
its subfolders for files that end in
` + extensions() + `;
hidden ones are left out. A text that is in the store already is named and not stored again.

One line an article: its name, its sentences, the file. What cannot be imported
is listed on standard error; the others are imported all the same, and the exit
code is 1.

With --codebook an article that is in the store already is judged by that
codebook from here on, if all that was said of it fits.

` + exitWords,
		Example: `  stet import article.txt
  stet import --outlet "Harbour Post" --published 2026-01-02 page.html
  curl -s https://example.org/story | stet import --format html -
  stet import articles/`,
		Args: minArgs(1, "the names of files or folders, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error { return runImport(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.Title, "title", "", "the title, for one file")
	f.StringVar(&o.URL, "url", "", "where it was published, for one file")
	f.StringVar(&o.Outlet, "outlet", "", "who published it")
	f.StringVar(&o.Byline, "byline", "", "who wrote it")
	f.StringVar(&o.Published, "published", "", "when it was published, as 2026-01-02")
	f.StringVar(&o.Lang, "lang", "", "its language, as en or pt-BR; default: detected")
	f.StringVar(&o.Format, "format", "", "its format: "+strings.Join(formats(), ", ")+"; default: detected")
	f.StringVar(&o.Encoding, "encoding", "", "its encoding, as windows-1252; default: detected")
	f.SortFlags = false
	return c
}

func formats() []string {
	var out []string
	for _, f := range ingest.Formats() {
		out = append(out, f.Name)
	}
	return out
}

func extensions() string {
	var out []string
	for _, f := range ingest.Formats() {
		out = append(out, f.Extensions...)
	}
	return strings.Join(out, " ")
}

// importer brings files in one by one and keeps the receipt.
type importer struct {
	*app
	desk *desk // opened with the first text that could be read
	book *annotations.Codebook
	opt  importOptions
	done importReceipt
}

type importReceipt struct {
	Articles []importedJSON `json:"articles"`
	Failed   []failedJSON   `json:"failed"`
}

type importedJSON struct {
	articleJSON
	File     string   `json:"file"`
	Format   string   `json:"format"`
	Encoding string   `json:"encoding"`
	Known    bool     `json:"known"` // it was in the store before
	Notices  []string `json:"notices,omitempty"`
}

type failedJSON struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

func runImport(ctx context.Context, a *app, o importOptions, args []string) error {
	if err := o.check(args); err != nil {
		return err
	}
	im, err := a.importer(o)
	if err != nil {
		return err
	}
	err = im.all(ctx, args)
	if im.desk != nil {
		err = errors.Join(err, im.desk.Close())
	}
	if err != nil {
		return err
	}
	if a.flags.json {
		if err := a.printJSON(im.done); err != nil {
			return err
		}
	}
	if n := len(im.done.Failed); n > 0 {
		return &foundError{exitFailed, fmt.Sprintf("%s could not be imported, %d were. What was imported is saved. Mend them and import them again", plural(n, "file"), len(im.done.Articles))}
	}
	return nil
}

func (o *importOptions) check(args []string) error {
	stdin := 0
	for _, arg := range args {
		if arg == "-" {
			stdin++
		}
	}
	switch {
	case stdin > 1:
		return usage("standard input (-) can be read once only")
	case (o.Title != "" || o.URL != "") && len(args) > 1:
		return usage("--title and --url are of one article. Nothing was imported. Import the files one by one, or leave them out")
	}
	return nil
}

func (a *app) importer(o importOptions) (*importer, error) {
	book, err := a.workingCodebook()
	if err != nil {
		return nil, err
	}
	im := &importer{app: a, book: book, opt: o, done: importReceipt{[]importedJSON{}, []failedJSON{}}}
	if im.book == nil {
		im.book = codebook.Builtin()
	}
	return im, nil
}

func (im *importer) all(ctx context.Context, args []string) error {
	for _, arg := range args {
		files, err := im.files(arg)
		if err != nil {
			im.failed(arg, err)
			continue
		}
		for _, f := range files {
			if err := im.one(ctx, f); err != nil {
				return err
			}
		}
	}
	return nil
}

// files lists what an argument names, in order of the names.
func (im *importer) files(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	if arg == "-" || err != nil || !info.IsDir() {
		return []string{arg}, nil // what is wrong with it is said when it is read
	}
	if im.opt.Title != "" || im.opt.URL != "" {
		return nil, errors.New("this is a folder, and --title and --url are of one article; leave them out")
	}
	var out []string
	err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			im.failed(path, err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case path != arg && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && importable(path):
			out = append(out, path)
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("there is nothing to import in this folder; files end in %s", extensions())
	}
	return out, err
}

func importable(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	known := slices.ContainsFunc(ingest.Formats(), func(f ingest.FormatInfo) bool { return slices.Contains(f.Extensions, ext) })
	info, err := os.Stat(path) // follows a link to a file
	return known && err == nil && info.Mode().IsRegular()
}

// failed notes a file that could not be imported.
func (im *importer) failed(file string, err error) {
	im.done.Failed = append(im.done.Failed, failedJSON{file, err.Error()})
	sayError(im.environment, err)
}

// one imports a file. An error ends the whole import: the store failed, or
// somebody stopped it. What is wrong with the file alone is noted.
func (im *importer) one(ctx context.Context, file string) error {
	r, err := im.read(ctx, file)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		im.failed(file, err)
		return nil
	}
	if im.desk == nil {
		if im.desk, err = im.open(ctx, "import", true); err != nil {
			return err
		}
	}
	done, err := im.desk.bringIn(ctx, r.Article, im.book)
	if errors.Is(err, store.ErrInvalid) || errors.As(err, new(*codebookError)) {
		im.failed(file, err)
		return nil
	}
	if err != nil {
		return err
	}
	sum, err := im.desk.Summary(ctx, "", done.ID)
	if err != nil {
		return err
	}
	return im.report(file, r, &sum.Meta, done.Known)
}

func (im *importer) read(ctx context.Context, file string) (*ingest.Result, error) {
	if file == "-" {
		return ingest.Read(ctx, im.stdin, im.opt.Options)
	}
	return ingest.File(ctx, file, im.opt.Options)
}

// bringIn stores an article, or finds it and has it judged by the codebook
// that was named for this command.
func (d *desk) bringIn(ctx context.Context, art *annotations.Article, book *annotations.Codebook) (store.Imported, error) {
	done, err := store.Import(ctx, d.Store, d.session, art, book)
	if err != nil || !done.Known {
		return done, err
	}
	named, err := d.adoptedCodebook()
	if err != nil || named == nil {
		return done, err
	}
	return done, d.adopt(ctx, done.ID, named)
}

// report says what became of a file; m is the article as the store has it.
func (im *importer) report(file string, r *ingest.Result, m *annotations.Meta, isKnown bool) error {
	from := r.Article.Original
	x := importedJSON{articleJSON: articleOf(m), File: file, Format: from.Format, Encoding: from.Encoding, Known: isKnown}
	for _, n := range r.Notices {
		x.Notices = append(x.Notices, n.Text)
		if n.Caution {
			im.say("%s: %s", file, n.Text)
		}
	}
	im.done.Articles = append(im.done.Articles, x)
	if im.flags.json {
		return nil
	}
	known := ""
	if isKnown {
		known = "  known already"
	}
	return im.print("%s  %s  %s (%s, %s)%s", m.Name, plural(m.Sentences, "sentence"), file, from.Encoding, from.Format, known)
}
