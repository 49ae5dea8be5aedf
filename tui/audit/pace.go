package audit

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/tui/theme"
)

// sparkDays is how many days a line of blocks shows, the newest.
const sparkDays = 30

// paceEntries are how fast each reviewer works, and how much they agree with
// others, day by day.
func (s *Screen) paceEntries() []entry {
	d := s.doc.Figures
	var out []entry
	if len(d.Rhythm) > 0 {
		out = append(out, entry{head: "pace: sentences an hour, day by day (breaks left out)"})
	}
	from := 0
	for i := range d.Rhythm {
		r := &d.Rhythm[i]
		days := d.Pace[from : from+r.Days]
		from += r.Days
		spark := sparkOf(days, func(x *audit.Day) audit.Figure { return x.PerHour })
		words := fmt.Sprintf("%s an hour, %s a day; %s on %s", rounded(r.PerHour), rounded(r.PerDay), plural(r.Sentences, "decision"), plural(r.Days, "day"))
		out = append(out, entry{label: r.Reviewer, words: s.padded(spark) + "  " + words, facts: func() []fact {
			f := []fact{{r.Reviewer, words, theme.Strong}, {"at work", fmt.Sprintf("%.1f minutes", r.Minutes), theme.Plain}}
			return append(f, dayFacts(days)...)
		}})
	}
	return append(out, s.dailyEntries()...)
}

// dailyEntries are each reviewer's agreement with others by day: a line that falls
// is drift.
func (s *Screen) dailyEntries() []entry {
	d := s.doc.Figures
	var out []entry
	from := 0
	for i := range d.Rhythm {
		r := &d.Rhythm[i]
		days := d.Pace[from : from+r.Days]
		from += r.Days
		if !r.Agree.OK {
			continue
		}
		if len(out) == 0 {
			out = append(out, entry{head: "agreement with others, day by day: a line that falls is drift"})
		}
		spark := sparkOf(days, func(x *audit.Day) audit.Figure { return x.Agree })
		words := r.Agree.String() + " in all"
		if last := days[len(days)-1]; last.Agree.OK {
			words += ", " + last.Agree.String() + " on " + last.Day
		}
		out = append(out, entry{label: r.Reviewer, words: s.padded(spark) + "  " + words, facts: func() []fact {
			return append([]fact{{r.Reviewer, words, theme.Strong}}, dayFacts(days)...)
		}})
	}
	return out
}

// padded makes all lines of blocks equally long.
func (s *Screen) padded(spark string) string {
	most := 0
	for i := range s.doc.Figures.Rhythm {
		most = max(most, min(s.doc.Figures.Rhythm[i].Days, sparkDays))
	}
	return spark + strings.Repeat(" ", max(most-utf8.RuneCountInString(spark), 0))
}

func sparkOf(days []audit.Day, of func(*audit.Day) audit.Figure) string {
	days = days[max(len(days)-sparkDays, 0):]
	values := make([]float64, len(days))
	for i := range days {
		values[i] = of(&days[i]).V
	}
	return report.Spark(values, func(i int) bool { return of(&days[i]).OK })
}

// dayFacts are the newest days in words.
func dayFacts(days []audit.Day) []fact {
	var out []fact
	for i := len(days) - 1; i >= 0 && len(out) < sparkDays; i-- {
		x := &days[i]
		out = append(out, fact{x.Day, fmt.Sprintf("%s, %s an hour, agrees %s", plural(x.Sentences, "decision"), rounded(x.PerHour), dash(x.Agree)), theme.Plain})
	}
	return out
}

// rounded is a rate as people say it.
func rounded(f audit.Figure) string {
	if !f.OK {
		return "–"
	}
	return fmt.Sprintf("%.0f", f.V)
}

// offerEntries are what became of suggestions: how often their tag was taken, and
// how often a ruling gave it.
func (s *Screen) offerEntries() []entry {
	o := s.doc.Figures.Offer
	if o == nil {
		return nil
	}
	out := []entry{{head: fmt.Sprintf("suggestions: %d of %d taken (%s)", o.Taken, o.Shown, o.Share)}}
	for i := range o.ByLabel {
		x := &o.ByLabel[i]
		words := fmt.Sprintf("%s taken", x.Share)
		if x.Right.OK {
			words += fmt.Sprintf("; right in %s of %d ruled on", x.Right, x.Ruled)
		}
		e := line("offered "+x.Offered, barred(fmt.Sprintf("%d of %d", x.Taken, x.Shown), x.Share.V)+"  "+words, theme.Plain)
		e.facts = func() []fact {
			return []fact{{"offered", x.Offered, theme.Strong}, {"reviewers", fmt.Sprintf("took %d of %d (%s)", x.Taken, x.Shown, x.Share), theme.Plain}, {"rulings", x.Right.String(), theme.Plain}}
		}
		out = append(out, e)
	}
	for i := range o.By {
		x := &o.By[i]
		out = append(out, line(x.Reviewer, barred(fmt.Sprintf("%d of %d", x.Taken, x.Shown), x.Share.V)+fmt.Sprintf("  %s taken", x.Share), theme.Plain))
	}
	words := o.Right.String()
	if o.Right.OK {
		words = fmt.Sprintf("right in %s of %d that were ruled on", o.Right, o.Ruled)
	}
	return append(out, line("against rulings", words, theme.Plain))
}
