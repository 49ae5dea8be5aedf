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
