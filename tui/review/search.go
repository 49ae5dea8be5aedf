package review

import (
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// askSearchAll asks what to look for in every article.
func (s *Screen) askSearchAll(link bool) []action.Outcome {
	prompt := "Search every article for"
	if link {
		prompt = "Link to a sentence of any article: words of it"
	}
	in := dialog.NewInput(prompt, "")
	in.Help = "search"
	return s.ask(in, func() []action.Outcome {
		if in.Text() == "" {
			return nil
		}
		return []action.Outcome{action.SearchText{Words: in.Text(), Link: link}}
	})
}

// ShowHits lists what was found; one of them is gone to, or linked to.
func (s *Screen) ShowHits(words string, hits []dialog.Hit, more, link bool) []action.Outcome {
	if len(hits) == 0 {
		return say(fmt.Sprintf("“%s” is in no article", annotations.Visible(words)))
	}
	p := dialog.HitList("“"+annotations.Visible(words)+"”", hits, more)
	place := s.cur
	return s.ask(p, func() []action.Outcome {
		hit := hits[p.Chosen()]
		switch {
		case link && hit.Target == s.target(place):
			return say("a sentence cannot be linked to itself")
		case link:
			return s.askRelation(place, []aim{{hit.Target, fmt.Sprintf("%s:%d", hit.Name, hit.N)}}, nil)
		case hit.Target.Article == s.Article():
			return s.moveTo(hit.N - 1)
		}
		return []action.Outcome{action.OpenArticle{Article: hit.Target.Article, At: hit.Target.Sentence}}
	})
}
