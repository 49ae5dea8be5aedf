package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
)

type agreementOptions struct {
	ratings   string
	seed      uint64
	seeded    bool // the seed was given
	consensus bool
}

func newAgreement(a *app) *cobra.Command {
	var o agreementOptions
	c := &cobra.Command{
		Use:   "agreement",
		Short: "how far reviewers agree, with what to know before trusting it",
		Long: `Compares the tags of all articles that two or more reviewers have tagged:
percent agreement, Krippendorff's alpha, Fleiss's kappa, Gwet's AC1, each for
all articles together (with a 95% interval from resampling articles) and for
each; then who vouches and which evidence, as sets (alpha with MASI). --json has
all figures there are, the confusion of each pair, and of each against rulings.

--consensus estimates the true tag of each sentence, and how often each reviewer
takes one tag for another, from all tags together (Dawid and Skene); it needs
three reviewers.

With --ratings FILE (- for standard input) the figures of a ratings file are
printed as JSON, {"name":{"metric":value|null,…}}, all metrics there are; "why"
says why a figure is null, and --seed adds intervals. The name is the one that
the file gives each of its cases; a table gives none and has that of its file
without the ending: "coders" for coders.csv, "ratings" for standard input.

The file is JSON, or a table (commas, semicolons or tabs) whose first line names
the columns: unit, article and then a column a rater; or unit, article, rater
and rating, a row a rating. Nothing, ".", NA and null are missing ratings. What
"stet export --format csv" writes is such a table.

` + exitWords,
		Example: `  stet agreement
  stet agreement --consensus
  stet agreement --json | jq '.all.krippendorff_alpha_nominal'
  stet agreement --ratings coders.csv | jq '.coders.krippendorff_alpha_nominal'
  stet agreement --ratings coders.csv --seed 7`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.seeded = cmd.Flags().Changed("seed")
			return runAgreement(cmd.Context(), a, o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.ratings, "ratings", "", "figures of a ratings `FILE`, not of the store")
	f.BoolVar(&o.consensus, "consensus", false, "estimate true tags and error rates")
	f.Uint64Var(&o.seed, "seed", 0, "seed (`N`) of the intervals")
	f.SortFlags = false
	return c
}

func runAgreement(ctx context.Context, a *app, o agreementOptions) error {
	if o.ratings != "" {
		if o.consensus {
			return usage("--consensus is of the store's tags, not of a ratings file")
		}
		return ratingsFile(a, o)
	}
	var c compared
	err := a.withStore(ctx, "agreement", false, func(d *desk) error {
		var err error
		c, err = d.compared(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if c.hidden != "" {
		a.say("%s", c.hidden)
	}
	if c.desk == nil && c.hidden != "" && (o.consensus || !a.flags.json) {
		return nil // that is all there is to say
	}
	if o.consensus {
		return consensus(a, c.desk)
	}
	reports, err := c.reports(o.seed)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(reports)
	}
	return agreementText(a, reports)
}

func ratingsFile(a *app, o agreementOptions) error {
	in, name, err := a.input(o.ratings)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	cases, err := agreement.ReadRatings(in, caseName(o.ratings))
	if err != nil {
		return fmt.Errorf("%s: %w. Nothing was printed. Mend the file there", name, err)
	}
	reports, err := agreement.EvaluateAll(cases)
	if err != nil {
		return err
	}
	for i := range reports {
		if !o.seeded {
			break
		}
		if reports[i].Intervals, err = cases[i].Intervals(agreement.BootstrapOptions{Seed: o.seed}); err != nil {
			return err
		}
	}
	return a.printJSON(reports)
}

// caseName is what a table is called whose file gives no name.
func caseName(file string) string {
	if file == "-" {
		return "ratings"
	}
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// compared is what agreement was computed of.
type compared struct {
	cases  []agreement.Case // all tags, sources, evidence, then the tags of each article
	warned []agreement.Warning
	desk   *audit.Desk // nil where there is nothing to compare
	hidden string      // of what the rules of the team keep from the reviewer, "" for nothing
}

// compared makes cases of all articles that two reviewers or more have tagged.
func (d *desk) compared(ctx context.Context) (compared, error) {
	team, err := d.Team(ctx)
	if err != nil {
		return compared{}, err
	}
	// In a team that works blind the log is read, too: who had seen the others' tags?
	blind := !team.Empty() && !team.Open
	several := 0 // articles that two people or more tagged, whoever may see that
	in, err := d.auditInput(ctx, func(s store.Summary) bool {
		if d.taggers(s) > 1 {
			several++
		}
		return len(d.people(s)) > 1
	}, blind)
	if err != nil {
		return compared{}, err
	}
	in.Articles = slices.DeleteFunc(in.Articles, func(a audit.Article) bool { return tagging(&a) < 2 })
	out := compared{hidden: hiddenWords(&team, d.session.Actor, several-len(in.Articles))}
	if len(in.Articles) == 0 {
		return out, nil
	}
	found, err := audit.New(in)
	if err != nil {
		return compared{}, err
	}
	out.desk = found
	all := found.Cases()
	all[0].Name, all[1].Name, all[2].Name = "all", "all/sources", "all/evidence"
	out.cases = append(out.cases, all[0], all[1])
	if len(all[2].Sets) > 0 {
		out.cases = append(out.cases, all[2])
	}
	for _, w := range found.Sound.Tags.Warnings {
		if w.Code == agreement.WarnCodebook || w.Code == agreement.WarnRevision || w.Code == agreement.WarnSeen {
			out.warned = append(out.warned, w)
		}
	}
	for from := 0; from < len(all[0].Ratings); {
		to := from + 1
		for to < len(all[0].Ratings) && all[0].Clusters[to] == all[0].Clusters[from] {
			to++
		}
		out.cases = append(out.cases, part(&all[0], from, to))
		from = to
	}
	return out, nil
}

// taggers is the number of people who tagged something in an article. How far each is may
// be seen by everybody; what they said, not.
func (d *desk) taggers(s store.Summary) int {
	n := 0
	for _, p := range d.progressOf(s) {
		if p.Tagged+p.Extra > 0 {
			n++
		}
	}
	return n
}

// hiddenWords says that n articles are left out since the rules of the team hide the tags
// of others, and whose step that changes; "" where they hide nothing.
func hiddenWords(team *annotations.Team, who string, n int) string {
	if n <= 0 || team.Empty() || team.RoleOf(who) == annotations.Lead {
		return ""
	}
	return fmt.Sprintf("left out: %s that several reviewers tagged; what others said there %s", plural(n, "article"), hiddenFrom(team, who))
}

// tagging is the number of people who tagged something in an article.
func tagging(a *audit.Article) int {
	people := map[string]bool{}
	for i := range a.Rows {
		r := &a.Rows[i]
		if _, second := a.Apart[audit.Statement{Sentence: r.Sentence, Reviewer: r.Reviewer}]; r.Annotation.Tag != "" && !second {
			people[r.Reviewer] = true
		}
	}
	return len(people)
}

// part is the case of one article: some rows, and the columns that hold anything
// there.
func part(c *agreement.Case, from, to int) agreement.Case {
	out := agreement.Case{Name: c.Clusters[from], Labels: c.Labels, Clusters: c.Clusters[from:to]}
	var columns []int
	for k, who := range c.Raters {
		if slices.ContainsFunc(c.Ratings[from:to], func(row []int) bool { return row[k] != agreement.Missing }) {
			columns = append(columns, k)
			out.Raters = append(out.Raters, who)
		}
	}
	for _, row := range c.Ratings[from:to] {
		cells := make([]int, len(columns))
		for i, k := range columns {
			cells[i] = row[k]
		}
		out.Ratings = append(out.Ratings, cells)
	}
	return out
}

// reports are the figures of what was compared, with intervals for all articles
// together, and who met whom.
func (c *compared) reports(seed uint64) (agreement.Reports, error) {
	reports, err := agreement.EvaluateAll(c.cases)
	if err != nil || len(reports) == 0 {
		return reports, err
	}
	for i := range c.cases {
		if !strings.HasPrefix(c.cases[i].Name, "all") || len(c.cases[i].Clusters) == 0 || i > 2 {
			break
		}
		if reports[i].Intervals, err = c.cases[i].Intervals(agreement.BootstrapOptions{Seed: seed}); err != nil {
			return nil, err
		}
	}
	t, err := c.cases[0].Table()
	if err != nil {
		return nil, err
	}
	all := &reports[0]
	all.Warnings = append(all.Warnings, c.warned...)
	all.Pairs = t.Pairs()
	for _, x := range t.Against(c.desk.Rulings()) {
		if x.Units() > 0 {
			all.Rulings = append(all.Rulings, x)
		}
	}
	return reports, nil
}

func agreementText(a *app, reports agreement.Reports) error {
	if len(reports) == 0 {
		a.say("no article was tagged by two reviewers yet. A second one tags under another name: stet --as NAME review ARTICLE")
		return nil
	}
	t := newTable(a, "article", "sentences", "reviewers", "agreement", "alpha", "Fleiss's kappa", "AC1")
	var sets [][]string
	for _, r := range reports {
		figure := func(name string) string {
			if i, ok := r.Intervals[name]; ok && i.Low.OK && i.High.OK {
				return i.String()
			}
			return inShort(r.Values[name])
		}
		units, raters := strconv.Itoa(int(r.Values["pairable_units"].V)), strconv.Itoa(int(r.Values["raters"].V))
		if _, ok := r.Values["krippendorff_alpha_masi"]; ok {
			sets = append(sets, []string{strings.TrimPrefix(r.Name, "all/"), units, raters, figure("percent_agreement"), figure("krippendorff_alpha_masi")})
			continue
		}
		t.row(r.Name, units, raters, figure("percent_agreement"), figure("krippendorff_alpha_nominal"), figure("fleiss_kappa"), figure("gwet_ac1"))
	}
	if err := t.flush(); err != nil {
		return err
	}
	t = newTable(a, "as sets", "sentences", "reviewers", "the same", "alpha (MASI)")
	for _, row := range sets {
		t.row(row...)
	}
	if err := t.flush(); err != nil {
		return err
	}
	return agreementNotes(a, &reports[0])
}

// inShort is a figure, or the first words of why there is none: the rest stands
// below the table, and in the JSON.
func inShort(v agreement.Value) string {
	short, _, _ := strings.Cut(v.String(), ":")
	return short
}

// agreementNotes are what to know of the figures.
func agreementNotes(a *app, all *agreement.Report) error {
	i := all.Intervals["percent_agreement"]
	line := "mind: no intervals: " + i.Low.Why
	if i.Low.OK {
		line = fmt.Sprintf("intervals: 95%%, %d articles resampled %d times, seed %d", i.Clusters, i.Replicates, i.Seed)
	}
	if err := a.print("%s", line); err != nil {
		return err
	}
	if v := all.Values["krippendorff_alpha_nominal"]; !v.OK {
		if err := a.print("mind: no coefficient: %s", v.Why); err != nil {
			return err
		}
	}
	for _, w := range append(i.Warnings(), all.Warnings...) {
		if err := a.print("mind: %s", w.Text); err != nil {
			return err
		}
	}
	return nil
}
