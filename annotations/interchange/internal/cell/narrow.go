package cell

import (
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// Narrowed are the forms that a text has after a spreadsheet saved its table in
// windows-1252: a question mark stands for each character that the encoding lacks, or
// two for one that UTF-16 writes in two units. A text that lacks nothing has none.
func Narrowed(s string) []string {
	var one, two strings.Builder
	lacking := false
	for _, r := range Printable(s) {
		if _, ok := charmap.Windows1252.EncodeRune(r); ok {
			one.WriteRune(r)
			two.WriteRune(r)
			continue
		}
		lacking = true
		one.WriteByte('?')
		two.WriteByte('?')
		if r > 0xFFFF {
			two.WriteByte('?')
		}
	}
	if !lacking {
		return nil
	}
	return slices.Compact([]string{one.String(), two.String()})
}
