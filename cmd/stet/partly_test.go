package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/store"
)

func TestAnErrorSaysWhatTheCommandDid(t *testing.T) {
	t.Parallel()
	refused := &store.Error{Kind: store.ErrForbidden, What: "eve may not", Safe: nothingChanged, Next: "Ask a lead"}
	for _, c := range []struct {
		err        error
		done, want string
	}{
		{refused, "2 are saved", "eve may not. 2 are saved. Ask a lead"},
		{refused, "", "eve may not. Ask a lead"},
		{fmt.Errorf("pier: %w", refused), "2 are saved", "pier: eve may not. 2 are saved. Ask a lead"},
		{errors.Join(refused, refused), "2 are saved", "eve may not. 2 are saved. Ask a lead\neve may not. Ask a lead"},
		{store.ErrFull, "2 are saved", store.ErrFull.Error() + ". 2 are saved"},
		// The words of a note, or of a store's holder, are not the command's.
		{fmt.Errorf(`"It is old. Nothing was changed" stands nowhere: %w`, refused), "2 are saved", `"It is old. Nothing was changed" stands nowhere: eve may not. 2 are saved. Ask a lead`},
		{fmt.Errorf(`"It is \"old\". Nothing was changed" stands nowhere: %w`, refused), "", `"It is \"old\". Nothing was changed" stands nowhere: eve may not. Ask a lead`},
		{fmt.Errorf(`5" long: %w`, refused), "2 are saved", `5" long: eve may not. 2 are saved. Ask a lead`},
		{&store.HeldError{Path: "a.db", PID: 7, Program: "stet serve"}, "2 are saved", "a.db is held by pid 7 (stet serve). 2 are saved. Its work is safe. Stop the server there (ctrl+c), or wait for it with --wait 1m; `stet doctor` shows more"},
	} {
		err := error(&partly{c.err, c.done})
		if got := err.Error(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if !errors.Is(err, store.ErrForbidden) && !errors.Is(err, store.ErrFull) && !errors.Is(err, store.ErrHeld) {
			t.Errorf("%q no longer tells its kind", err)
		}
	}
	a := &app{}
	if err := a.truly(refused); err != error(refused) {
		t.Errorf("of a command that did nothing: %v", err)
	}
	a.changed = true
	if msg := a.truly(refused).Error(); strings.Contains(msg, nothingChanged) || !strings.Contains(msg, "is saved") {
		t.Errorf("of a command that did something: %s", msg)
	}
	if err := a.truly(store.ErrHeld); err != store.ErrHeld { //nolint:errorlint // it is the same
		t.Errorf("an error that claims nothing became %v", err)
	}
}

// A load that was ended midway printed no receipt: nobody knew what it had stored.
func TestALoadThatIsEndedSaysWhatItStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var text strings.Builder
	const sentences = 60
	for i := range sentences {
		fmt.Fprintf(&text, "Boat %d left the pier at six.\n\n", i)
	}
	w.must("import", w.file("boats.txt", text.String()))
	w.must("tag", "boats", fmt.Sprintf("1-%d", sentences), "sourced")
	desk := filepath.Join(w.dir, "desk.json")
	w.must("export", "--format", "json", "-o", desk)

	w.vars["STET_DB"] = filepath.Join(w.dir, "other.db")
	w.stdout.Reset()
	w.tty = true // for the bar, which tells how far it is
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	env, stderr := w.environment(), &onWord{word: "loading  10%", fn: cancel}
	env.stderr = stderr
	code := run(ctx, env, []string{"load", desk, "--json"})
	var list []loadReceipt
	if err := json.Unmarshal(w.stdout.Bytes(), &list); err != nil || code != exitFailed || len(list) != 1 {
		t.Fatalf("exit code %d, %v, it printed %q and said %q", code, err, w.stdout.String(), stderr.String())
	}
	w.tty = false
	if got := list[0].Annotations; got.New == 0 || got.New == sentences || got.In != sentences || list[0].Articles.New != 1 {
		t.Errorf("the receipt says %+v", list[0])
	} else if n := bytes.Count([]byte(w.must("show", "boats", "--json")), []byte(`"by"`)); n != got.New {
		t.Errorf("the receipt counts %d, the store has %d", got.New, n)
	}
	if strings.Contains(stderr.String(), nothingChanged) {
		t.Errorf("it said %q", stderr.String())
	}
}

// A command that deals, or finishes, one article after the other said "Nothing was
// changed" when one was refused, and as JSON it printed nothing of those before.
func TestWhatWasDoneBeforeARefusalIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		run  func(context.Context, *app) error
		says string
	}{
		{"assign", func(ctx context.Context, a *app) error { return runAssign(ctx, a, assignOptions{deal: true}, nil) }, "1 article was dealt before it"},
		{"finish", func(ctx context.Context, a *app) error { return runFinish(ctx, a, finishOptions{agreed: true}, nil) }, "1 act was saved before it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.must("import", w.file("pier.txt", story))
			w.must("import", w.file("quay.txt", strings.Replace(story, "pier", "quay", 1)))
			for _, who := range []string{"ana", "ben"} {
				w.must("--as", who, "tag", "pier", "1-6", "contextual")
				w.must("--as", who, "tag", "quay", "1-6", "contextual")
			}
			w.must("team", "set", "ana", "lead")
			w.must("team", "set", "ben", "reviewer")
			a := &app{environment: w.environment()}
			d, err := a.open(t.Context(), "list", false)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close() //nolint:errcheck // the test looks at what it was told
			a.shared, a.flags.json = &lacking{Store: d.Store, most: 1}, true
			w.stdout.Reset()
			err = c.run(t.Context(), a)
			if err == nil || !errors.Is(err, store.ErrForbidden) || strings.Contains(err.Error(), nothingChanged) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it ends with %v", err)
			}
			var list []json.RawMessage
			if err := json.Unmarshal(w.stdout.Bytes(), &list); err != nil || len(list) != 1 {
				t.Errorf("%v, it printed %s", err, w.stdout.String())
			}
		})
	}
}
