package clients

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations/interchange"
)

// bratConf is what an annotation.conf declares.
type bratConf struct {
	entities   map[string]bool
	relations  map[string]string   // name → type of the second argument, "" = any
	attributes map[string][]string // name → values, none = a yes
}

var ( //nolint:gochecknoglobals // tables
	bratName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)
	bratID   = regexp.MustCompile(`^([A-Za-z]+|#)[0-9]+$`)
)

// bratLineEnds are what Python's reader of text files ends a line at.
const bratLineEnds = "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029"

func readBratConf(data string) (*bratConf, error) {
	c := &bratConf{map[string]bool{}, map[string]string{}, map[string][]string{}}
	section := ""
	var order []string
	for n, line := range strings.Split(data, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			section = line
			order = append(order, section)
			continue
		}
		name, args, _ := strings.Cut(line, "\t")
		if !bratName.MatchString(name) && name != "<OVERLAP>" {
			return nil, fmt.Errorf("annotation.conf:%d: %q is no name", n+1, name)
		}
		switch section {
		case "[entities]":
			if args != "" || c.entities[name] {
				return nil, fmt.Errorf("annotation.conf:%d: entity %q has arguments or stands twice", n+1, name)
			}
			c.entities[name] = true
		case "[relations]":
			to := ""
			for i, arg := range strings.Split(args, ", ") {
				role, kind, ok := strings.Cut(arg, ":")
				if !ok || i < 2 && role != "Arg"+strconv.Itoa(i+1) || i > 1 && role != "<OVL-TYPE>" {
					return nil, fmt.Errorf("annotation.conf:%d: %q is no argument", n+1, arg)
				}
				if i == 1 && kind != "<ENTITY>" {
					to = kind
				}
			}
			if _, twice := c.relations[name]; twice {
				return nil, fmt.Errorf("annotation.conf:%d: relation %q stands twice", n+1, name)
			}
			c.relations[name] = to
		case "[attributes]":
			arg, value, has := strings.Cut(args, ", ")
			if _, twice := c.attributes[name]; twice || arg != "Arg:<ENTITY>" || has && !strings.HasPrefix(value, "Value:") {
				return nil, fmt.Errorf("annotation.conf:%d: the attribute %q is declared otherwise than the manual says, or twice", n+1, line)
			}
			c.attributes[name] = nil
			if has {
				c.attributes[name] = strings.Split(strings.TrimPrefix(value, "Value:"), "|")
			}
		default:
			return nil, fmt.Errorf("annotation.conf:%d: %q stands in section %q", n+1, line, section)
		}
	}
	if !slices.Equal(order, []string{"[entities]", "[relations]", "[events]", "[attributes]"}) {
		return nil, fmt.Errorf("annotation.conf has the sections %v; brat wants all four", order)
	}
	for name, to := range c.relations {
		if to != "" && !c.entities[to] {
			return nil, fmt.Errorf("relation %s leads to %s, which is not declared", name, to)
		}
	}
	return c, nil
}

// bratSpan is a text-bound annotation.
type bratSpan struct {
	kind       string
	start, end int
}

// bratReader reads one .ann file.
type bratReader struct {
	conf  *bratConf
	text  text
	lines []string
	ids   map[string]bool
	spans map[string]bratSpan
	of    map[string]string // relation ID → type
	out   *Reading
	said  map[[2]string]bool // attribute and target
}

// Brat reads BASE.ann beside BASE.txt with annotation.conf. Marks and links are
// all that the files declare, parts of attributions too.
func Brat(files []interchange.File) ([]Reading, error) {
	confs := ending(files, "annotation.conf")
	if len(confs) != 1 {
		return nil, errors.New("annotation.conf is missing")
	}
	conf, err := readBratConf(string(confs[""]))
	if err != nil {
		return nil, err
	}
	texts := ending(files, ".txt")
	return each(files, ".ann", func(name string, data []byte) (*Reading, error) {
		body, ok := texts[name]
		if !ok {
			return nil, errors.New("its .txt is missing")
		}
		r := &bratReader{
			conf: conf, text: newText(string(body)), ids: map[string]bool{}, spans: map[string]bratSpan{}, of: map[string]string{},
			out: &Reading{Name: name, Text: string(body)}, said: map[[2]string]bool{},
		}
		if len(data) > 0 && data[len(data)-1] != '\n' {
			return nil, errors.New("the last line has no end")
		}
		if r.lines = strings.Split(string(data), "\n"); len(data) > 0 {
			r.lines = r.lines[:len(r.lines)-1]
		}
		return r.out, r.read()
	})
}

