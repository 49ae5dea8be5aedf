package align

import (
	"cmp"
	"slices"
	"strings"
)

// Fate says what became of a sentence.
type Fate uint8

// The fates.
const (
	Kept   Fate = iota // the same words in the same order among the others
	Moved              // the same words at another place
	Edited             // other words, or split, or merged
	Gone               // no sentence of the new text comes from it
	New                // a sentence of the new text that comes from none
)

var fateNames = [...]string{"kept", "moved", "edited", "gone", "new"}

// String gives the fate's name as reports show it.
func (f Fate) String() string {
	if int(f) < len(fateNames) {
		return fateNames[f]
	}
	return "unknown"
}

// Anchor says where one sentence of the old text stands in the new.
type Anchor struct {
	Old  int   // the old sentence, from 0; -1 for a new one
	New  []int // the new sentences, from 0, in order: none when gone, several when it was split
	Fate Fate
	// Ask says that the texts alone do not decide: look-alikes compete for it.
	// New is then a proposal (or empty) and Others what else it may be. Without
	// Ask, Kept and Moved carry their tags silently, and Edited is a matter of
	// spelling, or of the same words split or merged. Others of a new sentence are
	// the old ones it may come from.
	Ask    bool
	Others []int
}

// Limits of reanchor: what counts as the same sentence edited.
const (
	editedHere   = 0.35 // likeness that suffices between the same neighbours
	editedAway   = 0.60 // likeness that is needed elsewhere
	sameWord     = 0.60 // letters two spellings of one word share
	fewWords     = 6    // a sentence of fewer words does not move alone without a question
	partsSure    = 0.90 // likeness below which a split or merge is a question
	hereBonus    = 0.15 // for standing between the same neighbours
	rivalMargin  = 0.15 // a second candidate this close makes it a question
	lookAlike    = 0.55 // likeness from which an unclaimed sentence puts a move in doubt
	wholeParts   = 0.80 // likeness of the parts together to what was split or merged
	partsLead    = 0.01 // by which the parts together must be more alike than the best one
	longWord     = 5    // letters from which one that differs is a slip
	joiningWords = 2    // words that may come in where two parts meet
	partly       = 0.25 // share of a sentence that must stand in another to put its end in doubt
	partGrams    = 20   // runs of three letters from which a sentence can be told inside another
	partLike     = 0.85 // likeness of a sentence that stands whole in another
	pieceShare   = 0.6  // share of a new sentence that stands in an old one it may be a piece of
	maxParts     = 3    // sentences that one can be split into or merged from
	shortText    = 40   // letters up to which likeness counts single letters too
)

// reanchor follows the sentences of old into new: one anchor for each old
// sentence, in order, then one for each new sentence that comes from none.
func reanchor(old, new Side) []Anchor {
	r := newAnchoring(old, new)
	r.unique()
	r.inContext()
	r.doubtMoves()
	r.parts()
	r.edited()
	return r.anchors()
}

// text is one unit as anchoring sees it.
type text struct {
	same  string
	grams []uint32   // sorted trigrams of its letters
	short *letterRow // of a short text
	words []string
}

// like is how alike two texts are: 1 for the same letters.
func (t *text) like(u *text) float64 {
	l := likeness(t.grams, u.grams)
	if t.short != nil && u.short != nil {
		n := t.short.common(u.short)
		l = max(l, float64(n)/float64(max(len(t.short.row), len(u.short.row))))
	}
	return l
}

type anchoring struct {
	old, new   []text
	toNew      []int // exact partners, or -1
	toOld      []int
	group      map[int][]int // old to new, for what was split, merged or edited
	claimed    []bool        // new sentences that an old one went to
	ask        []bool        // by old
	others     [][]int
	occursOld  map[string][]int
	occursNew  map[string][]int
	keptInLine []bool   // old sentences that hold the order
	slots      [][2]int // by old
}

func newAnchoring(old, new Side) *anchoring {
	r := &anchoring{old: texts(old), new: texts(new), group: make(map[int][]int)}
	r.toNew, r.toOld = none(len(r.old)), none(len(r.new))
	r.claimed, r.ask, r.others = make([]bool, len(r.new)), make([]bool, len(r.old)), make([][]int, len(r.old))
	r.occursOld, r.occursNew = occurrences(r.old), occurrences(r.new)
	r.keptInLine, r.slots = make([]bool, len(r.old)), make([][2]int, len(r.old))
	return r
}

