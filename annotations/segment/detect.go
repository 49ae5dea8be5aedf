package segment

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Bounds of what Detect reads.
const (
	detectWords = 200
	detectBytes = 4 << 10

	maxLanguages = 128 // files that are read; more would be left out
)

// What a frequent word counts for, what more when no other language has it, and
// what a typical letter; and what English has in advance in a Latin text, since a few
// short words prove nothing.
const (
	wordScore    = 8
	ownScore     = 2
	letterScore  = 5
	englishAhead = 9
)

// Detect names the language of a text by its script and its frequent words, as
// an ISO 639-1 code; "en" when it cannot tell. It reads the text's opening.
func Detect(text string) string {
	m := detection()
	if len(text) > detectBytes {
		text = text[:detectBytes]
	}
	var room [2][maxLanguages]int32
	scores, scripts := room[0][:len(m.codes)], room[1][:len(m.codes)]
	var f follower
	last := -1
	for i, words := 0, 0; i < len(text) && words < detectWords; {
		r, n := decode(text, i)
		if !isLetter(r) {
			i += n
			continue
		}
		f.read(text, i)
		key, end := f.key[:f.n], f.end
		if end == i {
			end = i + n
		}
		words++
		users := m.words[string(key)]
		for _, k := range users {
			scores[k] += wordScore
		}
		if len(users) == 1 {
			scores[users[0]] += ownScore
		}
		last = m.script(scripts, r, last, end-i)
		for j := i; j < end; {
			r, n := decode(text, j)
			if r >= utf8.RuneSelf {
				for _, k := range m.letters[r] {
					scores[k] += letterScore
				}
				if j > i { // letters of scripts without spaces count each
					last = m.script(scripts, r, last, n)
				}
			}
			j += n
		}
		i = end
	}
	return m.best(scores, scripts)
}

// detector holds what Detect knows of all languages.
type detector struct {
	codes   []string
	words   map[string][]int
	letters map[rune][]int
	sets    []*unicode.RangeTable // all scripts, each once
	users   [][]int               // languages of each script
	counts  []int                 // scripts of each language
	known   []int                 // frequent words of each language
}

var detection = sync.OnceValue(func() *detector {
	c := catalogue()
	d := &detector{words: map[string][]int{}, letters: map[rune][]int{}}
	seen := map[*unicode.RangeTable]int{}
	for _, code := range c.codes {
		if code == neutral || len(d.codes) == maxLanguages {
			continue
		}
		k := len(d.codes)
		r := c.rules(code)
		d.codes = append(d.codes, code)
		d.counts = append(d.counts, len(r.scripts))
		d.known = append(d.known, len(r.common))
		for _, w := range r.common {
			d.words[w] = append(d.words[w], k)
		}
		for _, l := range r.letters {
			d.letters[l] = append(d.letters[l], k)
		}
		for _, t := range r.scripts {
			at, ok := seen[t]
			if !ok {
				at = len(d.sets)
				seen[t] = at
				d.sets = append(d.sets, t)
				d.users = append(d.users, nil)
			}
			d.users[at] = append(d.users[at], k)
		}
	}
	return d
})

// script counts weight for the languages of r's script, trying last first.
func (d *detector) script(counts []int32, r rune, last, weight int) int {
	if last < 0 || !unicode.Is(d.sets[last], r) {
		last = -1
		for k, t := range d.sets {
			if unicode.Is(t, r) {
				last = k
				break
			}
		}
	}
	if last >= 0 {
		for _, k := range d.users[last] {
			counts[k] += int32(weight)
		}
	}
	return last
}

// best picks the language with the most frequent words among those of the
// text's script; a script that one language alone uses decides by itself.
func (d *detector) best(scores, scripts []int32) string {
	top := int32(0)
	for _, n := range scripts {
		top = max(top, n)
	}
	if top == 0 {
		return "en"
	}
	bestAt, bestScore, second := -1, int32(-1), int32(-1)
	for k, n := range scripts {
		if n*2 < top || n < top && !d.sharesScript(k, scripts, top) {
			continue
		}
		if d.codes[k] == "en" && n == top {
			scores[k] += englishAhead
		}
		if scores[k] > bestScore {
			bestAt, second, bestScore = k, bestScore, scores[k]
		} else {
			second = max(second, scores[k])
		}
	}
	if bestScore == second || bestScore == 0 {
		return d.unsure(scores, scripts, top, bestScore)
	}
	return d.codes[bestAt]
}

// sharesScript tells whether language k, whose scripts do not cover most of the text,
// has a script in common with one whose do, as Chinese has with Japanese.
func (d *detector) sharesScript(k int, scripts []int32, top int32) bool {
	for _, users := range d.users {
		if slices.Contains(users, k) && slices.ContainsFunc(users, func(other int) bool { return scripts[other] == top }) {
			return true
		}
	}
	return false
}

// unsure settles a draw: English when its script fits, else the language whose
// script covers most.
func (d *detector) unsure(scores, scripts []int32, top, score int32) string {
	at := -1
	for k, code := range d.codes {
		if scripts[k]*2 < top || scores[k] < score {
			continue
		}
		if code == "en" && scripts[k] == top {
			return code
		}
		if at < 0 || scripts[k] > scripts[at] || scripts[k] == scripts[at] &&
			(d.counts[k] < d.counts[at] || d.counts[k] == d.counts[at] && d.known[k] > d.known[at]) {
			at = k // of equal cover the one with fewer scripts, zh before ja, or the best known
		}
	}
	if at < 0 {
		return "en"
	}
	return d.codes[at]
}
