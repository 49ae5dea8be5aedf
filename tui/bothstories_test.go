package tui_test

import (
	"os/exec"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/tui"
)

// The stories of a reviewer's work, each played on the screens and in lines.

func ferriesOf(n int) func(*testing.T) *annotations.Article {
	return func(t *testing.T) *annotations.Article { t.Helper(); return ferries(t, n) }
}

func TestStoryTagThrough(t *testing.T) {
	bothWays(t, ferriesOf(4), func(s scene) {
		s.Press("s")
		s.Expect("2 sourced. Saved.", "1 of 3 tagged")
		s.Press("x")
		s.Expect("3 contextual. Saved.", "2 of 3 tagged")
		s.Press("3")
		s.Expect("3 of 3 tagged")
		s.Press("space")
		s.Expect("very sentence is tagged")
		s.Quit()
		if a, b := s.said(2), s.said(4); a.Tag != "sourced" || b.Tag != "contextual" {
			s.Errorf("%+v, %+v", a, b)
		}
	})
}

func TestStoryContestedAndItsOtherSide(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("s")
		s.Press("c")
		s.Expect("Against which sentence?", "2 of 5 tagged")
		s.Answer("2")
		s.Expect("How do 3 and 2 dispute?")
		s.Choose("r")
		s.Expect("3 contested against 2. Saved.")
		s.Press("c")
		s.Expect("Against which sentence?")
		s.Answer("inside")
		s.Expect("4 contested, the other side inside it. Saved.")
		s.Press("c")
		s.Expect("Against which sentence?")
		s.Leave()
		s.Press("k")
		s.Expect("nfinished")
		s.Press("l")
		s.Expect("Which sentence?")
		s.Answer("2, 6")
		s.Expect("What is 5 to 2, 6?")
		s.Choose("s")
		s.Expect("5 supports 2, 6. Saved.")
		s.Press("l")
		s.Answer("6")
		s.Choose("-")
		s.Expect("5 no longer linked to 6. Saved.")
		if a := s.said(3); len(a.Links) != 1 || a.Links[0].Manner != annotations.Rhetorical {
			s.Errorf("3: %+v", a)
		}
		if a := s.said(5); len(a.Links) != 1 || a.Links[0].Relation != annotations.Supports {
			s.Errorf("5: %+v", a)
		}
	})
}

func TestStorySourceAndItsKind(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("o")
		s.Expect("Who vouches for it?")
		s.Answer("the skipper")
		s.Expect("What kind of source")
		s.Choose("b")
		s.Expect("2 source the skipper, named other. Saved.")
		s.Press("s")
		s.Press("o")
		s.Answer("no one")
		s.Expect("What kind of source")
		s.Leave()
		s.Press("r")
		s.Expect("ag the sentence first")
		s.Press("k")
		s.Press("r")
		s.Expect("Which rule decided?")
		s.Choose("a")
		s.Expect("2 rule S-1. Saved.")
		a := s.said(2)
		if len(a.Attributions) != 1 || a.Attributions[0].Name != "the skipper" || a.Attributions[0].Kind != "named_other" || a.Rule != "S-1" {
			s.Errorf("%+v", a)
		}
		if b := s.said(3); !b.IsZero() {
			s.Errorf("a question that was left changed something: %+v", b)
		}
	})
}

func TestStoryEvidence(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("e")
		s.Expect("Evidence")
		s.Answer("https://harbour.example/r")
		s.Expect("What it says, word for word")
		s.Write("we were not asked")
		s.Expect("Where in it")
		s.Answer("page 4")
		s.Expect("What does it do to the claim?")
		s.Choose("r")
		s.Expect("2 evidence that refutes. Saved.")
		a := s.said(2)
		if len(a.Evidence) != 1 || a.Evidence[0].Stance != annotations.Refutes {
			s.Errorf("%+v", a)
		}
	})
}

func TestStoryNotesAndFlags(t *testing.T) {
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("m")
		s.Expect("Note")
		s.Write("first line", "second line")
		s.Expect("2 note. Saved.")
		s.Press("M")
		s.Expect("Confidential note")
		s.Write("from the skipper")
		s.Expect("2 confidential note. Saved.")
		s.Press("w")
		s.Expect("Flags")
		s.Answer("ab")
		s.Expect("2 flags high_stakes, unsourced. Saved.")
		s.Press("!")
		s.Expect("2 marked unsure. Saved.")
		s.Press("z")
		s.Expect("2 second check wanted. Saved.")
		a := s.said(2)
		if a.Note != "first line\nsecond line" || len(a.Flags) != 2 || !a.Unsure || a.Check != annotations.CheckWanted || a.Confidential == nil {
			s.Fatalf("%+v", a)
		}
		if v, err := s.st.Secret(s.Context(), *a.Confidential); err != nil || v != "from the skipper" {
			s.Errorf("%q, %v", v, err)
		}
		s.Press("t")
		s.Expect("History of 2", "note")
	})
}

func TestStoryNotesInTheEditor(t *testing.T) {
	editor := func(o *tui.Options) {
		o.Editor = func(path string) *exec.Cmd {
			c := exec.Command("sh", "-c", `printf 'two\nlines\n' > "$0"`, path)
			c.Stdin = strings.NewReader("")
			return c
		}
	}
	bothWays(t, ferriesOf(6), func(s scene) {
		s.Press("E")
		s.Expect("2 note. Saved.")
		if a := s.said(2); a.Note != "two\nlines" {
			s.Errorf("%+v", a)
		}
	}, editor)
}

