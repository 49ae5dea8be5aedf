package survey

import "stet.example/stet/annotations"

// sight follows through the log who could see what others said of an article, by
// the rules of the team of that moment: its leads, and who had finished it once.
// What was seen is not unseen when the article is opened again.
type sight struct {
	team     annotations.Team
	finished map[reading]bool
}

// reading is one person's work on one article.
type reading struct {
	article  annotations.ArticleID
	reviewer string
}

// take goes on to the next event.
func (s *sight) take(e *annotations.Event) {
	switch {
	case e.Kind == annotations.EventTeam && e.Team != nil:
		s.team = *e.Team
	case e.Kind == annotations.EventFinish && e.Finish != nil && e.Finish.Done && s.blind():
		if s.finished == nil {
			s.finished = map[reading]bool{}
		}
		s.finished[reading{e.Article, e.Finish.Reviewer}] = true
	}
}

// blind reports whether reviewers are kept from seeing each other's tags. Where
// they are not, nobody claims that tags are given independently.
func (s *sight) blind() bool { return !s.team.Empty() && !s.team.Open }

// has reports whether the author of e could see what others said of its article.
// What a merge brings in was said elsewhere.
func (s *sight) has(e *annotations.Event) bool {
	return s.blind() && e.Verb != annotations.VerbMerge &&
		(s.finished[reading{e.Article, e.Actor}] || s.team.RoleOf(e.Actor) == annotations.Lead)
}
