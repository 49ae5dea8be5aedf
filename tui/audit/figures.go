package audit

import (
	"fmt"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/theme"
)

// barWidth is the length of a full bar, in cells.
const barWidth = 16

// isSound is whether the work can be trusted.
func (s *Screen) isSound() []entry {
	d := s.doc.Figures
	f := &d.Sound.Tags
	out := []entry{{head: "agreement on tags" + s.intervalWords()}}
	for _, x := range []struct {
		name, key string
		v         audit.Figure
		why       string
	}{
		{"agreement", "percent_agreement", f.Percent, "the share of pairs of tags on one sentence that are the same; chance alone gives some of it"},
		{"Krippendorff's alpha", "krippendorff_alpha", f.Alpha, "agreement beyond chance; 1 is all, 0 is none. Under 0.667 conclusions do not hold (Krippendorff)"},
		{"Fleiss's kappa", "fleiss_kappa", f.Fleiss, "agreement beyond chance; low where one tag is much more frequent than the others"},
		{"Gwet's AC1", "gwet_ac1", f.AC1, "agreement beyond chance; steadier than kappa where one tag is much more frequent"},
	} {
		var ci *agreement.ConfidenceInterval
		if s.intervals != nil {
			if got, ok := s.intervals.Tags[x.key]; ok {
				ci = &got
			}
		}
		out = append(out, figureEntry(x.name, x.v, ci, x.why))
	}
	for _, l := range f.Labels {
		if l.Agreement.OK {
			var ci *agreement.ConfidenceInterval
			if s.intervals != nil {
				if got, ok := s.intervals.Labels[l.Label]; ok {
					ci = &got
				}
			}
			out = append(out, figureEntry("on "+l.Label, l.Agreement, ci, "where one reviewer gave this tag, how often another did too"))
		}
	}
	out = append(out, figureEntry("on sources (MASI)", d.Sound.Sources.Alpha, nil, "alpha of who vouches, as sets of names"),
		figureEntry("on evidence (MASI)", d.Sound.Evidence.Alpha, nil, "alpha of the evidence items, as sets"))
	warnings := f.Warnings
	if s.intervals != nil {
		warnings = append(warnings[:len(warnings):len(warnings)], s.intervals.Warnings...)
	}
	for _, w := range warnings {
		out = append(out, line("mind", w.Text, theme.Bad))
	}
	out = append(out, s.boundEntries()...)
	return slices.Concat(out, s.paceEntries(), s.offerEntries(), s.articleEntries(), s.driftEntries())
}

func (s *Screen) intervalWords() string {
	switch {
	case s.intervals != nil:
		return ", 95 % intervals by resampling articles"
	case s.doc.Figures.Sound.Tags.Units > 0:
		return ", intervals are being computed …"
	}
	return ""
}

// line is an entry of words.
func line(label, words string, role theme.Role) entry {
	return entry{label: label, words: words, role: role, facts: func() []fact { return []fact{{label, words, role}} }}
}

func figureEntry(name string, v audit.Figure, ci *agreement.ConfidenceInterval, why string) entry {
	text := v.String()
	if ci != nil && ci.Low.OK && ci.High.OK {
		text = ci.String()
	}
	words := text
	if v.OK {
		words = barred(text, v.V)
	}
	return entry{label: name, words: words, facts: func() []fact {
		return []fact{{name, text, theme.Strong}, {"it is", why, theme.Plain}}
	}}
}

// barred is a figure and behind it its bar: in a narrow window the bar is cut, not
// the figure. Bars stand under each other.
func barred(text string, share float64) string {
	const width = 20 // of "0.831 [0.810, 0.852]"
	return fmt.Sprintf("%-*s  %s", width, text, report.Bar(share, barWidth))
}

func (s *Screen) boundEntries() []entry {
	c := s.doc.Figures.Sound.Check
	out := []entry{{head: "the audit bound"}}
	check := func() []action.Outcome { return []action.Outcome{action.AskDraw{}} }
	if c.Bound == nil {
		out = append(out, line("none", c.Why, theme.Plain))
		if c.Population > 0 {
			e := line("check", fmt.Sprintf("%d by chance and %s, to be %g %% sure that under %g %% are wrong", c.Needed, plural(c.Risky, "risky one"), 100*c.Confidence, 100*c.MaxRate), theme.Plain)
			e.open = check
			out = append(out, e)
		}
		return out
	}
	e := line("bound", boundWords(c), theme.Strong)
	e.facts = func() []fact { return []fact{{"bound", report.Bound(c), theme.Plain}} }
	e.open = check
	out = append(out, e)
	for _, st := range c.Strata {
		out = append(out, line("on "+st.Name, fmt.Sprintf("%d of %d checked by chance, %d did not stand", st.Checked, st.Size, st.Wrong), theme.Plain))
	}
	return append(out, line("on risky ones", fmt.Sprintf("%d of %d checked, %d did not stand; unchecked ones count as wrong", c.RiskyChecked, c.Risky, c.RiskyWrong), theme.Plain))
}

