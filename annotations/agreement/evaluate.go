package agreement

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Report is every figure of one case, by the names that ratings files use.
type Report struct {
	Name      string
	Values    map[string]Value              // single figures
	ByLabel   map[string]map[string]Value   // figures of each label
	ByUnit    map[string][]Value            // figures of each unit, in order
	Intervals map[string]ConfidenceInterval // see [Case.Intervals]; may be nil
	Warnings  []Warning
	// Pairs and Rulings are confusions that the caller wants printed with the
	// figures, such as [Table.Pairs] and [Table.Against]; may be nil.
	Pairs   []*Confusion
	Rulings []*Confusion
}

// weightedNames are the weightings with the ends of metric names.
var weightedNames = [...]struct {
	end string
	w   Weighting
}{
	{"_linear", LinearByValue},
	{"_quadratic", QuadraticByValue},
}

// Evaluate computes all figures of a case. What the data does not allow is there
// too, as a Value that says why. An error means that the case itself is not well
// formed, which [ReadCases] rules out.
func Evaluate(c Case) (Report, error) {
	r := Report{Name: c.Name, Values: make(map[string]Value), ByLabel: make(map[string]map[string]Value), ByUnit: make(map[string][]Value)}
	t, err := c.Table()
	if err != nil {
		return Report{}, err
	}
	r.Values["units"] = Of(float64(t.Units()))
	r.Values["raters"] = Of(float64(t.Raters()))
	r.Values["pairable_units"] = Of(float64(t.PairableUnits()))
	r.Values["krippendorff_pairable_values"] = Of(float64(t.PairableValues()))
	r.Values["percent_agreement"] = t.Percent()
	r.ByUnit["unit_agreement"] = t.UnitAgreement()
	r.Warnings = t.Warnings()
	if c.Sets != nil {
		return r, r.addSets(c, t)
	}
	if c.Derived && len(c.Labels) > 0 {
		r.Warnings = append(r.Warnings, Warning{WarnDerived, fmt.Sprintf("no labels are listed, so the %d that occur count as all there are; AC1 and Brennan–Prediger depend on it", len(c.Labels))})
	}
	for _, level := range []Level{Nominal, Ordinal, Interval, Ratio} {
		r.Values["krippendorff_alpha_"+level.String()] = t.Alpha(level)
	}
	r.addTwo(t)
	r.addMany(t)
	keys := labelKeys(c.Labels)
	for name, figures := range map[string][]Value{
		"fleiss_category_kappa": t.FleissLabels(),
		"positive_agreement":    t.PositiveAgreements(),
		"negative_agreement":    t.NegativeAgreements(),
	} {
		r.ByLabel[name] = make(map[string]Value, len(keys))
		for l, v := range figures {
			r.ByLabel[name][keys[l]] = v
		}
	}
	return r, nil
}

// addTwo adds the figures that take two raters.
func (r *Report) addTwo(t *Table) {
	cohen := func(f func(*Confusion) Value) Value { return t.ofTwo(f) }
	r.Values["scott_pi"] = t.Scott()
	r.Values["cohen_kappa"] = t.Cohen(Identity)
	r.Values["cohen_expected_agreement"] = cohen((*Confusion).CohenExpected)
	r.Values["cohen_kappa_max"] = cohen((*Confusion).CohenMax)
	r.Values["cohen_kappa_ase"] = cohen(func(c *Confusion) Value { return c.CohenASE(Identity) })
	r.Values["cohen_kappa_ase0"] = cohen(func(c *Confusion) Value { return c.CohenASE0(Identity) })
	for _, w := range []Weighting{LinearByValue, QuadraticByValue, LinearByIndex, QuadraticByIndex} {
		r.Values["cohen_kappa_"+w.String()] = t.Cohen(w)
	}
	for _, n := range weightedNames {
		r.Values["cohen_kappa"+n.end+"_ase"] = cohen(func(c *Confusion) Value { return c.CohenASE(n.w) })
	}
}

// addMany adds the figures for any number of raters.
func (r *Report) addMany(t *Table) {
	r.Values["fleiss_kappa"] = t.Fleiss(Identity)
	r.Values["conger_kappa"] = t.Conger(Identity)
	r.Values["brennan_prediger"] = t.BrennanPrediger(Identity)
	r.Values["gwet_ac1"] = t.GwetAC(Identity)
	r.Values["gwet_expected_agreement"] = t.GwetExpected()
	r.Values["light_kappa"] = t.Light()
	r.Values["hubert_kappa"] = t.Hubert()
	for _, n := range weightedNames {
		r.Values["fleiss_kappa"+n.end] = t.Fleiss(n.w)
		r.Values["conger_kappa"+n.end] = t.Conger(n.w)
		r.Values["brennan_prediger"+n.end] = t.BrennanPrediger(n.w)
		r.Values["gwet_ac2"+n.end] = t.GwetAC(n.w)
	}
	r.Values["gwet_ac2_ordinal"] = t.GwetAC(OrdinalByIndex)
}

