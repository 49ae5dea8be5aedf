package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/claimreview"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/docx"
	"stet.example/stet/annotations/interchange/labelstudio"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/report"
	"stet.example/stet/annotations/interchange/sheet"
	"stet.example/stet/annotations/interchange/slate"
	"stet.example/stet/annotations/interchange/w3c"
	"stet.example/stet/annotations/interchange/webanno"
	"stet.example/stet/store"
)

// dialects are the formats of other programs that are written.
func dialects() []interchange.Dialect {
	return []interchange.Dialect{
		w3c.New(), doccano.New(), labelstudio.New(), prodigy.New(), brat.New(), webanno.New(),
		report.Markdown(), report.HTML(), docx.New(), claimreview.New(),
	}
}

// readers are those that are read besides stet's own.
func readers() []interchange.Dialect {
	return []interchange.Dialect{w3c.New(), doccano.New(), labelstudio.New(), prodigy.New(), brat.New(), webanno.New(), slate.New(), sheet.New()}
}

func native(format string) bool {
	return slices.Contains([]string{"json", "jsonl", "csv", "tsv"}, format)
}

// formatNames are the words that --format takes.
func formatNames() []string {
	names := []string{"json", "jsonl", "csv", "tsv"}
	for _, d := range dialects() {
		names = append(names, string(d.Format()))
	}
	return append(names, "all")
}

