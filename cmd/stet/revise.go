package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/store"
)

type reviseOptions struct {
	importOptions
	dry     bool
	pending bool
	take    int
}

func newRevise(a *app) *cobra.Command {
	var o reviseOptions
	c := &cobra.Command{
		Use:   "revise ARTICLE FILE | revise [ARTICLE] --pending |\n       revise ARTICLE N --take OLD",
		Short: "take in a new version of an article; tags follow honestly",
		Long: `Imports FILE as the next revision of ARTICLE. The old text, with all that was
said of it, stays as it is. A sentence that stands unchanged in the new text, at
its place or another, keeps what everybody said of it, and the lead's ruling:
that is one entry in each person's history. A sentence that was edited, split or
merged keeps nothing by itself: it stands beside its old words and asks.
Look-alikes are never taken for one another: where two could be meant, it asks.
What was said by somebody who has left the team, or ruled by one who is no lead
any more, is left out and named; then the exit code is 1. What was said of other
words, before a sentence was split or joined, is named and not carried.

--dry-run shows what would become of every sentence and changes nothing.
--pending lists, of a revision, what asks the reviewer (--as); without an
article it counts that for every revision of the store. --take OLD says of
sentence N what the reviewer said of sentence OLD of the revision before, in
place of what was said of N, and tells what of it does not fit there.

` + exitWords,
		Example: `  stet revise harbour new.html
  stet revise harbour new.html --dry-run
  stet revise harbour-2 --pending
  stet revise --pending
  stet revise harbour-2 19 --take 18`,
		Args: rangeArgs(0, 2, "an article, and a file or a sentence"),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault // the new version's file
			}
			return a.completeArticle(cmd, args, word)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runRevise(cmd.Context(), a, &o, args) },
	}
	f := c.Flags()
	f.BoolVar(&o.dry, "dry-run", false, "show what would happen")
	f.BoolVar(&o.pending, "pending", false, "what asks the reviewer")
	f.IntVar(&o.take, "take", 0, "say of sentence N what was said of sentence `OLD` before")
	f.StringVar(&o.Title, "title", "", "the `TITLE`; default: as before")
	f.StringVar(&o.Published, "published", "", "`DATE` of the new version, as 2026-01-02")
	f.StringVar(&o.URL, "url", "", "the `ADDRESS` where it was published; default: as before")
	f.StringVar(&o.Format, "format", "", "the file's `FORMAT`; default: detected")
	f.SortFlags = false
	return c
}

func runRevise(ctx context.Context, a *app, o *reviseOptions, args []string) error {
	switch {
	case o.pending && (o.take != 0 || o.dry || len(args) > 1), o.take != 0 && len(args) != 2, !o.pending && o.take == 0 && len(args) != 2:
		return usage("give an article and a file, or --pending with an article or none, or an article, a sentence and --take OLD")
	}
	if err := o.check(nil); err != nil {
		return err
	}
	return a.withStore(ctx, "revise", false, func(d *desk) error {
		if len(args) == 0 {
			return d.pendingAll(ctx)
		}
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return err
		}
		art, err := store.Load(ctx, d.Store, sum.ID)
		if err != nil {
			return err
		}
		switch {
		case o.pending:
			return d.pending(ctx, art)
		case o.take != 0:
			return d.take(ctx, art, args[1], o.take)
		}
		return d.revise(ctx, o, art, args[1])
	})
}

// revision is an article beside the one it is the next version of.
type revision struct {
	old, now *annotations.Article
	plan     align.Plan
}

func revisionOf(old, now *annotations.Article) *revision {
	return &revision{old: old, now: now, plan: align.PlanRevision(align.Side{Text: old.Body, Units: old.Units}, align.Side{Text: now.Body, Units: now.Units})}
}

