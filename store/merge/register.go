package merge

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"stet.example/stet/annotations"
)

// dot names one version of a register: the act that made it, and which of the
// act's changes of that register it was, from 0.
type dot struct {
	act annotations.Act
	i   uint64
}

func (d dot) compare(e dot) int {
	return cmp.Or(bytes.Compare(d.act.Session[:], e.act.Session[:]), cmp.Compare(d.act.N, e.act.N), cmp.Compare(d.i, e.i))
}

// dots is a set, sorted, each once.
type dots []dot

func dotsOf(list ...dot) dots {
	return slices.CompactFunc(slices.SortedFunc(slices.Values(list), dot.compare), func(a, b dot) bool { return a == b })
}

func (s dots) has(d dot) bool {
	_, ok := slices.BinarySearchFunc(s, d, dot.compare)
	return ok
}

// seen is the set of dots that a register has ever held: the last of each
// session stands for all before it.
type seen map[annotations.SessionID]dot

func (c seen) has(d dot) bool {
	last, ok := c[d.act.Session]
	return ok && d.compare(last) <= 0
}

func (c seen) add(d dot) {
	if !c.has(d) {
		c[d.act.Session] = d
	}
}

// beyond lists what c holds and other has not seen.
func (c seen) beyond(other seen) dots {
	var out []dot
	for _, d := range c {
		if !other.has(d) {
			out = append(out, d)
		}
	}
	return dotsOf(out...)
}

// maxPast bounds how many earlier contents a version knows of.
const maxPast = 64

// version is what was said at one dot. It never changes.
type version struct {
	dot
	content annotations.Hash // zero for nothing
	past    []uint64         // starts of the contents it replaced, newest first
	when    time.Time
	by      string                  // of a ruling: who ruled
	note    *annotations.Annotation // nil in a register of rulings
	words   uint64                  // the words that were judged
	ruling  *annotations.Ruling     // nil for one taken back
	value   *value                  // of a setting; nil in other registers
}

// contentOf names what an annotation says of some words.
func contentOf(a *annotations.Annotation, words uint64) annotations.Hash {
	if a == nil || a.IsZero() {
		return annotations.Hash{}
	}
	return hashJSON(struct {
		Annotation *annotations.Annotation
		Words      uint64
	}{a, words})
}

// contentOfRuling names what a ruling says, and who says it.
func contentOfRuling(r *annotations.Ruling, by string) annotations.Hash {
	if r == nil {
		return annotations.Hash{}
	}
	return hashJSON(struct {
		Ruling *annotations.Ruling
		By     string
	}{r, by})
}

func hashJSON(v any) annotations.Hash {
	b, err := json.Marshal(v)
	if err != nil { // such values hold strings, numbers and lists: there is no way
		return annotations.HashOf(err.Error())
	}
	return annotations.HashOf(string(b))
}

// register is what one person said of one sentence, or the rulings on it.
type register struct {
	known map[dot]*version // whose content is at hand
	heads dots
	seen  seen
}

func newRegister() *register { return &register{known: map[dot]*version{}, seen: seen{}} }

// replace enters v in the place of the versions in over.
func (r *register) replace(v *version, over dots) {
	v.past = r.pastOf(over)
	r.known[v.dot] = v
	kept := slices.DeleteFunc(slices.Clone(r.heads), over.has)
	r.heads = dotsOf(append(kept, v.dot)...)
	r.seen.add(v.dot)
}

// pastOf is what a version that replaces over has in its past.
func (r *register) pastOf(over dots) []uint64 {
	var out []uint64
	add := func(n uint64) {
		if n != 0 && len(out) < maxPast && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for _, d := range over {
		if v := r.known[d]; v != nil {
			add(v.content.Start())
		}
	}
	for _, d := range over {
		if v := r.known[d]; v != nil {
			for _, n := range v.past {
				add(n)
			}
		}
	}
	return out
}

// join is the register that knows what both know. It shares versions with them.
func join(a, b *register) *register {
	out := &register{known: maps.Clone(a.known), seen: maps.Clone(a.seen)}
	for d, v := range b.known {
		if out.known[d] == nil {
			out.known[d] = v
		}
	}
	for _, d := range b.seen {
		out.seen.add(d)
	}
	var heads []dot
	for _, d := range a.heads {
		if b.heads.has(d) || !b.seen.has(d) {
			heads = append(heads, d)
		}
	}
	for _, d := range b.heads {
		if a.heads.has(d) || !a.seen.has(d) {
			heads = append(heads, d)
		}
	}
	out.heads = dotsOf(heads...)
	return out
}

// shown is one version that a register shows, with the heads that it stands for.
type shown struct {
	*version
	dots dots
}

// group is the heads of one content.
type group struct {
	*version // the one with the smallest dot
	all      []dot
	past     map[uint64]bool
}

// groups gathers heads by content, in order of it.
func (r *register) groups() []*group {
	byContent := map[annotations.Hash]*group{}
	for _, d := range r.heads {
		v := r.known[d]
		if v == nil {
			continue // a mark that names what it does not bring
		}
		g := byContent[v.content]
		if g == nil {
			g = &group{version: v, past: map[uint64]bool{}}
			byContent[v.content] = g
		}
		g.all = append(g.all, d)
		for _, n := range v.past {
			g.past[n] = true
		}
	}
	return slices.SortedFunc(maps.Values(byContent), func(a, b *group) int { return bytes.Compare(a.content[:], b.content[:]) })
}

// show lists what r shows, in order of content. It is a function of the
// register alone. The list is empty only if r has no heads.
func (r *register) show() []shown {
	list := r.groups()
	if len(list) == 0 {
		return nil
	}
	var nothing []dot
	if list[0].content.IsZero() { // zero sorts first
		if len(list) == 1 {
			return []shown{{list[0].version, dotsOf(list[0].all...)}}
		}
		nothing, list = list[0].all, list[1:]
	}
	leads := leadsTo(list)
	var out []shown
	at := map[int]int{}
	for i, g := range list {
		if standsBack(leads, i) < 0 {
			at[i] = len(out)
			out = append(out, shown{g.version, dots(g.all)})
		}
	}
	for i, g := range list {
		if k := standsBack(leads, i); k >= 0 {
			o := &out[at[k]]
			o.dots = append(o.dots, g.all...)
		}
	}
	out[0].dots = append(out[0].dots, nothing...)
	for i := range out {
		out[i].dots = dotsOf(out[i].dots...)
	}
	return out
}

// leadsTo tells for each pair whether the first content is in the past of the
// second, or of one that leads to it.
func leadsTo(list []*group) [][]bool {
	m := make([][]bool, len(list))
	for i, g := range list {
		m[i] = make([]bool, len(list))
		for k, h := range list {
			m[i][k] = i != k && h.past[g.content.Start()]
		}
	}
	for via := range m {
		for i := range m {
			for k := range m {
				m[i][k] = m[i][k] || m[i][via] && m[via][k]
			}
		}
	}
	return m
}

// standsBack returns the content behind which content i stands, or -1: the
// first that i leads to, that does not lead back, and that stands itself.
func standsBack(leads [][]bool, i int) int {
	final := func(k int) bool {
		for j := range leads {
			if leads[k][j] && !leads[j][k] {
				return false
			}
		}
		return true
	}
	if final(i) {
		return -1
	}
	for k := range leads {
		if leads[i][k] && !leads[k][i] && final(k) {
			return k
		}
	}
	return -1
}
