package ingest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
)

// All imports every article that r holds, in the order they stand. Most files
// are one article; a JSON Lines file, a task file or a feed may be thousands.
//
// Each step yields an article or an [*Error]. An error of one article names it
// ("stories.jsonl, line 12") and the next ones still come; an error of the whole
// input is the last thing that comes. Something always comes. What [Read] says
// of opt and ctx holds here too.
func All(ctx context.Context, r io.Reader, opt Options) iter.Seq2[*Result, error] {
	return func(yield func(*Result, error) bool) { all(ctx, r, opt, 0, yield) }
}

func all(ctx context.Context, r io.Reader, opt Options, size int64, yield func(*Result, error) bool) {
	j := &job{opt: opt, label: opt.Name}
	if j.label == "" || j.label == "-" {
		j.label = "standard input"
	}
	if err := j.checkOptions(); err != nil {
		yield(nil, err)
		return
	}
	raw, err := slurp(ctx, r, j.limit(), size)
	if err != nil {
		yield(nil, j.fail(err))
		return
	}
	j.raw = raw
	if err := j.run(ctx, yield); err != nil {
		yield(nil, j.fail(err))
	}
}

// job is the import of one article on its way, or of one file.
type job struct {
	opt   Options
	label string // how messages name the input
	raw   []byte
	zip   *archive // raw, when it is one
	res   Result
	facts facts // what the input says of itself
	lower facts // what counts only when nothing else does
	kinds []kindSpan
	from  annotations.Original
}

func (j *job) limit() int64 {
	switch {
	case j.opt.Max <= 0:
		return DefaultMax
	case j.opt.Max > annotations.MaxText:
		return annotations.MaxText
	}
	return j.opt.Max
}

func (j *job) checkOptions() error {
	if f := j.opt.Format; f != "" && !knownFormat(f) {
		return &Error{Input: j.label, Why: fmt.Sprintf("there is no format %q", f), Next: "use one of " + formatNames(), Err: ErrFormat}
	}
	if e := j.opt.Encoding; e != "" {
		if _, _, ok := lookupEncoding(e); !ok {
			return &Error{Input: j.label, Why: fmt.Sprintf("there is no encoding %q", e), Next: "use a name such as utf-8, windows-1252 or koi8-r, or none to have it detected", Err: ErrEncoding}
		}
	}
	if l := j.opt.Lang; l != "" && cleanLanguage(l) == "" {
		return &Error{Input: j.label, Why: fmt.Sprintf("there is no language %q", l), Next: "use a tag such as en or pt-BR, or none to have it detected", Err: ErrLanguage}
	}
	return nil
}

// run turns the bytes into articles. An error that it returns is of the whole
// input and comes last.
func (j *job) run(ctx context.Context, yield func(*Result, error) bool) error {
	j.from = annotations.Original{File: "-", Bytes: int64(len(j.raw)), SHA256: sha256.Sum256(j.raw)}
	if j.opt.Name != "" && j.opt.Name != "-" {
		j.from.File = foldField(filepath.Base(j.opt.Name), 255)
	}
	packed, err := j.packedFormat()
	if err != nil {
		return err
	}
	if packed != "" {
		j.from.Format = packed
		j.note(TopicFormat, "read as "+packed)
		body, err := j.unpack(ctx, packed)
		if err != nil {
			return err
		}
		return j.one(ctx, body, yield)
	}
	dec, err := j.decode()
	if err != nil {
		return err
	}
	j.raw = nil
	j.from.Encoding, j.from.Format = dec.name, j.pickFormat(dec.text)
	j.note(TopicFormat, "read as "+j.from.Format)
	j.res.Notices = append(j.res.Notices, dec.notices...)
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	switch j.from.Format {
	case FormatJSONL:
		return j.each(ctx, jsonParts(ctx, dec.text), yield)
	case FormatFeed:
		return j.each(ctx, feedParts(ctx, dec.text, j.opt.Address), yield)
	}
	body, err := j.extract(ctx, dec.text)
	if err != nil {
		return err
	}
	return j.one(ctx, body, yield)
}

// unpack gives the article's text of a file that is no plain text.
func (j *job) unpack(ctx context.Context, format string) (string, error) {
	switch format {
	case FormatDOCX:
		return j.extractDOCX(ctx)
	case FormatODT:
		return j.extractODT(ctx)
	case FormatMHTML:
		return j.extractMHTML(ctx)
	case FormatPDF:
		return j.extractPDF(ctx)
	default:
		return j.extractPandoc(ctx, format)
	}
}