// target leads a link to where its sentence stands now.
func (r *revision) target(t annotations.Target) annotations.Target {
	if t.Article != r.old.ID {
		return t
	}
	at := r.old.Index(t.Sentence)
	if at < 0 || len(r.plan.Old[at].New) != 1 || r.plan.Old[at].Ask {
		return t // its old words stay where they are
	}
	return annotations.Target{Article: r.now.ID, Sentence: r.now.Units[r.plan.Old[at].New[0]].ID}
}

// carried is what was said of old place from, said of new place to.
func (r *revision) carried(a annotations.Annotation, from, to int) annotations.Annotation {
	was, now := r.old.Units[from].Span, r.now.Units[to].Span
	return annotations.Carried(a, was, was.In(r.old.Body), now, now.In(r.now.Body), r.target)
}

func (d *desk) revise(ctx context.Context, o *reviseOptions, old *annotations.Article, file string) error {
	o.Outlet, o.Byline, o.Lang = old.Outlet, old.Byline, old.Language
	if o.Title == "" {
		o.Title = old.Title
	}
	if o.URL == "" {
		o.URL = old.URL
	}
	im, err := d.importer(o.importOptions)
	if err != nil {
		return err
	}
	got, err := im.read(ctx, file)
	if err != nil {
		return err
	}
	now := got.Article
	if now.Text == old.Text {
		return fmt.Errorf("%s holds the text of %s, letter by letter. Nothing was changed", file, old.Name)
	}
	now.Revision, now.Parent, now.Name = old.Revision+1, old.ID, ""
	now.Name = now.SuggestName(4)
	r := revisionOf(old, now)
	if o.dry {
		return d.revised(r, &carriedOver{}, "")
	}
	if err := d.mayRevise(ctx); err != nil {
		return err
	}
	book, err := d.book(ctx, old.Codebook)
	if err != nil {
		return err
	}
	done, err := d.takeIn(ctx, now, book)
	if err != nil {
		return err
	}
	if done.Known {
		// An earlier attempt may have been interrupted: what it left is carried now.
		was, err := store.Load(ctx, d.Store, done.ID)
		if err != nil {
			return err
		}
		if was.Parent != old.ID {
			return fmt.Errorf("the text of %s is in the store already, as %s. Nothing was changed. `stet compare %s %s` shows the two side by side", file, done.Name, old.Name, done.Name)
		}
		r = revisionOf(old, was)
	}
	r.now.Name = done.Name
	over, err := d.follow(ctx, r)
	if err == nil && over.n+len(over.left) == 0 && done.Known {
		return fmt.Errorf("the text of %s is in the store already, as %s, and nothing is left to carry over. Nothing was changed", file, done.Name)
	}
	if err != nil {
		return &partly{err, fmt.Sprintf("The new text is in the store as %s with %s carried over; what was not asks there, and the same command goes on with it", done.Name, plural(over.n, "entry"))}
	}
	return d.revised(r, &over, done.Name)
}

// mayRevise refuses who cannot carry what everybody said: then nothing is begun.
func (d *desk) mayRevise(ctx context.Context) error {
	team, err := d.Team(ctx)
	if err != nil || team.Empty() || team.RoleOf(d.session.Actor) == annotations.Lead {
		return err
	}
	return &store.Error{
		Kind: store.ErrForbidden, What: d.session.Actor + " is no lead: a revision carries what everybody said to the new text",
		Safe: "Nothing was changed", Next: "Ask a lead to revise it; --dry-run shows what would become of the sentences",
	}
}

type revisedJSON struct {
	Article  string         `json:"article,omitempty"` // "" when nothing was changed
	Parent   string         `json:"parent"`
	Revision int            `json:"revision"`
	Carried  int            `json:"carried"`         // annotations and rulings
	Fates    map[string]int `json:"fates"`           // of the new sentences
	Gone     []int          `json:"gone"`            // old sentences, from 1
	Left     []leftBehind   `json:"left,omitempty"`  // not carried over, though the sentence is the same
	Stale    []leftBehind   `json:"stale,omitempty"` // neither: said of other words than the sentence had
	New      []fateJSON     `json:"sentences"`
}

