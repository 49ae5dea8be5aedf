package webanno

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// prove reads the rows of a file as the tools do, by UTF-16 units, and compares
// each word with the text. It returns how many there are.
func prove(text, data string) (int, error) {
	units := utf16.Encode([]rune(text))
	n := 0
	for i, line := range strings.Split(data, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 4 || fields[len(fields)-1] != "" {
			return n, fmt.Errorf("line %d has %d fields", i+1, len(fields))
		}
		var a, b int
		if _, err := fmt.Sscanf(fields[1], "%d-%d", &a, &b); err != nil || a < 0 || a >= b || b > len(units) {
			return n, fmt.Errorf("line %d: %q is no place in a text of %d", i+1, fields[1], len(units))
		}
		if got := string(utf16.Decode(units[a:b])); got != fields[2] {
			return n, fmt.Errorf("line %d: there stands %q, not %q", i+1, got, fields[2])
		}
		n++
	}
	return n, nil
}