func texts(s Side) []text {
	out := make([]text, len(s.Units))
	for i, u := range s.Units {
		in := u.Span.In(s.Text)
		out[i] = text{same: sameWords(in), grams: grams(in)}
		plain := letters(in)
		out[i].words = strings.Fields(plain)
		if plain != "" && len(plain) <= shortText {
			out[i].short = newLetterRow(plain)
		}
	}
	return out
}

func occurrences(ts []text) map[string][]int {
	m := make(map[string][]int, len(ts))
	for i, t := range ts {
		m[t.same] = append(m[t.same], i)
	}
	return m
}

func (r *anchoring) join(i, j int) {
	r.toNew[i], r.toOld[j], r.claimed[j] = j, i, true
}

// unique joins sentences whose words stand once in each text, and finds those
// that keep the order.
func (r *anchoring) unique() {
	for i, t := range r.old {
		if j := r.occursNew[t.same]; len(j) == 1 && len(r.occursOld[t.same]) == 1 {
			r.join(i, j[0])
		}
	}
	r.order()
}

// order marks the longest run of joined sentences that stand in the same order
// in both texts.
func (r *anchoring) order() {
	var at []int
	for i, j := range r.toNew {
		r.keptInLine[i] = false
		if j >= 0 {
			at = append(at, i)
		}
	}
	tails, prev := []int{}, make([]int, len(at))
	for k, i := range at {
		p, _ := slices.BinarySearchFunc(tails, r.toNew[i], func(t, want int) int { return cmp.Compare(r.toNew[at[t]], want) })
		prev[k] = -1
		if p > 0 {
			prev[k] = tails[p-1]
		}
		tails = append(tails[:p], append([]int{k}, tails[min(p+1, len(tails)):]...)...)
	}
	if len(tails) > 0 {
		for k := tails[len(tails)-1]; k >= 0; k = prev[k] {
			r.keptInLine[at[k]] = true
		}
	}
	r.findSlots()
}

// inContext joins sentences whose words stand more than once: only where the
// sentences before and behind are the same too, and nowhere else. The rest asks.
func (r *anchoring) inContext() {
	for i, t := range r.old {
		places := r.occursNew[t.same]
		if r.toNew[i] >= 0 || len(places) == 0 {
			continue
		}
		var fit []int
		for _, j := range places {
			if r.sameAround(i, j) {
				fit = append(fit, j)
			}
		}
		if len(fit) == 1 && r.onlyOld(t.same, i, fit[0]) {
			r.join(i, fit[0])
			continue
		}
		if j, ok := r.onlyHere(t.same, i); ok {
			r.join(i, j)
			continue
		}
		r.ask[i], r.others[i] = true, places
	}
	r.order()
}

// onlyHere finds the one place of words that stand more than once that lies
// between the same sentences as before, with one of them right beside it.
func (r *anchoring) onlyHere(same string, i int) (int, bool) {
	found := -1
	for _, j := range r.occursNew[same] {
		if r.here(i, j) && !r.claimed[j] {
			if found >= 0 {
				return 0, false
			}
			found = j
		}
	}
	if found < 0 || wordsAt(r.old, i-1) != wordsAt(r.new, found-1) && wordsAt(r.old, i+1) != wordsAt(r.new, found+1) {
		return 0, false
	}
	for _, k := range r.occursOld[same] {
		if k != i && r.here(k, found) {
			return 0, false
		}
	}
	return found, true
}

func (r *anchoring) onlyOld(same string, i, j int) bool {
	for _, k := range r.occursOld[same] {
		if k != i && r.sameAround(k, j) {
			return false
		}
	}
	return true
}

func (r *anchoring) sameAround(i, j int) bool {
	return wordsAt(r.old, i-1) == wordsAt(r.new, j-1) && wordsAt(r.old, i+1) == wordsAt(r.new, j+1)
}

func wordsAt(ts []text, i int) string {
	if i < 0 || i >= len(ts) {
		return ""
	}
	return ts[i].same
}

// slot is the run of new sentences [from, to) where old sentence i would stand.
func (r *anchoring) slot(i int) (from, to int) { return r.slots[i][0], r.slots[i][1] }

// findSlots works out the slots from the sentences that hold the order.
func (r *anchoring) findSlots() {
	at := 0
	for i := range r.old {
		r.slots[i][0] = at
		if r.keptInLine[i] {
			at = r.toNew[i] + 1
		}
	}
	at = len(r.new)
	for i := len(r.old) - 1; i >= 0; i-- {
		r.slots[i][1] = max(at, r.slots[i][0])
		if r.keptInLine[i] {
			at = r.toNew[i]
		}
	}
}

