package interchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations/interchange/internal/cell"
)

// Format names one of the formats of this package, as a command line does.
type Format string

// The formats.
const (
	JSON  Format = "json"
	JSONL Format = "jsonl"
	CSV   Format = "csv"
	TSV   Format = "tsv"
)

// Write writes e in the format.
func Write(w io.Writer, f Format, e Export) error {
	switch f {
	case JSON:
		return WriteJSON(w, e)
	case JSONL:
		return WriteJSONL(w, e)
	case CSV:
		return WriteCSV(w, e)
	case TSV:
		return WriteTSV(w, e)
	}
	return fmt.Errorf("interchange: format %q is not one of json, jsonl, csv, tsv", f)
}

// Verify reads back what was written in format f and tells why it is not e, or
// nil: every sentence must stand in data once, in order, with the words that
// the article has at its range, in each unit that the format gives.
func Verify(f Format, data []byte, e Export) error {
	list, err := pages(&e)
	if err != nil {
		return err
	}
	switch f {
	case JSON:
		err = verifyJSON(data, &e, list)
	case JSONL:
		err = verifyLines(data, list)
	case CSV:
		err = verifyCSV(data, list)
	case TSV:
		err = verifyTSV(data, list)
	default:
		err = errors.New("the format is unknown")
	}
	if err != nil {
		return fmt.Errorf("interchange: what was written as %s does not read back: %w", f, err)
	}
	return nil
}

func verifyJSON(data []byte, e *Export, list []*page) error {
	// A file too long for others to take is still what was meant.
	got, receipt, err := readBytes(data)
	if err != nil {
		return err
	}
	for _, p := range slices.Concat(receipt.Rejected, receipt.Repaired) {
		return errors.New(p.String())
	}
	if len(got.Documents) != len(e.Documents) {
		return fmt.Errorf("%d articles, not %d", len(got.Documents), len(e.Documents))
	}
	for _, p := range list {
		p.proved = true // where data says the same, its ranges were followed just now
	}
	rest := remainder{data}
	if err := writeNative(&rest, e, list); err != nil {
		return err
	}
	if len(rest.of) > 0 {
		return errOtherwise
	}
	return nil
}

var errOtherwise = errors.New("it is sound, but says something else than was meant")

// remainder takes what should stand in a file, piece by piece, and keeps what the
// file has beyond that. It fails where the file says something else.
type remainder struct{ of []byte }

func (r *remainder) Write(b []byte) (int, error) {
	rest, ok := bytes.CutPrefix(r.of, b)
	if !ok {
		return 0, errOtherwise
	}
	r.of = rest
	return len(b), nil
}

func verifyLines(data []byte, list []*page) error {
	if !utf8.Valid(data) {
		return errors.New("it is not UTF-8")
	}
	n := 0
	next := func() ([]byte, error) {
		n++
		line, rest, ok := bytes.Cut(data, []byte("\n"))
		if !ok {
			return nil, fmt.Errorf("it ends before line %d does", n)
		}
		data = rest
		return line, nil
	}
	for _, p := range list {
		for i := range p.Article.Units {
			b, err := next()
			if err != nil {
				return err
			}
			if err := p.verifyLine(b, i); err != nil {
				return fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	if len(data) > 0 {
		return fmt.Errorf("more than %d lines", n)
	}
	return nil
}

func (p *page) verifyLine(b []byte, i int) error {
	if !json.Valid(b) {
		return errors.New("is no JSON")
	}
	for _, problem := range strict(b, reflect.TypeFor[wireLine]()) {
		return errors.New(problem.String())
	}
	var got wireLine
	if err := json.Unmarshal(b, &got); err != nil {
		return err
	}
	spans := []wireSpan{{got.Text, got.Range}}
	for k := range got.Annotations {
		for _, at := range got.Annotations[k].Attributions {
			spans = slices.Concat(spans, at.Source, at.Cue, at.Content)
		}
	}
	for _, s := range spans {
		if _, wrong, ok := fit(p.offsets, p.Article.Body, s.Text, s.Range); !ok || wrong != "" {
			return fmt.Errorf("a range does not lead to %.40q", s.Text)
		}
	}
	want, err := p.line(i)
	if err != nil {
		return err
	}
	if got.Range.Byte != want.Range.Byte || !reflect.DeepEqual(got, want) {
		return fmt.Errorf("is not sentence %s of %s", want.ID, want.Article)
	}
	return nil
}

func verifyCSV(data []byte, list []*page) error {
	body, ok := bytes.CutPrefix(data, []byte("\ufeff"))
	if !ok {
		return errors.New("it has no byte order mark")
	}
	r := csv.NewReader(bytes.NewReader(body))
	r.FieldsPerRecord, r.ReuseRecord = len(Columns()), true
	return verifyRows(r.Read, list)
}

func verifyTSV(data []byte, list []*page) error {
	n, cells := 0, make([]string, 0, len(Columns()))
	return verifyRows(func() ([]string, error) {
		if len(data) == 0 {
			return nil, io.EOF
		}
		n++
		line, rest, ok := bytes.Cut(data, []byte("\n"))
		if !ok {
			return nil, errors.New("the last line does not end")
		}
		data, cells = rest, cells[:0]
		for c := range strings.SplitSeq(string(line), "\t") {
			cells = append(cells, unescapeTSV(c))
		}
		if len(cells) != len(Columns()) {
			return nil, fmt.Errorf("line %d has %d cells, not %d", n, len(cells), len(Columns()))
		}
		return cells, nil
	}, list)
}

// verifyRows compares cells with what was meant, and the text of each row with
// the article. next gives a row after the other, good until it is called again, and
// [io.EOF] behind the last: all of them together take several times what the file does.
func verifyRows(next func() ([]string, error), list []*page) error {
	pages := map[string]*page{}
	for _, p := range list {
		pages[p.Article.Name] = p
	}
	n := 0
	var err error
	rows(list, func(want []string) {
		if err != nil {
			return
		}
		n++
		got, e := next()
		switch {
		case e == io.EOF: //nolint:errorlint // as it is given
			err = fmt.Errorf("row %d is missing", n)
		case e != nil:
			err = e
		case !slices.Equal(got, want):
			err = fmt.Errorf("row %d reads otherwise", n)
		case n > 1:
			if e := verifyCell(got, pages); e != nil {
				err = fmt.Errorf("row %d: %w", n, e)
			}
		}
	})
	if err != nil {
		return err
	}
	if _, e := next(); e == nil {
		return fmt.Errorf("more than %d rows", n)
	} else if e != io.EOF { //nolint:errorlint // as it is given
		return e
	}
	return nil
}

func verifyCell(cells []string, pages map[string]*page) error {
	p := pages[cell.Unguard(cells[columnArticle])]
	if p == nil {
		return fmt.Errorf("names the article %q", cells[columnArticle])
	}
	i, err := strconv.Atoi(cells[columnOrder])
	if err != nil || i < 1 || i > len(p.Article.Units) {
		return fmt.Errorf("has the order %q", cells[columnOrder])
	}
	u := p.Article.Units[i-1]
	if cells[columnID] != u.ID.String() || cell.Unguard(cells[columnText]) != cell.Printable(u.Span.In(p.Article.Body)) {
		return fmt.Errorf("does not hold the words of %s", u.ID)
	}
	return nil
}
