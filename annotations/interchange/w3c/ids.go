package w3c

import (
	"crypto/sha1" //nolint:gosec // UUIDs of version 5 are made with it; nothing is kept secret
	"fmt"
	"net/url"
	"strings"

	"stet.example/stet/annotations"
)

// space is the namespace of our UUIDs.
var space = [16]byte{0x6b, 0x0d, 0x2f, 0x5e, 0x3c, 0x41, 0x4d, 0x8a, 0x9f, 0x27, 0x51, 0xe4, 0x7a, 0xc0, 0x18, 0xd3} //nolint:gochecknoglobals // a constant

// urn is the UUID of version 5 (RFC 9562) of the parts, as an IRI.
func urn(parts ...string) string {
	h := sha1.New() //nolint:gosec // see above
	h.Write(space[:])
	h.Write([]byte(strings.Join(parts, "\x00")))
	b := h.Sum(nil)[:16]
	b[6] = b[6]&0x0f | 0x50
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func annotationID(a annotations.ArticleID, s annotations.SentenceID, by string) string {
	return urn("annotation", a.String(), s.String(), by)
}

func sentenceID(t annotations.Target) string {
	return urn("sentence", t.Article.String(), t.Sentence.String())
}

// web makes an absolute http or https URL of s that JSON-LD takes as an IRI,
// with what URLs must not hold escaped; ok is false when s is none.
func web(s string) (iri string, ok bool) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false
	}
	for i := range len(u.Host) {
		if c := u.Host[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("<>\"{}|\\^`", c) >= 0 {
			return "", false
		}
	}
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ' || c >= 0x7F || strings.IndexByte("<>\"{}|\\^`[]", c) >= 0 && !strings.Contains(u.Host, "["):
			fmt.Fprintf(&b, "%%%02X", c)
		case c == '%' && (i+2 >= len(s) || !hex(s[i+1]) || !hex(s[i+2])):
			b.WriteString("%25")
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), true
}

func hex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// sourceOf is what annotations of an article are about.
func sourceOf(a *annotations.Article) string {
	if iri, ok := web(a.URL); ok {
		return iri
	}
	return urn("article", a.ID.String())
}

// evidenceOf is where an evidence item lies.
func evidenceOf(e *annotations.Evidence) string {
	if iri, ok := web(e.URL); ok {
		return iri
	}
	return urn("evidence", e.ID.String())
}
