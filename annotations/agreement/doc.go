// Package agreement tells how far reviewers agree, how sure that figure is, and
// how many items must be checked to vouch for the rest. It works on tables of
// plain values and knows nothing of articles, stores or screens. It reads no
// clock and draws no random numbers but from seeds it is given.
//
// # What it promises
//
//   - A figure is a [Value]: a finite number, or words that say why there is none.
//     NaN and the infinities never leave the package.
//   - Data that cannot be judged gives words, never 1.000 or 0.000: no unit with
//     two ratings, only one such unit, or every rating the same label ("no
//     variation"). The last holds for AC1 and Brennan–Prediger too, whose formulas
//     would say 1: where nobody used a second label, nobody showed that labels
//     can be told apart. Percent agreement is given all the same; it claims less.
//   - Perfect agreement, where labels vary, is exactly 1.
//   - Units, raters and labels may come in any order without changing a figure,
//     except those weighted by place in the list, whose meaning the order is.
//   - Bad input is refused with its place; nothing panics.
//   - Same input, same seed: same result on any machine, to the rounding of
//     floating point.
//
// # Conventions
//
// Units are rows, raters columns; a missing rating is neither agreement nor
// disagreement. "Pairable" is a unit with two ratings or more. With m ratings of
// a unit, x of them label k:
//
//   - Krippendorff's alpha and all agreement on single labels use pairable units
//     only.
//   - Observed agreement of the kappa family is the mean over pairable units of
//     Σ x(x-1) / m(m-1), each unit weighing the same (Fleiss 1971; Gwet 2014).
//   - The distribution π that Fleiss and AC1 expect by is the mean over units
//     with one rating or more of x/m (Gwet 2014).
//   - Cohen and Scott take the units that both rated. Conger with missing data
//     takes each rater's distribution over all units that rater rated (Gwet
//     2014); Hubert takes each pair's common units.
//   - q, the number of labels, is the length of the label list, used or not.
//
// # Formulas and their sources
//
//	percent agreement     Σ pairs that agree / pairs, mean over units
//	Scott's pi            (po - Σ p̄²) / (1 - Σ p̄²), p̄ pooled over both raters. Scott 1955, Public Opinion Quarterly 19
//	Cohen's kappa         (po - Σ pr) / (1 - Σ pr), p and r each rater's own; maximum with po = Σ min(p, r). Cohen 1960, Educ. Psychol. Meas. 20
//	  weighted            1 - Σ d o / Σ d e. Cohen 1968, Psychol. Bull. 70; linear: Cicchetti & Allison 1971; quadratic: Fleiss & Cohen 1973
//	  standard errors     Fleiss, Cohen & Everitt 1969, Psychol. Bull. 72
//	Fleiss's kappa        (po - Σ π²) / (1 - Σ π²). Fleiss 1971, Psychol. Bull. 76; per label: Fleiss, Nee & Landis 1979
//	Light's kappa         mean of Cohen's over pairs. Light 1971, Psychol. Bull. 76
//	Hubert's kappa        po and pe each averaged over pairs. Hubert 1977, Psychol. Bull. 84; name after Warrens 2010
//	Conger's kappa        pe averaged over pairs of raters. Conger 1980, Psychol. Bull. 88
//	Brennan–Prediger      (po - 1/q) / (1 - 1/q). Brennan & Prediger 1981; = Bennett's S 1954, Randolph's free-marginal kappa 2005
//	Gwet's AC1, AC2       pe = T/q(q-1) Σ π(1-π), T the sum of weights. Gwet 2008, Br. J. Math. Stat. Psychol. 61; 2014, Handbook, 4th ed.
//	Krippendorff's alpha  1 - Do/De over coincidences. Krippendorff 1980; 2004, Content Analysis; 2011, Computing …
//	specific agreement    Σ x(x-1) / Σ x(m-1). Dice 1945; Cicchetti & Feinstein 1990, J. Clin. Epidemiol. 43
//	sets                  alpha with Jaccard or MASI distance. Passonneau 2006, LREC
//	kappa paradox         Feinstein & Cicchetti 1990, J. Clin. Epidemiol. 43
//	intervals             percentile bootstrap over articles. Efron 1979; Davison & Hinkley 1997, §3.8
//	sample sizes, bounds  exact hypergeometric tails. Buonaccorsi 1987, American Statistician 41; binomial: Clopper & Pearson 1934
//	tails                 saddle-point expansion. Loader 2000; near ties again with 1,024 bits
//	shares of a sample    Adams's divisor method; see [Allocate]
//	consensus             expectation-maximisation. Dawid & Skene 1979, Applied Statistics 28
//	  majority            most responses; ties by how often their raters were with the outright majorities
//
// # What it offers beyond the audit
//
// The package stands alone. Consensus by [Majority], the distance of two sets
// ([SetDistance]), sizes and bounds for a population without end
// ([SampleSizeUnlimited], [UpperRate]) and the writing of ratings files ([WriteCases], by
// which figures are handed to another program and checked there) are held to published
// results as the rest is; the commands need none of them so far.
//
// # Where it falls short
//
// Bootstrap intervals are percentile intervals: with fewer than ten articles they
// are too narrow, and a warning says so. Standard errors are given for Cohen's
// kappa only. Sums without a closed form (ratio alpha over tens of thousands of
// different values, sets that nearly all share a member, pairs of hundreds of
// raters) are refused in words rather than taking minutes. Dawid–Skene finds a
// local maximum and treats raters as independent given the truth. The exact
// worst-case bound for a draw in strata covers the case that nothing was found
// wrong; after errors it is a safe one, not the tightest.
package agreement
