package review

import "stet.example/stet/annotations"

// order finds the place of a sentence by its ID. IDs are those of places until the
// first cut; behind one each would be looked for from the start of the article, which
// of a long article of which much is said takes minutes. An article that was never cut
// is not read for it.
type order struct {
	text annotations.Text
	off  map[annotations.SentenceID]int32 // places of those that are not where their ID says
	cut  bool
}

func orderOf(text annotations.Text) order {
	o := order{text: text, cut: !annotations.Uncut(text)}
	if !o.cut {
		return o
	}
	for i := range text.Len() {
		id := text.Unit(i).ID
		if int(id) == i+1 {
			continue
		}
		if o.off == nil {
			o.off = map[annotations.SentenceID]int32{}
		}
		o.off[id] = int32(i)
	}
	return o
}

// place is where a sentence stands in reading order, from 0; -1 where it does not.
func (o *order) place(id annotations.SentenceID) int {
	if i := int(id) - 1; i >= 0 && i < o.text.Len() && (!o.cut || o.text.Unit(i).ID == id) {
		return i
	}
	if i, ok := o.off[id]; ok {
		return int(i)
	}
	return -1
}
