package store

import (
	"errors"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
)

// arrange fills in the events that concern an article as a whole, or the team.
func (s *stamper) arrange(e *annotations.Event, c *annotations.Change) error {
	if c.Kind == annotations.EventTeam {
		if s.b.Article != annotations.Desk || c.Team == nil {
			return errors.New("no team is given, or it is filed under an article")
		}
		team := c.Team.Clone()
		e.Team, s.team = &team, team
		return team.Check()
	}
	if !s.known {
		return errors.New("no article is named")
	}
	switch c.Kind {
	case annotations.EventCut:
		return s.cut(e, c)
	case annotations.EventAssign:
		if len(c.Assigned) > annotations.MaxList {
			return fmt.Errorf("%d reviewers; the limit is %d", len(c.Assigned), annotations.MaxList)
		}
		for i, who := range c.Assigned {
			if err := annotations.CheckName(who); err != nil {
				return err
			}
			if i > 0 && c.Assigned[i-1] >= who {
				return errors.New("reviewers must be sorted, each once")
			}
		}
		e.Assigned = slices.Clone(c.Assigned)
		s.info.Assigned = e.Assigned
		return nil
	}
	if c.Finish == nil {
		return errors.New("it is not said who has finished")
	}
	f := *c.Finish
	e.Finish = &f
	return annotations.CheckName(f.Reviewer)
}

// cut checks a new table of sentences, which must be in the store, against the
// text and the one in force, and works out what it touches.
func (s *stamper) cut(e *annotations.Event, c *annotations.Change) error {
	if c.Cut == nil {
		return errors.New("no cut is given")
	}
	if c.Cut.Was != s.info.Units() {
		return conflict("the sentences of %s were cut again since", s.info.Name)
	}
	var tables [2][]annotations.Sentence
	for i, h := range []annotations.Hash{c.Cut.Was.Hash, c.Cut.Now.Hash} {
		b, err := s.v.blob(h, 0, -1)
		if err != nil {
			return err
		}
		if tables[i], err = annotations.ParseTable([]byte(b)); err != nil {
			return err
		}
	}
	text, err := s.v.blob(s.info.Text, 0, -1)
	if err != nil {
		return err
	}
	cut, err := annotations.CutOf(text, &s.info, tables[0], tables[1])
	if err != nil {
		return err
	}
	for _, t := range cut.Touched {
		if t.Was == annotations.Absent && t.ID < s.info.NextID() && s.b.Mode == annotations.Do {
			return fmt.Errorf("sentence %s was another one before: IDs are not used again", t.ID)
		}
	}
	e.Cut = &cut
	s.info.Recut(&cut)
	s.self = 0
	return nil
}