// doubtMoves asks about a sentence that moved when something like it, that is
// joined to nothing, stands where it used to, or used to stand where it is now.
func (r *anchoring) doubtMoves() {
	for i, j := range r.toNew {
		if j < 0 || r.keptInLine[i] {
			continue
		}
		if len(r.old[i].words) < fewWords && wordsAt(r.old, i-1) != wordsAt(r.new, j-1) && wordsAt(r.old, i+1) != wordsAt(r.new, j+1) {
			r.ask[i] = true
		}
		from, to := r.slot(i)
		for k := from; k < to; k++ {
			if r.toOld[k] < 0 && likeness(r.old[i].grams, r.new[k].grams) >= lookAlike {
				r.ask[i] = true
				r.others[i] = append(r.others[i], k)
			}
		}
		for k := range r.old {
			if r.toNew[k] >= 0 || likeness(r.old[k].grams, r.new[j].grams) < lookAlike {
				continue
			}
			if from, to := r.slot(k); from <= j && j < to {
				r.ask[i] = true
			}
		}
	}
}

func (r *anchoring) freeOld(i int) bool { return r.toNew[i] < 0 && r.group[i] == nil && !r.ask[i] }
func (r *anchoring) freeNew(j int) bool { return !r.claimed[j] }

// edited joins what is left by likeness, and asks where two would do.
func (r *anchoring) edited() {
	olds, news := free(len(r.old), r.freeOld), free(len(r.new), r.freeNew)
	like := make([]float64, len(olds)*len(news))
	for x, i := range olds {
		for y, j := range news {
			like[x*len(news)+y] = r.likely(i, j)
		}
	}
	at := func(x, y int) float64 { return like[x*len(news)+y] }
	p := pair(len(olds), len(news), at)
	for x, i := range olds {
		y := p.a[x]
		bar := editedHere
		if y >= 0 {
			r.group[i] = []int{news[y]}
			r.claimed[news[y]] = true
			bar = max(bar, at(x, y)-rivalMargin)
			r.ask[i] = !r.here(i, news[y]) && !r.slip(i, news[y]) || !spelling(r.old[i].words, r.new[news[y]].words)
		}
		for k, j := range news {
			if k != y && at(x, k) >= bar {
				r.ask[i] = true
				r.others[i] = append(r.others[i], j)
			}
		}
		for k := range olds {
			if y >= 0 && k != x && at(k, y) >= bar {
				r.ask[i] = true
			}
		}
	}
	r.doubtGone()
}

func free(n int, is func(int) bool) []int {
	var out []int
	for i := range n {
		if is(i) {
			out = append(out, i)
		}
	}
	return out
}

// likely is how likely new sentence j is old sentence i edited, or 0.
func (r *anchoring) likely(i, j int) float64 {
	l := r.old[i].like(&r.new[j])
	if a, b := r.old[i].grams, r.new[j].grams; min(len(a), len(b)) >= partGrams {
		l = max(l, partLike*contained(a, b), partLike*contained(b, a))
	}
	switch here := r.here(i, j); {
	case here && l >= editedHere:
		return l + hereBonus
	case !here && l >= editedAway:
		return l
	}
	return 0
}

func (r *anchoring) anchors() []Anchor {
	out := make([]Anchor, 0, len(r.old)+4)
	for i := range r.old {
		a := Anchor{Old: i, Ask: r.ask[i], Others: distinct(r.others[i]), Fate: Gone}
		switch j := r.toNew[i]; {
		case j >= 0 && r.keptInLine[i]:
			a.Fate, a.New = Kept, []int{j}
		case j >= 0:
			a.Fate, a.New = Moved, []int{j}
		case r.group[i] != nil:
			a.Fate, a.New = Edited, r.group[i]
		}
		out = append(out, a)
	}
	for j := range r.new {
		if r.claimed[j] {
			continue
		}
		var from []int
		for i := range r.old {
			if slices.Contains(r.others[i], j) || r.lost(i) && r.partOf(i, j) || r.pieceOf(i, j) || r.misspelt(i, j) {
				from = append(from, i)
			}
		}
		out = append(out, Anchor{Old: -1, New: []int{j}, Fate: New, Ask: len(from) > 0, Others: from})
	}
	return out
}
