package survey

import (
	"maps"

	"stet.example/stet/annotations"
)

// sight follows through the log who could see what others said of an article, by
// the rules of the team of that moment: its leads, and who had finished it once, be
// it before the team began to work blind. What was seen is not unseen when the
// article is opened again.
type sight struct {
	team     annotations.Team
	done     map[reading]bool // who has finished now, by whatever rules
	finished map[reading]bool // who had in a team that works blind
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
		if s.team = *e.Team; s.blind() {
			maps.Copy(s.finished, s.done)
		}
	case e.Kind == annotations.EventFinish && e.Finish != nil:
		at := reading{e.Article, e.Finish.Reviewer}
		if !e.Finish.Done {
			delete(s.done, at)
			return
		}
		if s.done[at] = true; s.blind() {
			s.finished[at] = true
		}
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
