package ingest

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Bounds on XML. The parser of the standard library expands no entities but
// the five of XML itself, so depth and the size of one token are what is left.
const (
	maxXMLDepth = 512
	maxXMLToken = 8 << 20 // bytes of one tag, comment or run of text
)

// xmlReader hands out the tokens of an XML document, within these bounds.
type xmlReader struct {
	ctx   context.Context //nolint:containedctx // lives as long as one document
	d     *xml.Decoder
	meter *xmlMeter
	name  string // for messages
	depth int
	count int
}

// newXML reads well-formed XML, in whatever encoding it declares.
func newXML(ctx context.Context, name string, r io.Reader) *xmlReader {
	x := decodedXML(ctx, name, fromUTF16(r))
	x.d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		enc, label, ok := lookupEncoding(label)
		switch {
		case !ok:
			return nil, errors.New("its encoding is not known")
		case enc == nil || strings.HasPrefix(label, "UTF-16"):
			return in, nil // decoded by its byte order mark
		}
		return enc.NewDecoder().Reader(in), nil
	}
	return x
}

// decodedXML reads XML that is UTF-8 already, whatever it declares.
func decodedXML(ctx context.Context, name string, r io.Reader) *xmlReader {
	m := &xmlMeter{r: bufio.NewReaderSize(r, 64<<10)}
	x := &xmlReader{ctx: ctx, d: xml.NewDecoder(m), meter: m, name: name}
	x.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return x
}

// fromUTF16 decodes UTF-16 by its byte order mark and leaves the rest alone.
func fromUTF16(r io.Reader) io.Reader {
	br := bufio.NewReader(r)
	head, err := br.Peek(2)
	if err == nil && (head[0] == 0xfe && head[1] == 0xff || head[0] == 0xff && head[1] == 0xfe) {
		return transform.NewReader(br, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	}
	return br
}

// next gives the next token, or io.EOF. Its bytes are the reader's until then.
func (x *xmlReader) next() (xml.Token, error) {
	if x.count++; x.count%1024 == 0 && x.ctx.Err() != nil {
		return nil, context.Cause(x.ctx)
	}
	x.meter.used = 0
	tok, err := x.d.Token()
	if err != nil {
		return nil, x.fail(err)
	}
	switch tok.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxXMLDepth {
			return nil, x.fail(errXMLDepth)
		}
	case xml.EndElement:
		x.depth--
	}
	return tok, nil
}

// skip reads on to the end of the element that was opened last.
func (x *xmlReader) skip() error {
	for open := 1; open > 0; {
		tok, err := x.next()
		if err != nil {
			return err
		}
		switch tok.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}

var (
	errXMLDepth = errors.New("its elements are nested too deep")
	errXMLToken = errors.New("a tag or a run of text is longer than " + sizeWords(maxXMLToken))
)

func (x *xmlReader) fail(err error) error {
	var e *Error
	switch {
	case errors.Is(err, io.EOF) || errors.As(err, &e) || x.ctx.Err() != nil:
		return err
	case errors.Is(err, errXMLDepth), errors.Is(err, errXMLToken):
		return &Error{Why: x.name + " is no document that a person wrote: " + err.Error(), Next: "import the text alone", Err: ErrTooLarge}
	}
	return &Error{Why: x.name + " is cut off or damaged: " + foldField(err.Error(), 200), Next: nextResave, Err: ErrDamaged}
}

// xmlMeter bounds the bytes that one token takes.
type xmlMeter struct {
	r    *bufio.Reader
	used int
}

// ReadByte implements [io.ByteReader].
func (m *xmlMeter) ReadByte() (byte, error) {
	if m.used++; m.used > maxXMLToken {
		return 0, errXMLToken
	}
	return m.r.ReadByte()
}

// Read implements [io.Reader].
func (m *xmlMeter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.used += n; m.used > maxXMLToken {
		return 0, errXMLToken
	}
	return n, err
}

// xmlAttr gives the value of an attribute by its local name, or "".
func xmlAttr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
