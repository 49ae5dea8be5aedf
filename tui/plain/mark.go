package plain

import (
	"fmt"
	"strings"

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
		words := "Anything more?"
		if m.Other != "" {
			words = "So far: " + m.Other + ". " + words
		}
		t.out.say(words + " n name, k kind, # how many, p hops, r terms, + another source, - this source away, tab the next source; an empty line saves.")
	}
	return true
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
	default:
		if why := t.p.Review().MarkWords(part, strings.TrimPrefix(text, `\`)); why != "" {
			t.refuse(why)
			return true
		}
	}
	t.stage++
	return true
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
