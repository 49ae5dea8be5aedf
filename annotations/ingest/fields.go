package ingest

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
)

// Longest values of the fields, in bytes. Longer ones are cut at a character,
// but for URLs and languages, which are then not taken at all.
const (
	maxTitle     = 512
	maxOutlet    = annotations.MaxName
	maxByline    = 256
	maxPublished = 64
	maxURL       = annotations.MaxField
	maxLanguage  = 35 // the longest tag that RFC 5646 asks programs to hold
)

// fact is one thing that the input says of itself, and where it says so.
type fact struct{ value, from string }

// facts are the fields as far as they are known.
type facts struct{ title, outlet, byline, published, url, language fact }

// set fills f when it is still empty and value is not.
func (f *fact) set(value, from string) {
	if f.value == "" && strings.TrimSpace(value) != "" {
		*f = fact{value, from}
	}
}

// settleLanguage decides the language before the text is cut, because cutting
// needs it: the caller's word, the input's, then statistics.
func (j *job) settleLanguage(a *annotations.Article) {
	if tag := cleanLanguage(j.opt.Lang); tag != "" {
		a.Language = tag
		return
	}
	if tag := cleanLanguage(j.facts.language.value); tag != "" {
		a.Language = tag
		j.note(TopicLanguage, fmt.Sprintf("%s (from %s)", tag, j.facts.language.from))
		return
	}
	tag := cleanLanguage(segment.Detect(a.Body))
	if tag != "" && tag != "und" {
		a.Language = tag
		j.note(TopicLanguage, tag+" (detected)")
	}
}

// settleFields fills the other fields: what the caller gave, what the input
// declares, what stands at the head of the text.
func (j *job) settleFields(a *annotations.Article) {
	f := &j.facts
	head := readHead(a.Body, a.Units)
	f.title.set(head.title.value, head.title.from)
	f.outlet.set(head.outlet.value, head.outlet.from)
	f.byline.set(head.byline.value, head.byline.from)
	f.published.set(head.published.value, head.published.from)
	f.url.set(head.url.value, head.url.from)
	f.title.set(j.lower.title.value, j.lower.title.from)
	f.url.set(cleanURL(j.opt.Address), "the address it was fetched from")
	j.settle(TopicTitle, &a.Title, foldField(j.opt.Title, maxTitle), fact{foldField(f.title.value, maxTitle), f.title.from})
	j.settle(TopicOutlet, &a.Outlet, foldField(j.opt.Outlet, maxOutlet), fact{foldField(f.outlet.value, maxOutlet), f.outlet.from})
	j.settle(TopicByline, &a.Byline, foldField(j.opt.Byline, maxByline), fact{foldField(f.byline.value, maxByline), f.byline.from})
	j.settle(TopicPublished, &a.Published, cleanDate(j.opt.Published), fact{cleanDate(f.published.value), f.published.from})
	given := foldField(j.opt.URL, maxURL+1)
	if len(given) > maxURL {
		j.caution(TopicURL, fmt.Sprintf("the given URL is longer than %d bytes and was left out", maxURL))
		given = ""
	}
	j.settle(TopicURL, &a.URL, given, fact{cleanURL(f.url.value), f.url.from})
}

// settle fills one field and writes the receipt for it.
func (j *job) settle(t Topic, dst *string, given string, read fact) {
	switch {
	case given != "":
		*dst = given
	case read.value != "":
		*dst = read.value
		j.note(t, fmt.Sprintf("%s (from %s)", read.value, read.from))
	}
}

// foldField makes a field of text that nobody vouches for: valid UTF-8, one
// line, no control characters, runs of white space folded to a space, at most
// limit bytes.
func foldField(s string, limit int) string {
	if len(s) > 16*limit {
		s = s[:16*limit] // what white space could be folded away in the rest does not matter
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.TrimSpace(s[:limit])
}

// cleanURL takes an absolute web address, or nothing.
func cleanURL(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxURL || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !utf8.ValidString(s) {
		return ""
	}
	return s
}

// cleanLanguage takes a well-formed BCP 47 tag, in its usual spelling, or nothing.
func cleanLanguage(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if s == "" || len(s) > maxLanguage {
		return ""
	}
	tag, err := language.Parse(s)
	if err != nil {
		return ""
	}
	return tag.String()
}

// KnownLanguage reports whether tag is a language, as a BCP 47 tag.
func KnownLanguage(tag string) bool { return cleanLanguage(tag) != "" }

// cleanDate writes a date or time as ISO 8601 when it is beyond doubt, and
// leaves it as printed otherwise.
func cleanDate(s string) string {
	s = foldField(s, maxPublished)
	if iso, ok := parseDate(s); ok {
		return iso
	}
	return s
}

// cleanByline strips the word before the name.
func cleanByline(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if hasFoldPrefix(s, "by ") {
		s = strings.TrimSpace(s[3:])
	}
	if strings.Contains(s, "://") {
		return "" // the address of a profile, not a name
	}
	return s
}
