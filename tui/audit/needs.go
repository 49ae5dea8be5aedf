package audit

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/theme"
)

// needsYou is what needs a decision.
func (s *Screen) needsYou() []entry {
	d := s.doc.Figures
	var out []entry
	for _, g := range []struct {
		head string
		list []audit.Matter
	}{
		{"open queries, answered ones first", d.Queries},
		{"rulings that a reviewer answered", d.Replies},
		{"two stores were joined, and do not go together", d.Merged},
		{"disagreements, what hangs most on them first", d.Disagreements},
		{"unsure, ask you", d.Unsure},
		{"contested, the other side not named", d.OneSided},
		{"something else that the tag needs is missing", d.Unfinished},
		{"second readings wanted", d.Wanted},
		{"judged, then cut otherwise", d.Stale},
	} {
		at := len(out)
		out = append(out, entry{})
		for i := range g.list {
			if m := &g.list[i]; s.narrow == nil || s.narrow.keep(m) {
				out = append(out, s.matterEntry(m))
			}
		}
		if n := len(out) - at - 1; n > 0 {
			out[at].head = fmt.Sprintf("%s: %d", g.head, n)
		} else {
			out = out[:at]
		}
	}
	if s.narrow != nil {
		return out
	}
	if len(d.Revised) > 0 {
		out = append(out, entry{head: fmt.Sprintf("revisions, of which something asks a reviewer: %d", len(d.Revised))})
	}
	for i := range d.Revised {
		out = append(out, revisedEntry(&d.Revised[i]))
	}
	if len(d.Begun) > 0 {
		out = append(out, entry{head: fmt.Sprintf("articles begun or assigned, not finished: %d", len(d.Begun))})
	}
	for i := range d.Begun {
		out = append(out, begunEntry(&d.Begun[i]))
	}
	return out
}

func (s *Screen) matterEntry(m *audit.Matter) entry {
	return entry{place: m.Place, of: m.Of, matter: m, facts: func() []fact {
		out := []fact{{"", m.Text, theme.Current}, {"says", report.Voices(m.Says), theme.Plain}}
		if m.Of != "" {
			out = append(out, fact{m.Of, m.What, theme.Plain})
		} else {
			out = append(out, fact{"matter", m.What, theme.Plain})
		}
		for i := range m.Thread {
			out = append(out, turnFact(&m.Thread[i]))
		}
		question, note := m.Reason, m.Note
		if len(m.Thread) > 0 {
			question, note = "", "" // they are among what was said
		}
		for _, f := range []fact{{"question", question, theme.Plain}, {"note", note, theme.Plain}, {"stakes", strings.Join(m.Why, ", "), theme.Plain}} {
			if f.text != "" {
				out = append(out, f)
			}
		}
		_, here := s.made[annotations.Target{Article: m.Key, Sentence: m.Sentence}]
		if r := s.rulingWords(m.Place); r != "" && (here || len(s.doc.Figures.Thread(m.Place)) == 0) {
			out = append(out, fact{"ruling", r, theme.Plain})
		}
		return out
	}}
}

// turnFact is one step of what was said about a sentence.
func turnFact(t *audit.Turn) fact {
	role := theme.Plain
	if t.Lead {
		role = theme.Dim
	}
	return fact{t.Time.Format("01-02 15:04"), report.Turn(t), role}
}

func revisedEntry(r *audit.Revised) entry {
	words := fmt.Sprintf("%s: %s to look at again", r.Reviewer, plural(r.Asks, "edited sentence"))
	key, first := r.Key, r.First
	return entry{label: r.Article, words: words, facts: func() []fact {
		return []fact{{"revision", r.Article, theme.Plain}, {"of", r.Parent, theme.Plain}, {r.Reviewer, fmt.Sprintf("%s tagged before the text was edited, and not since", plural(r.Asks, "sentence")), theme.Plain}}
	}, open: func() []action.Outcome { return []action.Outcome{action.OpenArticle{Article: key, At: first}} }}
}

func begunEntry(p *audit.Progress) entry {
	words := fmt.Sprintf("%s has tagged %d of %d", p.Reviewer, p.Tagged, p.Required)
	if p.Assigned {
		words += ", assigned"
	}
	key := p.Key
	return entry{label: p.Article, words: words, facts: func() []fact {
		return []fact{{"article", p.Article, theme.Plain}, {p.Reviewer, fmt.Sprintf("%d of %d sentences that must be tagged are", p.Tagged, p.Required), theme.Plain}}
	}, open: func() []action.Outcome { return []action.Outcome{action.OpenArticle{Article: key}} }}
}

// rulingWords is the ruling on a sentence in words, "" for none.
func (s *Screen) rulingWords(p audit.Place) string {
	r, _, ok := s.ruling(p)
	if !ok {
		return ""
	}
	words := string(r.Verdict)
	switch {
	case r.Verdict == annotations.Amend:
		words = "amended to " + r.Tag
	case r.Verdict == annotations.Neither:
		words = "nothing is right here"
	case r.Reviewer != "":
		words += ", " + r.Reviewer
	}
	if r.Rule != "" {
		words += ", by " + r.Rule
	}
	if r.Reason != "" {
		words += ": " + r.Reason
	}
	return words
}

// ruling is the one in force on a sentence, as it is shown, with the revision
// that the next one replaces.
func (s *Screen) ruling(p audit.Place) (r annotations.Ruling, rev uint64, ok bool) {
	t := annotations.Target{Article: p.Key, Sentence: p.Sentence}
	if m, there := s.made[t]; there {
		return m.ruling, m.rev, m.ruling.Verdict != ""
	}
	if _, r := s.doc.Figures.Said(p); r != nil {
		return r.Ruling, r.Rev, true
	}
	return annotations.Ruling{}, s.doc.TakenBack[t], false
}
