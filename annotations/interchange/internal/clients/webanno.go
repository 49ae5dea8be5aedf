package clients

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations/interchange"
)

// The layers that INCEpTION is told to have.
const (
	spanLayer     = "webanno.custom.FactCheck"
	relationLayer = "webanno.custom.FactCheckLink"
)

// tsv reads one WebAnno TSV 3.3 file.
type tsv struct {
	name     string
	lines    []string
	features []string // of the span layer
	links    []string // of the relation layer
	text     strings.Builder
	at       int // UTF-16 units so far
	out      *Reading
	rows     map[string]map[int]bool // token ID → numbers of annotations in its row
	spans    map[int]*Mark           // by number, in UTF-16 units
	values   map[int][]string
	pending  []tsvLink
}

type tsvLink struct {
	row, ref, label string
}

// WebAnno reads NAME.tsv. The text has blanks where white space between the
// sentences was, since the format does not keep it.
func WebAnno(files []interchange.File) ([]Reading, error) {
	return each(files, ".tsv", func(name string, data []byte) (*Reading, error) {
		t := &tsv{name: name, lines: strings.Split(string(data), "\n"), out: &Reading{Name: name}, rows: map[string]map[int]bool{}, spans: map[int]*Mark{}, values: map[int][]string{}}
		if strings.ContainsRune(string(data), '\r') {
			return nil, errors.New("a line ends with a carriage return")
		}
		return t.out, t.read()
	})
}

func (t *tsv) read() error {
	i, err := t.header()
	if err != nil {
		return err
	}
	number := 0
	// INCEpTION stops at a second blank line, between sentences or at the end.
	if last := len(t.lines) - 1; t.lines[last] != "" || t.lines[last-1] == "" {
		return errors.New("the file ends in no line end, or in a blank line")
	}
	for ; i < len(t.lines)-1; i++ {
		number++
		if i, err = t.sentence(i, number); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	t.out.Text = t.text.String()
	words := newText(t.out.Text)
	starts := map[int]int{}
	for n, m := range t.spans {
		from, to, err := words.span(m.Start, m.End)
		if err != nil {
			return err
		}
		starts[n] = from
		t.out.Marks = append(t.out.Marks, Mark{Start: from, End: to, Label: t.value(n, "tag"), By: t.value(n, "reviewer"), Note: t.value(n, "note")})
	}
	for _, l := range t.pending {
		id, numbers, ok := strings.Cut(strings.TrimSuffix(l.ref, "]"), "[")
		a, b, ok2 := strings.Cut(numbers, "_")
		from, err1 := strconv.Atoi(a)
		to, err2 := strconv.Atoi(b)
		if !ok || !ok2 || errors.Join(err1, err2) != nil || !t.rows[id][from] || !t.rows[l.row][to] {
			return fmt.Errorf("the relation %q in row %s leads to no annotation", l.ref, l.row)
		}
		t.out.Links = append(t.out.Links, Link{From: starts[from], To: starts[to], Label: l.label})
	}
	return nil
}

func (t *tsv) value(n int, feature string) string {
	i := slices.Index(t.features, feature)
	if i < 0 {
		return ""
	}
	return t.values[n][i]
}

func (t *tsv) header() (int, error) {
	if t.lines[0] != "#FORMAT=WebAnno TSV 3.3" {
		return 0, fmt.Errorf("the first line is %q", t.lines[0])
	}
	i := 1
	for ; i < len(t.lines) && strings.HasPrefix(t.lines[i], "#T_"); i++ {
		fields := strings.Split(t.lines[i], "|")
		switch fields[0] {
		case "#T_SP=" + spanLayer:
			t.features = fields[1:]
		case "#T_RL=" + relationLayer:
			t.links = fields[1:]
			if fields[len(fields)-1] != "BT_"+spanLayer {
				return 0, errors.New("the relations do not name the layer they tie")
			}
		default:
			return 0, fmt.Errorf("the layer %q is none that the project has", fields[0])
		}
	}
	if i+2 > len(t.lines) || t.lines[i] != "" || t.lines[i+1] != "" || !slices.Contains(t.features, "tag") {
		return 0, errors.New("two blank lines follow the header, and the layer has a tag")
	}
	return i + 2, nil
}

// controls that a text line escapes, beside those with letters.
func unescapeLine(s string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i == len(s) {
			return "", fmt.Errorf("%q ends inside an escape", s)
		}
		letters := map[byte]byte{'t': '\t', 'f': '\f', 'r': '\r', 'b': '\b', 'n': '\n', '\\': '\\'}
		c, ok := letters[s[i]]
		if !ok {
			if c = s[i]; c >= 0x20 {
				return "", fmt.Errorf("%q has the escape \\%c, which there is not", s, c)
			}
		}
		b.WriteByte(c)
	}
	return b.String(), nil
}

