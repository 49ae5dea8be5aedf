package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
)

type ruleOptions struct {
	reason, rule, reviewer string
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
where several differ.

` + exitWords,
		Example: `  stet rule harbour 19 stet --reviewer ana
  stet rule harbour 20 amend contested --rule C-d --reason "accuses, not proven"
  stet rule harbour 4 query --reason "who are the two officials?"`,
		Args: rangeArgs(3, 4, "an article, a sentence, a verdict, and after amend a tag"),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 2 {
				return verdicts(), cobra.ShellCompDirectiveNoFileComp
			}
			return a.completeArticle(cmd, args, word)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runRule(cmd.Context(), a, o, args) },
	}
	f := c.Flags()
	f.StringVar(&o.reason, "reason", "", "why")
	f.StringVar(&o.rule, "rule", "", "`ID` of the codebook rule that decides")
	f.StringVar(&o.reviewer, "reviewer", "", "`NAME` whose annotation it is about; default: the sentence")
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
		return d.rule(ctx, sum.ID, sum.Name, n, unit.ID, ruling, o.reason)
	})
}

// rule saves a ruling, or takes one back (nil).
func (d *desk) rule(ctx context.Context, id annotations.ArticleID, name string, n int, s annotations.SentenceID, ruling *annotations.Ruling, reason string) error {
	rows, err := d.State(ctx, id, s, s+1, 1<<20)
	if err != nil {
		return err
	}
	c := annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: s, Ruling: ruling}
	if ruling == nil {
		c.Reason = reason
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
	if d.flags.json {
		out := map[string]any{"article": name, "n": n, "receipt": receiptOf(r), "ruling": nil}
		if ruling != nil {
			out["ruling"] = rulingOf(&annotations.RulingRecord{Ruling: *ruling, By: d.session.Actor, Rev: c.Rev + 1, Time: r.Time})
		}
		return d.printJSON(out)
	}
	if d.flags.quiet {
		return nil
	}
	return d.print("%s %d %s. Saved.", name, n, rulingWords(ruling))
}
