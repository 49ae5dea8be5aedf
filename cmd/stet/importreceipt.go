package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/ingest"
)

// importReceipt is what `stet import --json` prints.
type importReceipt struct {
	Articles []importedJSON `json:"articles"`
	Failed   []failedJSON   `json:"failed"`
	Skipped  []skippedJSON  `json:"skipped"`           // files of folders that are no articles
	Hidden   int            `json:"hidden,omitempty"`  // hidden files and folders that were left out
	Stopped  bool           `json:"stopped,omitempty"` // it was interrupted
}

type importedJSON struct {
	articleJSON
	File     string     `json:"file"`           // as it was named, or the address that was fetched
	Part     string     `json:"part,omitempty"` // which article of the file
	Format   string     `json:"format"`
	Encoding string     `json:"encoding"`
	Bytes    int64      `json:"bytes"`  // size of the file as it came
	SHA256   string     `json:"sha256"` // of the file as it came
	Fetched  string     `json:"fetched,omitempty"`
	Known    bool       `json:"known"` // it was in the store before
	Notices  []string   `json:"notices,omitempty"`
	Hints    []hintJSON `json:"hints,omitempty"`
	LeftOut  []leftJSON `json:"leftOut,omitempty"`
}

// leftJSON is running text of a page that is not in the article.
type leftJSON struct {
	Sentence int    `json:"sentence"` // behind which it stood; 0: before all of them
	Words    int    `json:"words"`
	Text     string `json:"text"` // its first words
}

// hintJSON is a link, a comment or a note of the original.
type hintJSON struct {
	Kind     string `json:"kind"`
	Sentence int    `json:"sentence"` // the number of the sentence it stands in
	Start    int    `json:"start"`    // place of its words, in bytes of the text
	End      int    `json:"end"`
	Words    string `json:"words"`
	URL      string `json:"url,omitempty"`
	Note     string `json:"note,omitempty"`
	By       string `json:"by,omitempty"`
}

type failedJSON struct {
	File   string `json:"file"`
	Error  string `json:"error"`
	inside bool   // one of several articles of the file
}

type skippedJSON struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

// report says what became of an article; m is as the store has it.
func (im *importer) report(file string, r *ingest.Result, m *annotations.Meta, isKnown bool) error {
	from := r.Article.Original
	x := importedJSON{
		articleJSON: articleOf(m), File: file, Part: r.Part, Format: from.Format, Encoding: from.Encoding,
		Bytes: from.Bytes, SHA256: from.SHA256.String(), Known: isKnown, Hints: hintsOf(r), LeftOut: leftOutOf(r),
	}
	where := file
	if r.Part != "" {
		where += ", " + r.Part
	}
	im.clearBar()
	for _, n := range r.Notices {
		x.Notices = append(x.Notices, n.Text)
		if n.Caution {
			im.say("%s: %s", where, n.Text)
		}
	}
	im.reportLeftOut(x.LeftOut, where)
	after := ""
	if im.page != nil {
		x.Fetched = im.page.at.Format(time.RFC3339)
		after = "  fetched " + x.Fetched
	}
	if isKnown {
		after += "  known already"
		if kept := im.kept(r.Article, m); len(kept) > 0 {
			im.say("%s: known already as %s, which keeps its %s: what is known of an article is that of its first import", where, m.Name, strings.Join(kept, ", "))
		}
	}
	im.done.Articles = append(im.done.Articles, x)
	if im.flags.json {
		return nil
	}
	if err := im.print("%s  %s  %s (%s, %s)%s", m.Name, plural(m.Sentences, "sentence"), where, from.Encoding, from.Format, after); err != nil {
		return err
	}
	return im.reportHints(x.Hints, where)
}

// kept names what the caller says of an article and the store has otherwise.
func (im *importer) kept(said *annotations.Article, has *annotations.Meta) []string {
	var out []string
	for _, f := range []struct{ name, given, said, has string }{
		{"title", im.opt.Title, said.Title, has.Title}, {"outlet", im.opt.Outlet, said.Outlet, has.Outlet},
		{"byline", im.opt.Byline, said.Byline, has.Byline}, {"date", im.opt.Published, said.Published, has.Published},
		{"address", im.opt.URL, said.URL, has.URL}, {"language", im.opt.Lang, said.Language, has.Language},
	} {
		fetched := f.name == "address" && im.page != nil // it only says where to get the page
		if f.given != "" && f.said != f.has && !fetched {
			out = append(out, f.name)
		}
	}
	return out
}

// reportHints prints the hints, or says that there are comments and notes, which
// somebody wrote for the checker.
func (im *importer) reportHints(hints []hintJSON, where string) error {
	if !im.opt.hints {
		notes := 0
		for _, h := range hints {
			if h.Kind != string(ingest.HintLink) {
				notes++
			}
		}
		switch {
		case notes == 1:
			im.say("%s: a comment or note is beside the text; --hints shows it", where)
		case notes > 1:
			im.say("%s: %d comments and notes are beside the text; --hints shows them", where, notes)
		}
		return nil
	}
	for _, h := range hints {
		line := h.Kind
		if h.By != "" {
			line += " by " + h.By
		}
		if h.Note != "" {
			line += ": " + h.Note
		} else {
			line += ": " + h.URL
		}
		if err := im.print("  %d  “%s”  %s", h.Sentence, h.Words, line); err != nil {
			return err
		}
	}
	return nil
}

// hintsOf finds the sentence that each hint stands in.
func hintsOf(r *ingest.Result) []hintJSON {
	var out []hintJSON
	units := r.Article.Units
	for _, h := range r.Hints {
		// The first unit that ends behind the hint's start; units tile the text.
		at, _ := slices.BinarySearchFunc(units, h.Span.Start, func(u annotations.Sentence, start int) int {
			if u.Span.End <= start {
				return -1
			}
			return 1
		})
		x := hintJSON{Kind: string(h.Kind), Start: h.Span.Start, End: h.Span.End, Words: h.Text, URL: h.URL, Note: h.Note, By: h.By}
		if at < len(units) {
			x.Sentence = at + 1
		}
		out = append(out, x)
	}
	return out
}

// reportLeftOut names running text of a page that is not in the article.
func (im *importer) reportLeftOut(list []leftJSON, where string) {
	const most = 3
	words := 0
	for i, p := range list {
		if i >= most {
			words += p.Words
			continue
		}
		at := fmt.Sprintf("after sentence %d", p.Sentence)
		if p.Sentence == 0 {
			at = "before sentence 1"
		}
		im.say("%s: left out %s: %s, “%s”", where, at, plural(p.Words, "word"), p.Text)
	}
	if words > 0 {
		im.say("%s: left out in %s: %s; --json names them all", where, plural(len(list)-most, "more place"), plural(words, "word"))
	}
	if len(list) > 0 {
		im.say("%s: --whole takes all visible text of the page, menus included", where)
	}
}

// leftOutOf finds the sentence behind which each passage stood.
func leftOutOf(r *ingest.Result) []leftJSON {
	var out []leftJSON
	units := r.Article.Units
	for _, p := range r.LeftOut {
		at, _ := slices.BinarySearchFunc(units, p.After, func(u annotations.Sentence, after int) int {
			if u.Span.Start < after {
				return -1
			}
			return 1
		})
		out = append(out, leftJSON{Sentence: at, Words: p.Words, Text: p.Text})
	}
	return out
}
