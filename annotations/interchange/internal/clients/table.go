package clients

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Table reads a CSV file by the letter of RFC 4180, with the mark that makes
// spreadsheets read UTF-8, and asks that no cell is a formula and none holds
// a control character.
func Table(data []byte) ([][]string, error) {
	data, ok := bytes.CutPrefix(data, []byte("\ufeff"))
	if !ok || !utf8.Valid(data) {
		return nil, errors.New("no byte order mark, or no UTF-8")
	}
	var rows [][]string
	for s := string(data); s != ""; {
		var row []string
		for {
			cell, rest, err := cell(s)
			if err != nil {
				return nil, fmt.Errorf("row %d: %w", len(rows)+1, err)
			}
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") || strings.HasPrefix(cell, "＝") || strings.HasPrefix(cell, "＋") || strings.HasPrefix(cell, "－") || strings.HasPrefix(cell, "＠") {
				return nil, fmt.Errorf("row %d: the cell %q might be run", len(rows)+1, cell)
			}
			row = append(row, cell)
			if s, ok = strings.CutPrefix(rest, "\r\n"); ok {
				break
			}
			if s, ok = strings.CutPrefix(rest, ","); !ok {
				return nil, fmt.Errorf("row %d: %.20q stands behind a cell", len(rows)+1, rest)
			}
		}
		if rows = append(rows, row); len(row) != len(rows[0]) {
			return nil, fmt.Errorf("row %d has %d cells, the first %d", len(rows), len(row), len(rows[0]))
		}
	}
	return rows, nil
}

// cell takes the first cell off.
func cell(s string) (value, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.IndexAny(s, ",\r\n")
		if i < 0 || strings.Contains(s[:i], `"`) || s[i] == '\n' {
			return "", "", fmt.Errorf("an unquoted cell holds a quotation mark or a bare line end, or the file ends in it: %.30q", s)
		}
		value, rest = s[:i], s[i:]
	} else {
		var b strings.Builder
		for s = s[1:]; ; s = s[1:] {
			i := strings.IndexByte(s, '"')
			if i < 0 {
				return "", "", errors.New("a quotation mark is never closed")
			}
			b.WriteString(s[:i])
			if s = s[i+1:]; !strings.HasPrefix(s, `"`) {
				break
			}
			b.WriteByte('"')
		}
		value, rest = b.String(), s
	}
	for _, r := range value {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0x7F {
			return "", "", fmt.Errorf("the cell %q holds the control character %U", value, r)
		}
	}
	return value, rest, nil
}
