//go:build unix

package tui_test

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// A program that somebody had stopped came back to a terminal in the shell's hands: keys
// stood where they were typed, and nothing was painted until it was ended.
func TestAProgramThatWasStoppedTakesTheTerminalBack(t *testing.T) {
	d, _ := open(t, ferries(t, 6), 80, 24)
	d.Type("s")
	d.WaitFor("2 sourced. Saved.")
	before, taken := wipes(d), strings.Count(string(d.Raw()), "\x1b[?1049h")
	if err := syscall.Kill(os.Getpid(), syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	d.Until(func(string) bool {
		return wipes(d) > before && strings.Count(string(d.Raw()), "\x1b[?1049h") > taken
	}, "be taken and painted anew")
	d.WaitFor("2 sourced. Saved.", "> 3", "? keys")
}
