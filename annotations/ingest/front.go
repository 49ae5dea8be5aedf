package ingest

import (
	"strings"
	"time"
)

// Front matter ends within these bounds or is none.
const (
	frontLines = 200
	frontBytes = 32 << 10
)

// splitFront parts front matter from the Markdown after it. Two notations are
// read, by a strict reader for simple keys: "---" with key: value, and "+++"
// with key = "value". Anything nested is passed over, but the names of authors.
func splitFront(text string) (front []string, mark, rest string, ok bool) {
	for _, mark := range []string{"---", "+++"} {
		after, found := strings.CutPrefix(text, mark+"\n")
		if !found {
			continue
		}
		for at := 0; at < len(after) && at < frontBytes && len(front) < frontLines; {
			line, _, _ := strings.Cut(after[at:], "\n")
			at = min(at+len(line)+1, len(after))
			if line = strings.TrimRight(line, " \t"); line == mark || mark == "---" && line == "..." {
				return front, mark, after[at:], hasKey(front, mark)
			}
			front = append(front, line)
		}
		return nil, "", text, false
	}
	return nil, "", text, false
}

// hasKey tells front matter from two rules with words between them.
func hasKey(front []string, mark string) bool {
	any := false
	for _, line := range front {
		if trimmed := strings.TrimSpace(line); trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if line[0] == ' ' || line[0] == '\t' || line[0] == '-' || line[0] == ']' || line[0] == '[' {
			continue // part of the value before
		}
		key, _, ok := cutKey(line, mark)
		if !ok || key == "" {
			return false
		}
		any = true
	}
	return any
}

// opensFrontMatter reports whether a text begins with front matter that names a
// field, which plain text does not.
func opensFrontMatter(text string) bool {
	front, mark, _, ok := splitFront(text)
	if !ok {
		return false
	}
	var f facts
	f.readFront(front, mark)
	return f != facts{}
}

func cutKey(line, mark string) (key, value string, ok bool) {
	sep := ":"
	if mark == "+++" {
		sep = "="
	}
	key, value, ok = strings.Cut(line, sep)
	key = strings.ToLower(strings.Trim(strings.TrimSpace(key), `"'`))
	return key, strings.TrimSpace(value), ok && key != "" && !strings.ContainsAny(key, " \t") && len(key) <= 64
}

// readFront takes the fields that front matter names.
func (f *facts) readFront(front []string, mark string) {
	for i := 0; i < len(front); i++ {
		line := front[i]
		if mark == "+++" && strings.HasPrefix(line, "[") {
			return // a table: its keys are another thing's
		}
		if line == "" || line[0] == ' ' || line[0] == '\t' || line[0] == '#' || line[0] == '-' {
			continue
		}
		key, raw, ok := cutKey(line, mark)
		if !ok {
			continue
		}
		values := frontValues(raw)
		if raw == "" && isByline(key) {
			values = frontPeople(front[i+1:])
		} else if raw == "" {
			for i+1 < len(front) && isItem(front[i+1]) {
				i++
				values = append(values, frontScalar(strings.TrimSpace(front[i])[1:]))
			}
		}
		f.frontField(key, values)
	}
}

func isItem(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "- ") && !strings.Contains(line, ": ")
}

func isByline(key string) bool { return key == "author" || key == "authors" || key == "byline" }

// frontPeople reads who wrote it from the lines below a key: a list of names, or of
// people with details, or one person with details. Of details the name is taken;
// what stands deeper, such as the name of an institute, is another thing's.
func frontPeople(lines []string) []string {
	var out []string
	items, keys := -1, -1 // the columns of items and of a person's keys; -1: not known yet
	for _, line := range lines {
		text := strings.TrimLeft(line, " ")
		column := len(line) - len(text)
		item, isItem := strings.CutPrefix(text, "- ")
		switch {
		case text == "" || text[0] == '#':
			continue
		case column == 0 && !isItem:
			return out // the next key
		case isItem && (items < 0 && keys < 0 || column == items):
			text = strings.TrimLeft(item, " ")
			items, keys = column, len(line)-len(text)
			if !strings.Contains(text, ": ") && !strings.HasSuffix(text, ":") {
				out = append(out, frontValues(text)...)
				continue
			}
		case isItem:
			continue
		case keys < 0:
			keys = column
		case column != keys:
			continue
		}
		if key, raw, ok := cutKey(text, "---"); ok && key == "name" {
			out = append(out, frontValues(raw)...)
		}
	}
	return out
}

func (f *facts) frontField(key string, values []string) {
	if len(values) == 0 {
		return
	}
	const from = "the front matter"
	switch key {
	case "title", "headline":
		f.title.set(values[0], from)
	case "author", "authors", "byline": // see isByline
		f.byline.set(cleanByline(strings.Join(values, ", ")), from)
	case "date", "published", "pubdate", "publishdate", "date_published":
		f.published.set(frontDate(values[0]), from)
	case "url", "canonical", "canonical_url", "source_url", "link":
		f.url.set(cleanURL(values[0]), from)
	case "outlet", "publication", "publisher", "site", "site_name":
		f.outlet.set(values[0], from)
	case "lang", "language", "locale":
		f.language.set(cleanLanguage(values[0]), from)
	}
}

// frontDate accepts the "2025-10-24 09:30:00 +0100" of static site generators.
func frontDate(s string) string {
	for _, layout := range []string{"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04 -0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	return s
}

// frontValues reads a scalar or a list on one line.
func frontValues(raw string) []string {
	if inner, ok := strings.CutPrefix(raw, "["); ok {
		inner, ok = strings.CutSuffix(strings.TrimSpace(inner), "]")
		if !ok {
			return nil
		}
		var out []string
		for _, v := range strings.Split(inner, ",") {
			if v = frontScalar(v); v != "" {
				out = append(out, v)
			}
		}
		return out
	}
	if v := frontScalar(raw); v != "" {
		return []string{v}
	}
	return nil
}

// frontScalar strips quotes, or a comment after a bare value. Block scalars,
// anchors, tags and maps are not read.
func frontScalar(v string) string {
	v = strings.TrimSpace(v)
	if v == "" || strings.IndexByte("|>&*!{", v[0]) >= 0 {
		return ""
	}
	switch q := v[0]; q {
	case '"':
		end := closing(v)
		if end < 0 {
			return ""
		}
		return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(v[1:end])
	case '\'':
		end := strings.LastIndexByte(v, '\'')
		if end == 0 {
			return ""
		}
		return strings.ReplaceAll(v[1:end], "''", "'")
	}
	if i := strings.Index(v, " #"); i >= 0 {
		v = strings.TrimSpace(v[:i])
	}
	if v == "~" || v == "null" {
		return ""
	}
	return v
}

// closing finds the quotation mark that ends a double-quoted value, or -1.
func closing(v string) int {
	for i := 1; i < len(v); i++ {
		switch v[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}
