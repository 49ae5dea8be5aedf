package cell

import (
	"strings"

	"stet.example/stet/annotations"
)

// Item is an evidence item as a cell has it, without its key.
type Item struct {
	Stance annotations.Stance
	annotations.Evidence
}

//nolint:gochecknoglobals // lookup tables
var (
	stanceForm = form(`^(supports|undercuts|refutes|neutral): `)
	fileForm   = form(`^[^\s/]+\.[A-Za-z0-9]{1,5}$`)
	fieldForm  = form(`^(?:, )?(address|file|locator|quote|note) "`)
)

// Words tells where an item lies, and its words, for people.
func Words(e *annotations.Evidence) string {
	var parts []string
	for _, s := range []string{e.URL, e.File, e.Locator} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Quote != "" {
		parts = append(parts, "“"+e.Quote+"”")
	}
	if e.Note != "" {
		parts = append(parts, e.Note)
	}
	return strings.Join(parts, ", ")
}

// Items gives one line an item, but for line ends in the items themselves.
func Items(list []Item) string {
	var lines []string
	for i := range list {
		lines = append(lines, item(&list[i]))
	}
	return strings.Join(lines, "\n")
}

func item(x *Item) string {
	e := x.Evidence
	for _, f := range fields(&e) {
		*f.value = Printable(*f.value)
	}
	stance := string(x.Stance) + ": "
	plain := stance + Words(&e)
	if got := ParseItems(plain); len(got) == 1 && got[0].Stance == x.Stance && sameFields(&got[0].Evidence, &e) {
		return plain
	}
	var parts []string
	for _, f := range fields(&e) {
		if *f.value != "" {
			parts = append(parts, f.name+" "+quote(*f.value))
		}
	}
	return stance + strings.Join(parts, ", ")
}

type field struct {
	name  string
	value *string
}

// fields are the parts of an item that a table holds.
func fields(e *annotations.Evidence) []field {
	return []field{{"address", &e.URL}, {"file", &e.File}, {"locator", &e.Locator}, {"quote", &e.Quote}, {"note", &e.Note}}
}

func sameFields(a, b *annotations.Evidence) bool {
	x, y := fields(a), fields(b)
	for i := range x {
		if *x[i].value != *y[i].value {
			return false
		}
	}
	return true
}

// ParseItems reads a cell of evidence: an item begins on each line that begins
// with a stance, or with the cell. One without a stance is neutral. Fields come
// back, and no key.
func ParseItems(cell string) []Item {
	var out []Item
	for cell != "" {
		x := Item{Stance: annotations.Neutral}
		m := stanceForm().FindStringSubmatch(cell)
		if m != nil {
			x.Stance = annotations.Stance(m[1])
			if e, rest, ok := named(cell[len(m[0]):]); ok {
				x.Evidence, cell = e, rest
				out = append(out, x)
				continue
			}
			cell = cell[len(m[0]):]
		}
		end, next := len(cell), len(cell)
		for i := 0; i < len(cell); i++ {
			if cell[i] == '\n' && stanceForm().MatchString(cell[i+1:]) {
				end, next = i, i+1
				break
			}
		}
		if words := cell[:end]; strings.TrimSpace(words) != "" {
			x.Evidence = plainItem(words)
			out = append(out, x)
		}
		cell = cell[next:]
	}
	return out
}

// named takes an item off whose fields are named and in quotation marks.
func named(s string) (e annotations.Evidence, rest string, ok bool) {
	given := map[string]*string{}
	for _, f := range fields(&e) {
		given[f.name] = f.value
	}
	for n := 0; ; n++ {
		m := fieldForm().FindStringSubmatch(s)
		if m == nil || (n == 0) == strings.HasPrefix(s, ", ") {
			break
		}
		words, after, closed := unquote(s[len(m[0])-1:])
		if !closed || *given[m[1]] != "" {
			return e, s, false
		}
		*given[m[1]], s, ok = words, after, true
	}
	ok = ok && !sameFields(&e, &annotations.Evidence{})
	if after, cut := strings.CutPrefix(s, "\n"); cut && stanceForm().MatchString(after) {
		return e, after, ok
	}
	return e, s, ok && s == ""
}

// plainItem takes an item apart: address, file, locator, quotation, note.
func plainItem(s string) annotations.Evidence {
	var e annotations.Evidence
	before, rest := s, ""
	if i := strings.Index(s, "“"); i >= 0 && (i == 0 || strings.HasSuffix(s[:i], ", ")) {
		before, rest = strings.TrimSuffix(s[:i], ", "), s[i+len("“"):]
		if q, ok := strings.CutSuffix(rest, "”"); ok {
			e.Quote = q
		} else if q, note, ok := strings.Cut(rest, "”, "); ok {
			e.Quote, e.Note = q, note
		} else {
			before = s // no quotation after all
		}
	}
	for _, p := range strings.Split(before, ", ") {
		switch {
		case p == "":
		case e.URL == "" && e.File == "" && e.Locator == "" && strings.Contains(p, "://"):
			e.URL = p
		case e.File == "" && e.Locator == "" && (fileForm().MatchString(p) || e.URL == ""):
			e.File = p
		case e.Locator == "":
			e.Locator = p
		default:
			e.Locator += ", " + p
		}
	}
	if sameFields(&e, &annotations.Evidence{}) {
		e.Note = s // nothing but commas
	}
	return e
}
