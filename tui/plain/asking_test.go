package plain_test

import (
	"fmt"
	"strings"
	"testing"
)

// A list told nine of forty choices and "and 31 more": on a screen one moves through
// them, in lines nobody could hear the others without guessing their words, nor hear the
// first ones again. A question mark goes on, and after the last begins anew.
func TestAQuestionMarkGoesOnInAList(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("l\n?\n?\nesc\n"), false)
	first, rest, ok := strings.Cut(out, "; ? tells them, words narrow the list.")
	if !ok {
		t.Fatalf("the list does not say how the others are heard:\n%s", out)
	}
	more, _, ok := strings.Cut(rest, "\na: inside this sentence")
	if !ok {
		t.Fatalf("after the last choice the list does not begin anew:\n%s", out)
	}
	for n := 3; n <= 12; n++ {
		line := fmt.Sprintf("\n%d: Sentence %d of ferries", n, n)
		if strings.Count(first, line)+strings.Count(more, line) != 1 {
			t.Errorf("choice %d is not told once before the list begins anew:\n%s", n, out)
		}
	}
	if strings.Contains(out, "No sentence has") {
		t.Errorf("the question mark was an answer:\n%s", out)
	}
}

// After an answer that did not do, the way to hear the choices again was to scroll back.
func TestARefusedAnswerNamesTheWayToTheChoices(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("w\nnonsense\n?\n2\n"), false)
	if !strings.Contains(out, "Which of them? ? tells the choices again, esc leaves the question.") || strings.Count(out, "\n2, b: high stakes: ") != 2 {
		t.Errorf("the choices are not told again:\n%s", out)
	}
	if a := r.said(2); len(a.Flags) != 1 {
		t.Errorf("the flags are %v", a.Flags)
	}
}

// The count asked nothing: "0-9 how many, any key for so many sentences, esc cancel" was
// all, after "3" once more, and no word of the 3.
func TestACountIsAskedForAndTold(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("#\n3\nx\n"), false)
	if !strings.Contains(out, "For how many sentences is the next key? 0-9") || !strings.Contains(out, "For how many sentences is the next key? 3. 0-9") {
		t.Errorf("it says\n%s", out)
	}
	if !strings.Contains(out, "2-4 contextual. Saved.") {
		t.Errorf("three sentences are not tagged:\n%s", out)
	}
	for _, line := range []string{"#3s", "#3 s", "# 3 s"} {
		if out := r.talk(strings.NewReader("g 6\n"+line+"\nu\n"), false); !strings.Contains(out, "6-8 sourced. Saved.") {
			t.Errorf("%s does not tag three:\n%s", line, out)
		}
	}
}

// What was marked as cue and content was not told before it was saved: a letter that was
// meant for the next question stood in the store as the words the source vouches for.
func TestWhatIsMarkedIsTold(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("v\nferries\nsays\ny\n\n\n"), false)
	a := r.said(2)
	if len(a.Attributions) != 1 || len(a.Attributions[0].Cue) != 1 || len(a.Attributions[0].Content) != 0 {
		t.Errorf("%+v after\n%s", a.Attributions, out)
	}
	if !strings.Contains(out, "“y” is but a letter of a word there") || !strings.Contains(out, "So far: source “ferries”, cue “says”. Who: ferries. Anything more?") {
		t.Errorf("it says\n%s", out)
	}
}

// Lines of a quotation stood among the choices as if each were one of them.
func TestAChoiceIsOneLine(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("e\nhttps://a.example/x\nfirst\nb: second\n.\n\ns\ng 2\ne\nesc\n"), false)
	if strings.Contains(out, "\nb: second") || !strings.Contains(out, "first b: second") {
		t.Errorf("a line of the quotation is told as a choice:\n%s", out)
	}
}

// A letter that was no choice was searched for in the words of all choices, and where one
// alone held it that was saved: x, typed for contextual, named how two sentences dispute.
func TestALetterByMistakePicksNothing(t *testing.T) {
	t.Parallel()
	for _, slip := range []string{"x", "bcbt", "ttt"} {
		r := newRoom(t)
		out := r.talk(strings.NewReader("c 3\n"+slip+"\nesc\n"), false)
		for _, l := range r.said(2).Links {
			if l.Manner != "" {
				t.Errorf("%q says how they dispute, %s:\n%s", slip, l.Manner, out)
			}
		}
	}
	r := newRoom(t)
	r.talk(strings.NewReader("c 3\nrhet\n"), false)
	if links := r.said(2).Links; len(links) != 1 || links[0].Manner == "" {
		t.Errorf("the beginning of a word picks nothing: %+v", links)
	}
	if out := r.talk(strings.NewReader("l\nstncfr\nesc\n"), false); !strings.Contains(out, "choices fit") {
		t.Errorf("letters in order find nothing:\n%s", out)
	}
}

