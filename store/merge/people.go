package merge

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// withPeople runs fn while everybody in whose name something is to be stored belongs
// to the team: people of the other store, and the names of further versions. They
// come in as reviewers; afterwards the team is what it was, even if ctx ended.
func (j *joiner) withPeople(ctx context.Context, fn func() error) error {
	guests := j.guests()
	if len(guests) == 0 && sameTeam(&j.found, &j.team) {
		return fn()
	}
	set := func(ctx context.Context, t annotations.Team, reason string) error {
		return j.do(ctx, j.Lead, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: Verb, Team: &t, Reason: reason})
	}
	wide, came := j.team.Clone(), false
	let := func() error {
		for {
			reason, n := withGuests(j.receipt.From.reason(), guests)
			for _, who := range guests[:n] {
				wide.Members = append(wide.Members, annotations.Member{Name: who, Role: annotations.Reviewer})
			}
			slices.SortFunc(wide.Members, func(a, b annotations.Member) int { return cmp.Compare(a.Name, b.Name) })
			if err := set(ctx, wide.Clone(), reason); err != nil {
				return err
			}
			came = true
			if guests = guests[n:]; len(guests) == 0 {
				return nil
			}
		}
	}
	err := let()
	switch {
	case err == nil:
		err = fn()
	case !came:
		return err
	}
	if j.SetClock != nil {
		j.SetClock(time.Time{})
	}
	return errors.Join(err, set(context.WithoutCancel(ctx), j.team, j.receipt.From.reason()))
}

// guests are those in whose name something is to be stored and who do not belong to the
// team, each once.
func (j *joiner) guests() (out []string) {
	if j.team.Empty() {
		return nil
	}
	for _, p := range j.plans {
		for _, list := range p.steps {
			for i := range list {
				if who := list[i].actor; j.team.RoleOf(who) == "" {
					out = append(out, who)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withGuests adds to a reason who comes into the team for the time of a merge, as
// JSON, so that the next merge knows them if this one is killed: the first n, as many
// as there is room for. One that it has no room for would stay in the team.
func withGuests(reason string, guests []string) (with string, n int) {
	with = reason
	for n < len(guests) {
		b, err := json.Marshal(guests[:n+1])
		if err != nil || len(reason)+1+len(b) > annotations.MaxField {
			break
		}
		with = reason + " " + string(b)
		n++
	}
	return with, n
}

// lately is how many events back a team that a killed merge left is looked for.
const lately = 1 << 16

// teamBefore is our team without the guests of a merge that was killed before it
// could take them out, which as many events in a row name as it took to let them in. It
// is another than the one found only if nobody has set the team since.
func (j *joiner) teamBefore(ctx context.Context) (annotations.Team, error) {
	team := j.found.Clone()
	info, err := j.ours.Stat(ctx)
	if err != nil || team.Empty() {
		return team, err
	}
	var guests []string
	for after := info.Events - min(info.Events, lately); ; {
		list, next, err := j.ours.Events(ctx, store.Query{}, after, perRead)
		if err != nil {
			return team, err
		}
		for i := range list {
			if e := &list[i]; e.Kind == annotations.EventTeam {
				guests = append(guests, guestsOf(e)...)
				if len(guestsOf(e)) == 0 { // it settles who is here
					guests = nil
				}
			}
		}
		if len(list) == 0 || next <= after {
			break
		}
		after = next
	}
	team.Members = slices.DeleteFunc(team.Members, func(m annotations.Member) bool {
		return m.Role == annotations.Reviewer && slices.Contains(guests, m.Name)
	})
	return team, nil
}

// guestsOf are those whom an event let into the team for the time of a merge.
func guestsOf(e *annotations.Event) (names []string) {
	_, list, ok := strings.Cut(e.Reason, " [")
	if e.Verb != Verb || !ok || json.Unmarshal([]byte("["+list), &names) != nil {
		return nil
	}
	return names
}
