package ingest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// Bounds on a page saved in one file.
const (
	maxMIMEDepth = 6
	maxMIMEParts = 20_000
)

// opensHeader reports whether raw begins as a message does: with a field.
func opensHeader(raw []byte) bool {
	line, _, _ := bytes.Cut(raw[:min(len(raw), 1024)], []byte("\n"))
	name, _, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(name) == 0 || len(name) > 64 {
		return false
	}
	return !bytes.ContainsFunc(name, func(r rune) bool {
		return r != '-' && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

// isMHTML recognises a page saved in one file by its header.
func isMHTML(raw []byte) bool {
	if !opensHeader(raw) {
		return false
	}
	head := raw[:min(len(raw), 8<<10)]
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(head, []byte(end)); i >= 0 {
			head = head[:i]
		}
	}
	head = bytes.ToLower(head)
	return bytes.Contains(head, []byte("multipart/related")) && bytes.Contains(head, []byte("content-type:")) ||
		bytes.Contains(head, []byte("snapshot-content-location:"))
}

// mimePage is the page in a message.
type mimePage struct {
	raw      []byte
	charset  string
	location string
}

func (j *job) extractMHTML(ctx context.Context) (string, error) {
	r := bufio.NewReader(bytes.NewReader(j.raw))
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return "", mimeError(err)
	}
	m := &mimeReader{ctx: ctx, left: maxMIMEParts, budget: j.limit()}
	found, err := m.find(header, r, 0)
	if err != nil {
		return "", err
	}
	if found == nil {
		return "", &Error{Why: "there is no page in this file", Next: "save the page again, as HTML", Err: ErrDamaged}
	}
	inner := &job{opt: j.opt, raw: found.raw}
	inner.opt.Format = FormatHTML
	if found.charset != "" {
		inner.opt.Charset = found.charset
	}
	dec, err := inner.decode()
	if err != nil {
		return "", err
	}
	j.from.Encoding = dec.name
	j.res.Notices = append(j.res.Notices, dec.notices...)
	at := firstOf(cleanURL(header.Get("Snapshot-Content-Location")), cleanURL(found.location))
	given := j.opt.Address
	j.opt.Address = at // the base of the page's links, and its address when it names none
	body, err := j.extractHTML(ctx, dec.text)
	j.opt.Address = given
	j.facts.url.set(at, "the address that the browser saved with the page")
	return body, err
}

func mimeError(err error) error {
	var e *Error
	if errors.As(err, &e) {
		return err
	}
	return &Error{Why: "this page saved in one file is cut off or damaged: " + foldField(err.Error(), 200), Next: "save the page again, as HTML", Err: ErrDamaged}
}

// mimeReader looks for the first page among the parts of a message.
type mimeReader struct {
	ctx    context.Context //nolint:containedctx // lives as long as one message
	left   int             // parts that may still be looked at
	budget int64           // bytes of the page
}

// find gives the first page in a part, or nil.
func (m *mimeReader) find(header textproto.MIMEHeader, body io.Reader, depth int) (*mimePage, error) {
	if m.ctx.Err() != nil {
		return nil, context.Cause(m.ctx)
	}
	if m.left--; m.left < 0 || depth > maxMIMEDepth {
		return nil, &Error{Why: "this file holds more parts, or parts nested deeper, than any page", Next: "save the page again, as HTML", Err: ErrTooLarge}
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return nil, nil //nolint:nilerr,nilnil // no page; the next part may be one
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		return m.among(params["boundary"], body, depth)
	case kind != "text/html" && kind != "application/xhtml+xml":
		return nil, nil //nolint:nilnil // another part may be one
	}
	raw, err := readUpTo(m.ctx, decodeTransfer(header.Get("Content-Transfer-Encoding"), body), m.budget, 0)
	if err != nil { // half a page would pass for a whole one
		return nil, mimeError(err)
	}
	return &mimePage{raw: raw, charset: params["charset"], location: header.Get("Content-Location")}, nil
}

// among looks through the parts of a message.
func (m *mimeReader) among(boundary string, body io.Reader, depth int) (*mimePage, error) {
	if boundary == "" {
		return nil, &Error{Why: "this page saved in one file does not say how its parts are divided", Next: "save the page again, as HTML", Err: ErrDamaged}
	}
	parts := multipart.NewReader(body, boundary)
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil, nil //nolint:nilnil // no page here
		}
		if err != nil {
			return nil, mimeError(err)
		}
		found, err := m.find(p.Header, p, depth+1)
		if found != nil || err != nil {
			return found, err
		}
	}
}

func decodeTransfer(name string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r) // it passes over line ends
	}
	return r
}
