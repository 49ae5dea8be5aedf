package main

import (
	"fmt"
	"slices"
	"strconv"

	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
)

// shownRows is how many entries of a list the readable audit shows.
const shownRows = 5

// section prints a heading and what follows; the first error ends it.
type section struct {
	a   *app
	err error
}

func (s *section) title(words string) {
	if s.err == nil {
		s.err = s.a.print("\n%s", words)
	}
}

func (s *section) line(format string, args ...any) {
	if s.err == nil {
		s.err = s.a.print("  "+format, args...)
	}
}

func (s *section) table(fill func(t *table), head ...string) {
	if s.err != nil {
		return
	}
	t := newTable(s.a)
	if len(head) > 0 {
		t.row(append([]string{" "}, head...)...)
	}
	fill(t)
	s.err = t.flush()
}

// bar is a share as a bar, in signs that any terminal has with --plain.
func (s *section) bar(share float64) string {
	if s.a.plain() {
		return ""
	}
	return report.Bar(share, 20)
}

// auditText is the lead's desk to be read.
func auditText(a *app, r *report.Report) error {
	d, t := r.Desk, &r.Desk.Totals
	if t.Articles == 0 {
		a.say("there is no article yet. `stet import FILE` brings one in")
		return nil
	}
	s := &section{a: a}
	s.err = a.print("%s, %s, %d tagged, %d by two reviewers or more, %s", plural(t.Articles, "article"), plural(t.Sentences, "sentence"), t.Tagged, t.Doubly, plural(t.Rulings, "ruling"))
	needsYou(s, d)
	isSound(s, r)
	whoMixes(s, d)
	weakSpots(s, d)
	pace(s, d)
	s.title("seal")
	s.line("%s", r.Seal.String())
	return s.err
}

func needsYou(s *section, d *audit.Desk) {
	s.title("what needs you")
	before := s.err
	count := 0
	s.table(func(t *table) {
		for _, n := range []struct {
			n    int
			what string
			list string
		}{
			{len(d.Queries), "open queries", "queries"}, {len(d.Replies), "rulings that a reviewer answered", "replies"}, {len(d.Merged), "two stores were joined, and do not go together", "merged"}, {len(d.Disagreements), "disagreements without a ruling", "disagreements"}, {len(d.Unsure), "unsure, ask you", "unsure"},
			{len(d.OneSided), "contested, the other side not named", "one-sided"}, {len(d.Unfinished), "tags that need something else", "unfinished"},
			{len(d.Wanted), "second checks wanted", "wanted"}, {len(d.Stale), "judged, then cut otherwise", "stale"}, {len(d.Revised), "revisions, of which something asks a reviewer", "revised"}, {len(d.Begun), "articles begun or assigned, not finished", "begun"},
		} {
			if n.n > 0 {
				count++
				t.row("  "+strconv.Itoa(n.n), n.what, "stet audit --list "+n.list)
			}
		}
	})
	if before == nil && count == 0 {
		s.line("nothing")
	}
	first := slices.Concat(d.Merged, d.Disagreements)
	first = first[:min(len(first), shownRows)]
	for i := range first {
		s.line("%s: %s", first[i].Place.String(), matterWords(&first[i]))
		s.line("  %s", clip(first[i].Text))
	}
}

