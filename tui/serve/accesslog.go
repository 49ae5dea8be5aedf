package serve

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"stet.example/stet/annotations"
)

// Entry is a line of the access log, as JSON. Text from outside stands in it
// with control characters made visible. What was said of a sentence does not: the
// log is read by who runs the server, and kept where such logs are kept.
type Entry struct {
	Time    string `json:"time"`              // UTC, RFC 3339 with milliseconds
	What    string `json:"what"`              // start, open, close, command, refused, keys, lost, stop, fault
	Name    string `json:"name,omitempty"`    // whose key it is
	Key     string `json:"key,omitempty"`     // its fingerprint
	Address string `json:"address,omitempty"` // where the client is
	Detail  string `json:"detail,omitempty"`  // the command with its first word, or why
	Acts    int    `json:"acts,omitempty"`    // that were saved in the session
	Code    *int   `json:"code,omitempty"`    // exit code of a command
	Millis  *int64 `json:"ms,omitempty"`      // how long it took
}

// maxDetail bounds a detail, in code points.
const maxDetail = 400

// accessLog writes entries, one Write each. They are written beside whoever has
// them: a log that takes none for a while (a pipe that nobody reads, a terminal that
// was halted) must not keep people from their work.
type accessLog struct {
	w     io.Writer
	clock func() time.Time
	queue chan []byte

	mu      sync.Mutex
	closed  bool
	lost    int       // for which the queue had no room
	window  time.Time // start of the minute in which refusals are counted
	refused int
}

// Bounds on a log.
const (
	maxRefused = 120  // refusals a minute: whoever knocks all night must not fill the disk
	maxQueued  = 1024 // entries that wait to be written
)

func newAccessLog(w io.Writer, clock func() time.Time) *accessLog {
	return &accessLog{w: w, clock: clock, queue: make(chan []byte, maxQueued)}
}

// run writes what is queued. The function it returns ends that, and waits for the
// last entry to be written, for patience at most.
func (l *accessLog) run(patience time.Duration) (end func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for b := range l.queue {
			_, _ = l.w.Write(b) // who cannot write a log goes on serving
		}
	}()
	return func() {
		l.mu.Lock()
		l.closed = true
		close(l.queue)
		l.mu.Unlock()
		late := time.NewTimer(patience)
		defer late.Stop()
		select {
		case <-done:
		case <-late.C:
		}
	}
}

func (l *accessLog) write(e Entry) {
	if l.w == nil {
		return
	}
	now := l.clock()
	for _, s := range []*string{&e.What, &e.Name, &e.Key, &e.Address, &e.Detail} {
		*s = annotations.Visible(*s)
	}
	if r := []rune(e.Detail); len(r) > maxDetail {
		e.Detail = string(r[:maxDetail]) + "…"
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	if e.What == "refused" {
		if now.Sub(l.window) > time.Minute {
			l.window, l.refused = now, 0
		}
		if l.refused++; l.refused > maxRefused {
			return
		}
		if l.refused == maxRefused {
			e.Detail += " (further refusals of this minute are not written)"
		}
	}
	if l.lost > 0 && len(l.queue) < cap(l.queue)-1 {
		l.put(Entry{What: "lost", Detail: fmt.Sprintf("%d entries: the log took none", l.lost)}, now)
		l.lost = 0
	}
	if !l.put(e, now) {
		l.lost++
	}
}

// put queues an entry; false when there is no room.
func (l *accessLog) put(e Entry, now time.Time) bool {
	e.Time = now.UTC().Format("2006-01-02T15:04:05.000Z")
	b, err := json.Marshal(e)
	if err != nil {
		return true // nothing in an entry can fail
	}
	select {
	case l.queue <- append(b, '\n'):
		return true
	default:
		return false
	}
}
