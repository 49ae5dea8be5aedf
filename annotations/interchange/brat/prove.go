package brat

import (
	"fmt"
	"strconv"
	"strings"
)

// prove reads the T lines of ann as brat does, by code points, and compares each
// with the text. It returns how many there are.
func prove(text, ann string) (int, error) {
	points := []rune(text)
	n := 0
	for i, line := range strings.Split(strings.TrimSuffix(ann, "\n"), "\n") {
		if strings.ContainsAny(line, lineEnds) {
			return n, fmt.Errorf("line %d holds a character that ends it", i+1)
		}
		if !strings.HasPrefix(line, "T") {
			continue
		}
		fields := strings.SplitN(line, "\t", 3)
		if len(fields) != 3 {
			return n, fmt.Errorf("line %d has %d fields", i+1, len(fields))
		}
		_, at, _ := strings.Cut(fields[1], " ")
		var words []string
		last := -1
		for _, piece := range strings.Split(at, ";") {
			from, to, _ := strings.Cut(piece, " ")
			a, errA := strconv.Atoi(from)
			b, errB := strconv.Atoi(to)
			if errA != nil || errB != nil || a < last || a >= b || b > len(points) {
				return n, fmt.Errorf("line %d: %q is no place in a text of %d", i+1, piece, len(points))
			}
			words = append(words, string(points[a:b]))
			last = b
		}
		if strings.Join(words, " ") != fields[2] {
			return n, fmt.Errorf("line %d: there stands %q", i+1, strings.Join(words, " "))
		}
		n++
	}
	return n, nil
}