// folder reports whether a path is meant as a folder.
func folder(path string) bool {
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator)) {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// piece is what one format made of an export.
type piece struct {
	format string
	interchange.Written
}

// exportFiles writes an export in formats of several files, or of other programs.
func (a *app) exportFiles(ctx context.Context, o exportOptions, e *interchange.Export, seal store.Seal) error {
	pieces, err := unlessStopped(ctx, func() ([]piece, error) { return makePieces(o, e) })
	if errors.Is(err, claimreview.ErrNothing) {
		for _, p := range pieces { // they say why
			a.sayLosses(p.format, p.Losses)
		}
	}
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	for _, p := range pieces {
		for _, f := range p.Files {
			if was, ok := files[f.Name]; ok && !bytes.Equal(was, f.Data) {
				return fmt.Errorf("two files would be called %s. Nothing was written. Export fewer articles at once", f.Name)
			}
			files[f.Name] = f.Data
		}
	}
	where, total, err := a.placeFiles(o, e, pieces, files)
	if err != nil {
		return err
	}
	for _, p := range pieces {
		n := len(p.Files)
		if o.out == "-" { // the others did not go there
			n = total
		}
		words := fmt.Sprintf("%s: %s", p.format, plural(n, "file"))
		if p.Ranges > 0 {
			words += fmt.Sprintf(", %s in %s, read back and found right", plural(p.Ranges, "span"), unitWords(p.Unit))
		}
		a.say("%s", words)
		a.sayLosses(p.format, p.Losses)
	}
	a.say("%s written to %s; store at event %d, root %s", plural(total, "file"), where, seal.Size, seal.Root.Short())
	if others := slices.Sorted(maps.Keys(files)); o.out == "-" && len(others) > total {
		next := "; -o DIR/ writes all"
		if a.shared != nil { // files of the server are out of reach
			next = ""
		}
		main := mainFiles(pieces)[0]
		others = slices.DeleteFunc(others, func(name string) bool { return name == main })
		a.say("what belongs beside it was not written: %s%s", strings.Join(others, ", "), next)
	}
	return nil
}

func (a *app) sayLosses(format string, list []interchange.Loss) {
	for _, l := range list {
		a.say("%s cannot hold %s", format, l)
	}
}

func unitWords(u annotations.Unit) string {
	switch u {
	case annotations.CodePoints:
		return "code points"
	case annotations.UTF16:
		return "UTF-16 units"
	}
	return "bytes"
}

// makePieces writes the export in each format that is asked for.
func makePieces(o exportOptions, e *interchange.Export) ([]piece, error) {
	opt := interchange.Options{Offsets: annotations.Unit(o.offsets), Shape: o.shape, Page: o.page, Publisher: o.publisher, Suggest: o.suggest}
	if native(o.format) {
		w, err := nativeFiles(interchange.Format(o.format), e)
		return []piece{{o.format, w}}, err
	}
	if o.format != "all" {
		for _, d := range dialects() {
			if string(d.Format()) == o.format {
				w, err := d.Write(*e, opt)
				if errors.Is(err, claimreview.ErrNothing) {
					return []piece{{o.format, w}}, fmt.Errorf("%w. Nothing was written", err)
				}
				return []piece{{o.format, w}}, err
			}
		}
		return nil, fmt.Errorf("the format %q is unknown", o.format)
	}
	var out []piece
	for _, f := range []interchange.Format{interchange.JSON, interchange.CSV} {
		w, err := nativeFiles(f, e)
		if err != nil {
			return nil, err
		}
		out = append(out, piece{string(f), w})
	}
	for _, d := range dialects() {
		more, err := everyShape(d, e, opt)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// everyShape writes a format in each of its shapes.
func everyShape(d interchange.Dialect, e *interchange.Export, opt interchange.Options) ([]piece, error) {
	name := string(d.Format())
	opts := []interchange.Options{opt}
	switch name {
	case "w3c":
		opts = []interchange.Options{{Offsets: annotations.CodePoints}, {Offsets: annotations.UTF16}}
	case "doccano":
		opts = []interchange.Options{{Shape: "relations"}, {Shape: "spans"}, {Shape: "class"}}
	case "claimreview":
		if opt.Page == "" {
			return nil, nil
		}
	}
	var out []piece
	for _, x := range opts {
		w, err := d.Write(*e, x)
		if errors.Is(err, claimreview.ErrNothing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, piece{name, w})
	}
	return out, nil
}

// nativeFiles writes one of stet's own formats, a file an article.
func nativeFiles(f interchange.Format, e *interchange.Export) (interchange.Written, error) {
	out := interchange.Written{Unit: annotations.Bytes}
	suffix := map[interchange.Format]string{interchange.JSON: ".stet.json", interchange.JSONL: ".sentences.jsonl", interchange.CSV: ".sentences.csv", interchange.TSV: ".sentences.tsv"}[f]
	names := fileNames(e)
	for i := range e.Documents {
		one := *e
		one.Documents = e.Documents[i : i+1]
		one.Codebooks = used(e, &e.Documents[i])
		var b bytes.Buffer
		if err := interchange.Write(&b, f, one); err != nil {
			return out, err
		}
		if err := interchange.Verify(f, b.Bytes(), one); err != nil {
			return out, fmt.Errorf("%w. Nothing was written, the store is as it was. Please report this", err)
		}
		out.Files = append(out.Files, interchange.File{Name: names[i] + suffix, Data: b.Bytes()})
		out.Ranges += len(e.Documents[i].Article.Units)
	}
	out.Losses = tableLosses(f, e)
	return out, nil
}

// tableLosses is what of an export a table does not hold; stet's other own formats hold it all,
// or are for reading alone.
func tableLosses(f interchange.Format, e *interchange.Export) []interchange.Loss {
	if !tabular(f) {
		return nil
	}
	return sheet.Losses(e)
}

// tabular reports whether a format of stet's own is a table.
func tabular(f interchange.Format) bool { return f == interchange.CSV || f == interchange.TSV }

// fileNames are what the names of the documents' files begin with, in their order.
func fileNames(e *interchange.Export) []string {
	names := make([]string, len(e.Documents))
	for i := range e.Documents {
		names[i] = e.Documents[i].Article.Name
	}
	return interchange.Apart(names)
}

// used are the codebooks that a document names besides its own.
func used(e *interchange.Export, doc *interchange.Document) []*annotations.Codebook {
	named := map[annotations.Hash]bool{}
	for _, r := range doc.Reviewers {
		for _, rec := range r.Records {
			named[rec.Codebook] = true
		}
	}
	for _, r := range doc.Rulings {
		named[r.Codebook] = true
	}
	delete(named, doc.Codebook.Hash)
	all := slices.Clone(e.Codebooks)
	for i := range e.Documents {
		all = append(all, e.Documents[i].Codebook)
	}
	var out []*annotations.Codebook
	for _, c := range all {
		if named[c.Hash] {
			out = append(out, c)
			delete(named, c.Hash)
		}
	}
	return out
}

// placeFiles writes files where they are wanted, each whole or not at all, and
// says where that was and how many are there.
func (a *app) placeFiles(o exportOptions, e *interchange.Export, pieces []piece, files map[string][]byte) (string, int, error) {
	main := mainFiles(pieces)
	many := len(main) != 1 || o.format == "all"
	switch {
	case o.out == "-" && !many:
		data := files[main[0]]
		if a.isTerminal(a.stdout) {
			if o.format == "docx" {
				next := "Give -o FILE"
				if a.shared != nil {
					next = "Send it into a file at your end, without -t: ssh HOST export … > FILE"
				}
				return "", 0, usage("a Word document is no text for a terminal. Nothing was written. %s", next)
			}
			data = harmless(data, interchange.TSV)
		}
		_, err := a.stdout.Write(data)
		return "standard output", 1, written(err)
	case o.out == "-":
		next := "Give -o with a folder, or a file that ends in .zip"
		if a.shared != nil { // files of the server are out of reach
			next = "Over SSH one comes at a time: name one article, and one format; json, jsonl, csv and tsv hold all articles in one"
		}
		return "", 0, usage("that is %s. Nothing was written. %s", plural(max(len(files), 2), "file"), next)
	case !folder(o.out) && !zipped(o.out) && !many:
		return a.writeBeside(o.out, main[0], files)
	}
	for i, name := range fileNames(e) {
		files[name+".txt"] = []byte(e.Documents[i].Article.Body)
	}
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if filepath.Base(name) != name || name == "." || name == ".." {
			return "", 0, fmt.Errorf("%q is no name for a file. Nothing was written", name)
		}
	}
	if zipped(o.out) {
		return o.out, len(files), a.writeZip(o.out, names, files, e.Exported)
	}
	return o.out, len(files), a.writeFolder(o.out, names, files)
}

// writeBeside writes the file called main to out, and those that belong to it into the same
// folder. A text is called as the annotations are, but for its ending: that is how it is
// found again. It is never written over another text, which may be the one that was imported.
func (a *app) writeBeside(out, main string, files map[string][]byte) (string, int, error) {
	places := map[string][]byte{}
	for name, data := range files {
		if name == main {
			continue
		}
		if strings.TrimSuffix(name, ".txt") == strings.TrimSuffix(main, filepath.Ext(main)) {
			name = strings.TrimSuffix(filepath.Base(out), filepath.Ext(out)) + ".txt"
		}
		path := filepath.Join(filepath.Dir(out), name)
		if path == filepath.Clean(out) {
			return "", 0, usage("%s is what a file that belongs beside it is called. Nothing was written. Give -o another name, as %s, or a folder", out, main)
		}
		if was, err := os.ReadFile(path); err == nil && strings.HasSuffix(name, ".txt") && !bytes.Equal(was, data) {
			return "", 0, fmt.Errorf("the text belongs beside it as %s, and another text is there. Nothing was written. Give -o another name, or a folder", path)
		}
		places[path] = data
	}
	beside := slices.Sorted(maps.Keys(places))
	places[out] = files[main]
	for i, path := range append(slices.Clone(beside), out) {
		if err := a.writeFile(path, places[path]); err != nil {
			if i > 0 {
				err = fmt.Errorf("%w. Written before it: %s", err, strings.Join(beside[:i], ", "))
			}
			return "", 0, err
		}
	}
	if len(beside) == 0 {
		return out, 1, nil
	}
	return out + " and, beside it, " + strings.Join(beside, ", "), len(places), nil
}

// writeFolder writes files into a folder, which is made where it is not there.
func (a *app) writeFolder(dir string, names []string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %w. Nothing was written. Name another with -o", dir, err)
	}
	bar := a.progress("exporting")
	defer bar.end()
	for i, name := range names {
		if err := a.writeFile(filepath.Join(dir, name), files[name]); err != nil {
			return fmt.Errorf("%w. %s written before it", err, plural(i, "file"))
		}
		bar.at(uint64(i+1), uint64(len(names)))
	}
	return nil
}

// mainFiles are the files that hold annotations: not the texts and the
// configuration that some formats want beside them.
func mainFiles(pieces []piece) []string {
	var out []string
	for _, p := range pieces {
		for _, f := range p.Files {
			if f.Name != "label_config.xml" && f.Name != "annotation.conf" && !strings.HasSuffix(f.Name, ".txt") {
				out = append(out, f.Name)
			}
		}
	}
	return out
}
