package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

type logOptions struct {
	sentence int
	by       string
	limit    int
}

func newLog(a *app) *cobra.Command {
	var o logOptions
	c := &cobra.Command{
		Use:   "log [ARTICLE]",
		Short: "the history, newest last",
		Long: `Prints what happened, of one article or of all: when (UTC), who, where, what, and
why where somebody said so. Nothing is ever removed from the history; undo and
redo are entries of it.

` + exitWords,
		Example: `  stet log --limit 20
  stet log harbour --sentence 19
  stet log --by ana --json`,
		Args:              rangeArgs(0, 1, "the name of one article at most"),
		ValidArgsFunction: a.completeArticle,
		RunE:              func(cmd *cobra.Command, args []string) error { return runLog(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.IntVar(&o.sentence, "sentence", 0, "only sentence `N` of the article")
	f.StringVar(&o.by, "by", "", "only what this `NAME` did")
	f.IntVar(&o.limit, "limit", 0, "only the newest `N` entries; 0 for all")
	f.SortFlags = false
	return c
}

type eventJSON struct {
	Pos      uint64 `json:"pos"`
	Time     string `json:"time"`
	By       string `json:"by"`
	Kind     string `json:"kind"`
	Mode     string `json:"mode"` // do, undo, redo
	Act      string `json:"act"`
	Of       string `json:"of,omitempty"` // the act that is reverted
	Article  string `json:"article,omitempty"`
	Key      string `json:"key,omitempty"`
	Sentence int    `json:"sentence,omitempty"`
	Verb     string `json:"verb,omitempty"`
	What     string `json:"what"`
	Reason   string `json:"reason,omitempty"`
	Tool     string `json:"tool,omitempty"`
	Hash     string `json:"hash"`
}

func runLog(ctx context.Context, a *app, o logOptions, args []string) error {
	switch {
	case o.sentence != 0 && len(args) == 0:
		return usage("--sentence needs an article: stet log ARTICLE --sentence N")
	case o.sentence < 0 || o.limit < 0:
		return usage("--sentence and --limit are not negative")
	}
	return a.withStore(ctx, "log", false, func(d *desk) error {
		q := store.Query{Actor: o.by, Sentence: annotations.SentenceID(o.sentence)}
		if len(args) == 1 {
			sum, err := d.find(ctx, args[0])
			if err != nil {
				return err
			}
			q.Article = sum.ID
		}
		events, err := d.newest(ctx, q, o.limit)
		if err != nil {
			return err
		}
		names := map[annotations.ArticleID]string{}
		out := []eventJSON{}
		for i := range events {
			out = append(out, d.eventOf(ctx, &events[i], names))
		}
		if a.flags.json {
			return a.printJSON(out)
		}
		return logText(a, out)
	})
}

// newest reads the events that q selects, the newest limit of them, oldest first.
func (d *desk) newest(ctx context.Context, q store.Query, limit int) ([]annotations.Event, error) {
	const at = 1024
	var out []annotations.Event
	var after uint64
	if q == (store.Query{}) && limit > 0 {
		st, err := d.Stat(ctx)
		if err != nil {
			return nil, err
		}
		after = st.Events - min(st.Events, uint64(limit))
	}
	for {
		list, next, err := d.Events(ctx, q, after, at)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if limit > 0 && len(out) > limit {
			out = append(out[:0], out[len(out)-limit:]...)
		}
		if len(list) < at {
			return out, nil
		}
		after = next
	}
}

func (d *desk) eventOf(ctx context.Context, e *annotations.Event, names map[annotations.ArticleID]string) eventJSON {
	out := eventJSON{
		Pos: e.Pos, Time: instant(e.Time), By: e.Actor, Kind: e.Kind.String(), Mode: "do", Act: e.Act.String(), Verb: e.Verb,
		Sentence: number(e.Sentence), Reason: e.Reason, Tool: e.Tool, Hash: e.Hash.String(),
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

func logText(a *app, list []eventJSON) error {
	var b strings.Builder
	for _, e := range list {
		where := e.Article
		if e.Sentence > 0 {
			where += fmt.Sprintf(" %d", e.Sentence)
		}
		what := e.What
		if e.Mode != "do" {
			what = e.Mode + ": " + what
		}
		if e.Reason != "" {
			what += " (" + e.Reason + ")"
		}
		stamp := e.Time
		if len(stamp) >= 19 {
			stamp = stamp[:10] + " " + stamp[11:19]
		}
		fmt.Fprintf(&b, "%s  %s  %s  %s\n", stamp, show(e.By), show(where), show(what))
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return written(err)
}