// extract gives the article's text of a decoded input that is one article.
func (j *job) extract(ctx context.Context, text string) (string, error) {
	switch j.from.Format {
	case FormatHTML:
		return j.extractHTML(ctx, text)
	case FormatMarkdown:
		return j.extractMarkdown(ctx, text)
	default:
		return text, nil
	}
}

// one seals the only article of a file and yields it.
func (j *job) one(ctx context.Context, body string, yield func(*Result, error) bool) error {
	j.raw = nil
	if err := j.finish(ctx, body); err != nil {
		return err
	}
	j.res.Done = 1
	yield(&j.res, nil)
	return nil
}

// part is one article of a file that may hold several.
type part struct {
	label string // "line 12"
	text  string
	html  bool // text is a piece of a page
	facts facts
	notes []Notice
	done  float64 // share of the file that is read with it
	err   error   // why it is no article; an [*Error] without a name
	fatal bool    // nothing after it can be read
}

// each seals and yields the articles of a file, one after the other.
func (j *job) each(ctx context.Context, parts iter.Seq[part], yield func(*Result, error) bool) error {
	found := false
	for p := range parts {
		found = true
		sub := &job{opt: j.opt, label: j.label + ", " + p.label, facts: p.facts, from: j.from}
		sub.res.Part, sub.res.Done = p.label, p.done
		sub.res.Notices = append(slices.Clone(j.res.Notices), p.notes...)
		err := p.err
		if err == nil {
			body := p.text
			if p.html {
				body = sub.extractFragment(p.text, firstOf(p.facts.url.value, j.opt.Address))
			}
			err = sub.finish(ctx, body)
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			if !yield(nil, sub.fail(err)) || p.fatal {
				return nil
			}
			continue
		}
		if !yield(&sub.res, nil) {
			return nil
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if !found {
		return &Error{Why: "it holds no article", Next: "check that it is the file you meant", Err: annotations.ErrEmpty}
	}
	return nil
}

// finish checks the body, cuts it, settles the fields and seals the article.
func (j *job) finish(ctx context.Context, body string) error {
	if len(body) > annotations.MaxText {
		return &Error{Why: "the text is longer than stet stores", Next: "cut it into several files", Err: ErrTooLarge}
	}
	if strings.TrimSpace(body) == "" {
		e := &Error{Why: "there is nothing in it but white space", Next: "check that it is the file you meant", Err: annotations.ErrEmpty}
		switch {
		case j.res.Part != "":
			e.Why, e.Next = "its text is empty", "give it a text, or leave it out"
		case j.from.Format != FormatText:
			e.Why = "no words are left when it is read as " + j.from.Format
		}
		return e
	}
	a := &annotations.Article{Body: body}
	a.Original = j.from
	j.settleLanguage(a)
	split := j.opt.Split
	if split == nil {
		split = segmentSplit
	}
	a.Units = split(a.Body, a.Language)
	applyKinds(a.Units, j.kinds)
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	j.settleFields(a)
	if err := a.Seal(); err != nil {
		return &Error{Why: "it could not be cut into sentences: " + err.Error(), Next: "please report the file", Err: err}
	}
	j.res.Article, j.res.label = a, j.label
	return nil
}

// applyKinds sets the kinds that the original's elements tell. A table's row
// counts only where the splitter took it for a heading, for a row must be tagged.
func applyKinds(units []annotations.Sentence, kinds []kindSpan) {
	slices.SortStableFunc(kinds, func(a, b kindSpan) int { return a.span.Start - b.span.Start })
	next := 0
	for i := range units {
		u := &units[i]
		for next < len(kinds) && kinds[next].span.End <= u.Span.Start {
			next++
		}
		if next == len(kinds) {
			return
		}
		if k := kinds[next]; k.span.Contains(u.Span) && (k.kind != annotations.KindListItem || u.Kind == annotations.KindHeading) {
			u.Kind = k.kind
		}
	}
}

func segmentSplit(text, lang string) []annotations.Sentence {
	return segment.Append(make([]annotations.Sentence, 0, len(text)/128+8), text, segment.Options{Lang: lang})
}

func (j *job) note(t Topic, text string) {
	j.res.Notices = append(j.res.Notices, Notice{Topic: t, Text: text})
}

func (j *job) caution(t Topic, text string) {
	j.res.Notices = append(j.res.Notices, Notice{Topic: t, Text: text, Caution: true})
}
