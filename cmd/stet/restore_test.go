package main

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"
)

// endlessly is a large file: whoever reads it is told to stop at the third look.
type endlessly struct {
	looks int
	stop  context.CancelFunc
}

func (e *endlessly) Read(b []byte) (int, error) {
	if e.looks++; e.looks == 3 {
		e.stop()
	}
	if e.looks > 1000 {
		return 0, errors.New("nobody stopped")
	}
	return len(b), nil
}

// A restore from a large file went on copying after ctrl+c until it was done, or the
// disk was full.
func TestACopyEndsWhenItIsToldTo(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	if err := copyTo(ctx, filepath.Join(t.TempDir(), "copy"), &endlessly{stop: stop}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v; want that it was told to stop", err)
	}
}
