package main

import (
	"bytes"
	"context"
	_ "embed" // the demo article
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
	"stet.example/stet/tui"
)

//go:embed demo/article.txt
var demoArticle []byte

func newDemo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "try it on a built-in article, in a throw-away store",
		Long: `Opens the review screen on a short invented news story. Everything works as it
does with real articles, but the store is thrown away at the end: nothing of
your own is read or written.

` + exitWords,
		Example: `  stet demo
  go run ./cmd/stet demo`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runDemo(cmd.Context(), a) },
	}
}

func runDemo(ctx context.Context, a *app) error {
	return a.withDemo(ctx, func(d *desk, id annotations.ArticleID) error {
		shown := d.screen(ctx, id, func(o *tui.Options) { o.Drafts = "" }) // its store is thrown away
		sum, err := d.Summary(context.WithoutCancel(ctx), d.session.Actor, id)
		if err == nil && shown == nil {
			err = demoEnd(a, &sum)
		}
		return errors.Join(shown, err)
	})
}

// withDemo brings the built-in article into a throw-away store, hands both to fn,
// and removes the store.
func (a *app) withDemo(ctx context.Context, fn func(*desk, annotations.ArticleID) error) (err error) {
	if err := a.needScreen(); err != nil {
		return err
	}
	r, err := ingest.Read(ctx, bytes.NewReader(demoArticle), ingest.Options{Name: "article.txt", Format: ingest.FormatText})
	if err != nil {
		return err
	}
	dir, remove, err := demoFolder()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	d, err := a.openAt(ctx, "demo", store.Options{Path: filepath.Join(dir, "demo.db"), Create: true, NoSync: true, Clock: a.clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	done, err := store.Import(ctx, d.Store, d.session, r.Article, codebook.Builtin())
	if err != nil {
		return err
	}
	return fn(d, done.ID)
}

// demoEnd says what was done and how to go on.
func demoEnd(a *app, s *store.Summary) error {
	if a.flags.quiet {
		return nil
	}
	p := s.Progress
	for _, line := range []string{
		demoWords(p.Tagged, s.Required, p.Unsure),
		"The demo's store is gone. With an article of your own everything is kept:",
		"  stet review FILE               step through it",
		"  stet export --format json      take the result out",
		"  stet help                      everything else",
	} {
		if err := a.print("%s", line); err != nil {
			return err
		}
	}
	return nil
}

func demoWords(tagged, required, unsure int) string {
	s := fmt.Sprintf("You tagged %d of %s.", tagged, plural(required, "sentence"))
	if unsure > 0 {
		s += fmt.Sprintf(" %s marked unsure.", plural(unsure, "sentence"))
	}
	return s
}
