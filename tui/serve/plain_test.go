package serve_test

import (
	"io"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// converse starts a review in lines; say sends a line, and heard is all that was
// told so far.
func converse(t *testing.T, c *gossh.Client, command string) (say func(string), heard func() string, ended <-chan error) {
	t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	in, err := sess.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out := &lockedBuffer{}
	sess.Stdout, sess.Stderr = out, out
	if err := sess.Start(command); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- sess.Wait() }()
	return func(line string) {
		if _, err := io.WriteString(in, line+"\n"); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}, out.String, done
}

func TestReviewInLinesOverSSH(t *testing.T) {
	t.Parallel()
	h := open(t)
	ben, _ := screen(t, h.as("ben"), 80, 24, "review harbour")
	ben.WaitFor("Sentence 2 of ferries")
	ben.Type("jj")
	eventually(t, "ben is on 4", func() bool { return h.srv.Hub().Present()[0].Place.Sentence == 4 })
	say, heard, ended := converse(t, h.as("ana"), "review --plain harbour")
	tells := func(words string) {
		t.Helper()
		eventually(t, words, func() bool { return strings.Contains(heard(), words) })
	}
	tells("Sentence 2 of ferries")
	shows(t, ben, 2, "@ana")
	say("s")
	tells("2 sourced. Saved.")
	tells("Ben is on sentence 4.")
	if h.said("ana") != 1 {
		t.Error("what was told to be saved is not")
	}
	say("g 4")
	tells("Ben is on it, too.")
	say("g 6")
	tells("Sentence 6 of ferries")
	ben.Type("jj")
	shows(t, ben, 6, "@ana")
	say("s")
	tells("6 sourced. Saved.")
	say("g 6")
	tells("Sentence 6")
	say("q")
	say("q")
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v: %s", err, heard())
	}
	if strings.ContainsAny(heard(), "\x1b\x07") {
		t.Errorf("it is not lines only: %q", heard())
	}
	if n := strings.Count(heard(), "Ben is on sentence 4."); n != 1 {
		t.Errorf("it was told %d times where ben is", n)
	}
}

func TestLinesEndWithTheInputAndNeedNoTerminal(t *testing.T) {
	t.Parallel()
	h := open(t)
	out, talk, code := ssh(t, h.as("ana"), "review --plain harbour", "s\n")
	if code != 0 || !strings.Contains(out, "2 sourced. Saved.") || h.said("ana") != 1 {
		t.Errorf("exit code %d, %q, %q", code, out, talk)
	}
	if _, talk, code := ssh(t, h.as("ana"), "review harbour", ""); code != 2 || !strings.Contains(talk, "review --plain") {
		t.Errorf("without a terminal: exit code %d, %q", code, talk)
	}
	scr, _ := screen(t, h.as("ana"), 80, 24, "review --plain harbour")
	wait(t, scr)
	scr.WaitFor("ssh -T HOST review --plain")
	if out, _, code := ssh(t, h.as("ana"), "stet words a", ""); code != 0 || !strings.HasPrefix(out, `ana ["a"]`) {
		t.Errorf("with the program's name before it: exit code %d, %q", code, out)
	}
}

// The desk in lines is asked for as it is at home, by --plain alone; and a client that
// sends ACCESSIBLE was shown the screens, though it says that nobody can see them.
func TestLinesAreAskedForAsAtHome(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, line := range []string{"--plain", "stet --plain", "review --plain"} {
		if out, talk, code := ssh(t, h.as("ana"), line, "q\n"); code != 0 || !strings.Contains(out, "The desk. 1 article.") {
			t.Errorf("%s: exit code %d, %q, %q", line, code, out, talk)
		}
	}
	sess, err := h.as("ana").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := sess.Setenv("ACCESSIBLE", "1"); err != nil {
		t.Fatal(err)
	}
	sess.Stdin = strings.NewReader("s\n")
	if out, err := sess.Output("review harbour"); err != nil || !strings.Contains(string(out), "2 sourced. Saved.") {
		t.Errorf("with ACCESSIBLE: %v, %q", err, out)
	}
	scr, _ := screen(t, h.as("ana"), 80, 24, "", "ACCESSIBLE=1")
	wait(t, scr)
	scr.WaitFor("ssh -T HOST review --plain")
	// An option was taken for the name of an article.
	if _, talk, code := ssh(t, h.as("ana"), "review --plain --help", ""); code != 2 || !strings.Contains(talk, "no option") {
		t.Errorf("an option: exit code %d, %q", code, talk)
	}
}

// Names are fitted by their end everywhere, "stet review" and every command over SSH among
// them; the screens over SSH alone said that there was no such article.
func TestArticlesAreFoundByTheEndOfTheirNames(t *testing.T) {
	t.Parallel()
	h := open(t)
	s, err := h.st.Summary(t.Context(), "ana", h.id)
	if err != nil {
		t.Fatal(err)
	}
	end := s.Name[strings.LastIndex(s.Name, "-")+1:]
	if out, talk, code := ssh(t, h.as("ana"), "review --plain "+end, "q\n"); code != 0 || !strings.Contains(out, "Sentence 2 of ferries") {
		t.Errorf("%s, the end of %s: exit code %d, %q, %q", end, s.Name, code, out, talk)
	}
	if _, talk, code := ssh(t, h.as("ana"), "review --plain nowhere", ""); code != 1 || !strings.Contains(talk, `no article "nowhere"`) {
		t.Errorf("what is no article: exit code %d, %q", code, talk)
	}
}
