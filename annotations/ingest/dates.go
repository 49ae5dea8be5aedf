package ingest

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Years that a news text may bear. Anything else is a number.
const (
	firstYear = 1600
	lastYear  = 2199
)

// monthNames are the names that stand in written dates: English and the larger
// European languages, in full and as news agencies shorten them.
//
//nolint:gochecknoglobals // a table
var monthNames = [12]string{
	"january jan januar jänner enero ene janvier janv janeiro gennaio gen januari styczeń stycznia января ocak",
	"february feb februar febrero février févr fev fevereiro febbraio febr februari luty lutego февраля şubat",
	"march mar märz marzo mars março maart marca марта mart",
	"april apr abril abr avril avr aprile kwietnia апреля nisan",
	"may mai mayo maio maggio mag mei maja мая mayıs",
	"june jun juni junio juin junho giugno giu czerwca июня haziran",
	"july jul juli julio juillet juil julho luglio lug lipca июля temmuz",
	"august aug agosto août ago augustus sierpnia августа ağustos",
	"september sept sep septiembre septembre setembro settembre set września сентября eylül",
	"october oct oktober okt octubre octobre outubro ottobre ott października октября ekim",
	"november nov noviembre novembre novembro listopada ноября kasım",
	"december dec dezember dez diciembre dic décembre déc dezembro dicembre grudnia декабря aralık",
}

// month gives 1…12 for a month's name, or 0.
func month(word string) int {
	word = strings.ToLower(strings.TrimRight(word, "."))
	if word == "" || strings.Contains(word, " ") {
		return 0
	}
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if name == word {
				return i + 1
			}
		}
	}
	return 0
}

// parseDate reads a string that is a date and nothing else, but for a weekday
// before it and a time of day after it. The answer is an ISO 8601 date, or the
// whole time when it came as RFC 3339. Forms in which day and month could be
// swapped are not read.
func parseDate(s string) (iso string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > maxPublished {
		return "", false
	}
	if out, rest, ok := isoDate(s); ok {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t.Format(time.RFC3339), true
		}
		return out, isTimeOfDay(rest)
	}
	s = dropWeekday(s)
	for _, parse := range []func(string) (string, string, bool){numericDate, writtenDate, eastAsianDate} {
		if out, rest, ok := parse(s); ok && isTimeOfDay(rest) {
			return out, true
		}
	}
	return "", false
}

// isoDate reads 2025-10-24 or 2025/10/24 at the start of s.
func isoDate(s string) (iso, rest string, ok bool) {
	if len(s) < 10 || s[4] != s[7] || s[4] != '-' && s[4] != '/' {
		return "", "", false
	}
	y, okY := digits(s[:4])
	m, okM := digits(s[5:7])
	d, okD := digits(s[8:10])
	if !okY || !okM || !okD || len(s) > 10 && isDigit(s[10]) {
		return "", "", false
	}
	iso, ok = validDate(y, m, d)
	return iso, s[10:], ok
}

// numericDate reads 24.10.2025, and 24/10/2025 when only one reading is a date.
func numericDate(s string) (iso, rest string, ok bool) {
	parts, rest, sep := leadingNumbers(s)
	if len(parts) != 3 || parts[2] < firstYear {
		return "", "", false
	}
	day, mon := parts[0], parts[1]
	if sep == '/' {
		switch {
		case day > 12:
		case mon > 12:
			day, mon = mon, day
		case day != mon:
			return "", "", false
		}
	}
	iso, ok = validDate(parts[2], mon, day)
	return iso, rest, ok
}

// leadingNumbers reads three numbers with the same separator between them.
func leadingNumbers(s string) (parts []int, rest string, sep byte) {
	for len(parts) < 3 {
		n := 0
		for n < len(s) && n < 4 && isDigit(s[n]) {
			n++
		}
		v, ok := digits(s[:n])
		if !ok {
			return nil, s, 0
		}
		parts, s = append(parts, v), s[n:]
		if len(parts) == 3 {
			break
		}
		if s == "" || s[0] != '.' && s[0] != '/' || sep != 0 && s[0] != sep {
			return nil, s, 0
		}
		sep = s[0]
		s = strings.TrimLeft(s[1:], " ")
	}
	if s != "" && isDigit(s[0]) {
		return nil, s, 0
	}
	return parts, s, sep
}

