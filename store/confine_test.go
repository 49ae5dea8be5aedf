//go:build !windows

package store_test

import (
	"bytes"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"testing"
	"time"

	"stet.example/stet/store"
)

// A child that is well, one that finds damage, one that hangs, one that eats
// memory and one that crashes: none of it reaches the parent.
func TestASupervisedChild(t *testing.T) {
	roomy := store.Limits{Time: time.Minute, Memory: 1 << 30}
	for name, c := range map[string]struct {
		does   string
		limits store.Limits
		code   int
		out    string
		says   string // of the error; "" for none
		skip   bool
	}{
		"ends well":            {does: "well", limits: roomy, out: "all is well\n"},
		"finds damage":         {does: "damage", limits: roomy, code: 3, out: "page 7 is damaged\n"},
		"hangs":                {does: "hang", limits: store.Limits{Time: 2 * time.Second, Memory: 1 << 30}, says: "did not come to an end within 2s"},
		"takes all the memory": {does: "eat", limits: store.Limits{Time: time.Minute, Memory: 256 << 20}, says: "more than 256 MiB", skip: runtime.GOOS != "linux"},
		"crashes":              {does: "crash", limits: roomy, says: "crashed"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.skip {
				t.Skip("this system has no such limit")
			}
			t.Setenv(childVar, "confined")
			var out, talk bytes.Buffer
			code, err := store.Supervise(t.Context(), c.limits, []string{c.does}, &out, &talk)
			if c.says == "" {
				if err != nil || code != c.code || out.String() != c.out {
					t.Errorf("code %d, %v, %q; it said %.500s", code, err, out.String(), talk.String())
				}
				return
			}
			if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), c.says) || out.Len() > 0 {
				t.Errorf("%v, %q; it said %.500s", err, out.String(), talk.String())
			}
		})
	}
}

// childConfined is the child of TestASupervisedChild.
func childConfined(does string) int {
	if !store.Confined() {
		return 9
	}
	switch does {
	case "well":
		_, _ = os.Stdout.WriteString("all is well\n")
		return 0
	case "damage":
		_, _ = os.Stdout.WriteString("page 7 is damaged\n")
		return 3
	case "hang":
		_, _ = os.Stdout.WriteString("half a word")
		never := make(chan os.Signal, 1)
		signal.Notify(never, os.Interrupt)
		<-never
	case "eat":
		var all [][]byte
		for range 1 << 12 {
			b := make([]byte, 1<<20)
			for i := range b {
				b[i] = byte(i)
			}
			all = append(all, b)
		}
		return len(all) & 1
	}
	panic("planted")
}
