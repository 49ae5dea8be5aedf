package prodigy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// token is a token as Prodigy has it; positions in code points.
type token struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	ID    int    `json:"id"`
	WS    bool   `json:"ws"`
}

// tokens cuts s into tokens, at the byte offsets cuts too. Joined, each with a
// blank behind it where ws says so, they are s.
func tokens(s string, cuts []int) []token {
	out := []token{}
	at := 0 // in code points
	add := func(piece string) {
		if rest, ok := strings.CutPrefix(piece, " "); ok && len(out) > 0 && !out[len(out)-1].WS && strings.TrimSpace(out[len(out)-1].Text) != "" {
			out[len(out)-1].WS = true
			at++
			piece = rest
		}
		if piece != "" {
			n := utf8.RuneCountInString(piece)
			out = append(out, token{Text: piece, Start: at, End: at + n, ID: len(out)})
			at += n
		}
	}
	byteAt := 0
	for w := words.FromString(s); w.Next(); {
		piece := w.Value()
		for _, c := range inside(cuts, byteAt, byteAt+len(piece)) {
			add(piece[:c-byteAt])
			piece, byteAt = piece[c-byteAt:], c
		}
		add(piece)
		byteAt += len(piece)
	}
	return out
}

// inside lists the cuts between from and to; cuts are ascending.
func inside(cuts []int, from, to int) []int {
	i, found := slices.BinarySearch(cuts, from)
	if found {
		i++
	}
	k, _ := slices.BinarySearch(cuts, to)
	return cuts[i:max(i, k)]
}

// trim takes white space off both ends of the bytes from a to b of s.
func trim(s string, a, b int) (int, int) {
	words := s[a:b]
	a += len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	return a, a + len(strings.TrimSpace(words))
}
