//go:build linux || darwin

package main

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/store"
)

// A doctor opened a doubtful file itself, so that what damage did to bbolt ended the
// doctor, before it had said anything. The other process is one that fails.
func TestADoctorSurvivesTheFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	var asked []string
	doctor := func(code int, err error, says string) string {
		w.stdout.Reset()
		env := w.environment()
		env.apart = func(_ context.Context, l store.Limits, args []string, stdout, _ io.Writer) (int, error) {
			if asked = args; l.Time <= 0 || l.Memory <= 0 {
				t.Errorf("without limits: %+v", l)
			}
			if _, err := io.WriteString(stdout, says); err != nil {
				t.Error(err)
			}
			return code, err
		}
		if code := run(t.Context(), env, []string{"doctor", "--wait", "3s"}); code != exitOK {
			t.Errorf("exit code %d: %s", code, w.stderr.String())
		}
		return w.stdout.String()
	}
	for _, c := range []struct {
		code int
		err  error
		says string
		want string
	}{
		{0, &store.Error{Kind: store.ErrDamaged, What: "it crashed"}, "", "it crashed"},
		{0, nil, `[{"part":"store","name":"state","value":"opens, over there"}]`, "opens, over there"},
		{2, nil, "\x1b[2Jpanic", "ended with exit code 2"},
	} {
		out := doctor(c.code, c.err, c.says)
		if !strings.Contains(out, c.want) || strings.Contains(out, "\x1b") || !strings.Contains(out, "store layout") {
			t.Errorf("%+v: %q", c, out)
		}
		if strings.Contains(out, "2 events") || strings.Contains(out, "1 event,") {
			t.Errorf("it opened the file itself: %s", out)
		}
	}
	if !slices.Contains(asked, "--wait=3s") || asked[0] != "doctor" {
		t.Errorf("the other process was asked %q", asked)
	}
}

// The same with real processes: what the other one finds is in the report once.
func TestADoctorAsksAnotherProcess(t *testing.T) {
	t.Parallel()
	h := newHeldWorld(t)
	out, talk, code := h.run("doctor", "--json")
	var list []finding
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != exitOK {
		t.Fatalf("exit code %d, %v, %s%s", code, err, out, talk)
	}
	states, programs := 0, 0
	for _, f := range list {
		if f.Name == "state" && f.Part == "store" && strings.HasPrefix(f.Value, "opens; ") {
			states++
		}
		if f.Part == "program" && f.Name == "version" {
			programs++
		}
	}
	if states != 1 || programs != 1 {
		t.Errorf("%d states, %d programs: %s", states, programs, out)
	}
}
