package audit

import (
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// marks are what lists look for in an opinion, found out once: an opinion's
// record is far away in memory, and there are hundreds of thousands.
type marks uint16

const (
	highStakes   marks = 1 << iota // flag
	accusation                     // flag
	unsourced                      // flag
	numbersFlag                    // flag
	singleSource                   // flag
	unsure                         // asks the lead
	wanted                         // a second check
	disputable                     // the tag is one that names another side
	oneSided                       // and does not
	incomplete                     // something else that the tag needs is missing
	evidenced                      // has evidence
	anonymous                      // all that vouches is one source without a name
	stale                          // said of words that were cut otherwise since
)

func (m marks) has(any marks) bool { return m&any != 0 }

// The flags that lists look for, as the built-in codebook names them.
const (
	flagHighStakes = "high_stakes"
	flagAccusation = "accusation"
	flagUnsourced  = "unsourced"
	flagNumbers    = "numbers"
	flagSingle     = "single_source"
)

func (o *opinion) marksOf() marks {
	a := &o.rec.Annotation
	var m marks
	for _, f := range a.Flags {
		switch f {
		case flagHighStakes:
			m |= highStakes
		case flagAccusation:
			m |= accusation
		case flagUnsourced:
			m |= unsourced
		case flagNumbers:
			m |= numbersFlag
		case flagSingle:
			m |= singleSource
		}
	}
	set := func(yes bool, bit marks) {
		if yes {
			m |= bit
		}
	}
	set(a.Unsure, unsure)
	set(a.Check == annotations.CheckWanted, wanted)
	set(len(a.Evidence) > 0, evidenced)
	set(singleAnonymous(a), anonymous)
	if o.book == nil || o.tag == none {
		return m
	}
	for _, n := range o.book.needs[a.Tag] {
		switch ok := n.Met(a); {
		case n == annotations.NeedOtherSide:
			m |= disputable
			set(!ok, oneSided)
		default:
			set(!ok, incomplete)
		}
	}
	return m
}

// missing lists the needs that an opinion's tag leaves open.
func (o *opinion) missing() []annotations.Need {
	if !o.marks.has(oneSided | incomplete) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(o.book.needs[o.rec.Tag]), func(n annotations.Need) bool { return n.Met(&o.rec.Annotation) })
}

// singleAnonymous reports whether all that vouches is one source without a name.
func singleAnonymous(a *annotations.Annotation) bool {
	return len(a.Attributions) == 1 && a.Attributions[0].Count <= 1 && strings.HasPrefix(a.Attributions[0].Kind, "anonymous")
}
