package plain

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stet.example/stet/tui/review"
)

// The stages of marking words: three questions, then whatever else is wanted.
const (
	stageSource = iota
	stageCue
	stageContent
	stageMore
)

// askMarks asks the question of the stage; false when no words are being marked.
func (t *talk) askMarks() bool {
	m, ok := t.marking()
	if !ok {
		return false
	}
	if m.Note != "" {
		t.out.say(sentence(m.Note))
	}
	now := []string{m.Source, m.Cue, m.Words, ""}[t.stage]
	keep := " An empty line: none."
	if now != "" {
		keep = " Now: “" + now + "”. Enter keeps it, a minus takes it away."
	}
	switch t.stage {
	case stageSource:
		t.out.say(fmt.Sprintf("Source %d of %d of sentence %d. Which words name it, as they stand there? Pieces are parted by ….%s", m.N, m.Of, m.Place, keep))
	case stageCue:
		t.out.say("Which words are the cue, such as said or according to?" + keep)
	case stageContent:
		t.out.say("Which words are what the source vouches for?" + keep)
	default:
		t.out.say(soFar(m) + "Anything more? n name, k kind, # how many, p hops, r terms, + another source, - this source away, tab the next source; an empty line saves.")
	}
	return true
}

// soFar tells what is marked, word for word: it is saved by the next empty line.
func soFar(m review.Marking) string {
	var parts []string
	for _, part := range [][2]string{{review.PartSource, m.Source}, {review.PartCue, m.Cue}, {review.PartContent, m.Words}} {
		if part[1] != "" {
			parts = append(parts, part[0]+" “"+part[1]+"”")
		}
	}
	words := ""
	if len(parts) > 0 {
		words = "So far: " + ended(strings.Join(parts, ", ")) + " "
	}
	if m.Other != "" {
		words += "Who: " + ended(m.Other) + " "
	}
	return words
}

func (t *talk) marking() (review.Marking, bool) {
	if t.p.Review() == nil {
		return review.Marking{}, false
	}
	return t.p.Review().Marking()
}

// mark takes the answer of a stage; false when no words are being marked.
func (t *talk) mark(text string) bool {
	if _, ok := t.marking(); !ok {
		return false
	}
	if t.stage == stageMore {
		t.more(text)
		return true
	}
	part := []string{review.PartSource, review.PartCue, review.PartContent}[t.stage]
	switch {
	case text == "":
	case text == "-":
		t.p.Review().MarkWords(part, "")
	case strayLetter(text, t.p.Review().Tell().Text):
		t.refuse(fmt.Sprintf("“%s” is but a letter of a word there. n, k, p, r and the like come after these three questions; an empty line goes on", text))
		return true
	default:
		if why := t.p.Review().MarkWords(part, strings.TrimPrefix(text, `\`)); why != "" {
			t.refuse(why)
			return true
		}
	}
	t.stage++
	return true
}

// strayLetter reports whether an answer is one Latin letter that stands inside words
// alone: somebody answers a question that comes later, and means no words.
func strayLetter(text, sentence string) bool {
	if len(text) != 1 || !strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		return false
	}
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }
	words := strings.FieldsFunc(sentence, func(r rune) bool { return !inWord(r) })
	return !slices.Contains(words, text) && strings.Contains(sentence, text)
}

// more does what stands behind the three questions.
func (t *talk) more(text string) {
	switch text {
	case "":
		t.p.Press(key("enter"))
	case "+", "-", "tab":
		t.p.Press(key(text))
		t.stage = stageSource
	case "n", "k", "#", "p", "r":
		t.p.Press(key(text))
	default:
		t.refuse(fmt.Sprintf("“%s” is none of n, k, #, p, r, +, - and tab", text))
	}
}
