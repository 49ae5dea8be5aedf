package standoff

import (
	"fmt"
	"slices"
)

// Vote is one tag that a file gives to one unit.
type Vote struct {
	Unit   int
	By     string
	Tag    string // "" = said to be untagged
	Whole  bool   // the span is the whole sentence
	Line   int
	Repair string // what was done to read the tag; "" = nothing
}

// Ballot gathers votes and finds one for each unit and person. Its zero value is
// empty.
type Ballot struct{ votes []Vote }

// Add takes a vote and returns its number, from 0.
func (b *Ballot) Add(v Vote) int {
	b.votes = append(b.votes, v)
	return len(b.votes) - 1
}

// Count finds the votes that stand. Index maps each vote to the one that stands
// for its unit and person, or to -1. Every vote that falls, or stands by a
// repair, is in the receipt.
func (b *Ballot) Count(d *Draft, file string) (index []int) {
	type seat struct {
		unit int
		by   string
	}
	seats := map[seat][]int{}
	var order []seat
	for i, v := range b.votes {
		s := seat{v.Unit, v.By}
		if len(seats[s]) == 0 {
			order = append(order, s)
		}
		seats[s] = append(seats[s], i)
	}
	index = make([]int, len(b.votes))
	for _, s := range order {
		stands := b.settle(d, file, seats[s])
		for _, i := range seats[s] {
			index[i] = stands
		}
	}
	return index
}

// settle finds the vote that stands among those for one unit, or -1.
func (b *Ballot) settle(d *Draft, file string, votes []int) int {
	strong := slices.DeleteFunc(slices.Clone(votes), func(i int) bool { return !b.votes[i].Whole })
	if len(strong) == 0 {
		strong = votes
	}
	first := b.votes[strong[0]]
	for _, i := range strong[1:] {
		if b.votes[i].Tag == first.Tag {
			continue
		}
		for _, k := range votes {
			d.desk.Rejected(file, b.votes[k].Line, "sentence %d has two tags, %q in line %d and %q in line %d, and nothing tells which is meant",
				first.Unit+1, first.Tag, first.Line, b.votes[i].Tag, b.votes[i].Line)
		}
		return -1
	}
	for _, i := range votes {
		v := b.votes[i]
		switch {
		case i == strong[0]:
			if v.Repair != "" {
				d.desk.Repaired(file, v.Line, "%s", v.Repair)
			}
			if !v.Whole {
				d.desk.Repaired(file, v.Line, "the span is part of sentence %d; the whole sentence was tagged", v.Unit+1)
			}
		case v.Tag != first.Tag:
			d.desk.Rejected(file, v.Line, "a part of sentence %d is %s, the whole of it %s in line %d; that was taken", v.Unit+1, say(v.Tag), say(first.Tag), first.Line)
		default:
			d.desk.Repaired(file, v.Line, "sentence %d is %s in line %d already; taken once", v.Unit+1, say(v.Tag), first.Line)
		}
	}
	return strong[0]
}

func say(tag string) string {
	if tag == "" {
		return "without a tag"
	}
	return fmt.Sprintf("%q", tag)
}

// Vote returns vote i.
func (b *Ballot) Vote(i int) Vote { return b.votes[i] }
