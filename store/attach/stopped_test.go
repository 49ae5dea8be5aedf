package attach

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"stet.example/stet/store"
)

// A command that was told to stop while another program had the store said "held by pid
// 41 … wait for it" and ended with the code for a store that is busy: scripts tried again
// what somebody had stopped.
func TestWhoIsStoppedIsNotToldThatTheStoreIsHeld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	holder, err := store.Open(t.Context(), store.Options{Path: path, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close() //nolint:errcheck // nothing was written
	for _, wait := range []time.Duration{0, time.Minute} {
		for range 20 {
			o := optionsFor(path, t.TempDir())
			o.Wait = wait
			ctx, stop := context.WithCancel(t.Context())
			own := newStore(o.Wait)
			own.become = func(context.Context) (*owning, error) {
				stop() // as a signal may, between the lock and the talk with its owner
				return nil, &store.HeldError{Path: path, PID: 41}
			}
			own.dial = func(context.Context) (*client, error) { return nil, errNoSocket }
			if _, err := own.start(ctx, o.Wait); !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrHeld) {
				t.Fatalf("it says %v; want that it was stopped", err)
			}
			if _, err := Open(ctx, o); !errors.Is(err, context.Canceled) {
				t.Fatalf("opening says %v; want that it was stopped", err)
			}
		}
	}
}