// writtenDate reads "24 October 2025", "24. Oktober 2025", "24 de octubre de
// 2025", "October 24, 2025" and "Oct. 24th 2025" at the start of s.
func writtenDate(s string) (iso, rest string, ok bool) {
	var words [5]string
	n, at := 0, 0
	for n < 3 {
		for at < len(s) && (s[at] == ' ' || s[at] == ',') {
			at++
		}
		start := at
		for at < len(s) && s[at] != ' ' && s[at] != ',' {
			at++
		}
		w := s[start:at]
		if w == "" {
			return "", "", false
		}
		if w == "de" || w == "of" || w == "den" || w == "the" {
			continue
		}
		words[n], n = w, n+1
	}
	d, m := ordinal(words[0]), month(words[1])
	if d == 0 || m == 0 {
		d, m = ordinal(words[1]), month(words[0])
	}
	year := strings.TrimRight(words[2], ".")
	y, okY := digits(year)
	if d == 0 || m == 0 || !okY || len(year) != 4 {
		return "", "", false
	}
	iso, ok = validDate(y, m, d)
	return iso, s[at:], ok
}

// eastAsianDate reads 2025年10月24日 and 2025년 10월 24일.
func eastAsianDate(s string) (iso, rest string, ok bool) {
	var v [3]int
	for i, signs := range [3]string{"年년", "月월", "日일"} {
		n := 0
		for n < len(s) && n < 4 && isDigit(s[n]) {
			n++
		}
		if v[i], ok = digits(s[:n]); !ok {
			return "", "", false
		}
		s = s[n:]
		sign := strings.IndexFunc(s, func(r rune) bool { return strings.ContainsRune(signs, r) })
		if sign != 0 {
			return "", "", false
		}
		s = strings.TrimLeft(s[len("年"):], " ")
	}
	iso, ok = validDate(v[0], v[1], v[2])
	return iso, s, ok
}

// dropWeekday strips one word and a comma or space before a date's own words.
func dropWeekday(s string) string {
	word, rest, ok := strings.Cut(s, ",")
	if !ok {
		word, rest, ok = strings.Cut(s, " ")
	}
	if !ok || month(word) != 0 || strings.ContainsAny(word, " 0123456789") || strings.IndexFunc(rest, unicode.IsDigit) < 0 || len(word) > 24 {
		return s
	}
	if weekday(word) {
		return strings.TrimSpace(rest)
	}
	return s
}

func weekday(word string) bool {
	const names = " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun" +
		" montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche" +
		" lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica" +
		" segunda-feira terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
	return strings.Contains(names, " "+strings.ToLower(strings.TrimRight(word, "."))+" ")
}

// isTimeOfDay reports whether what follows a date is nothing or a time of day:
// digits and colons, am or pm, a zone.
func isTimeOfDay(rest string) bool {
	rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), "."))
	if rest == "" {
		return true
	}
	if len(rest) > 32 || !strings.ContainsAny(rest, "0123456789") {
		return false
	}
	for _, w := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" ,|–—-+:.0123456789()", r) }) {
		if len(w) > 4 || strings.IndexFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) >= 0 {
			return false
		}
	}
	return true
}

func ordinal(word string) int {
	word = strings.TrimRight(word, ".")
	for _, end := range []string{"st", "nd", "rd", "th", "er", "º", "°"} {
		word = strings.TrimSuffix(word, end)
	}
	d, ok := digits(word)
	if !ok || d < 1 || d > 31 {
		return 0
	}
	return d
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits reads one to four decimal digits and nothing else.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}

func validDate(y, m, d int) (string, bool) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 {
		return "", false
	}
	if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); t.Day() != d {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d), true
}
