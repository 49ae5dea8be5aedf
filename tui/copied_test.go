package tui_test

import (
	"encoding/base64"
	"strings"
	"testing"
)

// What was copied of a hostile article held its escape sequences, and a shell that it was
// pasted into might have run the rest as a command; of a text with hard line ends each was a
// line of its own. A citation is one line of words.
func TestWhatIsCopiedIsOneLineOfWords(t *testing.T) {
	d, _ := open(t, read(t, "He said\x1b[201~ that the pier\nis old,\tand the “crew” knew. It rained."), 100, 24)
	d.WaitFor("0 of 2 tagged")
	d.Type("y")
	d.WaitFor("1 copied with its citation")
	raw := string(d.Raw())
	at := strings.LastIndex(raw, "\x1b]52;c;")
	if at < 0 {
		t.Fatal("nothing was copied")
	}
	code := raw[at+len("\x1b]52;c;"):]
	code = code[:strings.IndexAny(code, "\x07\x1b")]
	text, err := base64.StdEncoding.DecodeString(code)
	if err != nil {
		t.Fatal(err)
	}
	if want := "“He said[201~ that the pier is old, and the “crew” knew.” (Harbour Post, "; !strings.HasPrefix(string(text), want) {
		t.Errorf("copied %q, want it to begin with %q", text, want)
	}
}