// boundWords is the bound in half a row.
func boundWords(c audit.Check) string {
	if c.Bound == nil {
		return "no bound: " + c.Why
	}
	return fmt.Sprintf("at most %.1f %% wrong at %g %% (%d of %d)", 100*c.Bound.Rate, 100*c.Confidence, c.Bound.Count, c.Population)
}

func (s *Screen) articleEntries() []entry {
	list := s.doc.Figures.Sound.Articles
	if len(list) == 0 {
		return nil
	}
	out := []entry{{head: "articles, least agreement first"}}
	for i := range list {
		a := &list[i]
		e := figureEntry(a.Article, a.Percent, nil, fmt.Sprintf("agreement on %s by %s; alpha %s", plural(a.Units, "sentence"), plural(a.Reviewers, "reviewer"), a.Alpha))
		e.open = func() []action.Outcome {
			return s.keepTo("article "+a.Article, func(m *audit.Matter) bool { return m.Key == a.Key })
		}
		out = append(out, e)
	}
	return out
}

func (s *Screen) driftEntries() []entry {
	d := s.doc.Figures
	var out []entry
	if len(d.Steady) > 0 {
		out = append(out, entry{head: "drift: one person, two answers to the same words"})
	}
	for i := range d.Steady {
		p := &d.Steady[i]
		e := line(p.Reviewer, fmt.Sprintf("as before %d of %s; %d changed later", p.Same, plural(p.Again, "time"), p.Changed), theme.Plain)
		if p.Share.OK {
			e.words = barred(p.Share.String(), p.Share.V) + "  " + e.words
		}
		out = append(out, e)
	}
	for i := range d.Drift {
		x := &d.Drift[i]
		words := fmt.Sprintf("%s: %s now, %s at %s", x.Reviewer, tagOr(x.Now.Tag), tagOr(x.Was.Tag), x.Was.Place)
		out = append(out, entry{place: x.Now.Place, of: x.Reviewer, label: x.Now.Place.String(), words: words, facts: func() []fact {
			return []fact{{"", x.Text, theme.Current}, {x.Kind, words, theme.Plain}, {"when", x.Was.Time.Format("2006-01-02 15:04") + ", then " + x.Now.Time.Format("2006-01-02 15:04"), theme.Plain}}
		}})
	}
	return out
}

func tagOr(tag string) string {
	if tag == "" {
		return "untagged"
	}
	return tag
}

// whoMixes is which tags and rules are taken for each other.
func (s *Screen) whoMixes() []entry {
	m := &s.doc.Figures.Mixes
	var out []entry
	if len(m.Labels) > 0 {
		out = append(out, entry{head: "tags taken for each other"})
	}
	for i := range m.Labels {
		x := &m.Labels[i]
		e := line(x.A+" and "+x.B, barred(plural(x.Sentences, "sentence"), x.Share.V), theme.Plain)
		e.open = func() []action.Outcome {
			return s.keepTo(x.A+" against "+x.B, func(m *audit.Matter) bool { return has(m, x.A, "") && has(m, x.B, "") })
		}
		out = append(out, e)
	}
	if len(m.Rules) > 0 {
		out = append(out, entry{head: "rules that met on one sentence"})
	}
	for i := range m.Rules {
		x := &m.Rules[i]
		words := ruleOf(x.TagA, x.RuleA) + " against " + ruleOf(x.TagB, x.RuleB)
		e := line(plural(x.Sentences, "sentence"), words, theme.Plain)
		e.open = func() []action.Outcome {
			return s.keepTo(words, func(m *audit.Matter) bool { return has(m, x.TagA, x.RuleA) && has(m, x.TagB, x.RuleB) })
		}
		out = append(out, e)
	}
	return append(append(out, s.ruleEntries()...), s.peopleEntries()...)
}

// has reports whether somebody gave the tag, by the rule where one is named.
func has(m *audit.Matter, tag, rule string) bool {
	for _, v := range m.Says {
		if v.Tag == tag && (rule == "" || v.Rule == rule) {
			return true
		}
	}
	return false
}

func ruleOf(tag, rule string) string {
	if rule == "" {
		return tag + " without a rule"
	}
	return tag + " " + rule
}

func (s *Screen) ruleEntries() []entry {
	var out []entry
	for i := range s.doc.Figures.Mixes.ByRule {
		if i == 0 {
			out = append(out, entry{head: "rules, most disputed first"})
		}
		x := &s.doc.Figures.Mixes.ByRule[i]
		e := line(ruleOf(x.Tag, x.Rule), barred(fmt.Sprintf("%d of %d disputed", x.Disputed, x.Uses), x.Share.V), theme.Plain)
		e.open = func() []action.Outcome {
			return s.keepTo(ruleOf(x.Tag, x.Rule), func(m *audit.Matter) bool { return has(m, x.Tag, x.Rule) })
		}
		out = append(out, e)
	}
	return out
}