func TestStoryUndoAndRedoAcrossARestart(t *testing.T) {
	bothWays(t, ferriesOf(5), func(s scene) {
		s.Press("s")
		s.Expect("2 sourced. Saved.")
		s.Press("x")
		s.Expect("3 contextual. Saved.")
		s.Restart()
		s.Expect("2 of 4 tagged")
		s.Press("u")
		s.Expect("Undid: tag contextual on 3. Saved.", "1 of 4 tagged")
		s.Press("u")
		s.Expect("Undid: tag sourced on 2. Saved.", "0 of 4 tagged")
		s.Press("u")
		s.Expect("There is nothing to undo.")
		s.Press("UU")
		s.Expect("2 of 4 tagged")
		if a := s.said(3); a.Tag != "contextual" {
			s.Errorf("%+v", a)
		}
	})
}

func TestStorySplitAndJoin(t *testing.T) {
	text := func(t *testing.T) *annotations.Article {
		t.Helper()
		return read(t, "The port closed, but the ferries ran on. Nobody was hurt.\n")
	}
	bothWays(t, text, func(s scene) {
		s.Press("x")
		s.Expect("1 contextual. Saved.")
		s.Press("g")
		s.Answer("1")
		s.Press("S")
		s.Expect("Cut where?")
		s.Answer("but the")
		s.Expect("1 split in two. Saved.", "2 of 3 tagged")
		s.Press("j")
		s.Press("c")
		s.Expect("Against which")
		s.Leave()
		s.Press("g")
		s.Answer("1")
		s.Press("J")
		s.Expect("Their tags differ")
		s.Choose("2")
		s.Expect("1 joined with the next. Saved.", "1 of 2 tagged")
		if a := s.said(1); a.Tag != "contested" {
			s.Errorf("%+v", a)
		}
		s.Press("u")
		s.Expect("2 of 3 tagged")
	})
}

func TestStoryRangesAndCounts(t *testing.T) {
	bothWays(t, ferriesOf(12), func(s scene) {
		s.Press("V jjj")
		s.Expect("ange 2-5")
		s.Press("x")
		s.Expect("2-5 contextual. Saved.", "4 of 11 tagged")
		s.Press("# 3 s")
		s.Expect("6-8 sourced. Saved.", "7 of 11 tagged")
		s.Press("uu")
		s.Expect("0 of 11 tagged")
		for n := annotations.SentenceID(2); n < 12; n++ {
			if a := s.said(n); !a.IsZero() {
				s.Errorf("%s: %+v", n, a)
			}
		}
	})
}

func TestStoryFilter(t *testing.T) {
	bothWays(t, ferriesOf(12), func(s scene) {
		s.Press("s x s x")
		s.Expect("4 of 11 tagged")
		s.Press("f")
		s.Expect("Step through which sentences?")
		s.Answer("sourced")
		s.Expect("tepping through sourced: 2")
		s.Press("home")
		s.Expect("Sentence 2 of")
		s.Press("j")
		s.Expect("Sentence 4 of")
		s.Press("f")
		s.Answer("all")
		s.Expect("ll sentences")
		s.Press("j")
		s.Expect("Sentence 5 of")
	})
}

func TestStorySearchAndGo(t *testing.T) {
	bothWays(t, ferriesOf(40), func(s scene) {
		s.Press("/")
		s.Answer("SENTENCE 33")
		s.Expect("Sentence 33 of")
		s.Press("/")
		s.Answer("nowhere at all")
		s.Expect("is nowhere in this article")
		s.Press("g")
		s.Answer("99")
		s.Expect("there are 1 to 40")
		s.Press("G")
		s.Press("*")
		s.Expect("Search every article")
		s.Answer("Sentence 12 of")
		s.Expect("“Sentence 12 of”: 1")
		s.Answer("12")
		s.Expect("Sentence 12 of")
	})
}

func TestStoryFinish(t *testing.T) {
	bothWays(t, ferriesOf(4), func(s scene) {
		s.Press("F")
		s.Expect("3 are not finished")
		s.Leave()
		s.Press("x x x")
		s.Expect("3 of 3 tagged")
		s.Press("F")
		s.Choose("f")
		s.Expect("finished. Saved.")
		sum, err := s.st.Summary(s.Context(), "ana", s.id)
		if err != nil || !sum.Progress.Finished {
			s.Fatalf("%+v, %v", sum.Progress, err)
		}
		s.Press("u")
		s.Expect("Undid: finish")
		s.Press("F")
		s.Expect("finish the article")
	})
}

func TestStorySuggestions(t *testing.T) {
	text := func(t *testing.T) *annotations.Article { t.Helper(); return read(t, story) }
	bothWays(t, text, func(s scene) {
		s.Expect("0 of 8 tagged")
		s.Press("a")
		s.Expect("2 sourced, as suggested. Saved.", "1 of 8 tagged")
		if a := s.said(2); a.Tag != "sourced" || len(a.Attributions) == 0 {
			s.Errorf("%+v", a)
		}
		s.Press("x")
		s.Expect("3 contextual. Saved.")
		s.Press("g")
		s.Answer("6")
		s.Press("A")
		if s.InLines() {
			s.Expect("Nobody came", "Take what is suggested")
			s.Answer("y")
		}
		s.Expect("as suggested. Saved.")
		s.Press("u")
		s.Expect("Undid: accept")
	}, suggesting)
}
