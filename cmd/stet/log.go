package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

type logOptions struct {
	sentence     int
	by           string
	since, until string
	limit        int
	diff         bool
}

func newLog(a *app) *cobra.Command {
	var o logOptions
	c := &cobra.Command{
		Use:   "log [ARTICLE]",
		Short: "the history, newest last",
		Long: `Prints what happened, of one article or of all: when (UTC), who, where, what,
and why where somebody said so. Nothing is ever removed from the history; undo
and redo are entries of it and name the entries that they take back or bring
back.

Each line ends with the entry's place in the log and the start of its hash:

  [17 ✓ 3f9ab2c1]   it hashes to its hash, and a seal of the store covers it
  [17 · 3f9ab2c1]   it hashes to its hash; no seal yet
  [17 ✗ 3f9ab2c1]   it was changed (exit code 3): do not believe what it says

"stet verify" proves the whole of it. --diff shows each change line by line.

A time is a date (2026-03-05), a date and time in UTC ("2026-03-05 14:30"), a
time as RFC 3339 has it, or so long ago (90m, 24h, 7d). --until takes in the
whole of the day, minute or second that it names.

` + exitWords,
		Example: `  stet log --limit 20
  stet log harbour --sentence 19 --diff
  stet log --by ana --since 7d
  stet log --since 2026-03-01 --until 2026-03-05 --json`,
		Args:              rangeArgs(0, 1, "the name of one article at most"),
		ValidArgsFunction: a.completeArticleThen(),
		RunE:              func(cmd *cobra.Command, args []string) error { return runLog(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.IntVar(&o.sentence, "sentence", 0, "only sentence `N` of the article")
	f.StringVar(&o.by, "by", "", "only what this `NAME` did")
	f.StringVar(&o.since, "since", "", "only from this `TIME` on")
	f.StringVar(&o.until, "until", "", "only up to this `TIME`")
	f.IntVar(&o.limit, "limit", 0, "only the newest `N` entries; 0 for all")
	f.BoolVar(&o.diff, "diff", false, "what stood there before (-) and after (+)")
	f.SortFlags = false
	return c
}

type eventJSON struct {
	Pos      uint64       `json:"pos"`
	Time     string       `json:"time"`
	By       string       `json:"by"`
	Kind     string       `json:"kind"`
	Mode     string       `json:"mode"` // do, undo, redo
	Act      string       `json:"act"`
	Of       string       `json:"of,omitempty"`      // the act that is reverted
	Reverts  []uint64     `json:"reverts,omitempty"` // first and last position of that act
	Article  string       `json:"article,omitempty"`
	Key      string       `json:"key,omitempty"`
	Sentence int          `json:"sentence,omitempty"`
	Verb     string       `json:"verb,omitempty"`
	What     string       `json:"what"`
	Changes  []changeJSON `json:"changes,omitempty"`
	Reason   string       `json:"reason,omitempty"`
	Tool     string       `json:"tool,omitempty"`
	Hash     string       `json:"hash"`
	Proof    string       `json:"proof"`            // sealed, unsealed, broken
	Sealed   uint64       `json:"sealed,omitempty"` // size of the first seal that covers it
}

// The states of an entry's proof.
const (
	proofSealed   = "sealed"
	proofUnsealed = "unsealed"
	proofBroken   = "broken"
)

func runLog(ctx context.Context, a *app, o logOptions, args []string) error {
	switch {
	case o.sentence != 0 && len(args) == 0:
		return usage("--sentence needs an article: stet log ARTICLE --sentence N")
	case o.sentence < 0 || o.limit < 0:
		return usage("--sentence and --limit are not negative")
	}
	var h historyQuery
	var err error
	if h.since, _, err = a.instantOf(o.since, "--since"); err != nil {
		return err
	}
	if _, h.until, err = a.instantOf(o.until, "--until"); err != nil {
		return err
	}
	return a.withStore(ctx, "log", false, func(d *desk) error {
		h.Query = store.Query{Actor: o.by}
		h.limit = o.limit
		if len(args) == 1 {
			sum, err := d.find(ctx, args[0])
			if err != nil {
				return err
			}
			h.Article = sum.ID
			if o.sentence > 0 {
				u, err := d.unit(ctx, &sum.Meta, o.sentence)
				if err != nil {
					return err
				}
				h.Sentence = u.ID
			}
		}
		return d.log(ctx, h, o.diff)
	})
}

// log prints the entries that h selects, as they are read.
func (d *desk) log(ctx context.Context, h historyQuery, diff bool) error {
	out := bufio.NewWriterSize(d.stdout, 64<<10)
	list := jsonList{w: out}
	past, names, bad, some := newPast(d), map[annotations.ArticleID]string{}, 0, false
	for x, err := range d.entries(ctx, h) {
		var e eventJSON
		if err == nil {
			e, err = d.entryOf(ctx, x, names, past)
		}
		if err != nil { // what was printed ends as it should: half a list is no JSON
			return errors.Join(err, written(list.close()), written(out.Flush()))
		}
		some = true
		if e.Proof == proofBroken {
			bad++
		}
		if d.flags.json {
			err = list.add(&e)
		} else {
			err = logText(d.app, out, &e, diff)
		}
		if err != nil {
			return written(err)
		}
	}
	if d.flags.json {
		if err := list.end(); err != nil {
			return written(err)
		}
	}
	err := written(out.Flush())
	if err == nil && !some {
		d.say("note: no entry of the history fits; `stet log` shows all")
	}
	if err == nil && bad > 0 {
		return &foundError{exitDamage, plural(bad, "record") + " of the history changed since it was stored. Nothing was changed now. Run `stet verify`, and compare with a backup or the mirror (`stet check --deep`)"}
	}
	return err
}

// entryOf gives an entry its form for output.
func (d *desk) entryOf(ctx context.Context, x *entry, names map[annotations.ArticleID]string, past *past) (eventJSON, error) {
	e := &x.Event
	out := d.eventOf(ctx, e, names)
	out.Proof = proofUnsealed
	if x.broken {
		out.Proof, out.What = proofBroken, "this record was changed: it does not hash to the hash it carries"
		return out, nil
	}
	out.Changes = d.wordsFor(ctx, e.Article).changes(e)
	size, err := past.sealOver(ctx, e.Pos)
	if err != nil {
		return out, err
	}
	if size > 0 {
		out.Proof, out.Sealed = proofSealed, size
	}
	if !e.Of.IsZero() {
		out.Reverts, err = past.positions(ctx, e.Of, e.Pos)
	}
	return out, err
}

func (d *desk) eventOf(ctx context.Context, e *annotations.Event, names map[annotations.ArticleID]string) eventJSON {
	out := eventJSON{
		Pos: e.Pos, Time: instant(e.Time), By: e.Actor, Kind: e.Kind.String(), Mode: "do", Act: e.Act.String(), Verb: e.Verb,
		Sentence: d.number(ctx, e.Article, e.Sentence), Reason: e.Reason, Tool: e.Tool, Hash: e.Hash.String(),
	}
	switch e.Mode {
	case annotations.Undo:
		out.Mode = "undo"
	case annotations.Redo:
		out.Mode = "redo"
	case annotations.Do:
	}
	if !e.Of.IsZero() {
		out.Of = e.Of.String()
	}
	w := d.wordsFor(ctx, e.Article)
	if e.Article != annotations.Desk {
		if names[e.Article] == "" {
			names[e.Article] = w.names(e.Article)
		}
		out.Article, out.Key = names[e.Article], e.Article.String()
	}
	out.What = w.event(e)
	return out
}

// logText writes an entry as a line, with diff what it changed below.
func logText(a *app, w io.Writer, e *eventJSON, diff bool) error {
	where := e.Article
	if e.Sentence > 0 {
		where += fmt.Sprintf(" %d", e.Sentence)
	}
	what := e.What
	if e.Mode != "do" {
		what = e.Mode + revertWords(e.Reverts) + ": " + what
	}
	if e.Reason != "" {
		what += " (" + e.Reason + ")"
	}
	stamp := e.Time
	if len(stamp) >= 19 {
		stamp = stamp[:10] + " " + stamp[11:19]
	}
	badge := map[string]string{proofSealed: "✓", proofUnsealed: "·", proofBroken: "✗"}[e.Proof]
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s  %s [%d %s %.8s]\n", stamp, show(e.By), show(where), show(what), e.Pos, badge, e.Hash)
	if diff {
		for _, c := range e.Changes {
			for _, was := range c.Was {
				fmt.Fprintf(&b, "    %s\n", a.paint("red", show("- "+c.Field+": "+was)))
			}
			for _, now := range c.Now {
				fmt.Fprintf(&b, "    %s\n", a.paint("green", show("+ "+c.Field+": "+now)))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// revertWords names the entries that an undo or redo is about: " of 17-19".
func revertWords(span []uint64) string {
	switch {
	case len(span) < 2:
		return ""
	case span[0] == span[1]:
		return fmt.Sprintf(" of %d", span[0])
	}
	return fmt.Sprintf(" of %d-%d", span[0], span[1])
}

// instantOf reads a time that somebody typed: the first moment that it may mean
// and the last. Both are zero for "".
func (a *app) instantOf(s, flag string) (from, to time.Time, err error) {
	if s == "" {
		return from, to, nil
	}
	for _, form := range []struct {
		layout string
		length time.Duration
	}{
		{time.DateOnly, 24 * time.Hour}, {"2006-01-02 15:04", time.Minute}, {"2006-01-02T15:04", time.Minute},
		{time.DateTime, time.Second}, {"2006-01-02T15:04:05", time.Second}, {time.RFC3339, time.Second},
	} {
		if t, err := time.Parse(form.layout, s); err == nil {
			length := form.length
			if t.Nanosecond() != 0 {
				length = time.Microsecond
			}
			return t, t.Add(length - time.Microsecond), nil
		}
	}
	length, err := agoOf(s)
	if err != nil {
		return from, to, usage("%s is %q; %v", flag, s, err)
	}
	t := a.clock().Add(-length)
	return t, t, nil
}

// agoOf reads "90m", "24h" or "7d".
func agoOf(s string) (time.Duration, error) {
	const day = 24 * time.Hour
	days, ok := strings.CutSuffix(s, "d")
	n, err := strconv.ParseFloat(days, 64)
	if ok = ok && err == nil && strings.Trim(days, "0123456789.") == ""; ok && n > float64(math.MaxInt64/day) {
		return 0, fmt.Errorf("that is longer ago than %d days, the most that can be said so. Give a date", math.MaxInt64/day)
	} else if ok {
		return time.Duration(n * float64(day)), nil
	}
	length, err := time.ParseDuration(s)
	if err != nil || length < 0 {
		return 0, errors.New("it must be a date (2026-03-05), a date and time (\"2026-03-05 14:30\", UTC), or so long ago (90m, 24h, 7d)")
	}
	return length, nil
}
