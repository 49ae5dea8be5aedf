package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/store"
	"stet.example/stet/tui"
)

type auditOptions struct {
	list       string
	seed       string
	confidence float64
	maxRate    float64
	bootstrap  uint64
	quick      bool
}

func newAudit(a *app) *cobra.Command {
	var o auditOptions
	c := &cobra.Command{
		Use:   "audit",
		Short: "the lead's desk: what needs you, is the work sound, weak spots",
		Long: `Looks at everything in the store and says what needs a decision (open queries,
disagreements by what hangs on them, unsure, contested without another side,
unfinished), whether the work is sound (agreement, the audit bound, drift),
which tags and rules are mixed up and by whom, and where a published text would
be weak.

On a terminal it is a screen: open what is marked with enter, rule on it, or
check a sample blind (r). In a pipe, with --plain, --quick, --list or --json it
prints, and where the store can be read and not written.

The bound on wrong tags rests on a draw: "stet sample" prints a seed and what to
check; rule on it in that order with "stet rule --draw SEED". The newest draw
that rulings name is the one shown; --seed takes another.

--list prints one list whole:
` + wrapWords(strings.Join(auditLists(), ", "), 78) + `.

` + exitWords,
		Example: `  stet audit
  stet audit --list disagreements
  stet audit --json | jq '.sound.tags.krippendorff_alpha'
  stet audit --seed 5f3a…`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runAudit(cmd.Context(), a, o) },
	}
	f := c.Flags()
	f.StringVar(&o.list, "list", "", "print one `LIST` whole")
	f.StringVar(&o.seed, "seed", "", "the seed (`HEX`) of the draw that is being checked")
	checkFlags(f, &o.confidence, &o.maxRate)
	f.Uint64Var(&o.bootstrap, "bootstrap-seed", 0, "seed (`N`) of the intervals, which resample articles")
	f.BoolVar(&o.quick, "quick", false, "without intervals")
	f.SortFlags = false
	return c
}

// options are the audit's own, read from flags.
func (o auditOptions) options() (audit.Options, error) {
	opt := audit.Options{Confidence: o.confidence, MaxRate: o.maxRate}
	if err := checkRates(o.confidence, o.maxRate); err != nil {
		return opt, err
	}
	if o.seed != "" {
		seed, err := audit.ParseSeed(o.seed)
		if err != nil {
			return opt, usage("--seed: %v", err)
		}
		opt.Seed = &seed
	}
	return opt, nil
}

// audited reads the store into what is reported of it, with the seal of its log, and
// what of it the reviewer may not see.
func (a *app) audited(ctx context.Context, command string, opt audit.Options) (r report.Report, hidden hiddenTags, err error) {
	r.Program = a.tool()
	err = a.withStore(ctx, command, false, func(d *desk) error {
		var err error
		if r.Desk, err = d.audit(ctx, opt); err != nil {
			return err
		}
		if hidden, err = d.hidden(ctx); err != nil {
			return err
		}
		hidden.mark(&r)
		r.Seal, err = d.sealed(ctx)
		return err
	})
	return r, hidden, err
}

// runAudit prints the desk, or one of its lists.
func runAudit(ctx context.Context, a *app, o auditOptions) error {
	opt, err := o.options()
	if err != nil {
		return err
	}
	if err := knownList(o.list); err != nil {
		return err
	}
	if o.list == "" && !o.quick && !a.flags.json && a.noScreen() == "" {
		opened := false
		err := a.withStore(ctx, "audit", true, func(d *desk) error {
			opened = true
			return d.screen(ctx, annotations.Desk, func(s *tui.Options) { s.Audit = &opt })
		})
		if opened || !errors.Is(err, store.ErrReadOnly) {
			return err
		}
		a.say("note: this is no screen, on which a lead rules: nothing can be written beside the store")
	}
	r, hidden, err := a.audited(ctx, "audit", opt)
	if err != nil {
		return err
	}
	if o.list != "" {
		a.mind(hidden.words())
		return auditList(a, r.Desk, o.list)
	}
	if !o.quick {
		if r.Intervals, err = intervals(r.Desk, o.bootstrap); err != nil {
			return err
		}
	}
	if a.flags.json {
		return auditJSON(a, &r)
	}
	return auditText(a, &r)
}

// intervals are the bootstrap intervals of a desk, nil where nothing was
// compared.
func intervals(d *audit.Desk, seed uint64) (*audit.Intervals, error) {
	if d.Sound.Tags.Units == 0 {
		return nil, nil //nolint:nilnil // no interval is no error
	}
	i, err := d.Intervals(agreement.BootstrapOptions{Seed: seed})
	return &i, err
}

func auditJSON(a *app, r *report.Report) error {
	return a.printJSON(struct {
		Seal      reportSealJSON   `json:"seal"`
		Intervals *audit.Intervals `json:"intervals"`
		*audit.Desk
	}{sealJSONOf(r.Seal), r.Intervals, r.Desk})
}

// auditLists are the lists that --list prints.
func auditLists() []string {
	return []string{"queries", "disagreements", "unsure", "one-sided", "unfinished", "wanted", "stale", "begun", "replies", "merged", "revised", "weak", "drift", "lint", "steady", "pace", "rhythm", "offers"}
}

