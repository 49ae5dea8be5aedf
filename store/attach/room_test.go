//go:build linux || darwin

package attach

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stet.example/stet/store"
)

// The one for whom there was no room was hung up on without a word, and told that the
// store was held by a program that would not answer.
func TestWhoFindsNoRoomIsToldSo(t *testing.T) {
	server, dial := served(t, memory(t))
	var first *link
	for i := range maxGuests {
		if l := rawLink(t, dial, true); i == 0 {
			first = l
		}
	}
	for range 2 * maxTurned { // they do not stay
		_, err := connect(t.Context(), dial, Peer{}, "")
		var e *store.Error
		if !errors.As(err, &e) || !errors.Is(err, store.ErrHeld) || errors.As(err, new(*refusedError)) || !strings.Contains(e.What, "128 programs") || !strings.Contains(e.What, "(stet review)") {
			t.Fatalf("told %v", err)
		}
	}
	first.conn.Close() //nolint:errcheck // so that there is room
	for until := now().Add(20 * time.Second); ; {
		c, err := connect(t.Context(), dial, Peer{PID: 7}, "")
		if err == nil {
			if _, err := c.Stat(t.Context()); err != nil {
				t.Error(err)
			}
			c.Close() //nolint:errcheck // nothing was written
			break
		}
		if now().After(until) {
			t.Fatalf("there is room, and still: %v", err)
		}
	}
	server.Close()
}
