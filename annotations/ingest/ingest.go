package ingest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
)

// DefaultMax is the most bytes that are read when [Options.Max] is zero:
// 256 MiB. No article is that long; an endless stream is.
const DefaultMax = 256 << 20

// Splitter cuts a text into units that tile it, as [segment.Append] does. The
// language is a BCP 47 tag, or empty when nobody knows.
type Splitter func(text, lang string) []annotations.Sentence

// Options says what the caller knows of the input. The zero value is fine:
// everything is then read from the input itself.
type Options struct {
	Name     string // file name or path, "-" or empty for standard input; its ending helps to tell the format
	Format   string // a name of [Formats]; empty to detect it
	Encoding string // an IANA or WHATWG label ("koi8-r", "latin1"); empty to detect it

	// What the caller says of the article wins over what is read.
	Title, Outlet, URL, Published, Byline, Lang string

	Max   int64    // most bytes to read; 0 for DefaultMax, never more than [annotations.MaxText]
	Split Splitter // nil for package segment
}

// Result is an imported article and what a person should be told about it.
type Result struct {
	Article *annotations.Article // sealed: hashes, key and name are set
	Notices []Notice             // in the order of the work: format, encoding, fields, repairs
	Hints   []Hint               // links that stood in the text, in reading order; at most MaxHints
}

// Topic says what a [Notice] is about.
type Topic string

// The topics of notices. The last six are also names of fields.
const (
	TopicFormat    Topic = "format"
	TopicEncoding  Topic = "encoding"
	TopicText      Topic = "text"
	TopicTitle     Topic = "title"
	TopicOutlet    Topic = "outlet"
	TopicByline    Topic = "byline"
	TopicPublished Topic = "published"
	TopicURL       Topic = "url"
	TopicLanguage  Topic = "language"
)

// Notice is one line of the receipt for an import.
type Notice struct {
	Topic   Topic
	Text    string // a phrase for people, without a final full stop; may quote the input, so show it through [annotations.Visible]
	Caution bool   // something was repaired or left out: worth a look
}

// MaxHints bounds [Result.Hints].
const MaxHints = 4096

// Hint is a link of the original that the plain text cannot show. It may lead
// to evidence.
type Hint struct {
	URL  string           // absolute, http or https
	Text string           // the words that carried the link, white space folded; at most 2 KiB
	Span annotations.Span // where those words stand in the article's text, in bytes
}

// job is one import on its way.
type job struct {
	opt   Options
	label string // how messages name the input
	raw   []byte
	res   Result
	facts facts // what the input says of itself
	kinds []kindSpan
}

// Read imports one article from r. It fails with an [*Error] that names the
// input, and reads no more than opt.Max bytes. When ctx ends while r blocks,
// Read returns at once with the context's cause and leaves that one call on r
// behind; the caller closes r.
func Read(ctx context.Context, r io.Reader, opt Options) (*Result, error) {
	return read(ctx, r, opt, 0)
}

func read(ctx context.Context, r io.Reader, opt Options, size int64) (*Result, error) {
	j := &job{opt: opt, label: opt.Name}
	if j.label == "" || j.label == "-" {
		j.label = "standard input"
	}
	if err := j.checkOptions(); err != nil {
		return nil, err
	}
	raw, err := slurp(ctx, r, j.limit(), size)
	if err != nil {
		return nil, j.fail(err)
	}
	j.raw = raw
	if err := j.run(ctx); err != nil {
		return nil, j.fail(err)
	}
	return &j.res, nil
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
	return nil
}

// run turns the bytes into an article.
func (j *job) run(ctx context.Context) error {
	sum, size := annotations.Hash(sha256.Sum256(j.raw)), int64(len(j.raw))
	if err := checkBinary(j.raw); err != nil {
		return err
	}
	dec, err := j.decode()
	if err != nil {
		return err
	}
	j.raw = nil
	text, format := dec.text, j.pickFormat(dec.text)
	j.note(TopicFormat, "read as "+format)
	j.res.Notices = append(j.res.Notices, dec.notices...)
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	body, err := j.extract(ctx, format, text)
	if err != nil {
		return err
	}
	if len(body) > annotations.MaxText {
		return &Error{Why: "the text is longer than stet stores", Next: "cut it into several files", Err: ErrTooLarge}
	}
	if strings.TrimSpace(body) == "" {
		e := &Error{Why: "there is nothing in it but white space", Next: "check that it is the file you meant", Err: annotations.ErrEmpty}
		if format != FormatText {
			e.Why = "no words are left when it is read as " + format
		}
		return e
	}
	a := &annotations.Article{Body: body}
	a.Original = annotations.Original{File: "-", Format: format, Encoding: dec.name, Bytes: size, SHA256: sum}
	if j.opt.Name != "" && j.opt.Name != "-" {
		a.Original.File = foldField(filepath.Base(j.opt.Name), 255)
	}
	return j.finish(ctx, a)
}

// finish cuts the body, settles the fields and seals the article.
func (j *job) finish(ctx context.Context, a *annotations.Article) error {
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
	j.res.Article = a
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

// extract gives the article's text for a decoded input in this format.
func (j *job) extract(ctx context.Context, format, text string) (string, error) {
	switch format {
	case FormatHTML:
		return j.extractHTML(ctx, text)
	case FormatMarkdown:
		return j.extractMarkdown(ctx, text)
	default:
		return text, nil
	}
}

func (j *job) note(t Topic, text string) {
	j.res.Notices = append(j.res.Notices, Notice{Topic: t, Text: text})
}

func (j *job) caution(t Topic, text string) {
	j.res.Notices = append(j.res.Notices, Notice{Topic: t, Text: text, Caution: true})
}
