package serve

import (
	"encoding/json"
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
	What    string `json:"what"`              // start, open, close, command, refused, keys, stop, fault
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

// accessLog writes entries, one Write each.
type accessLog struct {
	mu      sync.Mutex
	w       io.Writer
	clock   func() time.Time
	window  time.Time // start of the minute in which refusals are counted
	refused int
}

// maxRefused is how many refusals a minute are written: whoever knocks all night
// must not fill the disk.
const maxRefused = 120

func (l *accessLog) write(e Entry) {
	if l.w == nil {
		return
	}
	now := l.clock()
	e.Time = now.UTC().Format("2006-01-02T15:04:05.000Z")
	for _, s := range []*string{&e.What, &e.Name, &e.Key, &e.Address, &e.Detail} {
		*s = annotations.Visible(*s)
	}
	if r := []rune(e.Detail); len(r) > maxDetail {
		e.Detail = string(r[:maxDetail]) + "…"
	}
	l.mu.Lock()
	defer l.mu.Unlock()
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
	b, err := json.Marshal(e)
	if err == nil {
		_, _ = l.w.Write(append(b, '\n')) // who cannot write a log goes on serving
	}
}
