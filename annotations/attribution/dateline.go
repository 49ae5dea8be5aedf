package attribution

import "strings"

// dateline is the first token behind a dateline: capitals, figures and brackets
// before a dash, with the place in capitals or the agency in brackets.
func dateline(text string, tokens []token, lo int) int {
	bracket, open := false, false
	for i := lo; i < min(len(tokens), lo+14); i++ {
		t := &tokens[i]
		switch {
		case t.kind == dash && i > lo:
			if bracket || upper(text[tokens[lo].start:tokens[lo].end]) {
				return i + 1
			}
			return lo
		case t.kind == closing:
			bracket, open = true, false
		case t.kind == opening:
			open = true
		case open: // "(nda)"
		case t.word() && !t.capital && !t.digit && i > lo || t.kind == mark2 || t.kind == colon || t.kind == semicolon:
			return lo
		}
	}
	return lo
}

// townline is the first token behind a town and a dash that open a text, where the town is not in capitals: "Wien –
// Die Reform …". A second dash, or a small word behind the first, makes an insertion of it.
func townline(text string, tokens []token) int {
	for i := range min(len(tokens), 5) {
		t := &tokens[i]
		if t.kind == dash {
			if i == 0 || i+2 >= len(tokens) || !tokens[i+1].capital || tokens[i+1].newline || tokens[i+1].start-t.end != 1 || text[t.start-1] != ' ' {
				return 0
			}
			for k := i + 1; k < len(tokens) && tokens[k].kind != stop; k++ {
				if tokens[k].kind == dash {
					return 0
				}
			}
			return i + 1
		}
		if !t.word() || !t.capital || t.digit || t.traits&^(organisation|common) != 0 {
			return 0
		}
	}
	return 0
}

// clock is the first token behind the time of day that opens a line of a live report:
// "14:32: ", "09.20am ", "11:05 Uhr – ". It is lo where what stands there is no such
// time, or the sentence goes on with it ("14:32 was when the first call came").
func clock(text string, tokens []token, lo int) int {
	if lo >= len(tokens) || !tokens[lo].digit {
		return lo
	}
	i, ok := lo+1, false
	if w := text[tokens[lo].start:tokens[lo].end]; len(w) < 3 { // "14:32" is three tokens, "9.20am" is one
		ok = lo+2 < len(tokens) && tokens[lo+1].kind == colon && tokens[lo+1].start == tokens[lo].end &&
			tokens[lo+2].start == tokens[lo+1].end && hourOf(w) && minuteOf(text[tokens[lo+2].start:tokens[lo+2].end])
		i = lo + 3
	} else if h, m, cut := strings.Cut(w, "."); cut {
		ok = hourOf(h) && minuteOf(m)
	}
	if !ok || i >= len(tokens) {
		return lo
	}
	if w := text[tokens[i].start:tokens[i].end]; clockWord(w) {
		i++
	}
	if i < len(tokens) && (tokens[i].kind == colon || tokens[i].kind == dash) {
		return i + 1
	}
	if i < len(tokens) && !tokens[i].newline && (tokens[i].kind == mark2 || tokens[i].capital && !tokens[i].is(day)) {
		return i
	}
	return lo
}

// hourOf reports whether a word is an hour of the day in one or two digits.
func hourOf(w string) bool {
	return len(w) == 1 && digit(w[0]) || len(w) == 2 && digit(w[0]) && digit(w[1]) && w <= "24"
}

// minuteOf reports whether a word is a minute in two digits, with what tells the half
// of the day at most behind it.
func minuteOf(w string) bool {
	return len(w) >= 2 && w[0] >= '0' && w[0] <= '5' && digit(w[1]) && (len(w) == 2 || clockWord(w[2:]))
}

// clockWord reports whether a word may stand behind a time of day.
func clockWord(w string) bool {
	switch strings.ToLower(w) {
	case "am", "pm", "a.m.", "p.m.", "uhr", "gmt", "bst", "utc", "cet", "est", "edt", "et", "ist", "h":
		return true
	}
	return false
}
