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
	if !strings.ContainsAny(s, "\\\t\n") {
		return s // nearly always; making a replacer costs more than a cell
	}
	return strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`).Replace(s)
}

func unescapeTSV(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n").Replace(s)
}
