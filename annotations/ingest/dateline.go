package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dateline is what stands before the dash that opens a news story.
type dateline struct{ outlet, published string }

// agencies are outlets that are known by the name in a dateline's brackets,
// lower case. A longer name that begins with one of them counts too.
//
//nolint:gochecknoglobals // a table
var agencies = map[string]bool{
	"cnn": true, "ap": true, "associated press": true, "the associated press": true, "reuters": true, "thomson reuters foundation": true,
	"afp": true, "agence france-presse": true, "dpa": true, "upi": true, "ansa": true, "efe": true, "europa press": true, "tass": true,
	"xinhua": true, "kyodo": true, "jiji": true, "yonhap": true, "bbc": true, "npr": true, "pbs": true, "bloomberg": true, "cnbc": true,
	"axios": true, "politico": true, "the hill": true, "al jazeera": true, "dw": true, "pti": true, "ani": true, "ians": true,
	"cp": true, "the canadian press": true, "aap": true, "pa": true, "pa media": true, "press association": true, "apa": true, "sda": true, "keystone-sda": true,
	"epd": true, "kna": true, "ritzau": true, "ntb": true, "tt": true, "stt": true, "anp": true, "belga": true, "lusa": true, "pap": true, "ctk": true, "mti": true,
	"interfax": true, "ria novosti": true, "ukrinform": true, "aa": true, "anadolu": true, "wafa": true, "irna": true, "kcna": true, "bernama": true,
	"antara": true, "voa": true, "rfe/rl": true, "rfi": true, "abc": true, "abc news": true, "cbs": true, "cbs news": true, "nbc": true, "nbc news": true,
	"fox news": true, "newsweek": true, "propublica": true, "the conversation": true, "states newsroom": true, "kff health news": true,
}

// parseDateline reads "LONDON, Oct. 24, 2025 (Reuters) -", "(CNN) —",
// "date 2025-10-24 (CNN) —" and "CNN —" at the start of a line. Brackets and a
// dash alone prove nothing ("NATO (the alliance) — …"): the outlet must be a
// known one, or the words before the bracket must be a place in capitals with a
// region, or bear a date.
func parseDateline(line string) (dateline, bool) {
	head := line[:min(len(line), 160)]
	open := strings.IndexByte(head, '(')
	if open < 0 {
		return bareDateline(head)
	}
	size := strings.IndexByte(head[open:], ')')
	if size < 0 || !opensWithDash(head[open+size+1:]) {
		return bareDateline(head)
	}
	outlet := strings.TrimSpace(head[open+1 : open+size])
	place, published := splitPlace(head[:open])
	known := knownAgency(outlet)
	switch {
	case !isOutlet(outlet) && !known:
		return dateline{}, false
	case !isPlace(place, known):
		return dateline{}, false
	case !known && published == "" && !(strings.Contains(place, ",") && shouts(place)):
		return dateline{}, false
	}
	return dateline{outlet, published}, true
}

// bareDateline reads a known outlet and a long dash.
func bareDateline(head string) (dateline, bool) {
	i := strings.IndexAny(head, "—–")
	if i <= 0 {
		return dateline{}, false
	}
	name := strings.TrimSpace(head[:i])
	if len(name) < 3 || !knownAgency(name) {
		return dateline{}, false
	}
	return dateline{outlet: name}, true
}

func opensWithDash(s string) bool {
	s = strings.TrimLeft(s, " \u00a0")
	if strings.HasPrefix(s, "--") {
		return true
	}
	r, n := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("-–—―−", r) && (len(s) == n || s[n] == ' ' || strings.HasPrefix(s[n:], "\u00a0") || r != '-')
}

// splitPlace parts the date from the place before a bracket.
func splitPlace(s string) (place, published string) {
	s = strings.TrimRight(strings.TrimSpace(s), ",")
	if rest, ok := cutFoldPrefix(s, "date "); ok {
		s = strings.TrimSpace(rest)
	}
	for i := range len(s) {
		if i > 0 && s[i-1] != ' ' && s[i-1] != ',' {
			continue
		}
		if iso, ok := parseDate(s[i:]); ok {
			return strings.Trim(s[:i], " ,"), iso
		}
	}
	return strings.Trim(s, " ,"), ""
}

func cutFoldPrefix(s, prefix string) (string, bool) {
	if !hasFoldPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// isPlace reports whether the words before the bracket can be a place: none, or
// a few that open with a capital. Before an outlet that is not known the first
// must be in capitals throughout.
func isPlace(s string, known bool) bool {
	words := strings.Fields(s)
	if len(words) == 0 {
		return true
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	if len(words) > 8 || !unicode.IsUpper(first) && !unicode.Is(unicode.Lo, first) {
		return false
	}
	const small = " of de del della do da la le el al am an der den sur on upon and the near "
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !strings.Contains(small, " "+w+" ") {
			return false
		}
	}
	return known || shouts(words[0])
}

// shouts reports whether the first word of s is in capitals.
func shouts(s string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	word = strings.TrimRight(word, ",.")
	return utf8.RuneCountInString(word) >= 2 && strings.ToUpper(word) == word && strings.ToLower(word) != word
}

func knownAgency(name string) bool {
	words := strings.Fields(strings.ToLower(name))
	for n := len(words); n > 0 && len(words) <= 4; n-- {
		if agencies[strings.Join(words[:n], " ")] && (n == len(words) || n == 1 && len(words) <= 3 && len(words[0]) > 2) {
			return !strings.Contains(strings.ToLower(name), "photo")
		}
	}
	return false
}

// isOutlet reports whether a name in brackets is written as an outlet's.
func isOutlet(s string) bool {
	words := strings.Fields(s)
	if len(s) < 2 || len(s) > 40 || len(words) == 0 || len(words) > 4 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .&'’-", r)
	}) < 0
}
