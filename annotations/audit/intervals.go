package audit

import (
	"slices"

	"stet.example/stet/annotations/agreement"
)

// Intervals are bootstrap intervals of the chief figures, by resampling
// articles. They cost a second for a thousand articles, and so are no part of
// the Desk.
type Intervals struct {
	Seed     uint64                                  `json:"seed"`
	Tags     map[string]agreement.ConfidenceInterval `json:"tags"`   // percent_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1
	Labels   map[string]agreement.ConfidenceInterval `json:"labels"` // specific agreement on each
	Sources  agreement.ConfidenceInterval            `json:"sources"`
	Evidence agreement.ConfidenceInterval            `json:"evidence"`
	Warnings []agreement.Warning                     `json:"warnings"`
}

// Intervals computes them. The same options give the same ends on any machine.
func (d *Desk) Intervals(opt agreement.BootstrapOptions) (Intervals, error) {
	c := d.Sound.cases
	out := Intervals{Seed: opt.Seed, Tags: map[string]agreement.ConfidenceInterval{}, Labels: map[string]agreement.ConfidenceInterval{}, Warnings: []agreement.Warning{}}
	names := []string{"percent_agreement", "krippendorff_alpha", "fleiss_kappa", "gwet_ac1"}
	stats := []agreement.Statistic{
		(*agreement.Table).Percent,
		func(t *agreement.Table) agreement.Value { return t.Alpha(agreement.Nominal) },
		func(t *agreement.Table) agreement.Value { return t.Fleiss(agreement.Identity) },
		func(t *agreement.Table) agreement.Value { return t.GwetAC(agreement.Identity) },
	}
	for i := range d.x.tags {
		stats = append(stats, func(t *agreement.Table) agreement.Value { return t.PositiveAgreements()[i] })
	}
	got, err := agreement.Bootstrap(d.Sound.table, c[0].Clusters, opt, stats...)
	if err != nil {
		return out, err
	}
	for i, n := range names {
		out.Tags[n] = got[i]
	}
	for i, n := range d.x.tags {
		out.Labels[n] = got[len(names)+i]
	}
	out.Warnings = append(out.Warnings, got[1].Warnings()...)
	for i, to := range []*agreement.ConfidenceInterval{&out.Sources, &out.Evidence} {
		s, err := c[i+1].SetTable()
		if err != nil {
			return out, err
		}
		if got, err = agreement.Bootstrap(s.Table(), c[i+1].Clusters, opt, s.Statistic(agreement.MASI)); err != nil {
			return out, err
		}
		*to = got[0]
	}
	return out, nil
}

// Consensus estimates the true tags and each reviewer's error rates from all
// tags, by [agreement.DawidSkene]. Items are places, "name 12". It needs three
// reviewers or more.
func (d *Desk) Consensus() (*agreement.Consensus, error) {
	var responses []agreement.Response
	for _, u := range d.Sound.rows {
		item := u.place().String()
		for i := range u.rated {
			if o := &u.rated[i]; o.tag != none {
				responses = append(responses, agreement.Response{Item: item, Rater: d.x.people[o.who], Label: d.x.tags[o.tag]})
			}
		}
	}
	return agreement.DawidSkene(responses, d.x.tags, agreement.EMOptions{})
}

// Cases are the tables under the figures of agreement: tags, sources, evidence.
func (d *Desk) Cases() []agreement.Case { return slices.Clone(d.Sound.cases[:]) }

// Rulings are the tags that rulings decided, as indexes into Labels, for the
// rows of the first of Cases; [agreement.Missing] where there is none.
func (d *Desk) Rulings() []int { return d.x.rulings(d.Sound.rows) }
