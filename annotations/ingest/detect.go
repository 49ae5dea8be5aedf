package ingest

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// sampleSize bounds what the guesses below look at, in bytes.
const sampleSize = 64 << 10

// guessUTF16 tells UTF-16 without a byte order mark: one of the two orders must
// read as text nearly throughout, and the one with more plain characters wins.
// A program or picture never reads so. An 8-bit text with a stray NUL may, when it
// is short, so that is asked first.
func guessUTF16(raw []byte) (mark, bool) {
	all := marks()
	if strayNUL(raw) {
		return mark{}, false
	}
	be, okBE := readsAsUTF16(raw, binary.BigEndian)
	le, okLE := readsAsUTF16(raw, binary.LittleEndian)
	switch {
	case okBE && (!okLE || be > le):
		return all[3], true
	case okLE:
		return all[4], true
	}
	return mark{}, false
}

// strayNUL reports whether all of a sample is ASCII but for NULs, and these are
// fewer than a third of it. Read in pairs, ASCII makes rare ideographs without end;
// in UTF-16 every ASCII character brings a NUL of its own.
func strayNUL(raw []byte) bool {
	raw = raw[:min(len(raw), sampleSize)]
	nuls := 0
	for _, c := range raw {
		switch {
		case c == 0:
			nuls++
		case c >= 0x7f || c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f':
			return false
		}
	}
	return nuls > 0 && nuls*3 < len(raw)
}

// readsAsUTF16 counts the plain characters of a sample: printable ASCII, line
// ends, the comma and full stop of East Asia. Any UTF-16 text has two of them in
// a hundred, and at most one unit in a hundred that is unassigned or malformed.
func readsAsUTF16(raw []byte, order binary.ByteOrder) (plain int, ok bool) {
	raw = raw[:min(len(raw), sampleSize)]
	n, bad := len(raw)/2, 0
	for i := 0; i < n; i++ {
		r := rune(order.Uint16(raw[2*i:]))
		if utf16.IsSurrogate(r) && i+1 < n {
			r = utf16.DecodeRune(r, rune(order.Uint16(raw[2*i+2:])))
			i++
		}
		switch {
		case r == 0:
			return 0, false
		case r >= ' ' && r < 0x7f, r == '\n', r == '\r', r == '、', r == '。', r == '，':
			plain++
		case r == utf8.RuneError || !unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r):
			bad++
		}
	}
	return plain, plain*50 >= n && bad*100 <= n && n > 0
}

// holdsUTF16Signs reports whether raw holds a byte that no 8-bit text has but
// UTF-16 does: the zero of an ASCII character, or the 1 or 2 of an East Asian
// comma or full stop.
func holdsUTF16Signs(raw []byte) bool {
	return bytes.IndexByte(raw, 0) >= 0 || bytes.IndexByte(raw, 1) >= 0 || bytes.IndexByte(raw, 2) >= 0
}

// looksRandom reports whether bytes that are not UTF-8 hold more control bytes
// than any 8-bit text does.
func looksRandom(raw []byte) bool {
	raw = raw[:min(len(raw), sampleSize)]
	controls := 0
	for _, c := range raw {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b || c == 0x7f {
			controls++
		}
	}
	return controls*20 > len(raw)
}

// declaredEncoding reads a page's own word about its encoding: a meta element or
// an XML declaration in the first 64 KiB. enc is nil for UTF-8, which a page that
// got here is not.
func declaredEncoding(raw []byte) (enc encoding.Encoding, name string, ok bool) {
	z := html.NewTokenizer(bytes.NewReader(raw[:min(len(raw), sampleSize)]))
	z.SetMaxBuf(sampleSize)
	for {
		label := ""
		switch z.Next() {
		case html.ErrorToken:
			return nil, "", false
		case html.CommentToken:
			if t := string(z.Text()); strings.HasPrefix(t, "?xml") {
				label = attributeIn(t, "encoding")
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if tok.Data == "body" {
				return nil, "", false
			}
			if tok.Data == "meta" {
				label = metaCharset(tok)
			}
		}
		if label == "" {
			continue
		}
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			label = "utf-8" // read through ASCII, so it cannot be UTF-16
		}
		if enc, name, ok := lookupEncoding(label); ok {
			return enc, name, true
		}
	}
}

func metaCharset(tok html.Token) string {
	if v := attr(tok.Attr, "charset"); v != "" {
		return v
	}
	if strings.EqualFold(attr(tok.Attr, "http-equiv"), "content-type") {
		return attributeIn(attr(tok.Attr, "content"), "charset")
	}
	return ""
}

