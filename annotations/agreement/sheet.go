package agreement

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// ReadRatings reads a ratings file of either kind: JSON, see [ReadCases], or a
// table as spreadsheets write it, see [ReadSheet], whose one case gets the name. What
// has a single column is refused: it is a text, or holds nobody to agree with.
func ReadRatings(r io.Reader, name string) ([]Case, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading ratings: %w", err)
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")
	if len(text) == 0 || text[0] == '{' || text[0] == '[' {
		return ReadCases(bytes.NewReader(data))
	}
	if _, more := separator(text); !more && badText(text) == 0 {
		line := 1 + bytes.Count(data[:len(data)-len(text)], []byte("\n"))
		return nil, fmt.Errorf("line %d: this has one column, and agreement is between raters. A table of ratings names a column for each rater in its first line, between commas, semicolons or tabs; a text is not one", line)
	}
	c, err := ReadSheet(bytes.NewReader(data), name)
	if err != nil {
		return nil, err
	}
	return []Case{c}, nil
}

// ReadSheet reads a table of ratings in UTF-8, cells between commas, semicolons
// or tabs (whichever the first line holds most of), quoted as in RFC 4180, with
// any line ends. Between tabs a quotation mark is one like any other, as programs
// write tables with tabs, unless all names of columns are quoted. The first line names the columns, in either of two shapes:
//
//   - a column a rater: unit, ana, ben. Columns named unit (or units, item, id,
//     sentence, subject) and article (or document, cluster) name the row's unit
//     and article; every other column is a rater.
//   - a row a rating, when there is a column for the unit, one named rater (or
//     coder, annotator, reviewer, by) and one named rating (or label, tag, code,
//     category, value). Other columns are passed over, so the sentence table
//     that stet exports is read as well.
//
// Capital letters in these names do not matter. An empty cell, ".", NA, NaN and
// null are missing ratings. Where every rating is a number, labels are numbers
// and ordered; else they are words without an order. 1,5 is a number where cells
// do not stand between commas.
//
// Every error names the line, from 1: a first line that could be ratings, a row
// with more or fewer cells than names, a unit that stands twice, a rater who
// rates one twice.
func ReadSheet(r io.Reader, name string) (Case, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return Case{}, fmt.Errorf("reading ratings: %w", err)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if line := badText(data); line > 0 {
		return Case{}, fmt.Errorf("line %d: this is not UTF-8 text. Save the table as CSV in UTF-8", line)
	}
	if bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	s := &sheet{data: data, found: map[string]int32{}, units: map[unitKey]int{}}
	if s.comma, _ = separator(data); s.comma != '\t' || quotedNames(data) {
		s.in = csv.NewReader(bytes.NewReader(data))
		s.in.Comma, s.in.FieldsPerRecord, s.in.ReuseRecord = s.comma, -1, true
	}
	if err := s.header(); err != nil {
		return Case{}, err
	}
	if err := s.rows(); err != nil {
		return Case{}, err
	}
	return s.finish(name)
}

// badText is the first line that is not UTF-8 text, or 0.
func badText(data []byte) int {
	at := bytes.IndexByte(data, 0)
	for i := 0; i < len(data) && (at < 0 || i < at); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			at = i
		}
		i += n
	}
	if at < 0 {
		return 0
	}
	return 1 + bytes.Count(data[:at], []byte("\n"))
}

