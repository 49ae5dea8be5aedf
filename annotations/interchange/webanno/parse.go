package webanno

import (
	"strconv"
	"strings"

	"stet.example/stet/annotations/interchange/internal/standoff"
)

// layer is one line of the header.
type layer struct {
	kind     string // SP, RL or CH
	name     string
	features []string // "" for a layer without any
	column   int      // of the first feature, from 0
	line     int
}

// row is one word, or part of one.
type row struct {
	id         string // 1-3, or 1-3.1 for a part
	begin, end int
	words      string
	fields     []string
	line       int
	bad        bool // its words do not stand at its place
}

// sentence is one block of the file.
type sentence struct {
	id    string // "" = none
	text  string // lines joined by line feeds
	begin int    // of its first word
	line  int
}

// table is a file, cut into its parts.
type table struct {
	layers    []layer
	sentences []sentence
	rows      []row
	byID      map[string]int // the first row of each ID
}

// sentenceID begins the line with the ID of the sentence that follows.
const sentenceID = "#Sentence.id="

// parse cuts a file. What the layout itself gets wrong refuses the file: the
// columns of one row cannot be trusted when those of another are missing.
func parse(file, text string) (*table, error) {
	lines, err := standoff.Lines(file, text)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "#FORMAT=WebAnno TSV 3.") {
		return nil, standoff.Refuse(file, 1, "does not begin with %q: it is no WebAnno TSV 3 file", header)
	}
	t := &table{byID: map[string]int{}}
	i, columns, err := t.head(file, lines)
	if err != nil {
		return nil, err
	}
	open := false // words of the last sentence may follow
	var head *sentence
	id := ""
	for ; i < len(lines); i++ {
		line := lines[i]
		switch {
		case line == "":
			open = false
		case strings.HasPrefix(line, "#Text="):
			if head == nil {
				head = &sentence{id: id, line: i + 1}
				id = ""
			} else {
				head.text += "\n"
			}
			head.text += unescapeText(line[len("#Text="):])
			open = false
		case strings.HasPrefix(line, sentenceID):
			id, open = line[len(sentenceID):], false
		case strings.HasPrefix(line, "#"):
			open = false // a remark of a later version
		default:
			r, ok := parseRow(line, columns)
			if !ok {
				return nil, standoff.Refuse(file, i+1, "is no row of ID, START-END, word and %d columns: %q", columns, standoff.Clip(line, 60))
			}
			if r.line = i + 1; head != nil {
				head.begin = r.begin
				t.sentences = append(t.sentences, *head)
				head, open = nil, true
			}
			if !open {
				return nil, standoff.Refuse(file, i+1, "stands in no sentence: a #Text line is missing before it")
			}
			if _, twice := t.byID[r.id]; twice {
				return nil, standoff.Refuse(file, i+1, "the word %s stands twice", r.id)
			}
			t.byID[r.id] = len(t.rows)
			t.rows = append(t.rows, r)
		}
	}
	if len(t.rows) == 0 {
		return nil, standoff.Refuse(file, 0, "holds no sentence")
	}
	return t, nil
}

// head reads the layers, and gives the first line behind them and how many columns
// they have.
func (t *table) head(file string, lines []string) (next, columns int, err error) {
	for next = 1; next < len(lines) && strings.HasPrefix(lines[next], "#T_"); next++ {
		l, ok := parseLayer(lines[next])
		if !ok {
			return 0, 0, standoff.Refuse(file, next+1, "%q declares no layer", standoff.Clip(lines[next], 60))
		}
		l.column, l.line = columns, next+1
		columns += len(l.features)
		t.layers = append(t.layers, l)
	}
	return next, columns, nil
}

func parseLayer(line string) (layer, bool) {
	kind, rest, ok := strings.Cut(strings.TrimPrefix(line, "#T_"), "=")
	fields := strings.Split(strings.TrimRight(rest, "|"), "|")
	if !ok || fields[0] == "" || kind != "SP" && kind != "RL" && kind != "CH" {
		return layer{}, false
	}
	l := layer{kind: kind, name: fields[0], features: fields[1:]}
	if len(l.features) == 0 {
		l.features = []string{""}
	}
	return l, true
}

func parseRow(line string, columns int) (row, bool) {
	fields := strings.Split(line, "\t")
	if len(fields) < 3+columns || len(fields) > 4+columns {
		return row{}, false
	}
	from, to, ok := strings.Cut(fields[1], "-")
	begin, errBegin := strconv.ParseInt(from, 10, 32)
	end, errEnd := strconv.ParseInt(to, 10, 32)
	if !ok || errBegin != nil || errEnd != nil || begin < 0 || end <= begin || fields[0] == "" {
		return row{}, false
	}
	return row{id: fields[0], begin: int(begin), end: int(end), words: fields[2], fields: fields[3 : 3+columns]}, true
}

// numbered parts a value from the number that ties the words of one annotation;
// 0 = none.
func numbered(v string) (string, int) {
	if !strings.HasSuffix(v, "]") || strings.HasSuffix(v, `\]`) {
		return v, 0
	}
	i := strings.LastIndexByte(v, '[')
	if i < 0 {
		return v, 0
	}
	n, err := strconv.Atoi(v[i+1 : len(v)-1])
	if err != nil || n < 1 {
		return v, 0
	}
	return v[:i], n
}

// plain is a value without its number and escapes; * and _ are empty.
func plain(v string) string {
	v, _ = numbered(v)
	if v == "*" || v == "_" {
		return ""
	}
	return unescapeValue(v)
}
