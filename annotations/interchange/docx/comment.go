package docx

import (
	"fmt"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/cell"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// comment is what stands over one sentence.
type comment struct {
	unit   int
	author string
	when   time.Time
	lines  []string
}

// commented reports whether a sentence gets a comment.
func commented(a *standoff.Answer) bool { return a.Tag != "" || a.How == "open" }

func comments(p *standoff.Page, all map[annotations.ArticleID]*standoff.Page) []comment {
	var out []comment
	for i, u := range p.Article.Units {
		a := &p.Answers[i]
		if !commented(a) {
			continue
		}
		voices := p.Voices(u.ID)
		c := comment{unit: i, author: a.By, when: a.When}
		if a.How == "agreement" || a.How == "open" {
			var names []string
			for _, v := range voices {
				if v.Tag != "" {
					names = append(names, v.By)
				}
				if v.Time.After(c.when) {
					c.when = v.Time
				}
			}
			c.author = strings.Join(names, ", ")
		}
		tag := a.Tag
		if tag == "" {
			tag = "open"
		}
		w := &writer{Page: p, all: all}
		words := u.Span.In(p.Article.Body)
		first := w.voice(a.Record, words)
		head := "[" + tag + "]"
		if a.Record != nil && a.Record.Note != "" {
			head += " " + a.Record.Note
		}
		c.lines = append(append(c.lines, head), first...)
		if r, ok := p.Ruling(u.ID); ok {
			c.lines = append(c.lines, w.ruling(&r, words))
		}
		for _, v := range voices {
			if v.Record == a.Record {
				continue
			}
			said := firstOf(v.Tag, "no tag")
			if v.Note != "" {
				said += ": " + v.Note
			}
			c.lines = append(append(c.lines, v.By+": "+said), w.voice(v.Record, words)...)
		}
		out = append(out, c)
	}
	return out
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// writer puts annotations into words.
type writer struct {
	*standoff.Page
	all map[annotations.ArticleID]*standoff.Page
}

// voice gives what an annotation says beside tag and note, a line each.
func (w *writer) voice(r *annotations.Record, words string) []string {
	if r == nil {
		return nil
	}
	var out []string
	add := func(name, words string) {
		if words != "" {
			out = append(out, name+": "+words)
		}
	}
	if r.OfOtherWords(words) {
		out = append(out, "("+standoff.CutSince+")")
	}
	add("Rule", r.Rule)
	for i := range r.Attributions {
		add("Source", w.source(&r.Attributions[i]))
	}
	add("Verdict", r.Verdict)
	for _, u := range r.Evidence {
		if e := w.Items[u.ID]; e != nil {
			add("Evidence, "+string(u.Stance), evidence(e))
		}
	}
	for _, l := range r.Links {
		out = append(out, w.link(l))
	}
	if r.Inside {
		out = append(out, "disputed inside this sentence")
	}
	add("Flags", strings.Join(r.Flags, ", "))
	if r.Unsure {
		out = append(out, "unsure")
	}
	if r.Check != annotations.CheckNone {
		add("Second reading", r.Check.String())
	}
	return out
}

func (w *writer) source(at *annotations.Attribution) string {
	parts := []string{firstOf(at.Name, "not named")}
	if at.Kind != "" {
		parts = append(parts, strings.ReplaceAll(at.Kind, "_", " "))
	}
	if at.Count > 1 {
		parts = append(parts, fmt.Sprintf("%d sources", at.Count))
	}
	if at.Hops > 1 {
		parts = append(parts, fmt.Sprintf("%d steps away", at.Hops))
	}
	if at.Terms != "" {
		parts = append(parts, at.Terms)
	}
	var words []string
	for _, s := range at.Source {
		words = append(words, s.In(w.Article.Body))
	}
	if len(words) > 0 {
		parts = append(parts, "“"+strings.Join(words, " … ")+"”")
	}
	return strings.Join(parts, ", ")
}

func evidence(e *annotations.Evidence) string {
	var parts []string
	if words := cell.Words(e); words != "" {
		parts = append(parts, words)
	}
	if e.Fetched != "" {
		parts = append(parts, "seen "+e.Fetched)
	}
	if e.Archive != "" {
		parts = append(parts, "archived at "+e.Archive)
	}
	return strings.Join(parts, ", ")
}

func (w *writer) link(l annotations.Link) string {
	s := string(l.Relation)
	if l.Manner != "" {
		s += " (" + string(l.Manner) + ")"
	}
	p := w.all[l.To.Article]
	switch {
	case p == nil:
		s += fmt.Sprintf(" %s of article %s", l.To.Sentence, l.To.Article)
	default:
		i := p.Article.Index(l.To.Sentence)
		s += fmt.Sprintf(" sentence %d", i+1)
		if p.Article.ID != w.Article.ID {
			s += " of " + p.Article.Name
		} else {
			s += fmt.Sprintf(" (“%s”)", standoff.Clip(p.Article.Units[i].Span.In(p.Article.Body), 60))
		}
	}
	if l.Note != "" {
		s += ": " + l.Note
	}
	return s
}

func (w *writer) ruling(r *annotations.RulingRecord, words string) string {
	s := "Ruling by " + r.By + ": " + string(r.Verdict)
	if r.Tag != "" {
		s += " to " + r.Tag
	}
	if r.Rule != "" {
		s += " (" + r.Rule + ")"
	}
	if r.Reviewer != "" {
		s += ", on what " + r.Reviewer + " said"
	}
	if r.OfOtherWords(words) {
		s += " (" + standoff.RuledSince + ")"
	}
	if r.Reason != "" {
		s += ". " + r.Reason
	}
	return s
}
