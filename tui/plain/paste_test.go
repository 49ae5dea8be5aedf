package plain_test

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/tui"
)

// sitter is somebody at a terminal: each piece is typed or pasted at once, when what it
// waits for has been said.
type sitter struct {
	mu    sync.Mutex
	said  bytes.Buffer
	steps []step
}

type step struct{ after, give string }

func (s *sitter) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.Write(p)
}

func (s *sitter) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

func (s *sitter) Read(p []byte) (int, error) {
	if len(s.steps) == 0 {
		return 0, io.EOF
	}
	now := s.steps[0]
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for n := 0; !strings.Contains(s.text(), now.after); n++ {
		if n > 3_000 {
			return 0, io.ErrNoProgress
		}
		<-tick.C
	}
	s.steps = s.steps[1:]
	return copy(p, now.give), nil
}

func (r *room) sits(steps ...step) string {
	r.t.Helper()
	s := &sitter{steps: steps}
	r.talk(s, true, func(o *tui.Options) { o.Output = s })
	return s.text()
}

func (r *room) tags() string {
	r.t.Helper()
	var tags []string
	for n := annotations.SentenceID(2); n <= 12; n++ {
		if tag := r.said(n).Tag; tag != "" {
			tags = append(tags, tag)
		}
	}
	return strings.Join(tags, " ")
}

// A paragraph that was pasted into a question of one line answered it with its first line;
// the others were read as keys: "a man said" took a suggestion, "x" and its like tagged on
// to the end of the article.
func TestAPasteBehindAnAnswerIsNoKeys(t *testing.T) {
	t.Parallel()
	for name, pasted := range map[string]string{
		"prose":        "x marks the spot\nshe said\n",
		"of one sign":  "xxxxxx\n",
		"an editor":    "E\n",
		"of many rows": "The board met.\nx\ns\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t)
			out := r.sits(step{"What is it?", "o\n"}, step{"Who", "the board\n"}, step{"What kind", "e\n" + pasted}, step{"y reads", "n\n"}, step{"Left.", "q\nq\n"})
			if got := r.tags(); got != "" || len(r.said(2).Attributions) != 1 {
				t.Errorf("the tags are %q, the sources %v, after\n%s", got, r.said(2).Attributions, out)
			}
		})
	}
}

// Whoever types ahead, or pastes lines of keys on purpose, is not held up.
func TestKeysThatAreTypedAheadAreDone(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	out := r.sits(step{"What is it?", "o\n"}, step{"Who", "the board\n"}, step{"What kind", "e\ns\nx c\nesc\n"}, step{"4 contested", "q\nq\n"})
	if got := r.tags(); !strings.HasPrefix(got, "sourced contextual contested") || strings.Contains(out, "y reads") {
		t.Errorf("the tags are %q after\n%s", got, out)
	}
	r = newRoom(t)
	out = r.sits(step{"What is it?", "o\n"}, step{"Who", "the board\n"}, step{"What kind", "e\no the sea ; e\nxx\n"}, step{"y reads", "y\n"}, step{"3 contextual. Saved.", "q\nq\n"})
	if got := r.tags(); got != "contextual contextual" {
		t.Errorf("the tags are %q after\n%s", got, out)
	}
	r = newRoom(t) // a script asks nobody
	r.talk(strings.NewReader("o\nthe board\ne\nxx\n"), false)
	if got := r.tags(); got != "contextual contextual" {
		t.Errorf("of a script the tags are %q", got)
	}
}
