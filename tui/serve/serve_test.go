package serve_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/serve"
)

func TestAReviewOverSSH(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "")
	ana.WaitFor("harbour-post-2026-01-02")
	ana.Type("<enter>")
	ana.WaitFor("Sentence 2 of ferries", "ana")
	ana.Type("s")
	ana.WaitFor("2 sourced. Saved.")
	if h.said("ana") != 1 {
		t.Error("what was shown as saved is not in the store")
	}
	ana.Type("qq")
	ana.WaitEnd()
	if ana.Err != nil {
		t.Errorf("the session ended with %v", ana.Err)
	}
	eventually(t, "the access log tells what was done", func() bool {
		return strings.Contains(h.log.String(), `"what":"close","name":"ana"`) && strings.Contains(h.log.String(), `"acts":1`)
	})
}

func TestReviewOpensTheArticleNamed(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	nobody, _ := screen(t, h.as("ben"), 80, 24, "review elsewhere")
	wait(t, nobody)
	nobody.WaitFor("elsewhere")
}

func TestTwoPeopleAndABlindTeam(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ben.WaitFor("Sentence 2 of ferries")
	ana.Type("s")
	ana.WaitFor("2 sourced. Saved.")
	ben.Type("x")
	ben.WaitFor("2 contextual. Saved.")
	ben.Type("u")
	ben.WaitFor("Undid")
	if h.said("ana") != 1 {
		t.Error("ben's undo took back what ana did")
	}
	ben.WaitFor("@ana")
	for _, p := range h.srv.Hub().Present() {
		if p.Place.Article != h.id || !p.Screen || p.Since.IsZero() {
			t.Errorf("%+v", p)
		}
	}
}

func TestTheWindowCanBeResized(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, sess := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ana.Resize(120, 40)
	if err := sess.WindowChange(40, 120); err != nil {
		t.Fatal(err)
	}
	// The rules of the screen are as wide as the terminal.
	eventually(t, "the screen is 120 cells wide", func() bool {
		return strings.Contains(ana.Text(), strings.Repeat("─", 110))
	})
}

func TestCommandsWithoutATerminal(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	out, _, code := ssh(t, c, `words 'a b' c\ d "e"`, "")
	if code != 0 || !strings.HasPrefix(out, `ana ["a b" "c d" "e"]`) || !strings.Contains(out, "false") {
		t.Errorf("exit code %d, %q", code, out)
	}
	if out, _, code := ssh(t, c, "cat", "what was sent\n"); code != 0 || out != "what was sent\n" {
		t.Errorf("exit code %d, %q", code, out)
	}
	if _, _, code := ssh(t, c, "nonsense", ""); code != 2 {
		t.Errorf("the command's exit code is lost: %d", code)
	}
	if out, _, code := ssh(t, c, "tag 2 sourced", ""); code != 0 || out != "Saved.\n" || h.said("ana") != 1 {
		t.Errorf("exit code %d, %q", code, out)
	}
	if _, talk, code := ssh(t, c, "", ""); code != 2 || !strings.Contains(talk, "ssh -t") {
		t.Errorf("without a terminal and a command: exit code %d, %q", code, talk)
	}
}

func TestAFaultInOneSessionIsNobodyElses(t *testing.T) {
	t.Parallel()
	h := open(t)
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ben.WaitFor("Sentence 2 of ferries")
	// A panic was answered with 0, as if what was asked for had been done.
	if _, talk, code := ssh(t, h.as("ana"), "panic", ""); code != 1 || !strings.Contains(talk, "a fault of the program") || strings.Contains(talk, "of its own") {
		t.Errorf("exit code %d, %q", code, talk)
	}
	ben.Type("s")
	ben.WaitFor("2 sourced. Saved.")
	eventually(t, "the fault is in the log", func() bool { return strings.Contains(h.log.String(), "a fault of its own") })
	eventually(t, "the session is gone", func() bool { return len(h.srv.Hub().Present()) == 1 })
	eventually(t, "the log names the exit code", func() bool { return strings.Contains(h.log.String(), `"detail":"panic","code":1`) })
}

func TestStoppingSavesAndTakesLeave(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ana.Type("sxsxs")
	ana.WaitFor("Saved.")
	began := time.Now()
	if err := h.end(); err != nil {
		t.Errorf("stop: %v", err)
	}
	t.Logf("stopped in %v", time.Since(began).Round(time.Millisecond))
	ana.WaitEnd()
	ana.WaitFor("the server is stopping", "What was shown as saved is saved")
	if raw := string(ana.Raw()); !strings.Contains(raw, "\x1b[?1049l") {
		t.Error("the terminal was not restored")
	}
	if h.said("ana") == 0 {
		t.Error("nothing was saved")
	}
	if _, err := h.dial("x", h.keys["ana"]); err == nil {
		t.Error("somebody could come in after the stop")
	}
	if _, err := h.st.Team(t.Context()); err != nil {
		t.Errorf("the store was closed by the server: %v", err)
	}
}

func TestWhoeverTypesNothingIsLoggedOut(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.Idle = 300 * time.Millisecond })
	ana, _ := screen(t, h.as("ana"), 80, 24, "")
	ana.WaitEnd()
	ana.WaitFor("nothing was typed for 300ms")
	eventually(t, "the log says why", func() bool { return strings.Contains(h.log.String(), "nothing was typed") })
}

func TestAHungUpClientLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	ana, _ := screen(t, c, 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ana.Type("s")
	ana.WaitFor("2 sourced. Saved.")
	_ = c.Close()
	eventually(t, "the session is gone", func() bool { return len(h.srv.Hub().Present()) == 0 })
	if h.said("ana") != 1 {
		t.Error("what was saved is gone")
	}
}

func TestAKeyTakenOffTheListEndsItsSessions(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "")
	ben, _ := screen(t, h.as("ben"), 80, 24, "")
	ana.WaitFor("harbour-post-2026-01-02")
	ben.WaitFor("harbour-post-2026-01-02")
	h.write(keyLine(h.keys["ben"], "ben") + keyLine(h.keys["lea"], "lea lead"))
	wait(t, ana)
	ana.WaitFor("your key was taken off the list")
	if _, err := h.dial("ana", h.keys["ana"]); err == nil {
		t.Error("the key still opens")
	}
	ben.Type("<enter>")
	ben.WaitFor("Sentence 2 of ferries")
}

func TestLimitsOnSessions(t *testing.T) {
	t.Parallel()
	h := open(t, func(o *serve.Options) { o.MaxSessions = 4 })
	c := h.as("ana")
	for range 2 {
		s, _ := screen(t, c, 80, 24, "")
		s.WaitFor("harbour-post-2026-01-02")
	}
	if _, talk, code := ssh(t, c, "words", ""); code != 1 || !strings.Contains(talk, "one person") {
		t.Errorf("a third of ana's: exit code %d, %q", code, talk)
	}
	for range 2 {
		s, _ := screen(t, h.as("ben"), 80, 24, "")
		s.WaitFor("harbour-post-2026-01-02")
	}
	if _, talk, code := ssh(t, h.as("lea"), "words", ""); code != 1 || !strings.Contains(talk, "as many sessions as it takes") {
		t.Errorf("a fifth: exit code %d, %q", code, talk)
	}
}

func TestTheAccessLogIsJSONWithoutControlCharacters(t *testing.T) {
	t.Parallel()
	h := open(t)
	ssh(t, h.as("ana"), "words \x1b]0;owned\x07 \u202e", "")
	ssh(t, h.as("ana"), "words '\u009b31m'", "")
	eventually(t, "both are in the log", func() bool { return strings.Count(h.log.String(), "words") == 2 })
	for line := range strings.Lines(h.log.String()) {
		var e serve.Entry
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Time == "" || e.What == "" {
			t.Errorf("%q: %v", line, err)
		}
		if annotations.Visible(strings.TrimSuffix(line, "\n")) != strings.TrimSuffix(line, "\n") || strings.Contains(line, `\u001b`) {
			t.Errorf("%q holds a control character", line)
		}
	}
}

// Who runs the server reads the access log, and logs are kept and copied. A
// confidential note that was given on a command line stands in the store as a
// salted hash and must not stand there in clear; nor may the tags of a blind team.
func TestTheAccessLogTellsWhatWasDoneAndNothingThatWasSaid(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	for _, line := range []string{
		"words harbour 1 contested --confidential 'met at the quay'", "words --note='met at the quay' harbour", `stet words harbour "met at the quay"`,
		"words harbour --note 'met at the quay", "words harbour $(met at the quay)",
	} {
		ssh(t, c, line, "")
	}
	eventually(t, "all are in the log", func() bool { return strings.Count(h.log.String(), `"words`) == 5 })
	got := h.log.String()
	if strings.Contains(got, "quay") || strings.Contains(got, "contested") {
		t.Errorf("the access log tells what was said:\n%s", got)
	}
	if strings.Count(got, `"detail":"words harbour"`) != 4 || strings.Count(got, `"what":"refused"`) != 2 {
		t.Errorf("the access log does not tell what was done:\n%s", got)
	}
}

// A terminal program answers ctrl+z by stopping its process group. Here that
// would be the server, and whatever was started beside it.
func TestCtrlZStopsNobody(t *testing.T) {
	t.Parallel()
	h := open(t)
	ana, _ := screen(t, h.as("ana"), 80, 24, "review harbour")
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ana.WaitFor("Sentence 2 of ferries")
	ben.WaitFor("Sentence 2 of ferries")
	ana.Type("\x1a") // ctrl+z
	ana.Type("s")
	ana.WaitFor("2 sourced. Saved.")
	ben.Type("x")
	ben.WaitFor("2 contextual. Saved.")
}

func TestWhatOthersSaveAppears(t *testing.T) {
	t.Parallel()
	h := open(t)
	lea, _ := screen(t, h.as("lea"), 80, 24, "review harbour")
	lea.WaitFor("Sentence 2 of ferries")
	again, _ := screen(t, h.as("lea"), 80, 24, "review harbour")
	again.WaitFor("Sentence 2 of ferries", "0 of 11 tagged")
	lea.Type("s")
	lea.WaitFor("2 sourced. Saved.")
	again.WaitFor("1 of 11 tagged")
}
