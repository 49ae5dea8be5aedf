package survey

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
)

// Standing is how far the people of one article are.
type Standing struct {
	Article  annotations.ArticleID
	Name     string
	Agreed   bool     // two people or more have tagged everything, alike
	Open     []string // at work on it and not finished, by name
	Finished []string // who has said so, by name
}

// Standings are those of the articles that were read, by name.
func (s *Survey) Standings(who string) []Standing {
	out := make([]Standing, len(s.Summaries))
	for i := range s.Summaries {
		out[i] = StandingOf(&s.Summaries[i], who, s.Input.Articles[i].Rows)
	}
	slices.SortStableFunc(out, func(a, b Standing) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// StandingOf tells how far the people of an article are. sum was asked for in
// the name of who; rows may be nil when Agreed does not matter.
func StandingOf(sum *store.Summary, who string, rows []audit.Row) Standing {
	out := Standing{Article: sum.ID, Name: sum.Name}
	people := maps.Clone(sum.Others)
	if people == nil {
		people = map[string]annotations.Progress{}
	}
	if sum.Progress.Pos > 0 || sum.Progress.Finished {
		people[who] = sum.Progress
	}
	complete := len(people) > 1
	for _, name := range slices.Sorted(maps.Keys(people)) {
		p := people[name]
		complete = complete && p.Tagged >= sum.Required
		if p.Finished {
			out.Finished = append(out.Finished, name)
		} else {
			out.Open = append(out.Open, name)
		}
	}
	for _, name := range sum.Assigned {
		if _, ok := people[name]; !ok {
			complete = false
		}
	}
	out.Agreed = complete && heard(people, rows) && alike(rows)
	return out
}

// heard reports whether rows hold tags of everybody who gave any: who may not see
// what others said cannot tell whether they agree.
func heard(people map[string]annotations.Progress, rows []audit.Row) bool {
	tags := map[string]bool{}
	for i := range rows {
		tags[rows[i].Reviewer] = tags[rows[i].Reviewer] || rows[i].Annotation.Tag != ""
	}
	for name, p := range people {
		if p.Tagged+p.Extra > 0 && !tags[name] {
			return false
		}
	}
	return true
}

// alike reports whether nobody gave a sentence another tag than somebody else.
func alike(rows []audit.Row) bool {
	tags := map[annotations.SentenceID]string{}
	for i := range rows {
		r := &rows[i]
		if r.Ruling != nil || r.Annotation.Tag == "" {
			continue
		}
		if was, ok := tags[r.Sentence]; ok && was != r.Annotation.Tag {
			return false
		}
		tags[r.Sentence] = r.Annotation.Tag
	}
	return true
}

// recentRulings bounds how many rulings NewestVerb looks at.
const recentRulings = 256

// NewestVerb is the verb of the newest ruling in force whose verb fits, "" when
// none of the newest few hundred does. It finds out which draw was being checked.
func (r *Reader) NewestVerb(ctx context.Context, s *Survey, fits func(verb string) bool) (string, error) {
	var at []uint64
	for i := range s.Input.Articles {
		for k := range s.Input.Articles[i].Rows {
			if ruling := s.Input.Articles[i].Rows[k].Ruling; ruling != nil && ruling.Verdict != "" && ruling.Pos > 0 {
				at = append(at, ruling.Pos)
			}
		}
	}
	slices.Sort(at)
	for n := len(at) - 1; n >= max(0, len(at)-recentRulings); n-- {
		list, _, err := r.st.Events(ctx, store.Query{}, at[n]-1, 1)
		if err != nil {
			return "", err
		}
		if len(list) > 0 && list[0].Kind == annotations.EventRule && fits(list[0].Verb) {
			return list[0].Verb, nil
		}
	}
	return "", nil
}
