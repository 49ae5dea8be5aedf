package plain_test

import (
	"context"
	"io"
	"strings"
	"testing"
)

// A script whose input ended in the middle of a question, because one question more was
// asked than it knew of, ended like one that was done: with no word, and nothing saved.
func TestAQuestionThatTheEndLeavesOpenIsTold(t *testing.T) {
	t.Parallel()
	for name, input := range map[string]string{
		"the kind of a source": "o\nthe board\n",
		"a place":              "e https://a.example ; ;\n",
		"words to be marked":   "v\n",
		"a count":              "#\n",
		"the other side":       "c\n",
	} {
		r := newRoom(t)
		out := r.talk(strings.NewReader(input), false)
		if n := strings.Count(out, "The input ended before this question was answered: nothing of it was saved."); n != 1 {
			t.Errorf("%s: that it was not answered is told %d times in\n%s", name, n, out)
		}
		if said := r.said(2); len(said.Attributions)+len(said.Evidence) > 0 {
			t.Errorf("%s: %v was saved", name, said)
		}
	}
	r := newRoom(t)
	if out := r.talk(strings.NewReader("s\nm\nhalf\n"), false); strings.Count(out, "nothing of") != 1 {
		t.Errorf("of half a note is told\n%s", out)
	}
	if out := r.talk(strings.NewReader("s\nx\n"), false); strings.Contains(out, "ended") {
		t.Errorf("nothing was asked, and it is told\n%s", out)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out := r.talkUntil(ctx, io.MultiReader(strings.NewReader("o\nthe board\n"), interrupt{stop}), false)
	if !strings.Contains(out, "This ended before this question was answered") {
		t.Errorf("of an interrupt is told\n%s", out)
	}
}

// The words of a question that are about a screen's keys were untrue in lines: "empty
// takes the source away; v marks words", while an empty line saved what was proposed and
// v became the source's name. A proposal was told as what had been said.
func TestAPromptSaysWhatAnEmptyLineDoes(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("o\nthe board\ne\no\nesc\ne\nhttps://a.example\n.\n\ns\ng 3\no\nesc\nv\n\n\n\n#\n\nesc\n"), false)
	for _, want := range []string{
		"Who vouches for it? Now: “the board”. Enter keeps it, a minus empties it.",
		"What it says, word for word. Several lines may be given; a dot alone ends them. A dot alone: nothing quoted.",
		"Where in it: page, minute, table. An empty line: not said.",
		"How many sources does it stand for? An empty line: not said.",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not told in\n%s", want, out)
		}
	}
	if strings.Contains(out, "(empty") || strings.Contains(out, "marks words)") {
		t.Errorf("what a screen's keys do is told in\n%s", out)
	}
}

// "Now: “…”. Enter keeps it", said of a note: enter began a line of the new one, without a
// word, and what was meant as the next key became the note.
func TestWhoPressesEnterInANoteIsToldOfTheDot(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("m\nwhole\n.\nm\n\n.\n"), false)
	for _, want := range []string{"Now: “whole”. A dot alone keeps it, a minus before it empties it.", "Go on; a dot alone ends the answer."} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not told in\n%s", want, out)
		}
	}
	if got := r.said(2).Note; got != "whole" || strings.Contains(out, "Enter keeps it") {
		t.Errorf("the note is %q after\n%s", got, out)
	}
	if r.talk(strings.NewReader("g 2\nm\n-\n.\n"), false); r.said(2).Note != "" {
		t.Errorf("a minus leaves %q", r.said(2).Note)
	}
}

// The dot that ends an answer of several lines became the answer of the next question,
// where there had been one line only: a place "." in the evidence.
func TestADotIsNoAnswerOfOneLine(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("e https://a.example ; quoted\n.\n\ns\nm . ; g 2\n"), false)
	if !strings.Contains(out, "A dot alone ends an answer of several lines") || len(r.said(2).Evidence) != 1 || r.said(2).Note != "" {
		t.Fatalf("there is %v after\n%s", r.said(2), out)
	}
	item, err := r.st.Item(t.Context(), r.said(2).Evidence[0].ID)
	if err != nil || item.Locator != "" || item.Quote != "quoted" {
		t.Errorf("the evidence is %+v, %v", item, err)
	}
	r.talk(strings.NewReader("g 2\nm \\.\n"), false)
	if got := r.said(2).Note; got != "." {
		t.Errorf("behind a backslash it is %q", got)
	}
}

// A date or a sum typed or pasted by mistake was read digit by digit: "2026-03-04"
// contested the sentence, "3.5" tagged it and repeated that on the next.
func TestWhatBeginsWithADigitIsNoTag(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"2026-03-04", "3.5", "2-4", "1,200", "2nd", "1x"} {
		r := newRoom(t)
		out := r.talk(strings.NewReader(line+"\nesc\n"), false)
		if got := r.tags(); got != "" || !strings.Contains(out, "neither a key") {
			t.Errorf("%q tags %q:\n%s", line, got, out)
		}
	}
}
