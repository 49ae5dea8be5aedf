package proof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"stet.example/stet/annotations"
)

// The kinds of line of a bundle, in the order in which they come.
const (
	lineBundle  = "bundle"
	lineArticle = "article"
	lineRecord  = "record"
	lineHidden  = "withheld"
	lineText    = "text"
	lineTable   = "table"
	lineValue   = "value"
)

// bundleFormat is what the first line names.
const bundleFormat = "stet bundle 1"

const maxLine = 3 << 30 // bytes: the longest text in base64, and room

// line is any line of a bundle. Which fields a kind has, doc.go says; the order
// here is the order in the file.
type line struct {
	Line    string                 `json:"line"`
	Format  string                 `json:"format,omitempty"`
	Key     string                 `json:"key,omitempty"`
	Note    string                 `json:"note,omitempty"`
	Article *annotations.ArticleID `json:"article,omitempty"`
	Records uint64                 `json:"records,omitempty"`
	Pos     uint64                 `json:"pos,omitempty"`
	Data    []byte                 `json:"data,omitempty"` // record, text, table, value
	Leaf    []byte                 `json:"leaf,omitempty"`
	Proof   [][]byte               `json:"proof,omitempty"`
}

// encode gives the one way in which l is written.
func (l *line) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(l); err != nil {
		return nil, fmt.Errorf("write the bundle: %w", err)
	}
	return b.Bytes(), nil
}

// lineWriter writes a bundle; after the first error it writes nothing.
type lineWriter struct {
	w   *bufio.Writer
	err error
}

func newLineWriter(w io.Writer) *lineWriter { return &lineWriter{w: bufio.NewWriterSize(w, 64<<10)} }

func (w *lineWriter) put(l line) {
	b, err := l.encode()
	if w.err = errors.Join(w.err, err); w.err == nil {
		_, w.err = w.w.Write(b)
	}
}

func (w *lineWriter) end() error {
	if w.err != nil {
		return w.err
	}
	return w.w.Flush()
}

// eachLine calls fn for every line of a bundle, which must be written as [line]
// writes it, to the byte.
func eachLine(r io.Reader, fn func(n int, l line) error) error {
	s := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		raw, err := readLine(s)
		if errors.Is(err, io.EOF) {
			if n == 1 {
				return errors.New("it is empty")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		var l line
		if err := json.Unmarshal(raw, &l); err != nil {
			return fmt.Errorf("line %d is no line of a bundle: %w", n, err)
		}
		if again, err := l.encode(); err != nil || !bytes.Equal(again, raw) {
			return fmt.Errorf("line %d is not written as a bundle's lines are", n)
		}
		if err := fn(n, l); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
}

// readLine reads a line with its line feed; io.EOF when there is none.
func readLine(s *bufio.Reader) ([]byte, error) {
	var raw []byte
	for {
		part, err := s.ReadSlice('\n')
		raw = append(raw, part...)
		switch {
		case err == nil:
			return raw, nil
		case errors.Is(err, io.EOF) && len(raw) > 0:
			return nil, errors.New("it is cut off")
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(raw) > maxLine:
			return nil, errors.New("it is longer than any line of a bundle")
		}
	}
}
