package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/survey"
)

type finishOptions struct {
	reopen, force, agreed bool
	reviewer              string
}

func newFinish(a *app) *cobra.Command {
	var o finishOptions
	c := &cobra.Command{
		Use:   "finish ARTICLE",
		Short: "say that you have finished an article, or open it again",
		Long: `Marks an article as finished by the reviewer (--as). It refuses while a sentence
is untagged or a tag lacks what the codebook asks for, and names each; --force
finishes all the same. --reopen goes on with it; a lead may do both for others
with --reviewer. "stet undo" takes it back. In a team that works blind,
finishing shows what the others said, and binds: only a lead opens the article
again, and until then the reviewer changes only sentences that a lead has asked
about or ruled on.

--all-agreed is for leads: finishes, for everybody assigned or at work, each
article in which all of them have tagged everything and agree.

` + exitWords,
		Example: `  stet finish harbour
  stet finish harbour --reopen --reviewer ana
  stet finish --all-agreed`,
		Args:              rangeArgs(0, 1, "an article"),
		ValidArgsFunction: a.completeArticleThen(),
		RunE:              func(cmd *cobra.Command, args []string) error { return runFinish(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.BoolVar(&o.reopen, "reopen", false, "go on with it")
	f.BoolVar(&o.force, "force", false, "though something is missing")
	f.BoolVar(&o.agreed, "all-agreed", false, "every article in which all reviewers agree")
	f.StringVar(&o.reviewer, "reviewer", "", "`NAME` of whom it is done for; default: yourself")
	f.SortFlags = false
	return c
}

func runFinish(ctx context.Context, a *app, o finishOptions, args []string) error {
	if o.agreed == (len(args) == 1) || o.agreed && (o.reopen || o.reviewer != "") {
		return usage("name an article, or give --all-agreed alone")
	}
	return a.withStore(ctx, "finish", false, func(d *desk) error {
		if o.agreed {
			return d.finishAgreed(ctx)
		}
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return err
		}
		who := o.reviewer
		if who == "" {
			who = d.session.Actor
		}
		stands, known := sum.Progress, true
		if who != d.session.Actor {
			stands, known = sum.Others[who]
		}
		if o.reopen && !known { // an entry of it would make a reviewer of whoever has that name
			return fmt.Errorf("%s has not finished %s; nothing was done. `stet list` names the reviewers", who, sum.Name)
		}
		if !known && !slices.Contains(sum.Assigned, who) {
			return fmt.Errorf("%s has said nothing of %s, nor is it assigned to them; nothing was done. `stet list` names the reviewers", who, sum.Name)
		}
		if known && stands.Finished != o.reopen {
			a.say("%s is %s already; nothing was changed", sum.Name, map[bool]string{true: "open", false: "finished"}[o.reopen])
			if !a.flags.json {
				return nil
			}
			return a.printJSON(finishedJSON{Article: sum.Name, Reviewer: who, Finished: !o.reopen})
		}
		if !o.reopen && !o.force {
			if err := d.mayFinish(ctx, &sum, who); err != nil {
				return err
			}
		}
		done, err := d.finish(ctx, &sum, who, !o.reopen)
		if err != nil || !a.flags.json {
			return err
		}
		return a.printJSON(done)
	})
}

// finishedJSON is one act of finishing an article, or of opening it again.
type finishedJSON struct {
	Article  string       `json:"article"`
	Reviewer string       `json:"reviewer"`
	Finished bool         `json:"finished"`
	Receipt  *receiptJSON `json:"receipt"` // null: it was so already
}

// finish stores that somebody has finished an article or goes on with it, and says
// so, but for --json: there the caller prints what it returns.
func (d *desk) finish(ctx context.Context, sum *store.Summary, who string, done bool) (finishedJSON, error) {
	f := annotations.Finish{Reviewer: who, Done: done}
	r, err := d.do(ctx, d.session, sum.ID, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &f})
	if err != nil {
		return finishedJSON{}, err
	}
	receipt := receiptOf(r)
	out := finishedJSON{Article: sum.Name, Reviewer: who, Finished: done, Receipt: &receipt}
	if d.flags.json || d.flags.quiet {
		return out, nil
	}
	return out, d.print("%s %s", sum.Name, saved(finishWords(&f, d.session.Actor)))
}

// mayFinish names what is missing, or returns nil.
func (d *desk) mayFinish(ctx context.Context, sum *store.Summary, who string) error {
	art, err := store.Load(ctx, d.Store, sum.ID)
	if err != nil {
		return err
	}
	book, err := d.book(ctx, sum.Codebook)
	if err != nil {
		return err
	}
	list, err := d.voiced(ctx, art, showOptions{reviewer: who})
	if err != nil {
		return err
	}
	list = stillOpen(list, who, book, art)
	if len(list) == 0 {
		return nil
	}
	var missing []string
	for i, v := range list {
		if i == 8 {
			missing = append(missing, fmt.Sprintf("and %d more", len(list)-i))
			break
		}
		missing = append(missing, fmt.Sprintf("%d %s", v.n, lacks(&v, who, book, art)))
	}
	return fmt.Errorf("%s is not finished: %s. Nothing was changed. `stet show %s --unfinished` lists all; --force finishes all the same", sum.Name, strings.Join(missing, "; "), sum.Name)
}

// lacks says what is missing of a sentence.
func lacks(v *voiced, who string, book *annotations.Codebook, art *annotations.Article) string {
	for i := range v.said {
		r := &v.said[i]
		if r.Reviewer != who || r.Annotation.Tag == "" {
			continue
		}
		if !r.Annotation.On(v.unit.Span.In(art.Body)) {
			return "was cut since it was tagged"
		}
		return unfinished(book, &r.Annotation.Annotation)
	}
	return "is untagged"
}

// finishAgreed finishes every article in which all who work on it agree. After a
// failure it still prints what was done before.
func (d *desk) finishAgreed(ctx context.Context) error {
	all := []finishedJSON{}
	err := d.everyArticle(ctx, func(s store.Summary) error {
		agreed, people, err := d.agreed(ctx, &s)
		if err != nil || !agreed {
			return err
		}
		for _, who := range people {
			done, err := d.finish(ctx, &s, who, true)
			if err != nil && len(all) > 0 {
				return d.soFar(err, wereOf(len(all), "act")+" saved before it. The same command goes on with the others")
			}
			if err != nil {
				return err
			}
			all = append(all, done)
		}
		return nil
	})
	if err == nil && len(all) == 0 {
		d.say("there is no article to finish: in none has everybody tagged everything alike")
	}
	if d.flags.json {
		err = errors.Join(err, d.printJSON(all))
	}
	return err
}

// agreed reports whether two people or more have tagged everything of an article
// alike, and who of them has not finished it.
func (d *desk) agreed(ctx context.Context, s *store.Summary) (bool, []string, error) {
	rows, err := d.rows(ctx, s.ID)
	if err != nil {
		return false, nil, err
	}
	list := make([]audit.Row, len(rows))
	for i := range rows {
		list[i] = audit.Row(rows[i])
	}
	x := survey.StandingOf(s, d.session.Actor, list)
	return x.Agreed && len(x.Open) > 0, x.Open, nil
}
