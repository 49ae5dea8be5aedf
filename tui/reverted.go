package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
)

// reverted names what was taken back, and goes there.
func (a *app) reverted(s settled) tea.Cmd {
	e := named(s.reverted)
	words := s.told() + onSentences(s.numbers)
	if a.review == nil && a.audit != nil {
		if s.in != "" { // it is a list of many articles
			words += " in " + s.in
		}
		a.say(words+". Saved.", false)
		return a.auditReverted(annotations.Target{Article: e.Article, Sentence: e.Sentence})
	}
	show := e.Sentence
	if a.review == nil || a.review.Article() != e.Article {
		words += " in " + cmp.Or(s.in, "another article")
		show = 0
	}
	a.say(words+". Saved.", false)
	var what changed
	for i := range s.reverted {
		if a.review != nil && s.reverted[i].Article == a.review.Article() {
			what.add(&s.reverted[i])
		}
	}
	return a.reload(what, show)
}

// refused is why an act was not stored, and what act it was where that is not the one
// on the screen.
func (s *settled) refused() error {
	switch s.revert {
	case annotations.Undo:
		return fmt.Errorf("your last act cannot be taken back: %w", s.err)
	case annotations.Redo:
		return fmt.Errorf("it cannot be done again: %w", s.err)
	}
	return s.err
}

// named is the event by which an act is called: where it cut the article, the cut;
// else what was said last.
func named(events []annotations.Event) *annotations.Event {
	at := len(events) - 1
	for i := range events {
		if events[i].Kind == annotations.EventCut {
			return &events[i]
		}
		if events[i].Kind.Undoable() {
			at = i
		}
	}
	return &events[at]
}

// told is "Undid: tag contextual", and of an act that did several things "Undid: accept
// sourced, contextual".
func (s *settled) told() string {
	what := map[annotations.Mode]string{annotations.Undo: "Undid", annotations.Redo: "Redid"}[s.revert]
	first := named(s.reverted)
	parts, rest := []string{described(first)}, []string{strings.TrimPrefix(described(first), first.Verb+" ")}
	for i := range s.reverted {
		e := &s.reverted[i]
		if e.Kind != first.Kind || e.Verb == "" || e.Verb != first.Verb {
			continue
		}
		if more := strings.TrimPrefix(described(e), e.Verb+" "); !slices.Contains(rest, more) {
			parts, rest = append(parts, more), append(rest, more)
		}
	}
	return fmt.Sprintf("%s: %s", what, strings.Join(parts, ", "))
}

// described says what an event did that was taken back, or done again.
func described(e *annotations.Event) string {
	done := annotations.Event{Kind: e.Kind, Verb: e.Verb, Before: e.Before, After: e.After, RuleBefore: e.RuleBefore, RuleAfter: e.RuleAfter}
	if e.Mode == annotations.Undo { // what it took back is what is done again
		done.Before, done.After, done.RuleBefore, done.RuleAfter = e.After, e.Before, e.RuleAfter, e.RuleBefore
	}
	return Describe(&done)
}

// listed is how many sentences a message names one by one.
const listed = 6

// onSentences is " on 7", " on 7-10", " on 7, 9 and 12" or, of many, " on 7, 9, 12
// and 30 more"; "" where no sentence is known.
func onSentences(numbers []int) string {
	n := len(numbers)
	switch {
	case n == 0:
		return ""
	case n > 2 && numbers[n-1]-numbers[0] == n-1 && slices.IsSorted(numbers):
		return fmt.Sprintf(" on %d-%d", numbers[0], numbers[n-1])
	}
	var parts []string
	for _, number := range numbers[:min(n, listed)] {
		parts = append(parts, strconv.Itoa(number))
	}
	switch last := len(parts) - 1; {
	case n > listed:
		return fmt.Sprintf(" on %s and %d more", strings.Join(parts, ", "), n-listed)
	case last > 0:
		return " on " + strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	return " on " + parts[0]
}
