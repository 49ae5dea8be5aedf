package interchange

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

const timeLayout = time.RFC3339Nano

// WriteJSON writes e in the native format. The whole export is checked before
// the first byte is written: on an error that is not w's, w has got nothing.
// The same state gives the same bytes, but for e.Exported.
func WriteJSON(w io.Writer, e Export) error {
	list, err := pages(&e)
	if err != nil {
		return err
	}
	// Once for nothing, so that no file begins that cannot end.
	var size length
	if err := writeNative(&size, &e, list); err != nil {
		return err
	}
	for _, p := range list {
		p.proved = true
	}
	if b, ok := w.(*bytes.Buffer); ok {
		b.Grow(int(size)) // growing step by step takes up to three times that
	}
	return writeNative(w, &e, list)
}

// length counts what is written, in bytes.
type length int

func (n *length) Write(b []byte) (int, error) {
	*n += length(len(b))
	return len(b), nil
}

// writeNative lays the file out with one codebook, sentence, link and event a
// line: small differences between exports stay small in a diff, and a line
// number in a message leads to the sentence.
func writeNative(w io.Writer, e *Export, list []*page) error {
	f := newFrame(w)
	f.open(headOf(e))
	f.key("codebooks")
	books := codebooksOf(e)
	f.list(len(books), func(i int) (any, error) { return wireBook(books[i]), nil })
	f.key("articles")
	f.text("[")
	for i, p := range list {
		if i > 0 {
			f.text(",")
		}
		f.text("\n")
		f.article(p)
	}
	f.text("\n]\n}\n")
	return f.flush()
}

func (f *frame) article(p *page) {
	f.open(p.head())
	f.key("sentences")
	f.list(len(p.Article.Units), func(i int) (any, error) { return p.sentence(i) })
	inside, across := p.links()
	for _, l := range []struct {
		name string
		list []wireLink
	}{{"links", inside}, {"crossLinks", across}} {
		if len(l.list) > 0 {
			f.key(l.name)
			f.list(len(l.list), func(i int) (any, error) { return l.list[i], nil })
		}
	}
	if p.HistoryOf != [16]byte{} {
		f.key("historyOf")
		f.bytes(f.encode(hex.EncodeToString(p.HistoryOf[:])))
	}
	if len(p.Events) > 0 {
		f.key("history")
		f.list(len(p.Events), func(i int) (any, error) { return p.event(&p.Events[i]) })
	}
	f.text("\n}")
	if f.err != nil {
		f.err = fmt.Errorf("interchange: article %q: %w", p.Article.Name, f.err)
	}
}

// frame writes JSON piece by piece, so that a large desk is never in memory
// twice. After the first error it writes nothing more.
type frame struct {
	w   *bufio.Writer
	buf bytes.Buffer
	enc *json.Encoder
	err error
}

func newFrame(w io.Writer) *frame {
	f := &frame{w: bufio.NewWriterSize(w, 64<<10)}
	f.enc = json.NewEncoder(&f.buf)
	f.enc.SetEscapeHTML(false)
	return f
}

func (f *frame) text(s string) {
	if f.err == nil {
		_, f.err = f.w.WriteString(s)
	}
}

// encode returns v as JSON on one line, good until the next call.
func (f *frame) encode(v any) []byte {
	f.buf.Reset()
	if f.err != nil {
		return nil
	}
	if f.err = f.enc.Encode(v); f.err != nil {
		return nil
	}
	b := bytes.TrimSuffix(f.buf.Bytes(), []byte("\n"))
	if holdsReplacement(b) {
		f.err = errors.New("a text is not valid UTF-8")
	}
	return b
}

func (f *frame) bytes(b []byte) {
	if f.err == nil {
		_, f.err = f.w.Write(b)
	}
}

// open writes a struct's members, one a line, and leaves the object open.
func (f *frame) open(v any) {
	f.text("{")
	b := f.encode(v)
	if f.err != nil {
		return
	}
	between := "\n"
	for i := 1; i < len(b)-1; {
		end := memberEnd(b, i)
		f.text(between)
		f.bytes(b[i:end])
		between, i = ",\n", end+1
	}
}

// memberEnd returns where the member that starts at i ends: at the comma or
// brace that closes it.
func memberEnd(b []byte, i int) int {
	depth := 0
	for ; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = stringEnd(b, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// stringEnd returns the offset after the string that starts at i.
func stringEnd(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return i
}

// key starts another member of the open object.
func (f *frame) key(name string) { f.text(",\n\"" + name + "\":") }

// list writes n values, one a line.
func (f *frame) list(n int, at func(i int) (any, error)) {
	f.text("[")
	for i := range n {
		if f.err != nil {
			return
		}
		v, err := at(i)
		if err != nil {
			f.err = err
			return
		}
		if i > 0 {
			f.text(",")
		}
		f.text("\n")
		f.bytes(f.encode(v))
	}
	if n > 0 {
		f.text("\n")
	}
	f.text("]")
}

func (f *frame) flush() error {
	if f.err != nil {
		return f.err
	}
	return f.w.Flush()
}

// holdsReplacement reports whether the encoder put \ufffd for a byte that is no
// UTF-8. A real U+FFFD is written as itself, never as an escape.
func holdsReplacement(b []byte) bool {
	for i := 0; i < len(b); {
		j := bytes.Index(b[i:], []byte(`\ufffd`))
		if j < 0 {
			return false
		}
		slashes := 0
		for k := i + j - 1; k >= 0 && b[k] == '\\'; k-- {
			slashes++
		}
		if slashes%2 == 0 {
			return true
		}
		i += j + 1
	}
	return false
}
