package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"stet.example/stet/annotations"
)

// choice is an encoding and the reason for it.
type choice struct {
	enc  encoding.Encoding // nil for UTF-8
	name string            // as recorded
	why  string            // "byte order mark"
	skip int               // bytes of a byte order mark
	weak bool              // a guess: worth a look
}

// decoded is a text in UTF-8 with LF line ends.
type decoded struct {
	text    string
	name    string
	notices []Notice
}

const utf8Name = "UTF-8"

// mark is a byte order mark. Longer marks stand first: the one of UTF-32LE
// begins as that of UTF-16LE does.
type mark struct {
	bytes string
	name  string
	enc   encoding.Encoding
}

func marks() []mark {
	return []mark{
		{"\x00\x00\xfe\xff", "UTF-32BE", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
		{"\xff\xfe\x00\x00", "UTF-32LE", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
		{"\xef\xbb\xbf", utf8Name, nil},
		{"\xfe\xff", "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"\xff\xfe", "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	}
}

// decode turns the bytes into text: the one place where bytes are interpreted.
func (j *job) decode() (decoded, error) {
	if len(bytes.TrimSpace(j.raw)) == 0 {
		why := "it is empty"
		if len(j.raw) > 0 {
			why = "there is nothing in it but white space"
		}
		return decoded{}, &Error{Why: why, Next: "check that it is the file you meant", Err: annotations.ErrEmpty}
	}
	c, err := j.choose()
	if err != nil {
		return decoded{}, err
	}
	raw := j.raw[c.skip:]
	d := decoded{name: c.name}
	d.notices = append(d.notices, Notice{TopicEncoding, fmt.Sprintf("decoded as %s (%s)", c.name, c.why), c.weak})
	if j.opt.Encoding == "" && c.enc == nil && looksUTF7(raw) {
		d.notices = append(d.notices, Notice{TopicEncoding, "it looks like UTF-7, which is not read: signs such as +AOk- stand for letters; save it again as UTF-8", true})
	}
	bad := 0
	switch {
	case c.enc == nil && utf8.Valid(raw):
		d.text = string(unixLines(raw))
	case c.enc == nil:
		raw, bad = repairUTF8(unixLines(raw))
		d.text = string(raw)
	default:
		out, err := c.enc.NewDecoder().Bytes(raw)
		if err != nil {
			return decoded{}, &Error{Why: "it cannot be decoded as " + c.name + ": " + err.Error(), Next: "name another encoding with --encoding", Err: ErrEncoding}
		}
		bad = bytes.Count(out, []byte("\ufffd"))
		d.text = string(unixLines(out))
	}
	// A mark may be there twice, after files were joined, and GB 18030 has one
	// too. One left standing would be lost at the next export and import.
	d.text = strings.TrimLeft(d.text, byteOrderMark)
	if bad > 0 {
		d.notices = append(d.notices, Notice{TopicEncoding, fmt.Sprintf("%d %s could not be read as %s and became U+FFFD; another --encoding may fit", bad, plural(bad, "place", "places"), c.name), true})
	}
	if i := strings.IndexByte(d.text, 0); i >= 0 {
		next := "name the encoding with --encoding if it is a text after all"
		if j.opt.Encoding != "" { // it was named
			next = "take it out, or name another encoding"
		}
		return decoded{}, &Error{Why: fmt.Sprintf("it holds a NUL character at byte %d of the text, as only binary files do", i), Next: next, Err: ErrBinary}
	}
	return d, nil
}

const byteOrderMark = "\ufeff"

// choose finds the encoding, in an order that asks the surest witness first:
// the caller, a byte order mark, the NUL pattern of UTF-16, validity as UTF-8 of
// the whole input, a page's own declaration, statistics, windows-1252.
func (j *job) choose() (choice, error) {
	if j.opt.Encoding != "" {
		return j.chosenByCaller(), nil
	}
	for _, m := range marks() {
		if bytes.HasPrefix(j.raw, []byte(m.bytes)) {
			return choice{m.enc, m.name, "byte order mark", len(m.bytes), false}, nil
		}
	}
	if c, ok := j.escapedCharset(); ok {
		return c, nil
	}
	valid := utf8.Valid(j.raw)
	nul := bytes.IndexByte(j.raw, 0)
	if nul >= 0 || !valid && holdsUTF16Signs(j.raw) {
		if m, ok := guessUTF16(j.raw); ok {
			return choice{m.enc, m.name, "no byte order mark, told by its pattern", 0, false}, nil
		}
	}
	if nul >= 0 {
		return choice{}, &Error{Why: fmt.Sprintf("it holds a NUL at byte %d, as only binary files do", nul), Next: "name the encoding with --encoding if it is a text after all", Err: ErrBinary}
	}
	if valid {
		return choice{nil, utf8Name, "valid throughout", 0, false}, nil
	}
	if looksRandom(j.raw) {
		return choice{}, &Error{Why: "it is full of control bytes, as only binary files are", Next: "name the encoding with --encoding if it is a text after all", Err: ErrBinary}
	}
	if enc, name, ok := lookupEncoding(j.opt.Charset); ok && enc != nil && j.opt.Charset != "" && !strings.HasPrefix(name, "UTF-") {
		return choice{enc, name, "as its carrier says", 0, false}, nil
	}
	isHTML := j.opt.Format == FormatHTML || j.opt.Format == FormatFeed || bytes.HasPrefix(bytes.TrimSpace(j.raw[:min(len(j.raw), 64)]), []byte("<?xml")) || j.opt.Format == "" && (formatByName(j.opt.Name) == FormatHTML || opensHTML(string(j.raw[:min(len(j.raw), 4096)])))
	if isHTML {
		if enc, name, ok := declaredEncoding(j.raw); ok && enc != nil {
			return choice{enc, name, "declared by the page", 0, false}, nil
		}
	}
	return detect(j.raw, isHTML), nil
}

// escapedCharset believes a carrier that names ISO-2022-JP of bytes that hold
// its escapes: they are valid UTF-8 too, and say something else. Without a carrier
// the bytes must be in that encoding throughout.
func (j *job) escapedCharset() (choice, bool) {
	if bytes.IndexByte(j.raw, 0x1b) < 0 {
		return choice{}, false
	}
	if enc, name, ok := lookupEncoding(j.opt.Charset); j.opt.Charset != "" && ok && name == "ISO-2022-JP" {
		return choice{enc, name, "as its carrier says", 0, false}, true
	}
	return choice{japanese.ISO2022JP, "ISO-2022-JP", "told by its escapes", 0, false}, isEscapedJapanese(j.raw)
}

// isEscapedJapanese reports whether raw is ISO-2022-JP: all of it ASCII, with
// escapes that begin Japanese and end it, and no pair between them that is none.
func isEscapedJapanese(raw []byte) bool {
	begins := bytes.Contains(raw, []byte("\x1b$B")) || bytes.Contains(raw, []byte("\x1b$@"))
	ends := bytes.Contains(raw, []byte("\x1b(B")) || bytes.Contains(raw, []byte("\x1b(J"))
	if !begins || !ends || slices.ContainsFunc(raw, func(c byte) bool { return c >= 0x80 || c == 0 }) {
		return false
	}
	out, err := japanese.ISO2022JP.NewDecoder().Bytes(raw)
	return err == nil && !bytes.ContainsRune(out, utf8.RuneError)
}

// chosenByCaller trusts the name given, which checkOptions has proved known. A
// byte order mark of that encoding is skipped, and settles which UTF-16 it is.
func (j *job) chosenByCaller() choice {
	enc, name, _ := lookupEncoding(j.opt.Encoding)
	c := choice{enc, name, "as told", 0, false}
	for _, m := range marks() {
		sameFamily := m.name == name || strings.HasPrefix(m.name, "UTF-16") && name == "UTF-16"
		if sameFamily && bytes.HasPrefix(j.raw, []byte(m.bytes)) {
			c.enc, c.name, c.skip = m.enc, m.name, len(m.bytes)
			return c
		}
	}
	if name == "UTF-16" {
		m, ok := guessUTF16(j.raw)
		if !ok {
			m = marks()[4]
		}
		c.enc, c.name = m.enc, m.name
	}
	return c
}

// lookupEncoding finds an encoding by any of its names; nil stands for UTF-8.
// Names of the web come first, where latin1 means windows-1252, its superset.
func lookupEncoding(label string) (encoding.Encoding, string, bool) {
	label = strings.TrimSpace(label)
	switch strings.ToLower(label) {
	case "utf-16", "utf16":
		return nil, "UTF-16", true
	case "utf-32be", "utf-32le":
		for _, m := range marks() {
			if strings.EqualFold(m.name, label) {
				return m.enc, m.name, true
			}
		}
	}
	if cp, name := codePage(label); cp != nil {
		return cp, name, true
	}
	enc, err := webName(label)
	if err != nil || enc == nil || enc == encoding.Replacement {
		return nil, "", false
	}
	name := encodingName(enc)
	if name == utf8Name {
		return nil, utf8Name, true
	}
	return enc, name, name != ""
}

// codePage finds the encodings of DOS and of mainframes, which the web has no
// names for: "IBM850", "cp850" or "850". It gives nil for any other name.
func codePage(label string) (encoding.Encoding, string) {
	number := strings.ToLower(label)
	for _, prefix := range []string{"cs", "ibm", "cp", "ccsid", "-"} {
		number = strings.TrimPrefix(number, prefix)
	}
	switch strings.TrimLeft(number, "0") {
	case "37":
		return charmap.CodePage037, "IBM037"
	case "437":
		return charmap.CodePage437, "IBM437"
	case "850":
		return charmap.CodePage850, "IBM850"
	case "852":
		return charmap.CodePage852, "IBM852"
	case "855":
		return charmap.CodePage855, "IBM855"
	case "858":
		return charmap.CodePage858, "IBM00858"
	case "860":
		return charmap.CodePage860, "IBM860"
	case "862":
		return charmap.CodePage862, "IBM862"
	case "863":
		return charmap.CodePage863, "IBM863"
	case "865":
		return charmap.CodePage865, "IBM865"
	case "1047":
		return charmap.CodePage1047, "IBM1047"
	case "1140":
		return charmap.CodePage1140, "IBM01140"
	}
	return nil, ""
}

// webName finds an encoding by a name of the web, or by one of the other names
// in use for the same: with underscores, with "cs" before it, Microsoft's number.
func webName(label string) (encoding.Encoding, error) {
	enc, err := htmlindex.Get(label)
	if err == nil {
		return enc, nil
	}
	name := strings.TrimPrefix(strings.ToLower(label), "cs")
	switch name {
	case "936", "cp936", "ms936", "windows-936":
		name = "gbk"
	case "l8", "latin8", "iso-celtic":
		name = "iso-8859-14"
	case "latin-9":
		name = "iso-8859-15"
	case "l10", "latin10":
		name = "iso-8859-16"
	}
	if number, ok := strings.CutPrefix(name, "windows"); ok {
		name = "windows-" + strings.TrimPrefix(number, "-")
	}
	return htmlindex.Get(strings.ReplaceAll(name, "iso_8859", "iso-8859"))
}

// encodingName is the IANA name preferred in MIME, or the web's. The two differ
// in the case of their letters alone.
func encodingName(enc encoding.Encoding) string {
	name, err := htmlindex.Name(enc)
	if err != nil {
		return ""
	}
	switch name {
	case "big5":
		return "Big5"
	case "shift_jis":
		return "Shift_JIS"
	case "macintosh", "x-mac-cyrillic", "x-user-defined":
		return name
	}
	if strings.HasPrefix(name, "windows-") {
		return name
	}
	return strings.ToUpper(name)
}

// unixLines makes line ends LF, in place.
func unixLines(b []byte) []byte {
	at := bytes.IndexByte(b, '\r')
	if at < 0 {
		return b
	}
	out := b[:at]
	for at < len(b) {
		out = append(out, '\n') // b[at] is a CR
		at++
		if at < len(b) && b[at] == '\n' {
			at++
		}
		next := bytes.IndexByte(b[at:], '\r')
		if next < 0 {
			return append(out, b[at:]...)
		}
		out = append(out, b[at:at+next]...)
		at += next
	}
	return out
}

// repairUTF8 replaces each run of bytes that is not UTF-8 and counts them.
func repairUTF8(b []byte) ([]byte, int) {
	bad, inside := 0, false
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		wrong := r == utf8.RuneError && n == 1
		if wrong && !inside {
			bad++
		}
		inside = wrong
		i += n
	}
	return bytes.ToValidUTF8(b, []byte("\ufffd")), bad
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// errNoDetector keeps a detector's silence apart from a real failure.
var errNoDetector = errors.New("no encoding fits")