func (r *bratReader) read() error {
	// What a line refers to may stand below it, so the pieces of text go first.
	for _, pass := range []string{"T", "R", "A#"} {
		for n, line := range r.lines {
			if len(r.lines) == 1 && line == "" {
				return nil
			}
			id, rest, ok := strings.Cut(line, "\t")
			if !ok || !bratID.MatchString(id) || strings.ContainsAny(line, bratLineEnds) {
				return fmt.Errorf("line %d is no annotation: %q", n+1, line)
			}
			if !strings.Contains("TRA#", id[:1]) {
				return fmt.Errorf("line %d: %s is of a kind that is not expected", n+1, id)
			}
			if !strings.Contains(pass, id[:1]) {
				continue
			}
			if r.ids[id] {
				return fmt.Errorf("line %d: the ID %s stands twice", n+1, id)
			}
			r.ids[id] = true
			data, tail, _ := strings.Cut(rest, "\t")
			if err := r.line(id, data, tail); err != nil {
				return fmt.Errorf("line %d: %w", n+1, err)
			}
		}
	}
	return nil
}

func (r *bratReader) line(id, data, tail string) error {
	words := strings.Split(data, " ")
	switch id[0] {
	case 'T':
		return r.span(id, data, tail)
	case 'R':
		return r.relation(id, words, tail)
	case 'A':
		values, declared := r.conf.attributes[words[0]]
		switch {
		case !declared || len(words) < 2 || !r.ids[words[1]] || tail != "":
			return fmt.Errorf("attribute %q is not declared, or of nothing", data)
		case values == nil && len(words) != 2, values != nil && (len(words) != 3 || !slices.Contains(values, words[2])):
			return fmt.Errorf("attribute %q has another value than declared", data)
		case r.said[[2]string{words[0], words[1]}]:
			return fmt.Errorf("attribute %q stands twice", data)
		}
		r.said[[2]string{words[0], words[1]}] = true
	case '#':
		if len(words) != 2 || !bratName.MatchString(words[0]) || !r.ids[words[1]] || tail == "" {
			return fmt.Errorf("note %q is of nothing, or empty", data)
		}
	}
	return nil
}

func (r *bratReader) span(id, data, words string) error {
	kind, rest, _ := strings.Cut(data, " ")
	if !r.conf.entities[kind] {
		return fmt.Errorf("type %q is not declared", kind)
	}
	last, first := 0, -1
	var pieces []string
	for _, part := range strings.Split(rest, ";") {
		from, to, _ := strings.Cut(part, " ")
		start, err1 := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		s, err := r.text.slice(start, end)
		if err := errors.Join(err1, err2, err); err != nil {
			return err
		}
		if start < last || strings.ContainsAny(s, bratLineEnds) {
			return fmt.Errorf("the pieces %q are out of order, or hold a line end", rest)
		}
		if first < 0 {
			first = start
		}
		last = end
		pieces = append(pieces, s)
	}
	if joined := strings.Join(pieces, " "); joined != words {
		return fmt.Errorf("%s says %q where %q stands", id, words, joined)
	}
	r.spans[id] = bratSpan{kind, first, last}
	r.out.Marks = append(r.out.Marks, Mark{Start: first, End: last, Label: kind})
	return nil
}

func (r *bratReader) relation(id string, words []string, tail string) error {
	if len(words) != 3 || tail != "" {
		return fmt.Errorf("relation %q has not two arguments", words)
	}
	to, declared := r.conf.relations[words[0]]
	if !declared {
		return fmt.Errorf("relation %q is not declared", words[0])
	}
	var ends [2]bratSpan
	for i := range ends {
		role, target, _ := strings.Cut(words[i+1], ":")
		s, ok := r.spans[target]
		if role != "Arg"+strconv.Itoa(i+1) || !ok {
			return fmt.Errorf("argument %q is of nothing", words[i+1])
		}
		ends[i] = s
	}
	if to != "" && ends[1].kind != to {
		return fmt.Errorf("%s leads to %s, not to %s as declared", words[0], ends[1].kind, to)
	}
	r.of[id] = words[0]
	r.out.Links = append(r.out.Links, Link{From: ends[0].start, To: ends[1].start, Label: words[0]})
	return nil
}
