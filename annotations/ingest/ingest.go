package ingest

import (
	"context"
	"errors"
	"io"
	"iter"

	"stet.example/stet/annotations"
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
	Charset  string // what a server or another carrier says of the encoding; believed where the bytes do not know better
	Address  string // where the input was fetched: base of its links, and the article's URL when the input names none

	// What the caller says of the article wins over what is read.
	Title, Outlet, URL, Published, Byline, Lang string

	// Whole takes all visible text of a page, and not only what looks like the article.
	Whole bool

	Max   int64    // most bytes to read; 0 for DefaultMax, never more than [annotations.MaxText]
	Split Splitter // nil for package segment
}

// Result is an imported article and what a person should be told about it.
type Result struct {
	Article *annotations.Article // sealed: hashes, key and name are set
	Part    string               // which article of its file it is ("line 12"); empty when the file is one article
	Done    float64              // share of its file that is read with it, from 0 to 1
	Notices []Notice             // in the order of the work: format, encoding, fields, repairs
	Hints   []Hint               // links, comments and notes, by their place in the text; at most MaxHints
	LeftOut []Passage            // of a page: running text that is not in the article, in the page's order; at most MaxPassages

	label string // how messages name it
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

// HintKind says what a [Hint] was in the original.
type HintKind string

// The kinds of hints.
const (
	HintLink     HintKind = "link"
	HintComment  HintKind = "comment"
	HintFootnote HintKind = "footnote"
	HintEndnote  HintKind = "endnote"
)

// MaxNote bounds [Hint.Note], in bytes.
const MaxNote = annotations.MaxField

// Hint is something of the original that the plain text cannot show: a link, a
// comment, a footnote. It may lead to evidence.
type Hint struct {
	Kind HintKind
	URL  string           // absolute, http or https; of a comment or note the first address in it, or empty
	Text string           // the words it stands at, white space folded; at most 4 KiB
	Span annotations.Span // where those words stand in the article's text, in bytes
	Note string           // what the comment or note says, on one line, with the targets of its links; at most MaxNote
	By   string           // who wrote the comment, if it says so
}

// Read imports one article from r. It fails with an [*Error] that names the
// input, and reads no more than opt.Max bytes; an input of several articles is
// an error too ([ErrSeveral]), for [All] to read. When ctx ends while r blocks,
// Read returns at once with the context's cause and leaves that one call on r
// behind; the caller closes r.
func Read(ctx context.Context, r io.Reader, opt Options) (*Result, error) {
	return only(All(ctx, r, opt))
}

// only takes the one article of a file.
func only(list iter.Seq2[*Result, error]) (*Result, error) {
	var first *Result
	for res, err := range list {
		switch {
		case err != nil && (first == nil || errors.Is(err, ErrDamaged)):
			return nil, err
		case first != nil:
			return nil, &Error{
				Input: first.label, Why: "it holds more than one article",
				Next: "bring them all in with `stet import`, then name the one you mean", Err: ErrSeveral,
			}
		}
		first = res
	}
	return first, nil
}
