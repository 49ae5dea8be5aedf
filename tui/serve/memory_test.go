package serve_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"
)

// A session costs little memory: what its screens, its terminal's buffers and both
// ends of its connection hold, as the client is in this process, too.
func TestASessionTakesLittleMemory(t *testing.T) {
	const sessions, most = 40, 6 << 20 // bytes a session; measured 1.4 MB, under the race detector more
	people := make([]string, sessions)
	for i := range people {
		people[i] = fmt.Sprintf("p%03d", i)
	}
	h := openFor(t, append(people, "lea lead"), 40)
	before := memory()
	for _, who := range people {
		sess, err := h.as(who).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		sess.Stdout = io.Discard
		if _, err := sess.StdinPipe(); err != nil {
			t.Fatal(err)
		}
		if err := sess.RequestPty("xterm-256color", 24, 80, nil); err != nil {
			t.Fatal(err)
		}
		if err := sess.Start("review harbour"); err != nil {
			t.Fatal(err)
		}
	}
	within(t, underLoad, "all are on a sentence", func() bool {
		n := 0
		for _, p := range h.srv.Hub().Present() {
			if p.Place.Sentence != 0 {
				n++
			}
		}
		return n == sessions
	})
	each := (memory() - before) / sessions
	t.Logf("%d kB a session, both ends of its connection included; %d goroutines", each/1024, runtime.NumGoroutine())
	if each > most {
		t.Errorf("%d kB a session", each/1024)
	}
}
