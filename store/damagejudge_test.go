//go:build !windows

package store_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"stet.example/stet/store"
)

// judgeAll has children examine the files, a new one after each crash or hang.
func (h *hurtStore) judgeAll(t *testing.T, dir string, all []injury) {
	t.Helper()
	for len(all) > 0 {
		c := startChild(t, "examine", dir)
		go func() {
			for _, in := range all {
				line := in.path
				if in.whole {
					line = "mirrored " + line
				}
				if _, err := fmt.Fprintln(c.in, line); err != nil {
					return
				}
			}
			_ = c.in.Close()
		}()
		done := 0
		watch := time.AfterFunc(time.Minute, c.kill)
		for line, ok := c.line(); ok; line, ok = c.line() {
			watch.Reset(time.Minute)
			if strings.HasPrefix(line, "begin ") {
				continue
			}
			var x examined
			if err := json.Unmarshal([]byte(line), &x); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			h.judge(t, all[done], x)
			done++
		}
		watch.Stop()
		c.kill()
		if done < len(all) {
			t.Errorf("%s at pages %d: a crash or a hang: %s", all[done].how, all[done].pages, c.err)
			done++
		}
		for _, in := range all[:done] {
			for _, end := range []string{"", ".lock", ".mirror", ".place"} {
				_ = os.Remove(in.path + end)
			}
		}
		all = all[done:]
	}
}

// judge says what is wrong with how a damaged file was met.
func (h *hurtStore) judge(t *testing.T, in injury, x examined) {
	t.Helper()
	bad := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s at pages %d: %s\nopen %q, read %q, verify %q %q, close %q", in.how, in.pages[:min(len(in.pages), 9)], fmt.Sprintf(format, args...), x.OpenErr, x.ReadErr, x.Verify, x.VerErr, x.CloseErr)
	}
	switch {
	case x.OpenErr != "":
		h.tally["refused: "+x.OpenKind]++
		if x.OpenKind == "UNTYPED" || x.OpenKind == store.ErrNotFound.Error() {
			bad("the refusal is not typed")
		}
	case len(x.Verify) > 0 || x.VerErr != "":
		h.tally["found by the check"]++
	case len(x.Notices) > 0:
		h.tally["said at the start"]++
	case x.ReadErr != "":
		bad("reading fails, and the check finds nothing")
	case x.Digest != h.digest:
		bad("the content is another, and nothing was found")
	default:
		h.tally["no harm"]++
	}
	if x.ReadErr != "" && x.ReadKind == "UNTYPED" || x.CloseErr != "" {
		bad("an error that is not typed")
	}
	h.judgeSalvage(t, in, x)
}

func (h *hurtStore) judgeSalvage(t *testing.T, in injury, x examined) {
	t.Helper()
	lost, text := 0, false
	for _, id := range in.pages {
		lost += len(h.records[h.owner[id]])
		text = text || h.texts[h.owner[id]]
	}
	s := x.Salvage
	bad := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s at pages %d: %s: %.900s", in.how, in.pages[:min(len(in.pages), 9)], fmt.Sprintf(format, args...), fmt.Sprintf("%+v", s))
	}
	switch {
	case s.Err != "" && lost < 300:
		bad("salvage without mirror fails")
	case s.Err != "":
	case len(s.Verify) > 0 && len(s.Problems) == 0:
		bad("a text is lost, and salvage does not say so")
	case s.Found < 300-lost || len(s.Verify) > 0 && !text:
		// Where no tree leads any more, an older page that ran over several hides
		// those that stand in its place now.
		h.tally["something sound was not found"]++
		t.Logf("%s at pages %d: %.500s", in.how, in.pages[:min(len(in.pages), 9)], fmt.Sprintf("%+v", s))
	case len(s.Put) > 0 && !text && lost == 0:
		bad("records were found and not placed, and none was lost that they build on")
	}
	h.tally["salvaged records"] += s.Found
	h.tally["records outside the damage"] += 300 - lost
	if m := x.Mirrored; in.whole && (m.Err != "" || m.Found != 300 || len(m.Verify) > 0 || m.Digest != h.copied) {
		t.Errorf("%s at pages %d: with the mirror not everything comes back: %.900s", in.how, in.pages[:min(len(in.pages), 9)], fmt.Sprintf("%+v", m))
	}
}
