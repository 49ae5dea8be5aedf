package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// How far the head of a text reaches: so many lines that are not blank, so many bytes.
const (
	headLines = 8
	headBytes = 8 << 10
)

// readHead reads title, outlet, byline, date and URL where they stand at the
// top of a text, without touching it. It would rather find nothing than guess:
// a byline, a date or a URL counts only as a line of its own, a title only as
// the first unit when that is a heading.
func readHead(body string, units []annotations.Sentence) facts {
	var f facts
	isMail := f.readMail(body)
	seen, at := 0, 0
	for at < len(body) && at < headBytes && seen < headLines {
		line := body[at:]
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line = line[:i]
		}
		at += len(line) + 1
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		seen++
		if d, ok := parseDateline(line); ok {
			f.outlet.set(d.outlet, "the dateline")
			f.published.set(d.published, "the dateline")
			break
		}
		if len(line) <= 200 {
			f.readLine(line)
		}
	}
	if !isMail {
		f.title.set(titleFrom(body, units), "the first line, a heading")
	}
	return f
}

// readLine takes what a line near the top says, and reports whether it was such
// a line at all.
func (f *facts) readLine(line string) bool {
	if f.readLabel(line) {
		return true
	}
	if u := cleanURL(line); u != "" {
		f.url.set(u, "a line near the top")
		return true
	}
	if iso, ok := publishedLine(line); ok {
		f.published.set(iso, "a line near the top")
		return true
	}
	parts := strings.FieldsFunc(line, func(r rune) bool { return r == '|' || r == '·' || r == '•' })
	if name, ok := bylineFrom(parts[:min(1, len(parts))]); ok {
		f.byline.set(name, "a line near the top")
		for _, p := range parts[1:] {
			if iso, ok := publishedLine(strings.TrimSpace(p)); ok {
				f.published.set(iso, "the byline's line")
			}
		}
		return true
	}
	return false
}

// readLabel takes "Title: …" and the like.
func (f *facts) readLabel(line string) bool {
	label, value, ok := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	if !ok || value == "" {
		return false
	}
	const from = "a labelled line near the top"
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "title", "headline":
		f.title.set(value, from)
	case "author", "authors", "byline":
		f.byline.set(cleanByline(value), from)
	case "outlet", "publication", "publisher":
		f.outlet.set(value, from)
	case "url", "link":
		u := cleanURL(value)
		f.url.set(u, from)
		return u != ""
	case "date", "published", "publication date":
		iso, ok := parseDate(value)
		f.published.set(iso, from)
		return ok
	default:
		return false
	}
	return true
}

// publishedLine reads a line that holds a date and at most a word such as
// "Published" before it. When something was updated says nothing of when it was
// published.
func publishedLine(line string) (string, bool) {
	for _, word := range []string{"published on", "published", "first published", "posted on", "posted", "date", "on"} {
		if hasFoldPrefix(line, word+" ") || hasFoldPrefix(line, word+":") {
			line = strings.TrimLeft(line[len(word):], ": ")
			break
		}
	}
	return parseDate(line)
}

// titleFrom gives the first unit when it can be a headline: a heading, of two
// words or more, with running text after it.
func titleFrom(body string, units []annotations.Sentence) string {
	if len(units) < 2 || units[0].Kind != annotations.KindHeading {
		return ""
	}
	line := strings.Join(strings.Fields(units[0].Span.In(body)), " ")
	switch {
	case len(line) > maxTitle || strings.HasSuffix(line, ":"):
		return ""
	case len(strings.Fields(line)) < 2 && !(longScript(line) && utf8.RuneCountInString(line) >= 6):
		return ""
	}
	var f facts
	if _, ok := parseDateline(line); ok || f.readLine(line) {
		return ""
	}
	for _, u := range units[1:min(len(units), 64)] {
		if u.Kind == annotations.KindSentence {
			return line
		}
	}
	return ""
}

// longScript reports whether a line is written without spaces between words.
func longScript(line string) bool {
	return strings.IndexFunc(line, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar)
	}) >= 0
}

// bylineFrom reads "By Jane Doe", "By Jane Doe and John Roe, Harbour Bureau".
func bylineFrom(parts []string) (string, bool) {
	if len(parts) == 0 {
		return "", false
	}
	line := strings.TrimSpace(parts[0])
	word, rest, ok := strings.Cut(line, " ")
	if !ok || len(line) > 120 {
		return "", false
	}
	switch strings.ToLower(word) {
	case "by", "von", "par", "por":
	default:
		return "", false
	}
	rest = strings.TrimSpace(rest)
	names := strings.FieldsFunc(strings.NewReplacer(" and ", ",", " & ", ",", " und ", ",", " et ", ",", " y ", ",").Replace(rest), func(r rune) bool { return r == ',' })
	for i, n := range names {
		if i > 0 && isSmallAgency(strings.TrimSpace(n)) {
			continue
		}
		if !isName(strings.TrimSpace(n), i == 0) {
			return "", false
		}
	}
	return rest, len(names) > 0
}

// isSmallAgency reports whether s is an agency that writes itself in small letters.
func isSmallAgency(s string) bool {
	switch s {
	case "dpa", "epd", "sid", "apa", "sda", "afp", "dapd", "ots", "belga", "ritzau":
		return true
	}
	return false
}

// isName reports whether s is written as a name is: capitalised words, joined at
// most by the small words that stand in names. A person's has two words or more.
func isName(s string, person bool) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 || person && len(words) < 2 {
		return false
	}
	const small = " de del della da do dos das di du la le el al bin ibn ben van von der den ter ten zu zur of the for in "
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if strings.Contains(small, " "+w+" ") && i > 0 {
			continue
		}
		if !unicode.IsUpper(first) && !unicode.In(first, unicode.Lo) {
			return false
		}
		if strings.IndexFunc(w, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(".'’-", r)
		}) >= 0 {
			return false
		}
		if strings.HasSuffix(w, ".") && utf8.RuneCountInString(w) > 3 {
			return false // the end of a sentence, not an initial
		}
	}
	return true
}
