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

	worked time.Duration
	ends   int // decisions that end a stretch of work
	same   int // of Pairs, those with the same tag
}

// Rhythm is one reviewer's work on all days together.
type Rhythm struct {
	Reviewer  string  `json:"reviewer"`
	Days      int     `json:"days"`
	Sentences int     `json:"sentences"` // decisions on a tag
	Minutes   float64 `json:"minutes"`
	PerHour   Figure  `json:"per_hour"`
	PerDay    Figure  `json:"per_day"` // of the days on which there was any
	Agree     Figure  `json:"agree"`   // share of meetings with others' tags that are the same
}

// rhythms sum up days, which stand reviewer by reviewer; who decided nothing has none.
func rhythms(days []Day) []Rhythm {
	out := []Rhythm{}
	for from := 0; from < len(days); {
		r, to := Rhythm{Reviewer: days[from].Reviewer}, from
		var worked time.Duration
		ends, pairs, same, empty := 0, 0, 0, 0
		for ; to < len(days) && days[to].Reviewer == r.Reviewer; to++ {
			d := &days[to]
			r.Sentences, worked, ends, pairs = r.Sentences+d.Sentences, worked+d.worked, ends+d.ends, pairs+d.Pairs
			same, empty = same+d.same, empty+count(d.Sentences == 0)
		}
		r.Days = to - from - empty
		r.Minutes, r.PerHour = rate(worked, ends)
		from = to
		if r.Sentences == 0 {
			continue
		}
		r.PerDay = Figure{agreement.Of(float64(r.Sentences) / float64(r.Days))}
		r.Agree = share(same, pairs, "nobody else tagged these sentences")
		out = append(out, r)
	}
	return out
}

// worked are the days on which anything was decided.
func worked(days []Day) []Day {
	return slices.DeleteFunc(days, func(d Day) bool { return d.Sentences == 0 })
}

// rate is time in minutes, and how many decisions an hour ended in it.
func rate(worked time.Duration, ends int) (minutes float64, perHour Figure) {
	minutes = math.Round(worked.Minutes()*10) / 10
	if worked < time.Minute {
		return minutes, Figure{agreement.Value{Why: "too few: less than a minute of work"}}
	}
	return minutes, Figure{agreement.Of(float64(ends) / worked.Hours())}
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
// made, and every tag in force meets those of others on the day on which it was
// given, not on that of a later note; without, every annotation counts when it was
// last changed. A day without a decision stands there only for the meetings of tags
// of which the log does not tell; it is no day of work.
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
			if d := x.day(int32(who), list[from:to]); d.Sentences > 0 || d.Pairs > 0 {
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
		for k := range x.units[i].rated {
			loads[x.units[i].rated[k].who]++
		}
	}
	out := make([][]stint, len(x.people))
	for who, n := range loads {
		out[who] = make([]stint, 0, n)
	}
	for i := range x.units {
		u := &x.units[i]
		for k := range u.rated {
			if o := &u.rated[k]; o.tag != none && !o.rec.Time.IsZero() {
				at := o.given
				if at == 0 {
					at = o.rec.Time.UnixNano()
				}
				out[o.who] = append(out[o.who], stint{at, int32(i), o.tag})
			}
		}
	}
	for i := range x.in.Moments {
		m := &x.in.Moments[i]
		if who, ok := slices.BinarySearch(x.people, m.Reviewer); ok && x.column[who] != none && m.After != "" && m.After != m.Before {
			out[who] = append(out[who], stint{m.Time.UnixNano(), none, none})
		}
	}
	return out
}

// dateTags finds out when the tags in force were given: by the newest decision for
// each that the log has. An undo brings a tag back that was given before.
func (x *index) dateTags() {
	for i := range x.in.Moments {
		m := &x.in.Moments[i]
		u := x.unitAt(m.Article, m.Sentence)
		if u == nil || m.After == "" || m.After == m.Before {
			continue
		}
		name := m.Reviewer
		if self, ok := u.art.Apart[Statement{m.Sentence, name}]; ok {
			name = self
		}
		for k := range u.rated {
			if o := &u.rated[k]; x.people[o.who] == name && o.tag != none && x.tags[o.tag] == m.After {
				o.given = max(o.given, m.Time.UnixNano())
			}
		}
	}
}

// day sums up one reviewer's stints of one day, in order of time.
func (x *index) day(who int32, list []stint) Day {
	d := Day{Reviewer: x.people[who], Day: time.Unix(0, list[0].at).UTC().Format(time.DateOnly)}
	fromLog := len(x.in.Moments) > 0
	var worked time.Duration
	last, ends := int64(0), 0
	for _, s := range list {
		if s.unit != none {
			for k := range x.units[s.unit].rated {
				if o := &x.units[s.unit].rated[k]; o.who != who && o.tag != none {
					d.Pairs++
					d.same += count(o.tag == s.tag)
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
	d.worked, d.ends = worked, ends
	d.Minutes, d.PerHour = rate(worked, ends)
	d.Agree = share(d.same, d.Pairs, "nobody else tagged these sentences")
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
	Ruled   int    `json:"ruled"` // of those shown, on sentences that a ruling decided
	Right   Figure `json:"right"` // share of these where the ruling gave the tag offered
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
	labels, people := map[string][4]int{}, map[string][2]int{} // shown, taken; of labels also ruled on, right
	right := 0
	for i := range x.in.Moments {
		m := &x.in.Moments[i]
		if m.Offered == "" {
			continue
		}
		took := count(m.After == m.Offered)
		o.Shown++
		o.Taken += took
		n, p := labels[m.Offered], people[m.Reviewer]
		n[0], n[1] = n[0]+1, n[1]+took
		people[m.Reviewer] = [2]int{p[0] + 1, p[1] + took}
		if u := x.unitAt(m.Article, m.Sentence); u != nil && u.settled() {
			hit := count(x.tagName(u.answer) == m.Offered)
			o.Ruled++
			right += hit
			n[2], n[3] = n[2]+1, n[3]+hit
		}
		labels[m.Offered] = n
	}
	if o.Shown == 0 {
		return nil
	}
	o.Share = share(o.Taken, o.Shown, "")
	o.Right = share(right, o.Ruled, "no ruling decided a sentence with a suggestion")
	for l, n := range labels {
		o.ByLabel = append(o.ByLabel, OfferMix{l, n[0], n[1], share(n[1], n[0], ""), n[2], share(n[3], n[2], "no ruling decided a sentence with this suggestion")})
	}
	for p, n := range people {
		o.By = append(o.By, OfferTake{p, n[0], n[1], share(n[1], n[0], "")})
	}
	slices.SortFunc(o.ByLabel, func(a, b OfferMix) int { return strings.Compare(a.Offered, b.Offered) })
	slices.SortFunc(o.By, func(a, b OfferTake) int { return strings.Compare(a.Reviewer, b.Reviewer) })
	return o
}

func writeInt(b *strings.Builder, n int) { b.WriteString(strconv.Itoa(n)) }