// attributeIn finds name=value in s, the value with or without quotes.
func attributeIn(s, name string) string {
	i := strings.Index(strings.ToLower(s), name)
	if i < 0 {
		return ""
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(s[i+len(name):], " \t\r\n"), "=")
	if !ok {
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n\"'")
	if end := strings.IndexAny(rest, " \t\r\n\"';?>"); end >= 0 {
		rest = rest[:end]
	}
	return rest
}

// detect guesses the encoding of bytes that are not UTF-8 and hold no NUL.
func detect(raw []byte, isHTML bool) choice {
	if nearlyUTF8(raw) {
		return choice{nil, utf8Name, "nearly valid", 0, true}
	}
	western := choice{charmap.Windows1252, "windows-1252", "the usual 8-bit encoding", 0, true}
	sample := densest(raw)
	if onlyWesternMarks(sample) {
		return western
	}
	enc, name, err := byStatistics(sample, isHTML)
	if err != nil {
		return doubt(sample, western)
	}
	if name == "windows-1252" && isLatin9(sample) {
		enc, name = charmap.ISO8859_15, "ISO-8859-15"
	}
	return doubt(sample, choice{enc, name, "detected", 0, true})
}

// nearlyUTF8 tells a UTF-8 text that was cut inside a character, or damaged in
// a few places, from a text in another encoding.
func nearlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			good++
		case !utf8.FullRune(raw[i:]):
			return good > 0 && bad*10 <= good // the end is cut off
		default:
			bad++
		}
		i += n
	}
	return good > 0 && bad*10 <= good
}

// densest gathers the lines that hold bytes above 0x7F, for they alone tell.
func densest(raw []byte) []byte {
	out := make([]byte, 0, min(len(raw), sampleSize))
	for line := range bytes.Lines(raw) {
		if i := slices.IndexFunc(line, func(c byte) bool { return c >= 0x80 }); i >= 0 {
			if i > sampleSize/8 {
				line = line[i-64:]
			}
			out = append(out, line[:min(len(line), sampleSize-len(out))]...)
		}
		if len(out) == sampleSize {
			break
		}
	}
	return out
}

// onlyWesternMarks reports whether all that is not ASCII are the quotation
// marks, dashes and signs that stand alike in windows-1250 to 1258.
func onlyWesternMarks(sample []byte) bool {
	return !slices.ContainsFunc(sample, func(c byte) bool {
		return c >= 0x80 && bytes.IndexByte([]byte("\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa9\xab\xae\xb0\xb7\xbb"), c) < 0
	})
}

// byStatistics asks the detector. Its answers come in random order when they
// tie, so the order of preference is settled here.
func byStatistics(sample []byte, isHTML bool) (encoding.Encoding, string, error) {
	d := chardet.NewTextDetector()
	if isHTML {
		d = chardet.NewHtmlDetector()
	}
	found, err := d.DetectAll(sample)
	if err != nil {
		return nil, "", errNoDetector
	}
	slices.SortFunc(found, func(a, b chardet.Result) int {
		if a.Confidence != b.Confidence {
			return b.Confidence - a.Confidence
		}
		return strings.Compare(a.Charset, b.Charset)
	})
	for _, f := range found {
		label := strings.ReplaceAll(f.Charset, "GB-", "gb")
		if strings.HasPrefix(label, "UTF-") {
			continue // ruled out before
		}
		enc, err := htmlindex.Get(label)
		if err != nil || enc == encoding.Replacement {
			continue // EBCDIC and the like
		}
		return enc, encodingName(enc), nil
	}
	return nil, "", errNoDetector
}

// isLatin9 tells ISO-8859-15 from windows-1252: no byte from 0x80 to 0x9F, and
// either a euro sign beside a digit or the œ inside a word, which the other
// encoding reads as a currency sign and a fraction.
func isLatin9(sample []byte) bool {
	if slices.ContainsFunc(sample, func(c byte) bool { return c >= 0x80 && c < 0xa0 }) {
		return false
	}
	small := func(c byte) bool { return c >= 'a' && c <= 'z' }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	for i := 2; i < len(sample)-2; i++ {
		before, after := sample[i-1], sample[i+1]
		switch sample[i] {
		case 0xa4:
			if digit(before) || digit(after) || (before == ' ' || before == 0xa0) && digit(sample[i-2]) {
				return true
			}
		case 0xbd:
			if small(before) && small(after) {
				return true
			}
		}
	}
	return false
}
