package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/store"
)

func newAgreement(a *app) *cobra.Command {
	var ratings string
	c := &cobra.Command{
		Use:   "agreement",
		Short: "how far reviewers agree, with what to know before trusting it",
		Long: `Compares the tags of all articles that two or more reviewers have tagged: percent
agreement, Krippendorff's alpha, Fleiss's kappa, Gwet's AC1, each for all
articles together (with a 95% interval from resampling articles) and for each.

With --ratings FILE (- for standard input) the figures of a ratings file are
printed as JSON, {"name":{"metric":value|null,…}}, all metrics there are; "why"
says why a figure is null.

` + exitWords,
		Example: `  stet agreement
  stet agreement --ratings cases.json | jq '.all.krippendorff_alpha_nominal'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runAgreement(cmd.Context(), a, ratings) },
	}
	c.Flags().StringVar(&ratings, "ratings", "", "figures of a ratings `FILE`, not of the store")
	return c
}

func runAgreement(ctx context.Context, a *app, ratings string) error {
	if ratings != "" {
		return ratingsFile(a, ratings)
	}
	return a.withStore(ctx, "agreement", false, func(d *desk) error {
		cases, warned, err := d.cases(ctx)
		if err != nil {
			return err
		}
		reports, err := agreement.EvaluateAll(cases)
		if err != nil {
			return err
		}
		if len(cases) > 0 {
			if reports[0].Intervals, err = cases[0].Intervals(agreement.BootstrapOptions{}); err != nil {
				return err
			}
			reports[0].Warnings = append(reports[0].Warnings, warned...)
		}
		if a.flags.json {
			return a.printJSON(reports)
		}
		return agreementText(a, reports)
	})
}

func ratingsFile(a *app, file string) error {
	in, name, err := a.input(file)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	cases, err := agreement.ReadCases(in)
	if err != nil {
		return fmt.Errorf("%s: %w. Nothing was printed. Mend the file there", name, err)
	}
	reports, err := agreement.EvaluateAll(cases)
	if err != nil {
		return err
	}
	return a.printJSON(reports)
}

// sheet is the ratings of one article.
type sheet struct {
	name   string
	raters []string
	rows   []map[string]string // of each sentence with a tag: reviewer → tag
	books  map[annotations.Hash]bool
}

// cases makes one case of all articles with two reviewers or more, and one of
// each. The first is the one of all.
func (d *desk) cases(ctx context.Context) ([]agreement.Case, []agreement.Warning, error) {
	var sheets []sheet
	var labels []agreement.Label
	books := map[annotations.Hash]bool{}
	err := d.everyArticle(ctx, func(s store.Summary) error {
		if len(d.people(s)) < 2 {
			return nil
		}
		sh, err := d.sheet(ctx, s)
		if err != nil || len(sh.raters) < 2 {
			return err
		}
		book, err := d.book(ctx, s.Codebook)
		if err != nil {
			return err
		}
		for _, t := range book.Tags {
			if l := agreement.TextLabel(t.ID); !slices.Contains(labels, l) {
				labels = append(labels, l)
			}
		}
		maps.Copy(books, sh.books)
		sheets = append(sheets, sh)
		return nil
	})
	if err != nil || len(sheets) == 0 {
		return nil, nil, err
	}
	slices.SortFunc(sheets, func(x, y sheet) int { return strings.Compare(x.name, y.name) })
	for _, sh := range sheets { // tags of an older codebook
		for _, row := range sh.rows {
			for _, tag := range slices.Sorted(maps.Values(row)) {
				if l := agreement.TextLabel(tag); !slices.Contains(labels, l) {
					labels = append(labels, l)
				}
			}
		}
	}
	out := []agreement.Case{caseOf("all", labels, sheets)}
	for _, sh := range sheets {
		out = append(out, caseOf(sh.name, labels, []sheet{sh}))
	}
	var warned []agreement.Warning
	if len(books) > 1 {
		warned = append(warned, agreement.Warning{Code: agreement.WarnCodebook, Text: fmt.Sprintf("the tags were given under %d codebooks", len(books))})
	}
	return out, warned, nil
}

func (d *desk) sheet(ctx context.Context, s store.Summary) (sheet, error) {
	sh := sheet{name: s.Name, books: map[annotations.Hash]bool{}}
	rows, err := d.rows(ctx, s.ID)
	if err != nil {
		return sh, err
	}
	by := map[annotations.SentenceID]map[string]string{}
	people := map[string]bool{}
	for _, r := range rows {
		if r.Ruling != nil || r.Annotation.Tag == "" {
			continue
		}
		if by[r.Sentence] == nil {
			by[r.Sentence] = map[string]string{}
		}
		by[r.Sentence][r.Reviewer] = r.Annotation.Tag
		people[r.Reviewer] = true
		sh.books[r.Annotation.Codebook] = true
	}
	sh.raters = slices.Sorted(maps.Keys(people))
	for _, id := range slices.Sorted(maps.Keys(by)) {
		sh.rows = append(sh.rows, by[id])
	}
	return sh, nil
}

func caseOf(name string, labels []agreement.Label, sheets []sheet) agreement.Case {
	c := agreement.Case{Name: name, Labels: labels}
	people := map[string]bool{}
	for _, sh := range sheets {
		for _, r := range sh.raters {
			people[r] = true
		}
	}
	c.Raters = slices.Sorted(maps.Keys(people))
	for _, sh := range sheets {
		for _, row := range sh.rows {
			cells := make([]int, len(c.Raters))
			for i, who := range c.Raters {
				cells[i] = agreement.Missing
				if tag, ok := row[who]; ok {
					cells[i] = slices.Index(labels, agreement.TextLabel(tag))
				}
			}
			c.Ratings = append(c.Ratings, cells)
			c.Clusters = append(c.Clusters, sh.name)
		}
	}
	return c
}

func agreementText(a *app, reports agreement.Reports) error {
	if len(reports) == 0 {
		a.say("no article was tagged by two reviewers yet. A second one tags under another name: stet --as NAME review ARTICLE")
		return nil
	}
	t := newTable(a, "article", "sentences", "reviewers", "agreement", "alpha", "Fleiss's kappa", "AC1")
	for _, r := range reports {
		figure := func(name string) string {
			if i, ok := r.Intervals[name]; ok && i.Low.OK && i.High.OK {
				return i.String()
			}
			return r.Values[name].String()
		}
		t.row(r.Name, strconv.Itoa(int(r.Values["pairable_units"].V)), strconv.Itoa(int(r.Values["raters"].V)),
			figure("percent_agreement"), figure("krippendorff_alpha_nominal"), figure("fleiss_kappa"), figure("gwet_ac1"))
	}
	if err := t.flush(); err != nil {
		return err
	}
	if i := reports[0].Intervals["percent_agreement"]; !i.Low.OK {
		if err := a.print("mind: no intervals: %s", i.Low.Why); err != nil {
			return err
		}
	}
	for _, w := range reports[0].Warnings {
		if err := a.print("mind: %s", w.Text); err != nil {
			return err
		}
	}
	return nil
}