func (t *tsv) sentence(i, number int) (int, error) {
	if t.lines[i-1] != "" {
		return i, errors.New("no blank line stands before the sentence")
	}
	if strings.HasPrefix(t.lines[i], "#Sentence.id=") {
		i++
	}
	var lines []string
	for ; i < len(t.lines) && strings.HasPrefix(t.lines[i], "#Text="); i++ {
		s, err := unescapeLine(strings.TrimPrefix(t.lines[i], "#Text="))
		if err != nil {
			return i, err
		}
		lines = append(lines, s)
	}
	words := strings.Join(lines, "\n")
	first := i
	begin, last := 0, -1
	var in text
	for k := 1; i < len(t.lines) && t.lines[i] != ""; i, k = i+1, k+1 {
		row := strings.Split(t.lines[i], "\t")
		if want := 3 + len(t.features) + len(t.links) + 1; len(row) != want || row[want-1] != "" {
			return i, fmt.Errorf("%d fields, and %d with an empty one at the end are meant", len(row), want)
		}
		if row[0] != fmt.Sprintf("%d-%d", number, k) {
			return i, fmt.Errorf("the token is called %q", row[0])
		}
		a, b, _ := strings.Cut(row[1], "-")
		start, err1 := strconv.Atoi(a)
		end, err2 := strconv.Atoi(b)
		if err := errors.Join(err1, err2); err != nil {
			return i, err
		}
		if i == first {
			if start < t.at {
				return i, fmt.Errorf("the sentence starts at %d, inside the one before", start)
			}
			t.text.WriteString(strings.Repeat(" ", start-t.at))
			begin, in = start, newText(words)
			t.text.WriteString(words)
			t.at = start + in.units[len(in.runes)]
		}
		if start < last {
			return i, errors.New("a token lies over the one before")
		}
		last = end
		from, to, err := in.span(start-begin, end-begin)
		if err != nil {
			return i, err
		}
		if s, _ := in.slice(from, to); s != row[2] {
			return i, fmt.Errorf("%q stands where the token is %q", s, row[2])
		}
		if err := t.row(row, start, end); err != nil {
			return i, err
		}
	}
	if i == first {
		return i, errors.New("the sentence has no token, or no text")
	}
	return i, nil
}

// row reads the features of a token.
func (t *tsv) row(row []string, start, end int) error {
	id := row[0]
	t.rows[id] = map[int]bool{}
	for f := range t.features {
		for _, part := range unescapedSplit(row[3+f], "|") {
			if part == "_" {
				continue
			}
			v, n, err := tied(part)
			if err != nil {
				return err
			}
			m := t.spans[n]
			if m == nil {
				m = &Mark{Start: start}
				t.spans[n], t.values[n] = m, make([]string, len(t.features))
			}
			m.End = max(m.End, end)
			t.rows[id][n] = true
			if old := t.values[n][f]; old != "" && old != v {
				return fmt.Errorf("annotation %d has the values %q and %q", n, old, v)
			}
			t.values[n][f] = v
		}
	}
	if len(t.links) == 0 {
		return nil
	}
	var lists [][]string
	for k := range t.links {
		lists = append(lists, unescapedSplit(row[3+len(t.features)+k], "|"))
		if len(lists[k]) != len(lists[0]) {
			return errors.New("the columns of the relations differ in how many they hold")
		}
	}
	at := slices.Index(t.links, "relation")
	for s, ref := range lists[len(lists)-1] {
		if ref != "_" {
			t.pending = append(t.pending, tsvLink{id, ref, unescapeValue(lists[at][s])})
		}
	}
	return nil
}

// unescapedSplit cuts s at sep where no backslash stands before it, as the
// tool does.
func unescapedSplit(s, sep string) []string {
	var out []string
	from := 0
	for i := 0; i < len(s); i++ {
		if strings.HasPrefix(s[i:], sep) && (i == 0 || s[i-1] != '\\') {
			out = append(out, s[from:i])
			from = i + len(sep)
		}
	}
	return append(out, s[from:])
}

// tied parts a value from its number.
func tied(s string) (string, int, error) {
	i := strings.LastIndex(s, "[")
	if i < 0 || !strings.HasSuffix(s, "]") {
		return "", 0, fmt.Errorf("the value %q has no number", s)
	}
	n, err := strconv.Atoi(s[i+1 : len(s)-1])
	if err != nil || n < 1 {
		return "", 0, cmp.Or(err, fmt.Errorf("the number of %q is none", s))
	}
	v := s[:i]
	if v == "*" {
		return "", n, nil
	}
	// What is not escaped must not be one of the characters with a meaning.
	for k := 0; k < len(v); k++ {
		if v[k] == '\\' {
			k++
			continue
		}
		if strings.IndexByte("[]|_;*\t", v[k]) >= 0 || strings.HasPrefix(v[k:], "->") {
			return "", 0, fmt.Errorf("the value %q has an unescaped %q", v, v[k])
		}
	}
	return unescapeValue(v), n, nil
}

func unescapeValue(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\[`, "[", `\]`, "]", `\|`, "|", `\_`, "_", `\->`, "->", `\;`, ";", `\t`, "\t", `\n`, "\n", `\*`, "*").Replace(s)
}
