//go:build !unix

package paint

import "context"

// Direct says that a painter can do all that a terminal of this system needs.
const Direct = false

// Raw leaves the terminal alone: see Direct.
func Raw(any) (restore func(), err error) { return func() {}, nil }

// IsTerminal reports whether f is a terminal that a painter may use: none is.
func IsTerminal(any) bool { return false }

// Size tells no size: see Direct.
func Size(any) (w, h int, ok bool) { return 0, 0, false }

// Resized waits until ctx ends.
func Resized(ctx context.Context, _ any, _ func(w, h int)) { <-ctx.Done() }

// Continued waits for ctx to end: no program is stopped here to go on later.
func Continued(ctx context.Context, _ func()) { <-ctx.Done() }

// Stop stops nothing here.
func Stop() bool { return false }