// Who gave a word where a number is asked for gave commands: "back" took what was
// suggested for one sentence and called the next contested, "quit" took an act back, and
// -1 tagged a sentence.
func TestAWordWhereACountIsAskedForIsNoCommands(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"back", "quit", "help", "-1", "xxxx", `\?`} {
		r := newRoom(t)
		out := r.talk(strings.NewReader("g 5\ns\n#\n"+word+"\n"), false)
		if !strings.Contains(out, "No number was given; a count is # 3, then the key.\nThe rest of the line was left.") {
			t.Errorf("%s: it says\n%s", word, out)
		}
		if strings.Count(out, "Saved.") != 1 || strings.Contains(out, "The keys.") {
			t.Errorf("%s was taken for commands:\n%s", word, out)
		}
	}
	r := newRoom(t)
	if out := r.talk(strings.NewReader("#\n3s m noted\n"), false); !strings.Contains(out, "2-4 sourced. Saved.") || !strings.Contains(out, "5 note. Saved.") {
		t.Errorf("what stands behind a count and its key is not done:\n%s", out)
	}
}

// "esc leaves the question": who presses the key of that name sends its character. It was
// "none of the choices", and in a note's place it was words: none, so that the note that
// stood there was emptied.
func TestTheKeyEscLeavesAQuestion(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("m\nwhole\n.\ng 2\nm\n\x1b\nw\n \x1b\x1b \nl 5\n\x1b\nv\n\x1b\nm\nline\n\x1b\n#\n\x1b\n\x1b\n"), false)
	if n := strings.Count(out, "Cancelled."); n != 6 {
		t.Errorf("%d of 6 questions are left:\n%s", n, out)
	}
	if a := r.said(2); a.Note != "whole" || len(a.Flags)+len(a.Links) > 0 {
		t.Errorf("it says %+v", a)
	}
	if strings.Contains(out, "␛") {
		t.Errorf("the key was taken for words:\n%s", out)
	}
}

// An answer of characters that no text keeps emptied what stood there.
func TestAnAnswerWithoutWordsEmptiesNothing(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("m\nwhole\n.\ng 2\nm\n\x01\n\x02\n.\n"), false)
	if !strings.Contains(out, "That has no words, and nothing was changed.") || r.said(2).Note != "whole" {
		t.Errorf("the note is %q after\n%s", r.said(2).Note, out)
	}
}

// "q goes back", says the first line, by the name of back. In a list of flags that word was
// the keys of four of them, all set and saved.
func TestBackLeavesAChoice(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("w\nback\ne https://a.example ; . ; ; back\n"), false)
	if a := r.said(2); strings.Count(out, "Cancelled.") != 2 || len(a.Flags)+len(a.Evidence) > 0 {
		t.Errorf("it says %+v after\n%s", a, out)
	}
}

// A page that was pasted where a word is asked for was read out whole by the refusal.
func TestARefusalQuotesTheBeginning(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	page := strings.Repeat("ä page of words ", 600)
	for _, before := range []string{"", "w\n", "o CNN\n", "v\n", "f\n", "g\n", "c\n"} {
		out := r.talk(strings.NewReader(before+page+"\n"), false)
		for line := range strings.Lines(out) {
			if strings.Count(line, "page") > 5 {
				t.Errorf("after %q it says %d characters", before, len(line))
			}
		}
		if !strings.Contains(out, "ä") && !strings.Contains(out, "too long") {
			t.Errorf("after %q nothing is said of it:\n%s", before, out)
		}
	}
}

// Where there is nothing to choose from, a question mark was answered by silence.
func TestAQuestionMarkIsNeverAnsweredBySilence(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	if out := r.talk(strings.NewReader("e\n?\nesc\n"), false); strings.Count(out, "Evidence: a URL") != 2 {
		t.Errorf("it says\n%s", out)
	}
}

// Who dictates, or writes on glass, begins with a large letter: "Cancel" was no way out of a
// question, and "Esc" became the last line of a note.
func TestWordsThatLeaveMayHaveALargeLetter(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.talk(strings.NewReader("m\nline\nEsc\nw\nCancel\nw\nESC\nw\nBack\nl\nCancel\nSpace\nEnter\nExit\ns\n"), false)
	if n := strings.Count(out, "Cancelled."); n != 5 || r.said(2).Note != "" {
		t.Errorf("%d of 5 questions are left:\n%s", n, out)
	}
	if strings.Contains(out, "neither a key nor the name") || strings.Contains(out, "Saved.") {
		t.Errorf("a key or an action is not known by its name:\n%s", out)
	}
	r.talk(strings.NewReader("g 2\no\nESC\ne\n"), false)
	if a := r.said(2); len(a.Attributions) != 1 || a.Attributions[0].Name != "ESC" {
		t.Errorf("a source is not called ESC: %+v", a)
	}
}
