package audit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
)

// voiceKey is one person's word on one sentence.
type voiceKey struct {
	at  annotations.Target
	who string
}

// seenWarnings tells how many of the tags that are compared were given, or changed,
// when their author could see the others': an agreement with what one has read is
// none. Blindness ends with "finished", and that anybody may say.
func (x *index) seenWarnings(rows []*unit) []agreement.Warning {
	last := map[voiceKey]*Moment{} // of those that ever spoke so
	key := func(m *Moment) voiceKey {
		return voiceKey{annotations.Target{Article: m.Article, Sentence: m.Sentence}, m.Reviewer}
	}
	for i := range x.in.Moments {
		if m := &x.in.Moments[i]; m.Seen && m.Before != m.After {
			last[key(m)] = m
		}
	}
	if len(last) == 0 {
		return nil
	}
	for i := range x.in.Moments {
		m := &x.in.Moments[i]
		if was, ok := last[key(m)]; ok && m.Before != m.After && m.Time.After(was.Time) {
			last[key(m)] = m
		}
	}
	compared, seen := 0, 0
	people := map[string]bool{}
	for _, u := range rows {
		if u.tagged < 2 {
			continue
		}
		at := annotations.Target{Article: u.art.Meta.ID, Sentence: u.art.Units[u.at].ID}
		for i := range u.rated {
			o := &u.rated[i]
			if o.tag == none {
				continue
			}
			compared++
			// A tag that undo brought back is another than the moment's.
			if m := last[voiceKey{at, x.people[o.who]}]; m != nil && m.Seen && m.After == x.tags[o.tag] {
				seen++
				people[x.people[o.who]] = true
			}
		}
	}
	if seen == 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(people))
	return []agreement.Warning{{Code: agreement.WarnSeen, Text: fmt.Sprintf(
		"%d of the %d tags compared were given or changed when what others said could be seen (after finishing, or by a lead), by %s: they are no second opinion",
		seen, compared, strings.Join(names, ", "))}}
}
