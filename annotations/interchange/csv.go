package interchange

import (
	"bufio"
	"io"
	"strings"
)

// WriteCSV writes the sentence table for spreadsheets: UTF-8 with a byte order
// mark, commas, quotation marks and CRLF as in RFC 4180, formulas disarmed. As
// with [WriteJSON], an export that is not sound writes nothing.
func WriteCSV(w io.Writer, e Export) error {
	return writeTable(w, &e, "\ufeff", func(out *bufio.Writer, cells []string) {
		for i, c := range cells {
			if i > 0 {
				out.WriteByte(',') //nolint:errcheck // Flush reports it
			}
			out.WriteString(quoteCSV(c)) //nolint:errcheck // Flush reports it
		}
		out.WriteString("\r\n") //nolint:errcheck // Flush reports it
	})
}

// WriteTSV writes the same table for programs: one row a line, cells between
// tabs, no byte order mark. In a cell a tab is \t, a line feed \n, a backslash
// \\, so that cutting at tabs is always right.
func WriteTSV(w io.Writer, e Export) error {
	return writeTable(w, &e, "", func(out *bufio.Writer, cells []string) {
		for i, c := range cells {
			if i > 0 {
				out.WriteByte('\t') //nolint:errcheck // Flush reports it
			}
			out.WriteString(escapeTSV(c)) //nolint:errcheck // Flush reports it
		}
		out.WriteByte('\n') //nolint:errcheck // Flush reports it
	})
}

func writeTable(w io.Writer, e *Export, mark string, row func(*bufio.Writer, []string)) error {
	list, err := pages(e)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 64<<10)
	if _, err := out.WriteString(mark); err != nil {
		return err
	}
	rows(list, func(cells []string) { row(out, cells) })
	return out.Flush()
}

// quoteCSV puts a cell into quotation marks where RFC 4180 asks for them.
func quoteCSV(s string) string {
	if !strings.ContainsAny(s, ",\"\n\r") && s == strings.TrimSpace(s) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

func escapeTSV(s string) string {
	return strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`).Replace(s)
}

func unescapeTSV(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n").Replace(s)
}

// guard disarms a cell that a spreadsheet could take for a formula, by an
// apostrophe in front. Cells that look disarmed already get one more, so that
// [unguard] always gives back what was there.
func guard(s string) string {
	if risky(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && risky(rest) {
		return rest
	}
	return s
}

// risky reports whether a spreadsheet could run s: it begins with = + - @ (in
// full width too), a tab or a line end, after any apostrophes and blanks.
func risky(s string) bool {
	s = strings.TrimLeft(s, "' ")
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\n", "\r", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return true
		}
	}
	return false
}

// printable makes a text fit for a table: line ends are line feeds, and other
// control characters, which spreadsheets refuse or drop, become their pictures.
func printable(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7F:
			return 0x2421
		}
		return r
	}, s)
}
