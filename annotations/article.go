package annotations

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ArticleID is the key of an article: the first 16 bytes of its text's SHA-256.
// The same words have the same key in every store, which is how a second import
// is recognised and how two laptops agree on what they talk about.
type ArticleID [16]byte

// Desk is the key under which events are filed that belong to no article, such
// as a person's role. No text hashes to it in practice.
var Desk ArticleID //nolint:gochecknoglobals // the zero key, by definition

// ArticleIDOf is the key of an article with this text hash.
func ArticleIDOf(text Hash) ArticleID { return ArticleID(text[:16]) }

// String gives 32 hexadecimal digits.
func (id ArticleID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText implements [encoding.TextMarshaler].
func (id ArticleID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (id *ArticleID) UnmarshalText(b []byte) error { return unhex(id[:], b, "an article key") }

// Original describes the file an article came from.
type Original struct {
	File     string `json:"file,omitempty" cbor:"1,keyasint,omitempty"`     // base name, or "-" for standard input
	Format   string `json:"format,omitempty" cbor:"2,keyasint,omitempty"`   // text, markdown, html …
	Encoding string `json:"encoding,omitempty" cbor:"3,keyasint,omitempty"` // IANA name of the encoding that was decoded
	Bytes    int64  `json:"bytes,omitempty" cbor:"4,keyasint,omitempty"`    // size as it came
	SHA256   Hash   `json:"sha256" cbor:"5,keyasint"`                       // of the bytes as they came
}

// Meta is what is known of an article besides its text and sentences.
type Meta struct {
	ID        ArticleID `json:"key" cbor:"1,keyasint"`
	Name      string    `json:"id" cbor:"2,keyasint"` // short readable ID, unique in a store: cnn-2025-10-24-3f9a
	Title     string    `json:"title,omitempty" cbor:"3,keyasint,omitempty"`
	Outlet    string    `json:"outlet,omitempty" cbor:"4,keyasint,omitempty"`
	Byline    string    `json:"byline,omitempty" cbor:"5,keyasint,omitempty"`
	Published string    `json:"published,omitempty" cbor:"6,keyasint,omitempty"` // ISO 8601 date or time, or as printed
	URL       string    `json:"url,omitempty" cbor:"7,keyasint,omitempty"`
	Language  string    `json:"language,omitempty" cbor:"8,keyasint,omitempty"` // BCP 47
	Revision  int       `json:"revision" cbor:"9,keyasint"`                     // from 1
	Parent    ArticleID `json:"parent,omitzero" cbor:"10,keyasint,omitzero"`    // the revision before this one
	Original  Original  `json:"original" cbor:"11,keyasint"`
	Text      Hash      `json:"textSHA256" cbor:"12,keyasint"`
	TextBytes int       `json:"textBytes" cbor:"13,keyasint"` // length of the text in bytes
	Sentences int       `json:"sentences" cbor:"14,keyasint"` // how many units
	Required  int       `json:"required" cbor:"15,keyasint"`  // how many of them must be tagged
	Table     Hash      `json:"tableSHA256" cbor:"16,keyasint"`
	Codebook  Hash      `json:"codebook" cbor:"17,keyasint"` // the scheme it is judged by

	Next     SentenceID `json:"-" cbor:"18,keyasint,omitempty"`                  // the first ID that no unit ever had, where that is not Sentences + 1
	Assigned []string   `json:"assigned,omitempty" cbor:"19,keyasint,omitempty"` // reviewers who are to do it, sorted; none = whoever wants to
}

// Article is an imported text, cut into units.
type Article struct {
	Meta
	Body  string     // the text, UTF-8 with LF line ends
	Units []Sentence // in reading order
}

// ErrEmpty says that a text holds no sentence.
var ErrEmpty = errors.New("the text holds no sentence")

// Seal fills in what follows from Body, Units and the descriptive fields: the
// hashes, the counts, the key, revision 1 when none is set, and a name when
// there is none. It fails when the units do not tile the text.
func (a *Article) Seal() error {
	if err := CheckUnits(a.Body, a.Units); err != nil {
		return err
	}
	a.Text = HashOf(a.Body)
	a.ID = ArticleIDOf(a.Text)
	a.TextBytes = len(a.Body)
	a.Sentences = len(a.Units)
	a.Required = 0
	for _, u := range a.Units {
		if u.Kind.Required() {
			a.Required++
		}
	}
	a.Table = HashOf(string(AppendTable(nil, a.Units)))
	a.Next = 0
	for i, u := range a.Units {
		if int(u.ID) != i+1 || a.Next != 0 {
			a.Next = max(a.Next, u.ID+1, SentenceID(a.Sentences)+1)
		}
	}
	a.Revision = max(a.Revision, 1)
	if a.Name == "" {
		a.Name = a.SuggestName(4)
	}
	return nil
}

// Index returns the place of id in reading order, from 0, or -1.
func (a *Article) Index(id SentenceID) int { return IndexOf(a.Units, id) }

// IndexOf returns the place of id in units, from 0, or -1. IDs follow reading
// order until the first split or merge, so the first guess is nearly always it.
func IndexOf(units []Sentence, id SentenceID) int {
	if i := int(id) - 1; i >= 0 && i < len(units) && units[i].ID == id {
		return i
	}
	for i := range units {
		if units[i].ID == id {
			return i
		}
	}
	return -1
}

// CheckUnits tells why units do not tile text, or nil: spans ordered, trimmed,
// on rune borders, with nothing but white space between them, IDs unique.
func CheckUnits(text string, units []Sentence) error {
	switch {
	case !utf8.ValidString(text):
		return errors.New("the text is not valid UTF-8")
	case len(text) > MaxText:
		return fmt.Errorf("the text is %d bytes long, the limit is %d", len(text), MaxText)
	}
	if len(units) == 0 {
		return ErrEmpty
	}
	at, seen := 0, make(map[SentenceID]bool, len(units))
	for i, u := range units {
		if err := u.Span.Check(text); err != nil {
			return fmt.Errorf("sentence %d: %w", i+1, err)
		}
		switch {
		case u.Span.Start < at:
			return fmt.Errorf("sentence %d starts at byte %d, inside the one before", i+1, u.Span.Start)
		case strings.TrimSpace(text[at:u.Span.Start]) != "":
			return fmt.Errorf("bytes %d to %d belong to no sentence", at, u.Span.Start)
		case strings.TrimSpace(u.Span.In(text)) != u.Span.In(text):
			return fmt.Errorf("sentence %d is not trimmed of white space", i+1)
		case u.ID == 0 || seen[u.ID]:
			return fmt.Errorf("sentence %d has the ID %d, which is zero or taken", i+1, u.ID)
		case !u.Kind.Known():
			return fmt.Errorf("sentence %d is of %s, which this version does not know", i+1, u.Kind)
		case u.Dateline < 0 || u.Dateline > min(u.Span.Len(), MaxDateline):
			return fmt.Errorf("sentence %d has a dateline of %d bytes in a span of %d", i+1, u.Dateline, u.Span.Len())
		case !RuneBorder(text, u.Span.Start+u.Dateline):
			return fmt.Errorf("sentence %d has a dateline of %d bytes, which cuts a character in two", i+1, u.Dateline)
		}
		seen[u.ID] = true
		at = u.Span.End
	}
	if strings.TrimSpace(text[at:]) != "" {
		return fmt.Errorf("bytes %d to %d belong to no sentence", at, len(text))
	}
	return nil
}
