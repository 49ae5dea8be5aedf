package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
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
	strict       bool // the first bad article ends the import
	hints        bool // links, comments and notes are printed
	allowPrivate bool // --url may lead into a private network
}

func newImport(a *app) *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import FILE|DIR|-…",
		Short: "bring articles in: files, folders, an address, standard input",
		Long: `Reads articles, cuts them into sentences and stores them. The text is kept as it
came, but for its encoding (UTF-8) and its line ends; of pages and documents it
is what a reader sees. Of a page it is what looks like the article: boxes of
running text that were left out are named, and --whole takes them too. A folder
is searched with its subfolders for files that end in
` + wrapWords(extensions(), 78) + `;
what else is there is named and left out, and so are hidden files. A JSON Lines
file, a file of tasks (doccano, Label Studio, Prodigy) or a feed may hold many
articles. PDF needs the program pdftotext, EPUB and RTF need pandoc. A text that
is in the store already is named and not stored again.

One line an article: its name, its sentences, the file. What cannot be imported
is listed on standard error; the others are imported all the same, and the exit
code is 1. With --strict the first bad one ends the import. Whatever ends it,
articles that were named are stored whole, and the others not at all.

No network is used unless asked: --url without a FILE fetches that one page
(http or https, at most 5 redirects, 30 seconds, 20 MiB) and imports it. With a
FILE, --url only says where that was published.

With --codebook an article that is in the store already is judged by that
codebook from here on, if all that was said of it fits.

` + exitWords,
		Example: `  stet import article.txt
  stet import --outlet "Harbour Post" --published 2026-01-02 page.html
  stet import --url https://example.org/story
  stet import --hints draft.docx
  stet import articles/`,
		Args: func(cmd *cobra.Command, args []string) error {
			if o.URL != "" {
				return nil
			}
			return minArgs(1, "the names of files or folders, - for standard input, or --url")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runImport(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.Title, "title", "", "the `TITLE`, for one article")
	f.StringVar(&o.URL, "url", "", "the `ADDRESS` where it was published, for one article; without a FILE it is fetched from there")
	f.StringVar(&o.Outlet, "outlet", "", "`NAME` of who published it")
	f.StringVar(&o.Byline, "byline", "", "`NAME` of who wrote it")
	f.StringVar(&o.Published, "published", "", "`DATE` of publication, as 2026-01-02")
	f.StringVar(&o.Lang, "lang", "", "its `LANGUAGE`, as en or pt-BR; default: detected")
	f.StringVar(&o.Format, "format", "", "its `FORMAT`: "+strings.Join(importFormats(), ", ")+"; default: detected")
	f.StringVar(&o.Encoding, "encoding", "", "its `ENCODING`, as windows-1252; default: detected")
	f.BoolVar(&o.hints, "hints", false, "print links, comments and footnotes too, with the sentence each stands in")
	f.BoolVar(&o.Whole, "whole", false, "of pages, take all visible text, menus included; default: what looks like the article")
	f.BoolVar(&o.strict, "strict", false, "stop at the first article that cannot be imported")
	f.BoolVar(&o.allowPrivate, "allow-private", false, "let --url lead to this machine or a private network")
	f.SortFlags = false
	return c
}

