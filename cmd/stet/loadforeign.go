package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/store"
)

// loadGroup is one file in stet's own format, or files of one other format that
// are read together.
type loadGroup struct {
	dialect interchange.Dialect // nil for stet's own
	names   []string
	files   []interchange.File
	export  *interchange.Export
	receipt *loadReceipt
	byHash  map[annotations.Hash]*annotations.Codebook // made by books
}

func (g *loadGroup) order() int {
	if g.dialect == nil {
		return 0
	}
	return 1
}

// called names the files of a group, the first of them where they are many.
func called(names []string) string {
	const most = 4
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d other files", strings.Join(names[:most-1], " "), n-most+1)
	}
	return strings.Join(names, " ")
}

// books are the codebooks that the group's files hold or were read by.
func (g *loadGroup) books() map[annotations.Hash]*annotations.Codebook {
	if g.byHash == nil {
		g.byHash = map[annotations.Hash]*annotations.Codebook{}
		for _, c := range g.export.Codebooks {
			g.byHash[c.Hash] = c
		}
		for i := range g.export.Documents {
			c := g.export.Documents[i].Codebook
			g.byHash[c.Hash] = c
		}
	}
	return g.byHash
}

// groupFiles reads files and puts together what belongs together. Files that
// cannot be read are named and counted; the others go on.
func (a *app) groupFiles(ctx context.Context, format string, names []string) ([]*loadGroup, *sharedTexts, int, error) {
	if format != "" && format != "json" && dialectNamed(format) == nil {
		return nil, nil, 0, usage("--format is %q, not one of json, %s", format, strings.Join(readable(), ", "))
	}
	var groups []*loadGroup
	byDialect := map[string]*loadGroup{}
	failed := 0
	for _, name := range names {
		data, err := a.wholeInput(name)
		kind := format
		if err == nil && kind == "" {
			var pass bool
			if kind, pass, err = recognise(name, data); pass {
				continue
			}
		}
		switch {
		case ctx.Err() != nil:
			return nil, nil, 0, context.Cause(ctx)
		case err != nil:
			failed++
			sayError(a.environment, err)
		case kind == "json":
			e, r, err := readNative(name, data)
			if err != nil {
				failed++
				sayError(a.environment, err)
				continue
			}
			groups = append(groups, &loadGroup{names: []string{name}, export: e, receipt: r})
		default:
			g := byDialect[kind]
			if g == nil {
				g = &loadGroup{dialect: dialectNamed(kind)}
				byDialect[kind] = g
				groups = append(groups, g)
			}
			g.names = append(g.names, name)
			g.files = append(g.files, interchange.File{Name: filepath.Base(name), Data: data})
		}
	}
	groups, texts := shareTexts(groups)
	if len(groups) == 0 && len(texts.files) > 0 {
		failed += len(texts.files)
		sayError(a.environment, errOnlyTexts)
	}
	return groups, texts, failed, nil
}

func (a *app) wholeInput(name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() && name != "-" { // as `stet export -o DIR/` makes one
		return nil, fmt.Errorf("%s is a folder. Nothing of it was loaded. Give the files in it, of one format, in one command", name)
	}
	in, called, err := a.input(name)
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(io.LimitReader(in, interchange.MaxFile+1))
	switch {
	case errors.Is(err, context.Canceled):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w. Nothing of it was loaded", called, bare(err))
	case len(data) > interchange.MaxFile:
		return nil, fmt.Errorf("%s is longer than %d bytes. Nothing of it was loaded", called, interchange.MaxFile)
	}
	return data, nil
}

func readable() []string {
	var out []string
	for _, d := range readers() {
		out = append(out, string(d.Format()))
	}
	return append(out, "tsv")
}

func dialectNamed(format string) interchange.Dialect {
	if format == "tsv" {
		format = "csv" // one reader takes both
	}
	for _, d := range readers() {
		if string(d.Format()) == format {
			return d
		}
	}
	return nil
}

// readForeign reads a group of files of another program.
func (l *loading) readForeign(ctx context.Context, g *loadGroup) error {
	book, err := l.workingCodebook()
	if err != nil {
		return err
	}
	if book == nil {
		book = codebook.Builtin()
	}
	lib := &library{ctx: ctx, desk: l.desk, book: book, texts: l.texts, read: l.read, fresh: map[*annotations.Article]bool{}, told: map[string]interchange.About{}}
	e, r, err := g.dialect.Read(g.files, lib)
	if lib.failed != nil {
		return fmt.Errorf("%s: %w. Nothing of it was loaded", called(g.names), lib.failed)
	}
	if err != nil {
		return wholeFile(g.names, err, fmt.Sprintf("It was read as %s; --format names another", g.dialect.Format()))
	}
	g.export, g.receipt = e, receiptFor(g.names, r)
	g.receipt.files = g.names
	l.sayNameless(g, lib)
	// What the file's pieces came to: several may make one annotation.
	g.receipt.Pieces = r.Annotations.In
	g.receipt.Annotations.In = 0
	for i := range e.Documents {
		for _, who := range e.Documents[i].Reviewers {
			g.receipt.Annotations.In += len(who.Records)
		}
	}
	return nil
}