// clip keeps a line readable.
func clip(text string) string {
	const most = 160
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

func isSound(s *section, r *report.Report) {
	d, f := r.Desk, &r.Desk.Sound.Tags
	s.title("is the work sound")
	interval := func(name string, v audit.Figure) string {
		if r.Intervals != nil {
			if i, ok := r.Intervals.Tags[name]; ok && i.Low.OK && i.High.OK {
				return i.String()
			}
		}
		return v.String()
	}
	s.table(func(t *table) {
		t.row("  agreement", interval("percent_agreement", f.Percent), s.bar(f.Percent.V))
		t.row("  Krippendorff's alpha", interval("krippendorff_alpha", f.Alpha), s.bar(f.Alpha.V))
		t.row("  Fleiss's kappa", interval("fleiss_kappa", f.Fleiss), s.bar(f.Fleiss.V))
		t.row("  Gwet's AC1", interval("gwet_ac1", f.AC1), s.bar(f.AC1.V))
		for _, l := range f.Labels {
			if l.Agreement.OK {
				t.row("  on "+l.Label, l.Agreement.String(), s.bar(l.Agreement.V))
			}
		}
		t.row("  on sources (MASI)", d.Sound.Sources.Alpha.String(), s.bar(d.Sound.Sources.Alpha.V))
		t.row("  on evidence (MASI)", d.Sound.Evidence.Alpha.String(), s.bar(d.Sound.Evidence.Alpha.V))
	})
	if r.Intervals != nil {
		s.line("intervals: 95%%, resampling articles, seed %d", r.Intervals.Seed)
		for _, w := range r.Intervals.Warnings {
			s.line("mind: %s", w.Text)
		}
	}
	for _, w := range f.Warnings {
		s.line("mind: %s", w.Text)
	}
	s.line("%s", report.Bound(d.Sound.Check))
	if c := &d.Sound.Check; c.Seed == "" && c.Population > 0 {
		s.line("To be %g%% sure that under %g%% are wrong, check %d by chance and %s: stet sample", 100*c.Confidence, 100*c.MaxRate, c.Needed, plural(c.Risky, "risky one"))
	}
	for _, p := range d.Steady {
		if p.Again > 0 || p.Changed > 0 {
			s.line("%s: the same words came again %s, judged as before %s; %s changed later", p.Reviewer, plural(p.Again, "time"), plural(p.Same, "time"), plural(p.Changed, "tag"))
		}
	}
}

func whoMixes(s *section, d *audit.Desk) {
	s.title("who mixes what")
	m := &d.Mixes
	if len(m.Labels) == 0 {
		s.line("nobody: no sentence has two different tags")
		return
	}
	s.table(func(t *table) {
		for _, x := range m.Labels[:min(len(m.Labels), shownRows)] {
			t.row("  "+x.A+" and "+x.B, plural(x.Sentences, "sentence"), s.bar(x.Share.V))
		}
		for _, x := range m.Rules[:min(len(m.Rules), shownRows)] {
			t.row("  "+ruleOf(x.TagA, x.RuleA)+" against "+ruleOf(x.TagB, x.RuleB), plural(x.Sentences, "sentence"), "")
		}
	})
	s.table(func(t *table) {
		for _, p := range d.People {
			t.row("  "+p.Reviewer, plural(p.Tagged, "tag"), "with others "+figureOrDash(p.Agree), s.bar(p.Agree.V), "upheld "+figureOrDash(p.Upheld))
		}
	})
}

func ruleOf(tag, rule string) string {
	if rule == "" {
		return tag + " without a rule"
	}
	return tag + " " + rule
}

func figureOrDash(f audit.Figure) string {
	if !f.OK {
		return "–"
	}
	return f.String()
}

func weakSpots(s *section, d *audit.Desk) {
	s.title("weak spots")
	if len(d.Weak) == 0 && len(d.Lint) == 0 {
		s.line("none found")
		return
	}
	for i := range d.Weak[:min(len(d.Weak), shownRows)] {
		w := &d.Weak[i]
		s.line("%s: %s. %s", w.Place.String(), w.Kinds[0], clip(w.Text))
	}
	if n := len(d.Weak); n > shownRows {
		s.line("and %d more: stet audit --list weak", n-shownRows)
	}
	for _, k := range audit.Kinds(d.Lint) {
		s.line("lint: %d %s", k.Count, k.Kind)
	}
	if len(d.Lint) > 0 {
		s.line("all of it: stet audit --list lint")
	}
}

// pace shows each reviewer's sentences an hour, day by day.
func pace(s *section, d *audit.Desk) {
	if len(d.Rhythm) > 0 {
		s.title("pace")
		s.table(func(t *table) {
			from := 0
			for _, r := range d.Rhythm {
				days := d.Pace[from : from+r.Days]
				from += r.Days
				t.row("  "+r.Reviewer, plural(r.Sentences, "sentence"), plural(r.Days, "day"), rounded(r.PerHour)+" an hour", rounded(r.PerDay)+" a day", s.spark(days))
			}
		})
	}
	if d.Offer == nil {
		return
	}
	s.title("suggestions")
	s.line("%d of %d taken (%s); right in %s of %d that were ruled on", d.Offer.Taken, d.Offer.Shown, d.Offer.Share, figureOrDash(d.Offer.Right), d.Offer.Ruled)
	s.table(func(t *table) {
		for _, o := range d.Offer.ByLabel {
			t.row("  "+o.Offered, fmt.Sprintf("%d of %d taken", o.Taken, o.Shown), s.bar(o.Share.V), "by rulings "+figureOrDash(o.Right))
		}
		for _, o := range d.Offer.By {
			t.row("  "+o.Reviewer, fmt.Sprintf("took %d of %d", o.Taken, o.Shown), s.bar(o.Share.V))
		}
	})
}

// spark is a reviewer's sentences an hour, day by day, "" with --plain.
func (s *section) spark(days []audit.Day) string {
	if s.a.plain() {
		return ""
	}
	const most = 30
	days = days[max(len(days)-most, 0):]
	rates := make([]float64, len(days))
	for i := range days {
		rates[i] = days[i].PerHour.V
	}
	return report.Spark(rates, func(i int) bool { return days[i].PerHour.OK })
}

// rounded is a rate as people say it.
func rounded(f audit.Figure) string {
	if !f.OK {
		return "–"
	}
	return fmt.Sprintf("%.0f", f.V)
}
