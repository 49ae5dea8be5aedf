package dialog

import (
	"fmt"

	"stet.example/stet/annotations"
)

// Hit is a sentence that holds what was searched for.
type Hit struct {
	Target annotations.Target
	Name   string // of the article
	N      int    // place of the sentence, from 1
	Words  string
}

// How the prompt of a [HitList] ends: as it is made, and where what is picked is linked.
const (
	GoesThere = "Enter goes there."
	LinksIt   = "Enter links it."
)

// HitList is the panel of what was found, or of what title says; more says that there is more than is
// listed.
func HitList(title string, hits []Hit, more bool) *Pick {
	items := make([]Item, len(hits))
	for i, h := range hits {
		items[i] = Item{Label: fmt.Sprintf("%s %d", h.Name, h.N), Words: h.Words}
	}
	count := fmt.Sprint(len(hits))
	if more {
		count = "the first " + count
	}
	return NewPick(fmt.Sprintf("%s: %s. %s", title, count, GoesThere), items)
}
