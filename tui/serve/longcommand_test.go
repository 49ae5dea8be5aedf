package serve_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// TestTheLongestNoteFitsIntoACommand: a note may be 64 KiB long, and as an argument of a
// command it was cut off by a limit of as much for the whole line, without a word: ssh
// ended with code 255, as if the connection had broken. A line that is longer than any
// command needs is refused in words.
func TestTheLongestNoteFitsIntoACommand(t *testing.T) {
	t.Parallel()
	h := open(t)
	c := h.as("ana")
	note := strings.Repeat("word and ", annotations.MaxNote/9+1)
	out, talk, code := ssh(t, c, "words '"+note[:annotations.MaxNote]+"' 'it'\\''s' --and more", "")
	if code != 0 || len(out) < annotations.MaxNote {
		t.Errorf("exit code %d, %d bytes came back: %q", code, len(out), talk)
	}
	for _, size := range []int{70_000, 100_000, 250_000} {
		_, talk, code := ssh(t, c, "words "+strings.Repeat("x", size), "")
		if code != 2 || !strings.Contains(talk, "the limit is") || !strings.Contains(talk, "Nothing was done") {
			t.Errorf("%d bytes: exit code %d, and it says %q", size, code, talk)
		}
	}
	if out, _, code := ssh(t, c, "words again", ""); code != 0 || !strings.Contains(out, "again") {
		t.Error("the connection is not good for another command")
	}
}
