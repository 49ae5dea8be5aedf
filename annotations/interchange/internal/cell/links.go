package cell

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
)

const insideWords = "disputed inside this sentence"

//nolint:gochecknoglobals // lookup tables
var (
	linkForm   = form(`^(disputes|supports|repeats|derived from)(?: \((direct|rhetorical|partial)\))? (s?[0-9]{1,10})(?: of article ([A-Za-z0-9._-]+)(?: at bytes ([0-9]{1,10}) to ([0-9]{1,10}))?)?(: |; |$)`)
	rulingForm = form(`(?s)^(stet|amend|query|neither)(?: to (\S+))?(?: \((\S+)\))?(?: on (.+?))?, by (.+?)(?:: (.*))?$`)
	quotedForm = form(`(?s)^(stet|amend|query|neither)(?: to (\S+))?(?: \((\S+)\))?(?: on ("(?:[^"]|"")*"))?, by ("(?:[^"]|"")*")(?:: ("(?:[^"]|"")*"))?$`)
)

// Link is a link as a cell has it.
type Link struct {
	Relation annotations.Relation
	Manner   annotations.Manner
	To       string // the sentence's order in its article, from 1; or its ID, s003
	Article  string // name, or key where To is an ID; "" = the same article
	Bytes    [2]int // where it stands in the text of that article; zero = not told
	Note     string
}

func (l *Link) text(note string) string {
	s := string(l.Relation)
	if l.Manner != "" {
		s += " (" + string(l.Manner) + ")"
	}
	s += " " + l.To
	if l.Article != "" {
		s += " of article " + l.Article
		if l.Bytes != [2]int{} {
			s += fmt.Sprintf(" at bytes %d to %d", l.Bytes[0], l.Bytes[1])
		}
	}
	if note != "" {
		s += ": " + note
	}
	return s
}

// Links names what a sentence is linked to; inside says that both sides stand in
// the sentence itself.
func Links(inside bool, list []Link) string {
	var parts []string
	if inside {
		parts = append(parts, insideWords)
	}
	for i := range list {
		l := list[i]
		l.Note = Printable(l.Note)
		s := l.text(l.Note)
		in, got, wrong := ParseLinks(s)
		if in || wrong != nil || len(got) != 1 || got[0] != l || opens(l.Note) {
			s = l.text(quote(l.Note))
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// ParseLinks reads a cell of links. A part that is no link belongs to the note of
// the one before; one that cannot is among the errors.
func ParseLinks(cell string) (inside bool, list []Link, wrong []error) {
	for cell != "" {
		if rest, ok := strings.CutPrefix(cell, insideWords); ok && (rest == "" || strings.HasPrefix(rest, "; ")) {
			inside, cell = true, strings.TrimPrefix(rest, "; ")
			continue
		}
		m := linkForm().FindStringSubmatch(cell)
		if m == nil {
			part, rest, _ := strings.Cut(cell, "; ")
			wrong = append(wrong, fmt.Errorf("%.40q is no link such as \"disputes (direct) 3\"", part))
			cell = rest
			continue
		}
		l := Link{Relation: annotations.Relation(m[1]), Manner: annotations.Manner(m[2]), To: m[3], Article: m[4]}
		for i := range l.Bytes {
			l.Bytes[i], _ = strconv.Atoi(m[5+i]) // digits, or nothing
		}
		cell = cell[len(m[0]):]
		if m[7] == ": " {
			l.Note, cell = linkNote(cell)
		}
		list = append(list, l)
	}
	return inside, list, wrong
}

// linkNote takes the note of a link off: in quotation marks, or all before the
// next link.
func linkNote(s string) (note, rest string) {
	if words, rest, ok := unquote(s); ok && (rest == "" || strings.HasPrefix(rest, "; ")) {
		return words, strings.TrimPrefix(rest, "; ")
	}
	for i := 0; i < len(s); i++ {
		after, ok := strings.CutPrefix(s[i:], "; ")
		if !ok {
			continue
		}
		behind, in := strings.CutPrefix(after, insideWords)
		if in && (behind == "" || strings.HasPrefix(behind, "; ")) || linkForm().MatchString(after) {
			return s[:i], after
		}
	}
	return s, ""
}

// Ruling gives verdict, tag, rule, whose annotation, by whom and why.
func Ruling(r *annotations.RulingRecord) string {
	reason := Printable(r.Reason)
	plain := ruling(r, r.Reviewer, r.By, reason)
	if got, err := ParseRuling(plain); err == nil && got.Verdict == r.Verdict && got.Tag == r.Tag && got.Rule == r.Rule &&
		got.Reviewer == r.Reviewer && got.By == r.By && got.Reason == reason {
		return plain
	}
	quoted := func(s string) string {
		if s == "" {
			return ""
		}
		return quote(s)
	}
	return ruling(r, quoted(r.Reviewer), quote(r.By), quoted(reason))
}

func ruling(r *annotations.RulingRecord, reviewer, by, reason string) string {
	s := string(r.Verdict)
	if r.Tag != "" {
		s += " to " + r.Tag
	}
	if r.Rule != "" {
		s += " (" + r.Rule + ")"
	}
	if reviewer != "" {
		s += " on " + reviewer
	}
	s += ", by " + by
	if reason != "" {
		s += ": " + reason
	}
	return s
}

// errRuling says what a ruling looks like.
var errRuling = errors.New(`is no ruling such as "amend to TAG (RULE) on NAME, by NAME: why"`)

// ParseRuling reads a cell of a ruling. Names and tags are not checked.
func ParseRuling(cell string) (annotations.RulingRecord, error) {
	plain := func(s string) string { return s }
	m := quotedForm().FindStringSubmatch(cell)
	if m != nil {
		plain = func(s string) string { s, _, _ = unquote(s); return s }
	} else if m = rulingForm().FindStringSubmatch(cell); m == nil {
		return annotations.RulingRecord{}, fmt.Errorf("%.40q %w", cell, errRuling)
	}
	return annotations.RulingRecord{By: plain(m[5]), Rev: 1, Ruling: annotations.Ruling{
		Verdict: annotations.Verdict(m[1]), Tag: m[2], Rule: m[3], Reviewer: plain(m[4]), Reason: plain(m[6]),
	}}, nil
}
