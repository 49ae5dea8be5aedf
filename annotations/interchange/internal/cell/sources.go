package cell

import (
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
)

// nobody stands for a source without a name, and for one without a kind.
const nobody = "?"

// counted is a part that speaks for several, and exactly the count behind a name.
//
//nolint:gochecknoglobals // lookup tables
var (
	counted   = form(`(?s)^(.*) \(([0-9]{1,7})\)$`)
	countForm = form(`^ \([0-9]{1,7}\)$`)
)

// Sources lists who vouches, and of what kind each is, in the same order.
func Sources(list []annotations.Attribution) (names, kinds string) {
	var n, k []string
	for i := range list {
		n = append(n, source(list[i].Name, list[i].Count))
		kind := list[i].Kind
		if kind == "" {
			kind = nobody
		}
		k = append(k, kind)
	}
	return strings.Join(n, "; "), strings.Join(k, "; ")
}

// source is one part of the cell.
func source(name string, count int) string {
	name = Printable(name)
	behind := ""
	if count > 1 {
		behind = fmt.Sprintf(" (%d)", count)
	} else {
		count = 0 // one is what a name stands for anyway
	}
	if name == "" {
		return nobody + behind
	}
	plain := name + behind
	if got := parseSource(plain); got.Name == name && got.Count == count && len(splitSources(plain)) == 1 && !opens(name) {
		return plain
	}
	return quote(name) + behind
}

// ParseSources reads both cells; either may be empty. An attribution that comes
// back without name and kind is one of which a table can say nothing else.
func ParseSources(names, kinds string) ([]annotations.Attribution, error) {
	if names == "" && kinds == "" {
		return nil, nil
	}
	n, k := splitSources(names), strings.Split(kinds, "; ")
	switch {
	case len(n) == len(k):
	case kinds == "":
		k = make([]string, len(n))
	case names == "":
		n = make([]string, len(k))
	case len(k) == 1:
		n = []string{names} // the name itself holds a semicolon, and nobody quoted it
	default:
		return nil, fmt.Errorf("%d names and %d kinds do not go together", len(n), len(k))
	}
	out := make([]annotations.Attribution, len(n))
	for i := range n {
		out[i] = parseSource(n[i])
		if kind := strings.TrimSpace(k[i]); kind != nobody {
			out[i].Kind = kind
		}
	}
	return out, nil
}

// splitSources parts a cell at its semicolons, but for those inside quotation
// marks.
func splitSources(cell string) []string {
	var out []string
	for {
		from := 0
		if _, rest, ok := quotedName(cell); ok {
			from = len(cell) - len(rest)
		}
		i := strings.Index(cell[from:], "; ")
		if i < 0 {
			return append(out, cell)
		}
		out = append(out, cell[:from+i])
		cell = cell[from+i+len("; "):]
	}
}

// quotedName takes a name in quotation marks off the start of a cell. Nothing but
// a count may follow it in its part: a name may have quotation marks of its own.
func quotedName(cell string) (name, rest string, ok bool) {
	name, rest, ok = unquote(cell)
	part, _, _ := strings.Cut(rest, "; ")
	return name, rest, ok && (part == "" || countForm().MatchString(part))
}

// parseSource takes a part of the cell apart: the name, and how many it speaks
// for.
func parseSource(part string) annotations.Attribution {
	var at annotations.Attribution
	name, rest, quoted := quotedName(part)
	if !quoted {
		name, rest = part, part
	}
	if m := counted().FindStringSubmatch(rest); m != nil {
		if c, err := strconv.Atoi(m[2]); err == nil && c > 1 {
			at.Count = c
			if !quoted {
				name = m[1]
			}
		}
	}
	if quoted || name != nobody {
		at.Name = name
	}
	return at
}
