package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 512 << 20

// ReadJSON reads a file in the native format. A file that is none, is of
// another version, breaks off or has fields that the format does not know is
// refused as a whole with a [*FileError]. Otherwise each article, annotation,
// ruling, evidence item and event is judged by itself: it is taken, or taken
// with a correction, or left out, and the receipt says so with line and path.
// What comes back would pass [WriteJSON].
func ReadJSON(r io.Reader) (*Export, *Receipt, error) { return readLimited(r, MaxFile) }

func readLimited(r io.Reader, limit int64) (*Export, *Receipt, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, nil, fmt.Errorf("interchange: %w", err)
	}
	if int64(len(b)) > limit {
		return nil, nil, refuse(0, "", "is longer than %d bytes; split it by article", limit)
	}
	return readBytes(b)
}

func readBytes(b []byte) (*Export, *Receipt, error) {
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	file, err := decode(b)
	if err != nil {
		return nil, nil, err
	}
	l := &loader{file: file, books: map[string]*annotations.Codebook{}, builtin: codebook.Builtin(), targets: targets{}}
	if err := l.load(); err != nil {
		return nil, nil, err
	}
	l.place(b)
	l.outside()
	if _, err := pages(&l.out); err != nil {
		return nil, nil, refuse(0, "", "%v", err)
	}
	return &l.out, &l.receipt, nil
}

// decode turns b into the structs of the format, or tells why not.
func decode(b []byte) (*wireFile, error) {
	if !utf8.Valid(b) {
		return nil, refuse(firstInvalid(b), "", "is not UTF-8 here")
	}
	var probe struct {
		Format   any             `json:"format"`
		Version  json.RawMessage `json:"version"`
		Articles present         `json:"articles"`
	}
	if err := json.Unmarshal(b, &probe); err != nil {
		return nil, whereJSON(b, err)
	}
	if probe.Format != formatName {
		return nil, refuse(1, "format", "is not %q; this is no export of stet in its own format", formatName)
	}
	var version float64
	switch {
	case absent(probe.Version):
		return nil, refuse(1, "version", "is missing; this program reads version %d", formatVersion)
	case json.Unmarshal(probe.Version, &version) != nil:
		return nil, refuse(linesOf(b, []string{"version"})["version"], "version", "is %.40s, not a number; this program reads version %d", probe.Version, formatVersion)
	case version != formatVersion:
		return nil, refuse(linesOf(b, []string{"version"})["version"], "version", "is %.40s; this program reads version %d: use a newer one, or export in version %d", probe.Version, formatVersion, formatVersion)
	case !bool(probe.Articles):
		return nil, refuse(1, "articles", "is missing; a file without articles has an empty list")
	}
	if problems := strict(b, reflect.TypeFor[wireFile]()); len(problems) > 0 {
		return nil, &FileError{problems}
	}
	file := new(wireFile)
	if err := json.Unmarshal(b, file); err != nil {
		return nil, whereJSON(b, err)
	}
	return file, nil
}

// present is whether a member is there and not null. It keeps nothing of it: the
// articles are nearly the whole file.
type present bool

// UnmarshalJSON implements [json.Unmarshaler].
func (p *present) UnmarshalJSON(b []byte) error {
	*p = string(b) != "null"
	return nil
}

// absent reports whether a member is not there, or null.
func absent(v json.RawMessage) bool { return len(v) == 0 || string(v) == "null" }

func firstInvalid(b []byte) int {
	i := 0
	for i < len(b) {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return lineAt(b, i)
}

// whereJSON puts a line to an error of the JSON decoder.
func whereJSON(b []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return refuse(lineAt(b, int(syntax.Offset)), "", "is not JSON here (%v); the file may be cut off", syntax)
	case errors.As(err, &kind):
		return refuse(lineAt(b, int(kind.Offset)), kind.Field, "is of the wrong type (%s); it must be %s", kind.Value, typeText(kind.Type))
	}
	return refuse(0, "", "%v", err)
}

// typeText names a Go type as a writer of JSON knows it.
func typeText(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Slice, reflect.Array:
		return "a list"
	default:
		return "a whole number in range"
	}
}