// sayNameless says that a new article was made where one of the store may have been
// meant: WebAnno TSV does not hold line ends, so its reader goes by the file's name.
func (l *loading) sayNameless(g *loadGroup, lib *library) {
	if !g.is("webanno-tsv") || !slices.Contains(g.names, "-") {
		return
	}
	for i := range g.export.Documents {
		if a, err := lib.stored(g.export.Documents[i].Article.Text, ""); a == nil && err == nil {
			l.desk.say("note: standard input has no name, by which WebAnno TSV finds its article: a new one is made of its text. Give the file by name to bring this to an article that is here")
			return
		}
	}
}

// library is what readers of foreign files may ask of the store.
type library struct {
	ctx   context.Context //nolint:containedctx // of the one read that it serves
	desk  *desk
	book  *annotations.Codebook
	texts *sharedTexts
	read  []*interchange.Export         // by the same command, not stored yet
	fresh map[*annotations.Article]bool // cut by this reading, by the rules
	told  map[string]interchange.About  // what files say of articles, by their keys

	failed error // why a codebook could not be read: what was read by another is not taken
}

// Article implements [interchange.Library]: what the store has goes before what
// the same command has read, and that before a text that was given beside it.
func (b *library) Article(text annotations.Hash, name string) (*annotations.Article, error) {
	if a, err := b.stored(text, name); a != nil || err != nil {
		return a, err
	}
	for _, e := range b.read {
		for i := range e.Documents {
			a := e.Documents[i].Article
			if a.Text == text || name != "" && slices.Contains([]string{a.Name, a.ID.String(), a.URL}, name) {
				return a, nil
			}
		}
	}
	return b.texts.article(text, name, b.Make), nil
}

// Fresh implements [interchange.Library].
func (b *library) Fresh(a *annotations.Article) bool { return b.texts.has(a) || b.fresh[a] }

func (b *library) stored(text annotations.Hash, name string) (*annotations.Article, error) {
	if !text.IsZero() {
		art, err := store.Load(b.ctx, b.desk.Store, annotations.ArticleIDOf(text))
		if err == nil || !errors.Is(err, store.ErrNotFound) {
			return art, err
		}
	}
	if name == "" {
		return nil, nil //nolint:nilnil // there is none, as the interface has it
	}
	id, err := b.desk.Lookup(b.ctx, name)
	if err == nil {
		return store.Load(b.ctx, b.desk.Store, id)
	}
	if !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrInvalid) {
		return nil, err
	}
	var found annotations.ArticleID
	err = b.desk.everyArticle(b.ctx, func(s store.Summary) error {
		if s.URL == name {
			found = s.ID
		}
		return nil
	})
	if err != nil || found == annotations.Desk {
		return nil, err
	}
	return store.Load(b.ctx, b.desk.Store, found)
}

// Tell implements [interchange.Library].
func (b *library) Tell(key string, about interchange.About) { b.told[key] = b.told[key].Or(about) }

// Make implements [interchange.Library].
func (b *library) Make(text string, about interchange.About, file string) (*annotations.Article, error) {
	about = b.told[annotations.ArticleIDOf(annotations.HashOf(text)).String()].Or(about)
	if u, err := url.Parse(about.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" {
		about.URL = "" // a name, or what a program made up
	}
	read := func() (*ingest.Result, error) {
		return ingest.Read(b.ctx, strings.NewReader(text), ingest.Options{
			Name: file, Format: "text", Encoding: "utf-8",
			Title: about.Title, Outlet: about.Outlet, Byline: about.Byline, Published: about.Published, URL: about.URL, Lang: about.Language,
		})
	}
	r, err := read()
	if err != nil && b.ctx.Err() == nil {
		about.Published, about.Language = "", "" // no date, or no language, as it may stand
		r, err = read()
	}
	if err != nil {
		return nil, err
	}
	if r.Article.Body != text {
		return nil, errors.New("its text has line ends or marks that an import changes; import the text first")
	}
	b.fresh[r.Article] = true
	return r.Article, nil
}

// Codebook implements [interchange.Library].
func (b *library) Codebook(a *annotations.Article) *annotations.Codebook {
	if a == nil || a.Codebook.IsZero() {
		return b.book
	}
	for _, e := range b.read {
		for i := range e.Documents {
			if c := e.Documents[i].Codebook; c != nil && c.Hash == a.Codebook {
				return c
			}
		}
	}
	book, err := b.desk.book(b.ctx, a.Codebook)
	if err != nil { // labels mean something else by another one
		b.failed = errors.Join(b.failed, err)
		return b.book
	}
	return book
}

// Reviewer implements [interchange.Library].
func (b *library) Reviewer() string { return b.desk.session.Actor }
