package align

import (
	"slices"
	"strings"
)

// stem cuts an English word down to what its forms share, and writes British
// spelling as American. It is rough on purpose: both sides of a comparison are
// cut alike, and words of other languages come out shorter but still distinct.
func stem(w string) string {
	if s, ok := irregular()[w]; ok {
		return s
	}
	if len(w) < 4 {
		return w
	}
	w = american(w)
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		w = w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "xes"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:len(w)-1]
	}
	if s, ok := irregular()[w]; ok {
		return s
	}
	switch {
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		w = w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ing") && vowelIn(w[:len(w)-3]) && len(w) > 5:
		w = undouble(w[:len(w)-3])
	case strings.HasSuffix(w, "ed") && vowelIn(w[:len(w)-2]) && len(w) > 4:
		w = undouble(w[:len(w)-2])
	}
	switch {
	case strings.HasSuffix(w, "ily") && len(w) > 5:
		w = w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ly") && len(w) > 5:
		w = w[:len(w)-2]
	}
	if strings.HasSuffix(w, "e") && len(w) > 3 {
		w = w[:len(w)-1]
	}
	return w
}

func vowelIn(s string) bool { return strings.ContainsAny(s, "aeiouy") }

func undouble(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	if n > 5 && w[n-1] == 'l' && w[n-2] == 'l' {
		return w[:n-1]
	}
	return w
}

// british holds endings, or whole words, and what they are read as.
var british = [...][2]string{
	{"isations", "izations"}, {"isation", "ization"}, {"ising", "izing"}, {"ised", "ized"}, {"ises", "izes"}, {"ise", "ize"},
	{"yses", "yzes"}, {"yse", "yze"}, {"ysed", "yzed"},
	{"ours", "ors"}, {"our", "or"}, {"oured", "ored"}, {"ouring", "oring"},
	{"entre", "enter"}, {"entres", "enters"}, {"eatre", "eater"},
	{"efence", "efense"}, {"icence", "icense"}, {"ffence", "ffense"},
	{"ogue", "og"}, {"ogramme", "ogram"}, {"ogrammes", "ograms"},
	{"owards", "oward"},
}

func american(w string) string {
	if len(w) < 6 {
		return w
	}
	for _, p := range british {
		if strings.HasSuffix(w, p[0]) {
			return w[:len(w)-len(p[0])] + p[1]
		}
	}
	return w
}

// kin is a second, looser name for a stem: its first letters ("decid" and "decis"
// no, "venezuel" yes). Empty for none.
func kin(stem string) string {
	switch {
	case len(stem) < 5 || stem[0] >= '0' && stem[0] <= '9':
		return ""
	case len(stem) <= 7:
		return cutRunes(stem, 5)
	}
	return cutRunes(stem, 6)
}

// kins are all the looser names of a stem: its first letters and its classes of
// near synonyms.
func kins(stem string) []string {
	near := nearWords()[stem]
	if k := kin(stem); k != "" {
		return append(near[:len(near):len(near)], k)
	}
	return near
}

// akin reports stems that share a looser name.
func akin(s, t string) bool {
	if k := kin(s); k != "" && k == kin(t) {
		return true
	}
	near := nearWords()
	return slices.ContainsFunc(near[s], func(c string) bool { return slices.Contains(near[t], c) })
}

// cutRunes keeps at most n bytes, on a rune border.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
