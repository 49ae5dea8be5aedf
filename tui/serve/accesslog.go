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
	queue chan queued

	mu      sync.Mutex
	closed  bool
	lost    int       // for which the queue had no room, or that could not be written
	window  time.Time // start of the minute in which refusals are counted
	refused int
}

// queued is a line that waits to be written.
type queued struct {
	line  []byte
	tells int // of how many entries; more than one where it counts what was lost
}

// Bounds on a log.
const (
	maxRefused = 120  // refusals a minute: whoever knocks all night must not fill the disk
	maxQueued  = 1024 // entries that wait to be written
)

func newAccessLog(w io.Writer, clock func() time.Time) *accessLog {
	return &accessLog{w: w, clock: clock, queue: make(chan queued, maxQueued)}
}

// run writes what is queued. The function it returns ends that, and waits for the
// last entry to be written, for patience at most.
func (l *accessLog) run(patience time.Duration) (end func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		torn := false // half a line stands at the end of the log
		for q := range l.queue {
			if torn { // what follows must be a line of its own
				q.line = append([]byte{'\n'}, q.line...)
			}
			n, err := l.w.Write(q.line)
			if err == nil {
				torn = false
				continue
			}
			if n > 0 { // unless it was the end of the line before, and no more
				torn = n > 1 || !torn
			}
			l.mu.Lock() // who cannot write a log goes on serving, and counts
			l.lost += q.tells
			l.mu.Unlock()
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
		l.put(Entry{What: "lost", Detail: lostWords(l.lost)}, now, l.lost)
		l.lost = 0
	}
	if !l.put(e, now, 1) {
		l.lost++
	}
}

func lostWords(n int) string {
	if n == 1 {
		return "1 entry: the log took none"
	}
	return fmt.Sprintf("%d entries: the log took none", n)
}

// put queues an entry that tells of so many; false when there is no room.
func (l *accessLog) put(e Entry, now time.Time, tells int) bool {
	e.Time = now.UTC().Format("2006-01-02T15:04:05.000Z")
	b, err := json.Marshal(e)
	if err != nil {
		return true // nothing in an entry can fail
	}
	select {
	case l.queue <- queued{append(b, '\n'), tells}:
		return true
	default:
		return false
	}
}
