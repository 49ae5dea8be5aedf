package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// line is one row of a table with its place in the file.
type line struct {
	at    int
	cells []string
}

// decode makes text of a file; guessed names an encoding that was not certain.
func decode(f interchange.File) (text, guessed string, err error) {
	switch {
	case bytes.HasPrefix(f.Data, []byte("\xff\xfe")), bytes.HasPrefix(f.Data, []byte("\xfe\xff")):
		b, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(f.Data)
		if err != nil {
			return "", "", standoff.Refuse(f.Name, 0, "is not the UTF-16 that its mark says: %v", err)
		}
		return string(b), "", nil
	case utf8.Valid(f.Data):
		text, err := standoff.Text(f)
		return text, "", err
	case bytes.IndexByte(f.Data, 0) >= 0:
		return "", "", standoff.Refuse(f.Name, 0, "is neither UTF-8 nor marked UTF-16; save the table as CSV in UTF-8")
	}
	b, err := charmap.Windows1252.NewDecoder().Bytes(f.Data)
	if err != nil {
		return "", "", standoff.Refuse(f.Name, 0, "cannot be decoded: %v", err)
	}
	return string(b), "windows-1252", nil
}

// separator finds what parts the cells: the one that makes most of the first
// line known columns.
func separator(text string) (rest string, sep rune, skipped int) {
	first, after, _ := strings.Cut(text, "\n")
	if s, ok := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); ok && len(s) == 1 {
		return after, rune(s[0]), 1
	}
	best := 0
	for _, c := range []rune{',', ';', '\t'} {
		n := 0
		for _, cell := range strings.Split(strings.TrimRight(first, "\r"), string(c)) {
			if known(columnName(cell)) {
				n++
			}
		}
		if n > best {
			sep, best = c, n
		}
	}
	return text, sep, 0
}

// quoted reads a table with quotation marks as in RFC 4180.
func quoted(file, text string, sep rune, skipped int) ([]line, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = sep, -1
	var out []line
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			at := 0
			var wrong *csv.ParseError
			if errors.As(err, &wrong) {
				at, err = wrong.Line+skipped, wrong.Err
			}
			return nil, standoff.Refuse(file, at, "is no row of a table: %v", err)
		}
		at, _ := r.FieldPos(0)
		out = append(out, line{at + skipped, cells})
	}
}

// escaped reads stet's own tab-separated form: a row a line, and in cells \t, \n
// and \\.
func escaped(file, text string) ([]line, error) {
	lines, err := standoff.Lines(file, text)
	if err != nil {
		return nil, err
	}
	plain := strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n")
	out := make([]line, 0, len(lines))
	for i, l := range lines {
		if l == "" {
			continue
		}
		cells := strings.Split(l, "\t")
		for k := range cells {
			cells[k] = plain.Replace(cells[k])
		}
		out = append(out, line{i + 1, cells})
	}
	return out, nil
}

// ownForm reports whether a tab-separated text has stet's escapes and no
// quotation marks as a spreadsheet sets them: every backslash begins an escape,
// and no cell in quotation marks holds anything that would need them.
func ownForm(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			if i++; i == len(text) || !strings.ContainsRune(`\tn`, rune(text[i])) {
				return false
			}
		}
	}
	for _, cell := range strings.FieldsFunc(text, func(r rune) bool { return r == '\t' || r == '\n' }) {
		if inner, ok := strings.CutPrefix(strings.TrimSuffix(cell, "\r"), `"`); ok && strings.Contains(strings.TrimSuffix(inner, `"`), `"`) || ok && !strings.HasSuffix(inner, `"`) {
			return false
		}
	}
	return true
}
