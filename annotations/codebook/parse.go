package codebook

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"stet.example/stet/annotations"
)

// MaxSize is the largest codebook that is read, in bytes.
const MaxSize = 1 << 20

// maxKeys bounds how many tables and keys a codebook sets. The TOML library
// takes time that grows with their square.
const maxKeys = 20_000

// maxProblems bounds how many mistakes are listed; the rest is counted.
const maxProblems = 50

// Error is one mistake in a codebook file.
type Error struct {
	File string // as it was named
	Line int    // from 1; 0 when it concerns the file as a whole
	Msg  string // what is wrong, and what to do
}

// Error gives FILE:LINE: what, and what to do.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg)
}

// Parse reads a codebook out of src; name stands in front of every message. The
// result keeps a copy of src. On failure the error is one [*Error], or several
// joined in the order of their lines.
func Parse(name string, src []byte) (*annotations.Codebook, error) {
	return parse(&reader{file: name, reserved: Reserved}, src)
}

// Reparse reads a codebook that [Parse] accepted once, perhaps in an earlier
// version: by the same rules, but for [Reserved], which may have grown since.
// Use it for sources that come out of a store or an export.
func Reparse(name string, src []byte) (*annotations.Codebook, error) {
	return parse(&reader{file: name}, src)
}

func parse(r *reader, src []byte) (*annotations.Codebook, error) {
	name := r.file
	if err := readable(name, src); err != nil {
		return nil, err
	}
	text := bytes.TrimPrefix(src, []byte("\ufeff"))
	text = slices.Clip(slices.Clone(text)) // the TOML library finds places by a slice's capacity
	root, err := grow(text)
	if err != nil {
		return nil, &Error{name, 0, fmt.Sprintf("%v, over %d; keep the codebook short", err, maxKeys)}
	}
	if err := soundTOML(name, text); err != nil {
		return nil, err
	}
	c := r.codebook(root)
	if err := r.err(); err != nil {
		return nil, err
	}
	c.Source = slices.Clone(src)
	c.Hash = annotations.Hash(sha256.Sum256(src))
	return c, nil
}

// soundTOML tells why text is no TOML, or nil.
func soundTOML(name string, text []byte) error {
	var ignored map[string]any
	err := toml.Unmarshal(text, &ignored)
	if err == nil {
		return nil
	}
	line, hint := 0, ""
	var at *toml.DecodeError
	if errors.As(err, &at) {
		line, _ = at.Position()
		if from, to := longText(text, line); from > 0 {
			hint = fmt.Sprintf(", or close the text that begins with \"\"\" on line %d: it ends on line %d", from, to)
		}
	}
	return &Error{name, line, strings.TrimPrefix(err.Error(), "toml: ") + "; correct the TOML here" + hint}
}

// longText gives the first and the last line of the long text that ends on a line
// or the one before, where one does that began on another. When its own end was
// forgotten, it runs on to the quotation marks of the next one, and what is wrong
// shows there.
func longText(text []byte, line int) (from, to int) {
	mark, open, at := []byte(`"""`), 0, 0
	for l := range bytes.Lines(text) {
		if at++; at > line {
			break
		}
		for range bytes.Count(l, mark) {
			switch {
			case open == 0:
				open = at
			case open < at && at >= line-1:
				return open, at
			default:
				open = 0
			}
		}
	}
	return 0, 0
}

// readable refuses what cannot be a text file of a sensible size.
func readable(name string, src []byte) error {
	if len(src) > MaxSize {
		return &Error{name, 0, fmt.Sprintf("is longer than %d bytes; a codebook must be short enough to be known by heart", MaxSize)}
	}
	if bytes.Count(src, []byte("=")) > maxKeys {
		return &Error{name, 0, fmt.Sprintf("%v, over %d; keep the codebook short", errCrowded, maxKeys)}
	}
	if utf8.Valid(src) {
		return nil
	}
	line := 1
	for rest := src; len(rest) > 0; {
		c, n := utf8.DecodeRune(rest)
		if c == utf8.RuneError && n == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		rest = rest[n:]
	}
	return &Error{name, line, "is not UTF-8 here; save the file in that encoding"}
}

// reader collects mistakes while it reads the tree.
type reader struct {
	file     string
	reserved string // keys that no tag may have
	problems []*Error
}

func (r *reader) complain(line int, format string, args ...any) {
	r.problems = append(r.problems, &Error{r.file, line, fmt.Sprintf(format, args...)})
}

// err joins the mistakes found, in the order of their lines.
func (r *reader) err() error {
	slices.SortStableFunc(r.problems, func(a, b *Error) int { return a.Line - b.Line })
	list := make([]error, 0, min(len(r.problems), maxProblems)+1)
	for i, p := range r.problems {
		if i == maxProblems {
			more := len(r.problems) - i
			list = append(list, &Error{r.file, 0, fmt.Sprintf("%d more mistakes are not listed; correct these first", more)})
			break
		}
		list = append(list, p)
	}
	if len(list) == 1 {
		return list[0]
	}
	return errors.Join(list...)
}
