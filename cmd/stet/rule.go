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
)

type ruleOptions struct {
	reason, rule, reviewer, draw string
	example                      bool
}

func newRule(a *app) *cobra.Command {
	var o ruleOptions
	c := &cobra.Command{
		Use:   "rule ARTICLE N stet|amend TAG|query|neither|none",
		Short: "the lead's decision on a sentence",
		Long: `Rules on sentence N: stet, let it stand; amend, it is TAG; query, back to the
reviewer; neither, nothing on offer is right; none takes a ruling back. It
stands beside what reviewers said and never changes it.

With --reviewer the ruling is on that person's annotation: "stet" then picks it
where several differ. A query comes to the reviewers' desks with its words; they
answer with "stet answer", another query is a reply, any other verdict ends it.

--draw SEED says in the log that the ruling is on a sentence that was drawn to
be checked ("stet sample"). --example prints the ruled sentence as an example
for a codebook file, where a tag stands; it wants --reason, which is its why.

` + exitWords,
		Example: `  stet rule harbour 19 stet --reviewer ana
  stet rule harbour 23 amend contested --rule C-d --reason "accuses, not proven"
  stet rule harbour 23 amend contested --rule C-d \
      --reason "accuses, not proven" --example >> our.toml
  stet rule harbour 2 query --reason "who are the two officials?"`,
		Args: rangeArgs(3, 4, "an article, a sentence, a verdict, and after amend a tag"),
		ValidArgsFunction: a.completeArticleThen(nil, fixed(verdicts()...), func(ctx context.Context, args []string) []string {
			if args[2] != "amend" {
				return nil
			}
			return a.bookWords(tagsOf)(ctx, args)
		}),
		RunE: func(cmd *cobra.Command, args []string) error { return runRule(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.reason, "reason", "", "why, in `WORDS`")
	f.StringVar(&o.rule, "rule", "", "`ID` of the codebook rule that decides")
	f.StringVar(&o.reviewer, "reviewer", "", "`NAME` whose annotation it is about; default: the sentence")
	f.StringVar(&o.draw, "draw", "", "the `SEED` of the draw that is being checked; the log names it")
	f.BoolVar(&o.example, "example", false, "print the ruling as an example for a codebook (TOML)")
	f.SortFlags = false
	return c
}

func verdicts() []string { return []string{"stet", "amend", "query", "neither", "none"} }

func runRule(ctx context.Context, a *app, o ruleOptions, args []string) error {
	verdict := args[2]
	switch {
	case !slices.Contains(verdicts(), verdict):
		return usage("%q is no verdict: stet, amend TAG, query, neither, or none to take it back", verdict)
	case (verdict == "amend") != (len(args) == 4):
		return usage("amend names a tag, and no other verdict does: stet rule ARTICLE N amend TAG")
	case o.example && (verdict == "amend" || verdict == "stet") && strings.TrimSpace(o.reason) == "":
		return usage("--example wants a reason: a codebook takes no example that does not say why. Give it with --reason WORDS")
	}
	verb := "rule"
	if o.draw != "" {
		seed, err := audit.ParseSeed(o.draw)
		if err != nil {
			return usage("--draw: %v", err)
		}
		verb = audit.DrawVerb(seed)
	}
	return a.withStore(ctx, "rule", false, func(d *desk) error {
		sum, err := d.find(ctx, args[0])
		if err != nil {
			return err
		}
		book, err := d.book(ctx, sum.Codebook)
		if err != nil {
			return err
		}
		n, unit, err := d.oneSentence(ctx, &sum.Meta, args[1], "a ruling is on")
		if err != nil {
			return err
		}
		var ruling *annotations.Ruling
		if verdict != "none" {
			ruling = &annotations.Ruling{Verdict: annotations.Verdict(verdict), Rule: o.rule, Reason: o.reason, Reviewer: o.reviewer, Codebook: book.Hash}
			if len(args) == 4 {
				if ruling.Tag, err = tagNamed(book, args[3]); err != nil {
					return err
				}
			}
		}
		w := ruledOn{sum: &sum, n: n, unit: unit, verb: verb, reason: o.reason, example: o.example}
		return d.rule(ctx, &w, ruling)
	})
}

// ruledOn is a sentence that is ruled on, and how.
type ruledOn struct {
	sum          *store.Summary
	n            int
	unit         annotations.Sentence
	verb, reason string
	example      bool
}

// rule saves a ruling, or takes one back (nil).
func (d *desk) rule(ctx context.Context, w *ruledOn, ruling *annotations.Ruling) error {
	id, s := w.sum.ID, w.unit.ID
	rows, err := d.State(ctx, id, s, s+1, 1<<20)
	if err != nil {
		return err
	}
	tag := ""
	if w.example {
		if tag = ruledTag(rows, ruling); tag == "" {
			return errors.New("no tag stands after that ruling, so it is no example. Nothing was changed")
		}
	}
	c := annotations.Change{Kind: annotations.EventRule, Verb: w.verb, Sentence: s, Ruling: ruling}
	if ruling == nil {
		c.Reason = w.reason
	}
	live, heard := false, false
	for _, r := range rows {
		if r.Ruling != nil {
			c.Rev, live = r.Ruling.Rev, r.Ruling.Verdict != ""
		} else if ruling != nil && r.Reviewer == ruling.Reviewer {
			heard = true
		}
	}
	switch {
	case ruling == nil && !live:
		return errors.New("there is no ruling on that sentence to take back. Nothing was changed")
	case ruling != nil && ruling.Reviewer != "" && !heard:
		return fmt.Errorf("%s has said nothing of that sentence. Nothing was changed. `stet show` tells who has", ruling.Reviewer)
	}
	r, err := d.do(ctx, d.session, id, c)
	if err != nil {
		return err
	}
	return d.ruled(ctx, w, ruling, tag, annotations.RulingRecord{By: d.session.Actor, Rev: c.Rev + 1, Time: r.Time}, r)
}

// ruled prints what was saved. tag is the one that stands now, where an example is
// asked for; who and when stand in rec.
func (d *desk) ruled(ctx context.Context, w *ruledOn, ruling *annotations.Ruling, tag string, rec annotations.RulingRecord, r store.Receipt) error {
	example := ""
	if w.example {
		body, err := d.Blob(ctx, w.sum.Text, w.unit.Span.Start, w.unit.Span.Len())
		if err != nil {
			return err
		}
		example = audit.ExampleTOML(annotations.Example{Text: body, Tag: tag, Rule: ruling.Rule, Why: ruling.Reason})
	}
	switch {
	case d.flags.json:
		out := map[string]any{"article": w.sum.Name, "n": w.n, "receipt": receiptOf(r), "ruling": nil}
		if ruling != nil {
			rec.Ruling = *ruling
			out["ruling"] = rulingOf(&rec)
		}
		if w.example {
			out["example"] = example
		}
		return d.printJSON(out)
	case w.example:
		d.say("%s %d %s", w.sum.Name, w.n, saved(rulingWords(ruling)))
		_, err := d.stdout.Write([]byte(example))
		return written(err)
	case d.flags.quiet:
		return nil
	}
	return d.print("%s %d %s", w.sum.Name, w.n, saved(rulingWords(ruling)))
}

// ruledTag is the tag that stands after a ruling, "" for none, or where reviewers
// differ and it picks nobody's.
func ruledTag(rows []store.Row, r *annotations.Ruling) string {
	switch {
	case r == nil:
		return ""
	case r.Verdict == annotations.Amend:
		return r.Tag
	}
	tag := ""
	for i := range rows {
		x := &rows[i]
		switch {
		case r.Verdict != annotations.Stet || x.Ruling != nil || x.Annotation.Tag == "" || r.Reviewer != "" && x.Reviewer != r.Reviewer:
		case tag != "" && tag != x.Annotation.Tag:
			return ""
		default:
			tag = x.Annotation.Tag
		}
	}
	return tag
}