type fateJSON struct {
	N          int    `json:"n"`
	Fate       string `json:"fate"`
	Old        []int  `json:"old,omitempty"`
	Candidates []int  `json:"candidates,omitempty"`
	Text       string `json:"text"`
}

func places(list []int) []int {
	out := make([]int, len(list))
	for i, n := range list {
		out[i] = n + 1
	}
	return out
}

// revised says what became of the sentences.
func (d *desk) revised(r *revision, over *carriedOver, name string) error {
	out := revisedJSON{Article: name, Parent: r.old.Name, Revision: r.now.Revision, Carried: over.n, Left: over.left, Stale: over.stale, Fates: map[string]int{}, Gone: []int{}}
	for i, p := range r.plan.New {
		out.Fates[p.Fate.String()]++
		out.New = append(out.New, fateJSON{i + 1, p.Fate.String(), places(p.Old), places(p.Candidates), r.now.Units[i].Span.In(r.now.Body)})
	}
	for i, l := range r.plan.Old {
		if l.Gone {
			out.Gone = append(out.Gone, i+1)
		}
	}
	print := func() error { return d.revisedText(r, &out) }
	if d.flags.json {
		print = func() error { return d.printJSON(out) }
	}
	if err := print(); err != nil {
		return err
	}
	if n := len(over.left); n > 0 {
		return &foundError{exitFailed, leftOut(n, true)}
	}
	return nil
}

func (d *desk) revisedText(r *revision, out *revisedJSON) error {
	for i, p := range r.plan.New {
		if p.Fate == align.PlanKept {
			continue
		}
		from := ""
		if list := places(p.Old); len(list) > 0 {
			from = " from " + numbers(list)
		}
		if p.Fate == align.PlanAsk {
			from = ": is it " + strings.ReplaceAll(numbers(places(p.Candidates)), ", ", " or ") + "?"
			if len(p.Candidates) == 0 {
				from = ""
			}
		}
		if err := d.print("%4d  %s%s  %s", i+1, p.Fate, from, show(r.now.Units[i].Span.In(r.now.Body))); err != nil {
			return err
		}
	}
	for _, n := range out.Gone {
		if err := d.print("   -  gone, was %d  %s", n, show(r.old.Units[n-1].Span.In(r.old.Body))); err != nil {
			return err
		}
	}
	asks := out.Fates["edited"] + out.Fates["split"] + out.Fates["merged"] + out.Fates["ask"]
	words := fmt.Sprintf("%s unchanged, %d moved, %d new, %d gone, %d to look at", plural(out.Fates["kept"], "sentence"), out.Fates["moved"], out.Fates["new"], len(out.Gone), asks)
	if out.Article == "" {
		d.say("%s: %s. Nothing was changed", r.old.Name, words)
		return nil
	}
	for _, l := range out.Left {
		d.say("left out: sentence %d, %s of %s: %s", l.N, l.What, l.By, l.Why)
	}
	for _, l := range out.Stale {
		d.say("not carried: sentence %d, %s of %s: %s", l.N, l.What, l.By, l.Why)
	}
	d.say("%s is revision %d of %s: %s; %s carried over. Saved. `stet review %s` goes on there", out.Article, r.now.Revision, r.old.Name, words, plural(out.Carried, "annotation"), out.Article)
	return nil
}

// beside loads the revision that an article is, with the one before it.
func (d *desk) beside(ctx context.Context, art *annotations.Article) (*revision, error) {
	if art.Parent == annotations.Desk {
		return nil, fmt.Errorf("%s is no revision of another article. Nothing was changed. `stet revise %s FILE` takes in its next version", art.Name, art.Name)
	}
	old, err := store.Load(ctx, d.Store, art.Parent)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("the revision before %s is not in this store. Nothing was changed. `stet merge` brings it from the store that has it", art.Name)
	}
	if err != nil {
		return nil, err
	}
	return revisionOf(old, art), nil
}
