//go:build !amd64 || purego

package lanes

// Native reports whether the processor is known to have instructions for SHA-256.
func Native() bool { return false }

// width is how many messages are hashed at once where there is no assembly.
func width() int { return 1 }

// run is never called: there is one lane.
func (h *Hasher) run(int) {}
