package review

import "stet.example/stet/annotations"

// order finds the place of a sentence by its ID. IDs are those of places until the
// first cut; behind one each would be looked for from the start of the article, which
// of a long article of which much is said takes minutes.
type order struct {
	units []annotations.Sentence
	off   map[annotations.SentenceID]int32 // places of those that are not where their ID says
}

func orderOf(units []annotations.Sentence) order {
	o := order{units: units}
	for i := range units {
		if int(units[i].ID) == i+1 {
			continue
		}
		if o.off == nil {
			o.off = map[annotations.SentenceID]int32{}
		}
		o.off[units[i].ID] = int32(i)
	}
	return o
}

// place is where a sentence stands in reading order, from 0; -1 where it does not.
func (o *order) place(id annotations.SentenceID) int {
	if i := int(id) - 1; i >= 0 && i < len(o.units) && o.units[i].ID == id {
		return i
	}
	if i, ok := o.off[id]; ok {
		return int(i)
	}
	return -1
}