// wrapWords breaks a list of words into lines of at most width characters.
func wrapWords(s string, width int) string {
	var b strings.Builder
	n := 0
	for _, w := range strings.Fields(s) {
		if n > 0 && n+1+len(w) > width {
			b.WriteByte('\n')
			n = 0
		} else if n > 0 {
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += len(w)
	}
	return b.String()
}

// importer brings files in one by one and keeps the receipt.
type importer struct {
	*app
	desk *desk // opened with the first text that could be read
	book *annotations.Codebook
	opt  importOptions
	page *fetched // what --url gave, while it is imported
	bar  *progress
	done importReceipt
}

func (a *app) importer(o importOptions) (*importer, error) {
	book, err := a.workingCodebook()
	if err != nil {
		return nil, err
	}
	im := &importer{app: a, book: book, opt: o, done: importReceipt{Articles: []importedJSON{}, Failed: []failedJSON{}, Skipped: []skippedJSON{}}}
	if im.book == nil {
		im.book = codebook.Builtin()
	}
	im.bar = a.progress("importing")
	return im, nil
}

func runImport(ctx context.Context, a *app, o importOptions, args []string) error {
	if err := o.check(args); err != nil {
		return err
	}
	a.again = true // what is in the store is recognised
	im, err := a.importer(o)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		err = im.fetch(ctx)
	} else {
		err = im.all(ctx, im.plan(args))
	}
	im.bar.end()
	if im.desk != nil {
		err = errors.Join(err, im.desk.Close())
	}
	if a.flags.json && (err == nil || len(im.done.Articles) > 0) {
		err = errors.Join(err, a.printJSON(im.done))
	}
	if err != nil {
		return im.cutShort(err)
	}
	if n := len(im.done.Failed); n > 0 && len(im.done.Articles) == 0 {
		return &foundError{exitFailed, plural(n, im.failures()) + " could not be imported, nothing was. Mend what is named above and import it again"}
	} else if n > 0 {
		return &foundError{exitFailed, fmt.Sprintf("%s could not be imported, %s. What was imported is saved. Mend them and import them again", plural(n, im.failures()), wereOf(len(im.done.Articles), ""))}
	}
	return nil
}

// cutShort says what was imported before something ended the import that is none of
// its files' fault.
func (im *importer) cutShort(err error) error {
	if errors.As(err, new(*foundError)) || errors.Is(err, context.Canceled) {
		return err // it says so, or what was shown as saved is all there is
	}
	return im.soFar(err, im.saved())
}

// failures names what failed: files, or articles in files.
func (im *importer) failures() string {
	if slices.ContainsFunc(im.done.Failed, func(f failedJSON) bool { return f.inside }) {
		return "article"
	}
	return "file"
}

// all imports every file, unless one ends the import.
func (im *importer) all(ctx context.Context, list []source) error {
	for i, src := range list {
		if ctx.Err() != nil {
			return im.stopped(len(list) - i)
		}
		err := im.one(ctx, src, func(share float64) { im.bar.at(uint64((float64(i)+share)*100), uint64(len(list))*100) })
		switch {
		case ctx.Err() != nil && err != nil:
			return im.stopped(len(list) - i)
		case errors.Is(err, errStrict):
			return im.gaveUp(len(list) - i - 1)
		case err != nil:
			return err
		}
	}
	if more := len(im.done.Skipped) - maxSkippedSaid; more > 0 {
		im.talk("left out: %d more; --json names them all", more)
	}
	if im.done.Hidden > 0 {
		im.talk("left out: %s", plural(im.done.Hidden, "hidden item"))
	}
	return nil
}

// errStrict ends an import at its first failure.
var errStrict = errors.New("stopped at the first failure")

func (im *importer) gaveUp(left int) error {
	return &foundError{exitFailed, fmt.Sprintf("stopped at the first failure, as --strict asks. %s, %s not looked at. Mend it and start again: what is in the store is recognised", im.saved(), unseen(left))}
}

// stopped says what an interrupted import leaves behind.
func (im *importer) stopped(left int) error {
	im.done.Stopped = true
	return &foundError{exitFailed, fmt.Sprintf("stopped on request. %s, %s not looked at to the end. Start it again to go on: what is in the store is recognised", im.saved(), unseen(left))}
}

func unseen(n int) string { return wereOf(n, "file") }

// wereOf is "1 file was", "2 files were", and "1 was", "2 were" of what was named before.
func wereOf(n int, what string) string {
	many := strconv.Itoa(n)
	if what != "" {
		many = plural(n, what)
	}
	if n == 1 {
		return many + " was"
	}
	return many + " were"
}

// saved names what was imported, the last ones if there are many.
func (im *importer) saved() string {
	const most = 5
	n := len(im.done.Articles)
	if n == 0 {
		return "Nothing was imported, what was in the store is safe"
	}
	var names []string
	for _, x := range im.done.Articles[max(n-most, 0):] {
		names = append(names, x.ID)
	}
	list := strings.Join(names, ", ")
	if n > most {
		list = "the last: " + list
	}
	return fmt.Sprintf("%s imported and safe (%s)", plural(n, "article"), list)
}

