package agreement

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Warning is something a reader must know before trusting a figure.
type Warning struct {
	Code string `json:"code"` // one of the Warn constants
	Text string `json:"text"` // the same in words, with the numbers
}

// The codes of warnings.
const (
	WarnSmallN     = "small_n"         // under 30 units with two ratings
	WarnFewGroups  = "few_clusters"    // under 10 articles under an interval
	WarnPrevalence = "prevalence"      // one label holds 80% or more
	WarnParadox    = "paradox"         // chance correction, not disagreement, makes the coefficient low
	WarnConstant   = "constant_rater"  // a rater used one label only
	WarnDerived    = "derived_labels"  // the label list was taken from the ratings
	WarnCodebook   = "mixed_codebooks" // ratings made under different codebooks
	WarnRevision   = "mixed_revisions" // ratings of different revisions of one text
	WarnLoad       = "uneven_load"     // raters rated very different numbers of units
	WarnSeen       = "after_sight"     // ratings given when the others' could be seen
)

const (
	smallUnits    = 30
	smallClusters = 10
	prevalentPart = 0.8
	paradoxGap    = 0.2
	paradoxPart   = 0.6
	quotaRatio    = 4.0
)

// Warnings looks at the shape of the ratings: too few units, one label that
// dominates, the kappa paradox (Feinstein & Cicchetti 1990), raters who used a
// single label, raters with very different loads. The paradox is called when 60%
// of pairs or more agree, yet Fleiss's kappa lies 0.2 or more under
// Brennan–Prediger, which differs from it only in taking no account of how often
// labels are used.
func (t *Table) Warnings() []Warning {
	var out []Warning
	warn := func(code, format string, args ...any) {
		out = append(out, Warning{code, fmt.Sprintf(format, args...)})
	}
	units := t.PairableUnits()
	if units == 0 {
		return nil
	}
	if units < smallUnits {
		have := "units have"
		if units == 1 {
			have = "unit has"
		}
		warn(WarnSmallN, "only %d %s two ratings; under %d a coefficient moves a lot with a single unit", units, have, smallUnits)
	}
	labels, n := t.pairableMargins()
	top, total := 0, 0.0
	for i, v := range n {
		total += v
		if v > n[top] {
			top = i
		}
	}
	if share := n[top] / total; share >= prevalentPart {
		warn(WarnPrevalence, "%q makes up %.0f%% of ratings; chance-corrected figures fall with such prevalence, read the agreement on each label", t.labels[labels[top]].String(), 100*share)
	}
	pa, kappa, even := t.Percent(), t.Fleiss(Identity), t.BrennanPrediger(Identity)
	if kappa.OK && even.OK && pa.V >= paradoxPart && even.V-kappa.V >= paradoxGap {
		warn(WarnParadox, "%.0f%% of pairs agree, yet Fleiss's kappa is %s (with even chance %s): uneven use of labels does that, not disagreement", 100*pa.V, kappa, even)
	}
	if !t.opt.Anonymous {
		out = append(out, t.raterWarnings()...)
	}
	return out
}

func (t *Table) raterWarnings() []Warning {
	var out []Warning
	raters := t.activeRaters()
	varied := t.comparable().OK
	least, most := -1.0, 0.0
	for i, used := range t.raterCounts(raters) {
		total := used.total()
		if least < 0 || total < least {
			least = total
		}
		most = max(most, total)
		if varied && len(used) == 1 && total > 1 {
			out = append(out, Warning{WarnConstant, fmt.Sprintf("%s gave every unit %q: kappa with a rater who never varies is about 0 whatever was meant", t.RaterName(raters[i]), t.labels[used[0].label].String())})
		}
	}
	if len(raters) > 1 && most >= quotaRatio*least {
		out = append(out, Warning{WarnLoad, fmt.Sprintf("one rater rated %d units and another %d; coefficients that average over raters weigh both alike", int(most), int(least))})
	}
	return out
}

// Provenance says under which codebook, and of which revision of a text, a
// rating, or several at once, were made. Empty or zero means unknown, which is not compared.
type Provenance struct {
	Codebook string // version or hash
	Article  string
	Revision int // of the article, from 1
	Ratings  int // how many such ratings this stands for; 0 counts as 1
}

// MixedWarnings tells whether ratings that are to be compared were made under
// different codebooks, or on different revisions of one article.
func MixedWarnings(ratings []Provenance) []Warning {
	books := make(map[string]int)
	revisions := make(map[string]map[int]bool)
	for _, p := range ratings {
		if p.Codebook != "" {
			books[p.Codebook] += max(p.Ratings, 1)
		}
		if p.Revision != 0 {
			if revisions[p.Article] == nil {
				revisions[p.Article] = make(map[int]bool)
			}
			revisions[p.Article][p.Revision] = true
		}
	}
	var out []Warning
	if len(books) > 1 {
		parts := make([]string, 0, len(books))
		for _, b := range slices.Sorted(maps.Keys(books)) {
			parts = append(parts, fmt.Sprintf("%s (%d ratings)", b, books[b]))
		}
		out = append(out, Warning{WarnCodebook, "ratings were made under different codebooks: " + strings.Join(parts, ", ") + "; a rule that changed looks like disagreement"})
	}
	for _, a := range slices.Sorted(maps.Keys(revisions)) {
		if r := revisions[a]; len(r) > 1 {
			out = append(out, Warning{WarnRevision, fmt.Sprintf("%s was rated in revisions %s; the words were not the same", a, joinInts(slices.Sorted(maps.Keys(r))))})
		}
	}
	return out
}

func joinInts(ns []int) string {
	parts := make([]string, len(ns))
	for i, n := range ns {
		parts[i] = fmt.Sprint(n)
	}
	return strings.Join(parts, ", ")
}

// Warnings tells what is shaky about an interval itself.
func (i ConfidenceInterval) Warnings() []Warning {
	if i.Clusters >= 2 && i.Clusters < smallClusters {
		return []Warning{{WarnFewGroups, fmt.Sprintf("the interval rests on %d articles; under %d it is usually too narrow", i.Clusters, smallClusters)}}
	}
	return nil
}
