package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPairs bounds the work of comparing two runs of words, in pairs of words.
const maxPairs = 4 << 20

// word is a word or a mark, and whether a blank stands before it.
type word struct {
	text  string
	fold  string
	blank bool
}

// split cuts a text into words and single marks.
func split(s string) []word {
	var out []word
	blank := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			blank = true
			i += n
			continue
		}
		end := i + n
		if inWord(r) {
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				if !inWord(r) && !between(s, end, n) {
					break
				}
				end += n
			}
		}
		out = append(out, word{text: s[i:end], fold: foldMarks(s[i:end]), blank: blank})
		blank = false
		i = end
	}
	return out
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// between reports an apostrophe, a stop or a comma inside a word or a figure.
func between(s string, i, n int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	if !strings.ContainsRune("'’.,", r) || i+n >= len(s) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	if r == '.' || r == ',' {
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return inWord(before) && unicode.IsLetter(after)
}

func foldMarks(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '“', '”', '„', '«', '»', '‘', '’', '‚', '"', '`':
			return '\''
		case '–', '—', '‐', '‑', '−':
			return '-'
		}
		return r
	}, s)
}

// compareWords says of the words of two texts which were kept, taken out, put in.
func compareWords(was, now string) []Part {
	a, b := split(was), split(now)
	head := 0
	for head < len(a) && head < len(b) && a[head].fold == b[head].fold {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].fold == b[len(b)-1-tail].fold {
		tail++
	}
	var steps []step
	steps = append(steps, both(a[:head], b[:head])...)
	steps = append(steps, subsequence(a[head:len(a)-tail], b[head:len(b)-tail])...)
	steps = append(steps, both(a[len(a)-tail:], b[len(b)-tail:])...)
	return parts(absorb(steps))
}

type step struct {
	kind PartKind
	word word
	old  word // of Same: the original's
}

func all(ws []word, k PartKind) []step {
	out := make([]step, len(ws))
	for i, w := range ws {
		out[i] = step{kind: k, word: w}
	}
	return out
}

// both are words that the two texts share, one by one.
func both(a, b []word) []step {
	out := all(b, Same)
	for i := range out {
		out[i].old = a[i]
	}
	return out
}

// subsequence keeps the longest row of words that both have, what was taken out
// before what was put in.
func subsequence(a, b []word) []step {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > maxPairs {
		return append(all(a, Was), all(b, Now)...)
	}
	best := make([][]int32, len(a)+1)
	for i := range best {
		best[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].fold == b[j].fold {
				best[i][j] = best[i+1][j+1] + 1
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	var out []step
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].fold == b[j].fold:
			out = append(out, step{Same, b[j], a[i]})
			i++
			j++
		case best[i+1][j] >= best[i][j+1]:
			out = append(out, step{kind: Was, word: a[i]})
			i++
		default:
			out = append(out, step{kind: Now, word: b[j]})
			j++
		}
	}
	return append(append(out, all(a[i:], Was)...), all(b[j:], Now)...)
}

// absorb counts a mark or one short word that stands between two changes to them,
// and puts within each change what was before what is now.
func absorb(steps []step) []step {
	var out, was, now []step
	flush := func() {
		out = append(append(out, was...), now...)
		was, now = nil, nil
	}
	for i := 0; i < len(steps); {
		s := steps[i]
		switch {
		case s.kind == Was:
			was = append(was, s)
			i++
			continue
		case s.kind == Now:
			now = append(now, s)
			i++
			continue
		}
		end := i
		for end < len(steps) && steps[end].kind == Same {
			end++
		}
		if len(was)+len(now) > 0 && end < len(steps) && slight(steps[i:end]) {
			for _, s := range steps[i:end] {
				was = append(was, step{kind: Was, word: s.old})
				now = append(now, step{kind: Now, word: s.word})
			}
		} else {
			flush()
			out = append(out, steps[i:end]...)
		}
		i = end
	}
	flush()
	return out
}

const shortWord = 3 // letters of a word that does not hold two changes apart

func slight(steps []step) bool {
	n := 0
	for _, s := range steps {
		if r, _ := utf8.DecodeRuneInString(s.word.text); inWord(r) {
			n++
			if utf8.RuneCountInString(s.word.text) > shortWord {
				return false
			}
		}
	}
	return n <= 1
}

func parts(steps []step) []Part {
	var out []Part
	for _, s := range steps {
		first := len(out) == 0
		if first || out[len(out)-1].Kind != s.kind {
			out = append(out, Part{Kind: s.kind})
		}
		p := &out[len(out)-1]
		add := func(text string, w word) string {
			if w.blank && (text != "" || !first) {
				text += " "
			}
			return text + w.text
		}
		p.Text = add(p.Text, s.word)
		if s.kind == Same {
			p.Old = add(p.Old, s.old)
		}
	}
	return out
}

// Inline shows how the words of now differ from those of was, on one line:
// "We will [-not-] {+never+} leave".
func Inline(was, now string) string {
	var b strings.Builder
	for _, p := range compareWords(was, now) {
		text := show(p.Text)
		if strings.HasPrefix(p.Text, " ") && b.Len() > 0 {
			b.WriteByte(' ')
		}
		switch p.Kind {
		case Was:
			b.WriteString("[-" + text + "-]")
		case Now:
			b.WriteString("{+" + text + "+}")
		default:
			b.WriteString(text)
		}
	}
	return b.String()
}