// separator is what stands most often between the cells of the first line, and whether
// it stands there at all.
func separator(data []byte) (comma rune, there bool) {
	n := map[byte]int{}
	quoted := false
	for _, c := range bytes.TrimLeft(data, "\r\n") {
		if c == '"' {
			quoted = !quoted
		}
		if (c == '\n' || c == '\r') && !quoted {
			break
		}
		if !quoted {
			n[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte(";\t") {
		if n[c] > n[best] {
			best = c
		}
	}
	return rune(best), n[best] > 0
}

// unitKey is what a unit is called: its name within its article.
type unitKey struct{ article, unit string }

// sheet is a table while it is read.
type sheet struct {
	in       *csv.Reader // nil where quotation marks mean nothing
	data     []byte      // what is left to read then
	line     int         // lines that were read then
	comma    rune        // between cells
	names    []string    // of columns
	unit     int         // column, or -1
	article  int         // column, or -1
	rater    int         // column of a table with a row a rating, or -1
	rating   int         // likewise
	raters   []string
	columns  []int // of raters, where each has one
	seen     map[string]int
	units    map[unitKey]int // place in ratings
	clusters []string
	ratings  [][]int32 // numbers into words, or Missing
	lines    []int     // where each unit first stands
	words    []string  // that were found
	firstAt  []int     // line of each
	found    map[string]int32
}

// next is the next row and the line it begins in; nil at the end.
func (s *sheet) next() ([]string, int, error) {
	row, line, err := s.cells()
	for i, cell := range row {
		row[i] = strings.TrimSpace(cell)
	}
	return row, line, err
}

func (s *sheet) cells() ([]string, int, error) {
	for s.in == nil {
		if len(s.data) == 0 {
			return nil, 0, nil
		}
		text, rest, _ := bytes.Cut(s.data, []byte("\n"))
		s.data, s.line = rest, s.line+1
		if text = bytes.TrimSuffix(text, []byte("\r")); len(text) > 0 {
			return strings.Split(string(text), "\t"), s.line, nil
		}
	}
	row, err := s.in.Read()
	var bad *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return nil, 0, nil
	case errors.As(err, &bad):
		return nil, 0, fmt.Errorf(`line %d: a quotation mark is not closed, or stands where none may: a cell with one is written "so ""quoted"" and closed"`, bad.StartLine)
	case err != nil:
		return nil, 0, fmt.Errorf("reading ratings: %w", err)
	}
	line, _ := s.in.FieldPos(0)
	return row, line, nil
}

// quotedNames reports whether each name in the first line stands in quotation
// marks, as some programs write all words.
func quotedNames(data []byte) bool {
	first, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n"), []byte("\n"))
	for _, cell := range bytes.Split(bytes.TrimSuffix(first, []byte("\r")), []byte("\t")) {
		if len(cell) < 2 || cell[0] != '"' || cell[len(cell)-1] != '"' {
			return false
		}
	}
	return true
}

// header reads the names of columns and what they are for.
func (s *sheet) header() error {
	row, line, err := s.next()
	if err != nil {
		return err
	}
	if row == nil {
		return errors.New("the ratings file is empty: its first line should name the raters")
	}
	s.names = slices.Clone(row)
	s.unit = s.column("unit", "units", "item", "id", "sentence", "subject")
	s.article = s.column("article", "document", "cluster")
	s.rater = s.column("rater", "coder", "annotator", "reviewer", "by")
	s.rating = s.column("rating", "label", "tag", "code", "category", "value")
	s.seen = map[string]int{}
	if s.unit >= 0 && s.rater >= 0 && s.rating >= 0 {
		return nil
	}
	s.rater, s.rating = -1, -1
	numbers := 0
	for i, name := range s.names {
		if i == s.unit || i == s.article || name == "" {
			continue
		}
		if _, twice := s.seen[name]; twice {
			return fmt.Errorf("line %d: two columns are named %q", line, name)
		}
		if _, ok := numberOf(name, s.comma != ','); ok || missingWord(name) {
			numbers++
		}
		s.seen[name] = len(s.raters)
		s.raters, s.columns = append(s.raters, name), append(s.columns, i)
	}
	switch len(s.raters) {
	case 0:
		return fmt.Errorf("line %d: no column is a rater's: the first line should name them", line)
	case numbers:
		return fmt.Errorf("line %d: the first line should name the raters, and these could be ratings. Put a line of names such as r1 in front", line)
	}
	return nil
}

// column is the place of the first column with one of the names, or -1.
func (s *sheet) column(names ...string) int {
	for _, want := range names {
		if i := slices.IndexFunc(s.names, func(n string) bool { return strings.EqualFold(n, want) }); i >= 0 {
			return i
		}
	}
	return -1
}
