package learn

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// otherTag says that a sentence has another tag than the step asks for, or that
// another sentence has it.
func (s *State) otherTag(n annotations.SentenceID, wanted string) string {
	if tag := s.Mine[n].Tag; tag != "" {
		return fmt.Sprintf("Sentence %d is %s so far: go back to it and press {%s}.", n, tag, wanted)
	}
	return s.elsewhere(n, wanted, func(a *annotations.Annotation) bool { return "tag-"+a.Tag == wanted })
}

// elsewhere says that what a step asks of sentence n was done to another: a tag goes
// on to the next sentence, and what is meant for the one that was tagged then lands
// there. Without a word, the learner sees it saved and the step stand still.
func (s *State) elsewhere(n annotations.SentenceID, wanted string, has func(*annotations.Annotation) bool) string {
	for _, e := range slices.Backward(s.Events) {
		if e.Kind == annotations.EventAnnotate && e.Mode == annotations.Do && e.Sentence != n && e.After != nil && has(e.After) && (e.Before == nil || !has(e.Before)) {
			return fmt.Sprintf("That was done to %d. It is asked of %d: {go-to} %d, then {%s}.", e.Sentence, n, n, wanted)
		}
	}
	return ""
}

// missedRedo says so when half of the step is done.
func missedRedo(s *State) string {
	if !s.mode(annotations.Undo) {
		return ""
	}
	return "That is taken back. {redo} does it again."
}

func missedEvidence(s *State) string {
	return s.elsewhere(3, "evidence", func(a *annotations.Annotation) bool { return len(a.Evidence) > 0 })
}

func missedNote(s *State) string {
	if a := s.Mine[25]; a.Note == "" && a.Confidential != nil {
		return "25 has a confidential note. The other kind is asked for: {note} there."
	}
	return s.elsewhere(25, "note", func(a *annotations.Annotation) bool { return a.Note != "" })
}

func missedSource(s *State) string {
	list := s.Mine[5].Attributions
	switch {
	case len(list) == 0:
		return s.elsewhere(5, "source", func(a *annotations.Annotation) bool { return len(a.Attributions) > 0 })
	case list[0].Kind == "organisation": // and neither a name nor words of the text
		return "The source of 5 has a kind and no name yet: {source} there asks for it."
	case list[0].Kind == "":
		return "The source of 5 has no kind yet: {source} there asks for it again, enter keeps the name."
	}
	return fmt.Sprintf("The source of 5 is of the kind %s so far. The board is an organisation: {source} there, enter, then e.", strings.ReplaceAll(list[0].Kind, "_", " "))
}

func missedSide(s *State) string {
	a := s.Mine[12]
	switch {
	case a.Tag == "" && disputes(&a, 11):
		return "12 names its other side and has no tag yet: go there and press {tag-contested}, then esc."
	case a.Tag != "contested":
		return s.otherTag(12, "tag-contested")
	case !complete(s.Book, &a):
		return "12 is contested and names no other side yet: give 11, or later {link} there, 11, d and r."
	}
	return "12 names another side so far. What it opposes stands in 11: {link} there, then 11, d and r."
}

// disputes reports whether a names a sentence as its other side.
func disputes(a *annotations.Annotation, n annotations.SentenceID) bool {
	return slices.ContainsFunc(a.Links, func(l annotations.Link) bool {
		return l.Relation == annotations.Disputes && l.To.Sentence == n
	})
}

func missedFlag(s *State) string {
	now := s.Mine[17]
	flagged := s.elsewhere(17, "flags", func(a *annotations.Annotation) bool { return a.HasFlag("unsourced") })
	switch {
	case now.Tag == "" && now.HasFlag("unsourced"):
		return "17 has the flag and no tag yet: go there and press {tag-contextual}."
	case now.Tag == "" && flagged != "":
		return flagged
	case now.Tag != "contextual":
		return s.otherTag(17, "tag-contextual")
	case flagged != "":
		return flagged
	}
	return "17 is contextual; the flag is left: {flags} there, then a and enter."
}

// missedRange says so when the sentences were tagged one by one: to say the same of
// them again is no act, so that their tags must go first.
func missedRange(s *State) string {
	n := 0
	for _, id := range []annotations.SentenceID{35, 36, 37, 38} {
		if s.Mine[id].Tag != "" {
			n++
		}
	}
	if n < 2 {
		return ""
	}
	return "They are tagged already, but not as one act. Go to 35, {range}, {next} to 38 and {untag} take the tags away; then do it again with {tag-sourced}."
}

func missedOpen(s *State) string {
	switch a := s.Mine[22]; {
	case a.Tag != "contested":
		return s.otherTag(22, "tag-contested")
	case complete(s.Book, &a):
		return "22 names its other side already. Go there, {untag} takes the tag away; then begin anew."
	}
	return "22 is left open. Leave its question with esc; {finish} lists it: go there and press {inside}."
}

// leftAlone names the sentences of the last step that are left, once some are done.
func leftAlone(s *State) string {
	var left []annotations.SentenceID
	for _, k := range Key() {
		if s.Mine[k.Sentence].Tag == "" {
			left = append(left, k.Sentence)
		}
	}
	if len(left) == len(Key()) {
		return ""
	}
	return "Left: " + listed(left) + "."
}
