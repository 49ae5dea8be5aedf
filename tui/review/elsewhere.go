package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// Elsewhere is a sentence of another article, as people know it.
type Elsewhere struct {
	Name  string // of the article; "" when the store does not have it
	N     int    // place of the sentence, from 1; 0 when it is no longer there
	Words string
	Newer *Newer // where it stands in a later revision of its article; nil when there is none
}

// Newer is a sentence as it stands in a later revision of its article.
type Newer struct {
	To    annotations.Target // the sentence; with Sentence 0 the revision alone
	Name  string             // of the revision
	N     int                // place of the sentence there, from 1; 0 when it is gone, or it is not known which one it is
	Words string
	Doubt bool // a person must say whether it is the same sentence
}

// called is "harbour-2026-01-02-3f9a 12".
func (e Elsewhere) called() string {
	switch {
	case e.Name == "":
		return "an article that is not in this store"
	case e.N == 0:
		return e.Name + ", a sentence that is gone"
	}
	return fmt.Sprintf("%s %d", e.Name, e.N)
}

// Aims are the sentences of other articles that links of this one lead to, in no order.
func (s *Screen) Aims() []annotations.Target {
	return slices.Collect(maps.Keys(s.tally.abroad))
}

// away are the sentences of other articles that the unit at place i is linked to.
func (s *Screen) away(i int) (out []annotations.Target) {
	a := s.said(i)
	if a == nil {
		return nil
	}
	for _, l := range a.Links {
		if l.To.Article != s.Article() && !slices.Contains(out, l.To) {
			out = append(out, l.To)
		}
	}
	return out
}

// awayWords says what the links to other articles say: "disputes trams-… 12: “…”".
func (s *Screen) awayWords(a *annotations.Annotation) string {
	var parts []string
	for _, l := range a.Links {
		if l.To.Article == s.Article() {
			continue
		}
		words := string(l.Relation) + " "
		if e, known := s.doc.Elsewhere[l.To]; known {
			words += e.called()
			if e.Words != "" {
				words += ": “" + e.Words + "”"
			}
			words += e.newerWords()
		} else {
			words += "a sentence of another article"
		}
		parts = append(parts, words)
	}
	return strings.Join(parts, " · ")
}

// newerWords says that a newer text stands elsewhere; "" when none does.
func (e *Elsewhere) newerWords() string {
	n := e.Newer
	switch {
	case n == nil:
		return ""
	case n.N == 0:
		return "; " + n.Name + " is a newer text, which does not have it so"
	case n.Words == e.Words:
		return fmt.Sprintf("; the newer %s has it as %d", n.Name, n.N)
	}
	is := map[bool]string{true: "may be", false: "is"}[n.Doubt]
	return fmt.Sprintf("; in the newer %s it %s %d: “%s”", n.Name, is, n.N, n.Words)
}

// ways are the items of a list that go to the sentences of other articles that the
// unit at place i is linked to, and those sentences.
func (s *Screen) ways(i int) (items []dialog.Item, to []annotations.Target) {
	for _, t := range s.away(i) {
		e, known := s.doc.Elsewhere[t]
		item := dialog.Item{Label: "go to " + e.called(), Words: e.Words}
		switch {
		case !known:
			item.Label = "go to the sentence of another article"
		case e.Name == "":
			item.Label, item.Off = "go to another article", "it is not in this store"
		}
		items, to = append(items, item), append(to, t)
		if n := e.Newer; n != nil {
			item := dialog.Item{Label: "go to the newer text, " + n.Name, Words: "it does not have the sentence so"}
			if n.N > 0 {
				item = dialog.Item{Label: fmt.Sprintf("go to the newer text, %s %d", n.Name, n.N), Words: n.Words}
			}
			items, to = append(items, item), append(to, n.To)
		}
	}
	return items, to
}

// ShowHits lists what was found; one of them is gone to, or linked to.
func (s *Screen) ShowHits(words string, hits []dialog.Hit, more, link bool) []action.Outcome {
	if len(hits) == 0 {
		return say(fmt.Sprintf("“%s” is in no article", annotations.Visible(words)))
	}
	p := dialog.HitList("“"+annotations.Visible(words)+"”", hits, more)
	if link {
		p.Prompt = strings.TrimSuffix(p.Prompt, dialog.GoesThere) + dialog.LinksIt
	}
	place, then := s.cur, s.linked
	s.ask(p, func() []action.Outcome {
		hit := hits[p.Chosen()]
		at := -1 // the search knows sentences as they are cut in the store
		if hit.Target.Article == s.Article() {
			if at = s.place(hit.Target.Sentence); at < 0 {
				return say("the sentence that was found is no longer there: the article was cut meanwhile")
			}
		}
		switch {
		case link && hit.Target == s.target(place):
			return say("a sentence cannot be linked to itself")
		case link:
			return s.linkHit(place, at, hit, then)
		case at >= 0:
			return s.moveTo(at)
		}
		return []action.Outcome{action.OpenArticle{Article: hit.Target.Article, At: hit.Target.Sentence}}
	})
	if link && then != nil {
		s.OnCancel(then)
	}
	return nil
}

// linkHit goes on with a sentence that was found, to be linked to. Where a tag asked for
// it, it is known what the link says, and then comes after it. at is its place in this
// article; -1 where it stands in another.
func (s *Screen) linkHit(place, at int, hit dialog.Hit, then func() []action.Outcome) []action.Outcome {
	if at >= 0 {
		return s.askRelation(place, s.aims([]int{at}), then)
	}
	if s.doc.Elsewhere == nil {
		s.doc.Elsewhere = map[annotations.Target]Elsewhere{}
	}
	s.doc.Elsewhere[hit.Target] = Elsewhere{Name: hit.Name, N: hit.N, Words: hit.Words}
	return s.askRelation(place, []aim{{hit.Target, fmt.Sprintf("%s:%d", hit.Name, hit.N)}}, then)
}