// talk says a line past the progress bar.
func (im *importer) talk(format string, args ...any) {
	im.clearBar()
	im.say(format, args...)
}

// clearBar makes room for a line; the bar is drawn again at the next step.
func (im *importer) clearBar() {
	im.bar.end()
	im.bar.shown = -1
}

// failed notes what could not be imported.
func (im *importer) failed(file string, inside bool, err error) {
	im.clearBar()
	if im.changed && strings.Contains(err.Error(), nothingChanged) { // by others
		err = &partly{err, "Nothing of it was changed"}
	}
	im.done.Failed = append(im.done.Failed, failedJSON{File: file, Error: err.Error(), inside: inside})
	sayError(im.environment, err)
}

// one imports the articles of a file. An error ends the whole import: the store
// failed, somebody stopped it, or --strict. What is wrong with an article is noted.
func (im *importer) one(ctx context.Context, src source, at func(share float64)) error {
	if src.wanted != nil {
		return im.note(src.path, false, src.wanted)
	}
	n := 0
	for r, err := range im.articles(ctx, src.path) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && n == 0 && src.other() && errors.Is(err, ingest.ErrFormat):
			im.skip(src.path, "it holds no article")
			return nil
		case err != nil:
			err = im.note(src.path, n > 0, err)
		default:
			err = im.store(ctx, src.path, r)
			at(r.Done)
		}
		if err != nil {
			return err
		}
		n++
	}
	at(1)
	return nil
}

// note notes a failure, which ends the import when the caller wants that.
func (im *importer) note(file string, inside bool, err error) error {
	im.failed(file, inside, err)
	if im.opt.strict {
		return errStrict
	}
	return nil
}

// articles reads the articles of a file. Where the caller gave what can be of
// one article only, several are an error.
func (im *importer) articles(ctx context.Context, file string) iter.Seq2[*ingest.Result, error] {
	if im.opt.single() {
		return func(yield func(*ingest.Result, error) bool) { yield(im.read(ctx, file)) }
	}
	if file == "-" {
		return ingest.All(ctx, im.stdin, im.opt.Options)
	}
	return ingest.AllFile(ctx, file, im.opt.Options)
}

// fetch gets the page that --url names, and imports it.
func (im *importer) fetch(ctx context.Context) error {
	page, err := im.fetcher(im.opt.allowPrivate).get(ctx, im.opt.URL)
	if err != nil {
		return err
	}
	im.page = page
	from, opt := page.from.String(), page.options(im.opt.Options)
	list := ingest.All(ctx, bytes.NewReader(page.body), opt)
	if opt.Title != "" {
		list = func(yield func(*ingest.Result, error) bool) { yield(ingest.Read(ctx, bytes.NewReader(page.body), opt)) }
	}
	for r, err := range list {
		switch {
		case ctx.Err() != nil:
			return im.stopped(1)
		case err != nil:
			err = im.note(from, len(im.done.Articles) > 0, err)
		default:
			err = im.store(ctx, from, r)
		}
		if errors.Is(err, errStrict) {
			return im.gaveUp(0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// store brings one article in and says so. Once begun it is done to the end, so
// that what is in the store and what was named are the same when somebody stops.
func (im *importer) store(ctx context.Context, file string, r *ingest.Result) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var err error
	if im.desk == nil {
		if im.desk, err = im.open(ctx, "import", true); err != nil {
			return err
		}
		im.clearBar()
		im.desk.heed(ctx)
	}
	ctx = context.WithoutCancel(ctx)
	done, err := im.desk.bringIn(ctx, r.Article, im.book)
	if errors.Is(err, store.ErrInvalid) || errors.As(err, new(*codebookError)) {
		return im.note(file, r.Part != "", err)
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
	done, err := d.takeIn(ctx, art, book)
	if err != nil || !done.Known {
		return done, err
	}
	named, err := d.adoptedCodebook()
	if err != nil || named == nil {
		return done, err
	}
	return done, d.adopt(ctx, done.ID, named)
}
