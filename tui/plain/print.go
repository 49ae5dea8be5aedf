package plain

import (
	"fmt"
	"io"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/cells"
)

// printer writes lines; after a failure it writes no more and keeps the error.
type printer struct {
	w     io.Writer
	width int // cells; 0 = not known
	err   error
}

// say writes text, each of its lines made harmless and, where the width is
// known, broken at words.
func (p *printer) say(text string) {
	for _, line := range p.lines(text) {
		if p.err == nil {
			_, p.err = fmt.Fprintln(p.w, line)
		}
	}
}

// lines are those that text takes.
func (p *printer) lines(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		line = annotations.Visible(line)
		if p.width <= 0 {
			out = append(out, line)
			continue
		}
		for _, row := range (cells.Meter{}).Wrap(line, p.width) {
			out = append(out, line[row.Start:row.End])
		}
	}
	return out
}

// sentence makes a sentence of words: a large letter first, a full stop last. What
// begins with no word, but a path or a name that is written in its own way, keeps its
// beginning.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	word, _, _ := strings.Cut(s, " ")
	if word != "" && strings.Trim(strings.TrimRight(word, ",;:.…"), "abcdefghijklmnopqrstuvwxyz'-") == "" && word[0] >= 'a' {
		s = string(s[0]-'a'+'A') + s[1:]
	}
	return ended(s)
}

// ended puts a full stop behind words that have no end.
func ended(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, "…") || strings.ContainsAny(lastSign(s), ".!?:") {
		return s
	}
	return s + "."
}

// lastSign is the last byte of s that is no closing quotation mark or bracket.
func lastSign(s string) string {
	s = strings.TrimRight(s, "\"”’»)")
	return s[max(len(s)-1, 0):]
}