func knownList(name string) error {
	for _, l := range auditLists() {
		if l == name || name == "" {
			return nil
		}
	}
	return usage("--list is %q, not one of %s", name, strings.Join(auditLists(), ", "))
}

// auditList prints one list whole, a line an entry: where, what, the sentence.
func auditList(a *app, d *audit.Desk, name string) error {
	matters := map[string][]audit.Matter{
		"queries": d.Queries, "disagreements": d.Disagreements, "unsure": d.Unsure, "one-sided": d.OneSided,
		"unfinished": d.Unfinished, "wanted": d.Wanted, "stale": d.Stale, "replies": d.Replies, "merged": d.Merged,
	}
	t := newTable(a)
	if list, ok := matters[name]; ok {
		if a.flags.json {
			return a.printJSON(list)
		}
		for i := range list {
			m := &list[i]
			t.row(m.Place.String(), matterWords(m), m.Text)
		}
		return t.flush()
	}
	if a.flags.json {
		return a.printJSON(map[string]any{
			"begun": d.Begun, "revised": d.Revised, "weak": d.Weak, "drift": d.Drift, "lint": d.Lint, "steady": d.Steady, "pace": d.Pace, "rhythm": d.Rhythm, "offers": d.Offer,
		}[name])
	}
	switch name {
	case "begun":
		for _, p := range d.Begun {
			t.row(p.Article, p.Reviewer, fmt.Sprintf("%d of %d", p.Tagged, p.Required), map[bool]string{true: "assigned"}[p.Assigned])
		}
	case "steady", "pace", "rhythm", "offers":
		figureRows(t, d, name)
	case "revised":
		for _, r := range d.Revised {
			t.row(r.Article, r.Reviewer, plural(r.Asks, "edited sentence"), "after "+r.Parent)
		}
	case "weak":
		for i := range d.Weak {
			t.row(d.Weak[i].Place.String(), strings.Join(d.Weak[i].Kinds, "; "), d.Weak[i].Text)
		}
	case "drift":
		for i := range d.Drift {
			x := &d.Drift[i]
			t.row(x.Now.Place.String(), x.Reviewer, fmt.Sprintf("%s now, %s at %s", orUntagged(x.Now.Tag), orUntagged(x.Was.Tag), x.Was.Place), x.Text)
		}
	case "lint":
		for i := range d.Lint {
			t.row(d.Lint[i].Place.String(), lintWords(&d.Lint[i]), d.Lint[i].Text)
		}
	}
	return t.flush()
}

// figureRows prints the lists that hold figures rather than sentences.
func figureRows(t *table, d *audit.Desk, name string) {
	switch name {
	case "steady":
		for _, p := range d.Steady {
			t.row(p.Reviewer, fmt.Sprintf("as before %d of %d", p.Same, p.Again), fmt.Sprintf("%d changed later", p.Changed), p.Share.String())
		}
	case "pace":
		for _, p := range d.Pace {
			t.row(p.Reviewer, p.Day, plural(p.Sentences, "sentence"), figureOrDash(p.PerHour)+" an hour", "agrees "+figureOrDash(p.Agree))
		}
	case "rhythm":
		for _, r := range d.Rhythm {
			t.row(r.Reviewer, plural(r.Sentences, "sentence"), plural(r.Days, "day"), figureOrDash(r.PerHour)+" an hour", figureOrDash(r.PerDay)+" a day")
		}
	case "offers":
		if d.Offer == nil {
			return
		}
		for _, o := range d.Offer.ByLabel {
			t.row("offered "+o.Offered, fmt.Sprintf("%d of %d taken", o.Taken, o.Shown), o.Share.String(), "by rulings "+figureOrDash(o.Right))
		}
		for _, o := range d.Offer.By {
			t.row(o.Reviewer, fmt.Sprintf("%d of %d taken", o.Taken, o.Shown), o.Share.String())
		}
	}
}

func orUntagged(tag string) string {
	if tag == "" {
		return "untagged"
	}
	return tag
}

// matterWords says what the matter is, and who says what.
func matterWords(m *audit.Matter) string {
	s := m.What
	if m.Of != "" {
		s += " (" + m.Of + ")"
	}
	if m.Reason != "" {
		s += ": " + m.Reason
	}
	if m.Note != "" && len(m.Thread) == 0 {
		s += ", note: " + m.Note
	}
	if n := len(m.Thread); n > 0 && !m.Thread[n-1].Lead {
		s += "; " + report.Turn(&m.Thread[n-1])
	}
	if len(m.Why) > 0 {
		s += " [" + strings.Join(m.Why, ", ") + "]"
	}
	return s + " | " + report.Voices(m.Says)
}

func lintWords(l *audit.Lint) string {
	s := l.What
	if l.Of != "" {
		s = l.Of + ": " + s
	}
	for i, p := range l.Places {
		s += map[bool]string{true: ": ", false: ", "}[i == 0] + p.Tag + " at " + p.Place.String()
	}
	if more := l.Count - len(l.Places); more > 0 && len(l.Places) > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}