// addSets adds the figures of sets, and words for those of labels. The number of
// possible sets is not known, so figures that need the length of a label list
// have no meaning.
func (r *Report) addSets(c Case, t *Table) error {
	s, err := c.SetTable()
	if err != nil {
		return err
	}
	r.Values["krippendorff_alpha_nominal"] = t.Alpha(Nominal)
	r.Values["krippendorff_alpha_jaccard"] = s.Alpha(Jaccard)
	r.Values["krippendorff_alpha_masi"] = s.Alpha(MASI)
	no := notComparable("the ratings are sets; see krippendorff_alpha_masi")
	for _, name := range []string{
		"krippendorff_alpha_ordinal", "krippendorff_alpha_interval", "krippendorff_alpha_ratio",
		"cohen_kappa", "scott_pi", "fleiss_kappa", "conger_kappa", "gwet_ac1", "brennan_prediger",
	} {
		r.Values[name] = no
	}
	return nil
}

// labelKeys are the names of labels in a report. Where a number and words look
// the same ("1" and 1) the words keep their quotation marks.
func labelKeys(labels []Label) []string {
	numbers := make(map[string]bool)
	for _, l := range labels {
		if l.Numeric {
			numbers[l.String()] = true
		}
	}
	keys := make([]string, len(labels))
	for i, l := range labels {
		keys[i] = l.String()
		if !l.Numeric && numbers[keys[i]] {
			keys[i] = strconv.Quote(l.Text)
		}
	}
	return keys
}

// Intervals are bootstrap intervals of the chief figures, resampling the case's
// clusters, or its units when it has none: percent agreement, Krippendorff's
// alpha (nominal, or of sets), Fleiss's kappa and Gwet's AC1.
func (c Case) Intervals(opt BootstrapOptions) (map[string]ConfidenceInterval, error) {
	t, err := c.Table()
	if err != nil {
		return nil, err
	}
	names := []string{"percent_agreement", "krippendorff_alpha_nominal"}
	stats := []Statistic{(*Table).Percent, func(t *Table) Value { return t.Alpha(Nominal) }}
	if c.Sets == nil {
		names = append(names, "fleiss_kappa", "gwet_ac1")
		stats = append(stats, func(t *Table) Value { return t.Fleiss(Identity) }, func(t *Table) Value { return t.GwetAC(Identity) })
	} else {
		s, err := c.SetTable()
		if err != nil {
			return nil, err
		}
		// Equal sets give equal tables, so the sets' own table stands in for t.
		t = s.Table()
		names = append(names, "krippendorff_alpha_masi", "krippendorff_alpha_jaccard")
		stats = append(stats, s.Statistic(MASI), s.Statistic(Jaccard))
	}
	got, err := Bootstrap(t, c.Clusters, opt, stats...)
	if err != nil {
		return nil, fmt.Errorf("case %q: %w", c.Name, err)
	}
	out := make(map[string]ConfidenceInterval, len(got))
	for i, name := range names {
		out[name] = got[i]
	}
	return out, nil
}

// MarshalJSON writes one object of figures by name: a number, null, an object by
// label or a list by unit. Beside them, "why" holds the words for every null
// (by name, or name/label; one reason for all units), "warnings" what to know
// before trusting any, and "intervals" those that were asked for; each only when
// there is something in it.
func (r Report) MarshalJSON() ([]byte, error) {
	out := make(map[string]any)
	why := make(map[string]string)
	for name, v := range r.Values {
		out[name] = v
		if !v.OK {
			why[name] = v.String()
		}
	}
	for name, byLabel := range r.ByLabel {
		out[name] = byLabel
		for l, v := range byLabel {
			if !v.OK {
				why[name+"/"+l] = v.String()
			}
		}
	}
	for name, byUnit := range r.ByUnit {
		out[name] = byUnit
		for _, v := range byUnit {
			if !v.OK {
				why[name] = "too few: units with null have fewer than 2 ratings"
				break
			}
		}
	}
	if len(why) > 0 {
		out["why"] = why
	}
	if len(r.Warnings) > 0 {
		out["warnings"] = r.Warnings
	}
	if len(r.Intervals) > 0 {
		out["intervals"] = r.Intervals
	}
	if len(r.Pairs) > 0 {
		out["pairs"] = r.Pairs
	}
	if len(r.Rulings) > 0 {
		out["rulings"] = r.Rulings
	}
	return json.Marshal(out)
}

// Reports are the reports of a ratings file. As JSON they are one object by case
// name, in the order of the file: what "stet agreement --ratings" prints.
type Reports []Report

// EvaluateAll evaluates every case.
func EvaluateAll(cases []Case) (Reports, error) {
	out := make(Reports, len(cases))
	for i, c := range cases {
		r, err := Evaluate(c)
		if err != nil {
			return nil, err
		}
		out[i] = r
	}
	return out, nil
}

// MarshalJSON keeps the order of the file. Of two reports with one name, which
// [ReadCases] refuses, both are written.
func (rs Reports) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, r := range rs {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(r.Name)
		if err != nil {
			return nil, err
		}
		body, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(body)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