// loader turns the structs of the format into an export.
type loader struct {
	file    *wireFile
	out     Export
	receipt Receipt
	books   map[string]*annotations.Codebook // by hash
	builtin *annotations.Codebook
	targets targets
	pages   []*draft
}

// draft is an article that is being read.
type draft struct {
	*page
	wire    *wireArticle
	path    string
	world   *world
	simple  map[annotations.SentenceID]string // reviewer of sentences in the short form
	damaged bool                              // something of it was rejected
}

func (l *loader) reject(path, format string, args ...any) {
	l.receipt.Rejected = append(l.receipt.Rejected, Problem{Path: path, Msg: fmt.Sprintf(format, args...)})
}

func (l *loader) repaired(path, format string, args ...any) {
	l.receipt.Repaired = append(l.receipt.Repaired, Problem{Path: path, Msg: fmt.Sprintf(format, args...)})
}

// place puts lines to the problems.
func (l *loader) place(b []byte) {
	var paths []string
	for _, list := range [][]Problem{l.receipt.Repaired, l.receipt.Rejected} {
		for _, p := range list {
			paths = append(paths, p.Path)
		}
	}
	lines := linesOf(b, paths)
	for _, list := range [][]Problem{l.receipt.Repaired, l.receipt.Rejected} {
		for i := range list {
			list[i].Line = lines[list[i].Path]
		}
	}
}

func (l *loader) load() error {
	f := l.file
	if f.Generator.Name == "" || f.Generator.Version == "" {
		return refuse(1, "generator", "names no program or no version of it")
	}
	when, err := parseInstant(f.Exported)
	if err != nil {
		return refuse(1, "exported", "%v", err)
	}
	l.out = Export{Generator: f.Generator.Name, Version: f.Generator.Version, Exported: when}
	for i := range f.Codebooks {
		l.codebook(&f.Codebooks[i], fmt.Sprintf("codebooks[%d]", i))
	}
	names := map[string]bool{}
	for i := range f.Articles {
		l.article(&f.Articles[i], fmt.Sprintf("articles[%d]", i), names)
	}
	for _, d := range l.pages {
		if l.fill(d) {
			l.out.Documents = append(l.out.Documents, d.Document)
		}
		*d.wire = wireArticle{} // it was read: the file as structs takes more than what they say
	}
	l.keepCodebooks()
	return nil
}

// codebook reads a codebook from its source. The lists beside it are for
// clients that read no TOML; they must say the same.
func (l *loader) codebook(w *wireCodebook, path string) {
	c, err := codebook.Reparse("source", []byte(w.Source))
	switch {
	case err != nil:
		l.reject(path, "its source is no codebook: %v", err)
	case c.Hash.String() != w.Hash:
		l.reject(path, "hash is not the SHA-256 of its source, which is %s", c.Hash)
	case !reflect.DeepEqual(wireBook(c), *w):
		l.reject(path, "its name, version or lists are not those of its source")
	default:
		l.books[w.Hash] = c
	}
}

// book finds a codebook by hash. The built-in one is always at hand.
func (l *loader) book(hash string) *annotations.Codebook {
	if c := l.books[hash]; c != nil {
		return c
	}
	if hash == "" || hash == l.builtin.Hash.String() {
		l.books[l.builtin.Hash.String()] = l.builtin
		return l.builtin
	}
	return nil
}

// keepCodebooks hands on the codebooks of the file that belong to no document.
func (l *loader) keepCodebooks() {
	inForce := map[annotations.Hash]bool{}
	for i := range l.out.Documents {
		inForce[l.out.Documents[i].Codebook.Hash] = true
	}
	for i := range l.file.Codebooks {
		if c := l.books[l.file.Codebooks[i].Hash]; c != nil && !inForce[c.Hash] {
			l.out.Codebooks = append(l.out.Codebooks, c)
			inForce[c.Hash] = true
		}
	}
}

// parseInstant reads RFC 3339 in UTC; "" is no time.
func parseInstant(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(timeLayout, s)
	if err != nil || s[len(s)-1] != 'Z' {
		return time.Time{}, fmt.Errorf("%q is no time in UTC like 2026-11-20T09:30:00Z", s)
	}
	return t, nil
}
