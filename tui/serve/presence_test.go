package serve_test

import (
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/attach"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/serve"
	"stet.example/stet/tui/tuitest"
)

// beside returns the row of the screen that holds a sentence of the article.
func beside(s *tuitest.Screen, n int) string {
	for row := range strings.Lines(s.Text()) {
		if strings.Contains(row, fmt.Sprintf("Sentence %d of ferries", n)) {
			return row
		}
	}
	return ""
}

func shows(t *testing.T, s *tuitest.Screen, n int, who string) {
	t.Helper()
	eventually(t, fmt.Sprintf("%q beside sentence %d", who, n), func() bool {
		row := beside(s, n)
		there := strings.Contains(row, fmt.Sprintf("%d@", n))
		if who == "" {
			return row != "" && !there && !strings.Contains(row, "@")
		}
		return there && strings.Contains(row, who)
	})
}

func TestWhoIsOnWhichSentenceIsShown(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ben, _ := screen(t, h.as("ben"), 80, 24, "")
	ben.WaitFor("harbour-post-2026-01-02", "1 other here")
	ben.Type("<enter>")
	shows(t, ana, 2, "@ben")
	shows(t, ben, 2, "@ana")
	ben.Type("j")
	shows(t, ana, 3, "@ben")
	shows(t, ana, 2, "")
	lea, _ := screen(t, h.as("lea"), 80, 24, "review harbour")
	lea.WaitFor("Sentence 2 of ferries")
	lea.Type("j")
	shows(t, ana, 3, "@ben @lea")
	// Back on the desk ben is on no sentence, but at work still.
	ben.Type("q")
	ben.WaitFor("2 others here")
	shows(t, ana, 3, "@lea")
	ana.Type("q")
	ana.WaitFor("2 others here")
	ben.Type("q")
	ben.WaitEnd()
	ana.WaitFor("1 other here")
	lea.Type("qq")
	lea.WaitEnd()
	eventually(t, "ana is alone", func() bool { return !strings.Contains(ana.Text(), "here") })
}

// A person whose connection breaks disappears as one who leaves does, and two
// sessions of one person are one.
func TestWhoIsGoneIsNotShown(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 120, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	c := h.as("ben")
	for range 2 {
		ben, _ := screen(t, c, 80, 24, "review harbour")
		ben.WaitFor("Sentence 2 of ferries")
	}
	shows(t, ana, 2, "@ben")
	if row := beside(ana, 2); strings.Count(row, "ben") != 1 {
		t.Errorf("ben is there twice: %q", row)
	}
	again, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	shows(t, again, 2, "@ben")
	if row := beside(again, 2); strings.Contains(row, "ana") {
		t.Errorf("ana is shown to herself: %q", row)
	}
	_ = c.Close()
	shows(t, ana, 2, "")
}

// Where people are tells nothing of what they say.
func TestPresenceTellsNoTags(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ben.WaitFor("Sentence 2 of ferries")
	shows(t, ana, 2, "@ben")
	ben.Type("x")
	ben.WaitFor("2 contextual. Saved.")
	ben.Type("g2<enter>m")
	ben.Type("between-us<enter>")
	ben.WaitFor("Saved.", "between-us")
	ben.Type("j")
	shows(t, ana, 3, "@ben")
	if row := beside(ana, 2); strings.Contains(row, "X") {
		t.Errorf("ben's tag is shown: %q", row)
	}
	if strings.Contains(string(ana.Raw()), "between-us") {
		t.Error("ben's note was sent to ana")
	}
}

// Who has the store open on the server's own machine is seen by those who came
// over SSH, and sees them; a name cannot command a terminal.
func TestPeopleOfOtherProgramsAreShown(t *testing.T) {
	t.Parallel()
	crowd := attach.NewCrowd()
	h := open(t, func(o *serve.Options) { o.Crowd = crowd })
	evil := crowd.Join("e\x1b]0;owned\x07vil")
	defer evil.Leave()
	evil.Stand(store.Place{Article: h.id, Sentence: 3})
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	shows(t, ana, 3, "@e")
	if strings.Contains(string(ana.Raw()), "\x1b]0;owned") {
		t.Error("a name was sent raw")
	}
	eventually(t, "ana is seen on 2", func() bool {
		at, here := evil.Others(h.id)
		return here == 1 && len(at[annotations.SentenceID(2)]) == 1
	})
}

// Whoever does not belong to the team sees nothing of it, nor who is at work.
func TestAStrangerToTheTeamSeesNobody(t *testing.T) {
	t.Parallel()
	h := openFor(t, []string{"ana", "lea lead"}, 12)
	out := signer(t)
	h.keys["zoe"] = out
	h.write(keyLine(h.keys["ana"], "ana") + keyLine(h.keys["lea"], "lea lead") + keyLine(out, "zoe"))
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	var zoe *tuitest.Screen
	eventually(t, "zoe's key is read", func() bool {
		c, err := h.dial("x", out)
		if err != nil {
			return false
		}
		t.Cleanup(func() { _ = c.Close() })
		zoe, _ = screen(t, c, 80, 24, "")
		return true
	})
	ana.Type("q")
	ana.WaitFor("1 other here") // by then zoe could have been told
	zoe.WaitFor("harbour-post")
	if strings.Contains(zoe.Text(), "here") {
		t.Error("zoe is told who is at work")
	}
}

// Somebody was taken out of the team while at the screens: they went on seeing who is
// where. Whoever is taken in again sees it again.
func TestWhoeverLeavesTheTeamSeesNobody(t *testing.T) {
	t.Parallel()
	h := openFor(t, []string{"ana", "ben", "lea lead"}, 12)
	team := func(names ...string) {
		t.Helper()
		var now annotations.Team
		for _, name := range names { // lea leads
			now.Members = append(now.Members, annotations.Member{Name: name, Role: map[bool]annotations.Role{true: annotations.Lead, false: annotations.Reviewer}[name == "lea"]})
		}
		if _, err := store.Do(t.Context(), h.st, storetest.Session(t, "lea"), annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &now}); err != nil {
			t.Fatal(err)
		}
	}
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	shows(t, ben, 2, "@ana")
	team("ana", "ben", "lea")
	told := func(seen bool) {
		t.Helper()
		eventually(t, fmt.Sprintf("ben is told of ana: %v", seen), func() bool {
			return strings.Contains(ben.Text(), "@ana") == seen
		})
	}
	told(true)
	team("ana", "lea")
	told(false)
	team("ana", "ben", "lea")
	told(true)
}
