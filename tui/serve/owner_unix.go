//go:build unix

package serve

import (
	"io/fs"
	"os"
	"os/signal"
	"syscall"
)

// checksModes tells that permission bits mean something here.
const checksModes = true

// ownedSafely reports whether a file belongs to root or to the server's user.
func ownedSafely(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return !ok || st.Uid == 0 || int(st.Uid) == os.Geteuid()
}

// neverStopped keeps a key press in one session (ctrl+z, which a terminal program
// answers by stopping its process group) from stopping the server for everybody:
// the stop is caught and answered with the signal to go on. It returns the
// function that ends this.
func neverStopped() func() {
	stops := make(chan os.Signal, 8)
	signal.Notify(stops, syscall.SIGTSTP)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-stops:
				_ = syscall.Kill(os.Getpid(), syscall.SIGCONT)
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(stops)
		close(done)
	}
}