func (s *Screen) peopleEntries() []entry {
	d := s.doc.Figures
	var out []entry
	for i := range d.Mixes.Pairs {
		if i == 0 {
			out = append(out, entry{head: "pairs of reviewers, least agreement first"})
		}
		x := &d.Mixes.Pairs[i]
		e := figureEntry(x.A+" and "+x.B, x.Percent, nil, fmt.Sprintf("on %s that both tagged; kappa %s", plural(x.Units, "sentence"), x.Kappa))
		more := e.facts
		e.facts = func() []fact { return append(more(), fact{"cells", cellWords(x.Cells), theme.Plain}) }
		e.open = func() []action.Outcome {
			return s.keepTo(x.A+" and "+x.B, func(m *audit.Matter) bool { return apart(m, x.A, x.B) })
		}
		out = append(out, e)
	}
	for i := range d.People {
		if i == 0 {
			out = append(out, entry{head: "reviewers"})
		}
		p := &d.People[i]
		e := line(p.Reviewer, fmt.Sprintf("%s in %s; agrees with others %s; upheld %s", plural(p.Tagged, "tag"), plural(p.Articles, "article"), dash(p.Agree), dash(p.Upheld)), theme.Plain)
		more := e.facts
		e.facts = func() []fact {
			out := more()
			for k := range d.Mixes.Ruled {
				if r := &d.Mixes.Ruled[k]; r.Reviewer == p.Reviewer {
					out = append(out, fact{"against rulings", cellWords(r.Cells), theme.Plain})
				}
			}
			return out
		}
		out = append(out, e)
	}
	return out
}

func dash(f audit.Figure) string {
	if !f.OK {
		return "–"
	}
	return f.String()
}

// apart reports whether two people gave different tags.
func apart(m *audit.Matter, a, b string) bool {
	tags := map[string]string{}
	for _, v := range m.Says {
		tags[v.Reviewer] = v.Tag
	}
	return tags[a] != "" && tags[b] != "" && tags[a] != tags[b]
}

// cellWords is a confusion in words: where both say the same it is one tag.
func cellWords(cells []audit.MixCell) string {
	var parts []string
	for _, c := range cells {
		if c.Sentences == 0 {
			continue
		}
		what := c.A + " / " + c.B
		if c.A == c.B {
			what = "both " + c.A
		}
		parts = append(parts, fmt.Sprintf("%s %d", what, c.Sentences))
	}
	return strings.Join(parts, ", ")
}

// weakSpots is where a published text would be weak, and what contradicts itself.
func (s *Screen) weakSpots() []entry {
	d := s.doc.Figures
	var out []entry
	if len(d.Weak) > 0 {
		out = append(out, entry{head: fmt.Sprintf("weak spots, gravest first: %d", len(d.Weak))})
	}
	for i := range d.Weak {
		x := &d.Weak[i]
		out = append(out, entry{place: x.Place, label: x.Place.String(), words: strings.Join(x.Kinds, "; ") + "  “" + x.Text + "”", facts: func() []fact {
			f := []fact{{"", x.Text, theme.Current}, {"weak", strings.Join(x.Kinds, "; "), theme.Plain}, {"says", report.Voices(x.Says), theme.Plain}}
			if len(x.Sources) > 0 {
				f = append(f, fact{"sources", strings.Join(x.Sources, ", "), theme.Plain})
			}
			return f
		}})
	}
	for _, k := range audit.Kinds(d.Lint) {
		out = append(out, entry{head: fmt.Sprintf("lint, %s: %d", k.Kind, k.Count)})
		for i := range d.Lint {
			if x := &d.Lint[i]; x.Kind == k.Kind {
				out = append(out, lintEntry(x))
			}
		}
	}
	return out
}

func lintEntry(x *audit.Lint) entry {
	words := x.What
	if x.Of != "" {
		words = x.Of + ": " + words
	}
	return entry{place: x.Place, of: x.Of, label: x.Place.String(), words: words, facts: func() []fact {
		out := []fact{{"", x.Text, theme.Current}, {x.Kind, words, theme.Plain}}
		for _, p := range x.Places {
			out = append(out, fact{"at", p.Place.String() + ": " + p.Tag, theme.Plain})
		}
		if more := x.Count - len(x.Places); more > 0 && len(x.Places) > 0 {
			out = append(out, fact{"", fmt.Sprintf("and %d more", more), theme.Dim})
		}
		return out
	}}
}

// book is the codebook an article is judged by; nil when it is not known.
func (s *Screen) book(id annotations.ArticleID) *annotations.Codebook {
	if a := s.doc.Articles[id]; a != nil {
		return s.doc.Books[a.Meta.Codebook]
	}
	return nil
}
