package audit

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet.example/stet/annotations/agreement"
)

// Day is one reviewer's work on one day (UTC).
type Day struct {
	Reviewer  string  `json:"reviewer"`
	Day       string  `json:"day"`       // 2006-01-02
	Sentences int     `json:"sentences"` // decisions on a tag
	Minutes   float64 `json:"minutes"`   // at work, without breaks of more than ten minutes
	PerHour   Figure  `json:"per_hour"`
	Pairs     int     `json:"pairs"` // meetings of that day's tags with those of others, whenever given
	Agree     Figure  `json:"agree"` // share of them with the same tag
}

// pause is the gap from which on a reviewer was not at work.
const pause = 10 * time.Minute

// stint is one decision in time.
type stint struct {
	at   int64 // nanoseconds since 1970
	unit int32 // whose annotation in force it is; none for a decision that only the log knows
	tag  int32
}

const dayLength = int64(24 * time.Hour)

// pace is by reviewer and day. With moments, every decision counts when it was
// made; without, every annotation when it was last changed.
func (x *index) pace() []Day {
	out := []Day{}
	for who, list := range x.stints() {
		if !slices.IsSortedFunc(list, stint.compare) {
			slices.SortFunc(list, stint.compare)
		}
		for from := 0; from < len(list); {
			to := from + 1
			for to < len(list) && dayOf(list[from].at) == dayOf(list[to].at) {
				to++
			}
			if d := x.day(int32(who), list[from:to]); d.Sentences > 0 {
				out = append(out, d)
			}
			from = to
		}
	}
	return out
}

func (s stint) compare(t stint) int {
	return cmp.Or(cmp.Compare(s.at, t.at), cmp.Compare(s.unit, t.unit))
}

func dayOf(at int64) int64 { return (at - ((at%dayLength)+dayLength)%dayLength) / dayLength }

// stints are those of each person.
func (x *index) stints() [][]stint {
	loads := make([]int, len(x.people))
	for i := range x.units {
		for k := range x.units[i].said {
			loads[x.units[i].said[k].who]++
		}
	}
	out := make([][]stint, len(x.people))
	for who, n := range loads {
		out[who] = make([]stint, 0, n)
	}
	for i := range x.units {
		u := &x.units[i]
		for k := range u.said {
			if o := &u.said[k]; o.tag != none && !o.rec.Time.IsZero() {
				out[o.who] = append(out[o.who], stint{o.rec.Time.UnixNano(), int32(i), o.tag})
			}
		}
	}
	for i := range x.in.Moments {
		m := &x.in.Moments[i]
		if who, ok := slices.BinarySearch(x.people, m.Reviewer); ok && m.After != "" && m.After != m.Before {
			out[who] = append(out[who], stint{m.Time.UnixNano(), none, none})
		}
	}
	return out
}

// day sums up one reviewer's stints of one day, in order of time.
func (x *index) day(who int32, list []stint) Day {
	d := Day{Reviewer: x.people[who], Day: time.Unix(0, list[0].at).UTC().Format(time.DateOnly)}
	fromLog := len(x.in.Moments) > 0
	var worked time.Duration
	last, ends, same := int64(0), 0, 0
	for _, s := range list {
		if s.unit != none {
			for k := range x.units[s.unit].said {
				if o := &x.units[s.unit].said[k]; o.who != who && o.tag != none {
					d.Pairs++
					same += count(o.tag == s.tag)
				}
			}
			if fromLog {
				continue // when it was decided, the log tells
			}
		}
		if gap := time.Duration(s.at - last); d.Sentences > 0 && gap <= pause {
			worked += gap
			ends++
		}
		d.Sentences++
		last = s.at
	}
	d.Minutes = math.Round(worked.Minutes()*10) / 10
	d.Agree = share(same, d.Pairs, "nobody else tagged these sentences")
	d.PerHour = Figure{agreement.Value{Why: "too few: less than a minute of work"}}
	if worked >= time.Minute {
		d.PerHour = Figure{agreement.Of(float64(ends) / worked.Hours())}
	}
	return d
}

// Offers is what became of the suggestions that were shown.
type Offers struct {
	Shown   int         `json:"shown"`
	Taken   int         `json:"taken"` // the tag was the one offered
	Share   Figure      `json:"share"`
	Ruled   int         `json:"ruled"` // of those shown, on sentences that a ruling decided
	Right   Figure      `json:"right"` // share of these where the ruling gave the tag offered
	ByLabel []OfferMix  `json:"by_label"`
	By      []OfferTake `json:"by_reviewer"`
}

// OfferMix is what became of suggestions of one tag.
type OfferMix struct {
	Offered string `json:"offered"`
	Shown   int    `json:"shown"`
	Taken   int    `json:"taken"`
	Share   Figure `json:"share"`
}

// OfferTake is how often one reviewer takes what is offered: near 1 with many
// shown, look whether they still read.
type OfferTake struct {
	Reviewer string `json:"reviewer"`
	Shown    int    `json:"shown"`
	Taken    int    `json:"taken"`
	Share    Figure `json:"share"`
}

// offers is nil where no moment had a suggestion beside it.
func (x *index) offers() *Offers {
	o := &Offers{ByLabel: []OfferMix{}, By: []OfferTake{}}
	labels, people := map[string][2]int{}, map[string][2]int{}
	right := 0
	for i := range x.in.Moments {
		m := &x.in.Moments[i]
		if m.Offered == "" {
			continue
		}
		took := count(m.After == m.Offered)
		o.Shown++
		o.Taken += took
		n := labels[m.Offered]
		labels[m.Offered] = [2]int{n[0] + 1, n[1] + took}
		n = people[m.Reviewer]
		people[m.Reviewer] = [2]int{n[0] + 1, n[1] + took}
		if u := x.unitAt(m.Article, m.Sentence); u != nil && u.settled() {
			o.Ruled++
			right += count(x.tagName(u.answer) == m.Offered)
		}
	}
	if o.Shown == 0 {
		return nil
	}
	o.Share = share(o.Taken, o.Shown, "")
	o.Right = share(right, o.Ruled, "no ruling decided a sentence with a suggestion")
	for l, n := range labels {
		o.ByLabel = append(o.ByLabel, OfferMix{l, n[0], n[1], share(n[1], n[0], "")})
	}
	for p, n := range people {
		o.By = append(o.By, OfferTake{p, n[0], n[1], share(n[1], n[0], "")})
	}
	slices.SortFunc(o.ByLabel, func(a, b OfferMix) int { return strings.Compare(a.Offered, b.Offered) })
	slices.SortFunc(o.By, func(a, b OfferTake) int { return strings.Compare(a.Reviewer, b.Reviewer) })
	return o
}

func writeInt(b *strings.Builder, n int) { b.WriteString(strconv.Itoa(n)) }
