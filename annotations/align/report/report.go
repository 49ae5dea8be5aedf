package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
)

// Text is one side of a comparison.
type Text struct {
	Name      string // what it is called: an article's name, or a file
	Title     string // may be empty
	Outlet    string // may be empty
	Published string // as the article has it; may be empty
	Side      align.Side
	Tags      []string // the tag of each unit, "" for none; nil when there are none at all
	Suggested []bool   // by unit: its tag is a suggestion, no reviewer's; nil when none is
	Supports  []Tie    // what reviewers linked as speaking for a sentence
	Disputes  []Tie    // what they linked as speaking against one
}

// Tie is a link that a reviewer made: unit From speaks for unit To, or against it.
// Both count from 0.
type Tie struct{ From, To int }

// Report is a comparison, ready to be shown.
type Report struct {
	A, B   Text
	Result align.Result
	Groups []Group
}

// Group is sentences of the rewrite with the sentences they rest on.
type Group struct {
	A, B  []int // sentences from 0, in order; A is empty for what is new
	Same  bool  // word for word, but for marks and spaces
	Parts []Part
}

// Part is a run of words that were kept, taken out or put in.
type Part struct {
	Kind PartKind
	Text string // single spaces, not yet made visible
	Old  string // of Same: the same words as the original writes them, whose marks may differ
}

// PartKind says what became of the words of a [Part].
type PartKind uint8

// The kinds of part.
const (
	Same PartKind = iota // in both
	Was                  // in the original only
	Now                  // in the rewrite only
)

// New compares b, the rewrite, with a and groups what it finds.
func New(a, b Text) *Report {
	r := &Report{A: a, B: b, Result: align.Compare(a.Side, b.Side)}
	r.Result.Orphans = r.heed(r.Result.Orphans)
	r.group()
	for i := range r.Groups {
		g := &r.Groups[i]
		g.Parts = compareWords(joined(a.Side, g.A), joined(b.Side, g.B))
		g.Same = len(g.A) > 0 && !slices.ContainsFunc(g.Parts, func(p Part) bool { return p.Kind != Same })
	}
	return r
}

func joined(s align.Side, units []int) string {
	var out []string
	for _, i := range units {
		out = append(out, claim(s, i))
	}
	return strings.Join(out, " ")
}

// Claim is the text of unit i without its dateline, as it stands there; i must be
// one of the units.
func (t *Text) Claim(i int) string { return claim(t.Side, i) }

func claim(s align.Side, i int) string {
	u := s.Units[i]
	return strings.TrimSpace(s.Text[u.Span.Start+u.Dateline : u.Span.End])
}

// group puts together the sentences of the rewrite that share a source.
func (r *Report) group() {
	of := make([]int, len(r.Result.Links)) // group of each sentence of the rewrite, as its first member
	owner := map[int]int{}                 // by sentence of the original
	root := func(j int) int {
		for of[j] != j {
			j = of[j]
		}
		return j
	}
	for j, l := range r.Result.Links {
		of[j] = j
		for _, i := range l.From {
			if k, ok := owner[i]; ok {
				x, y := root(k), root(j)
				of[max(x, y)] = min(x, y)
				continue
			}
			owner[i] = j
		}
	}
	at := map[int]int{}
	for j, l := range r.Result.Links {
		k, ok := at[root(j)]
		if !ok {
			k = len(r.Groups)
			at[root(j)] = k
			r.Groups = append(r.Groups, Group{})
		}
		g := &r.Groups[k]
		g.B = append(g.B, j)
		g.A = append(g.A, l.From...)
	}
	for i := range r.Groups {
		slices.Sort(r.Groups[i].A)
		r.Groups[i].A = slices.Compact(r.Groups[i].A)
	}
}

// Changes are those of the sentences of a group, in order.
func (r *Report) Changes(g *Group) []align.Change {
	var out []align.Change
	for _, c := range r.Result.Changes {
		if slices.Contains(g.B, c.B) {
			out = append(out, c)
		}
	}
	return out
}

// Orphans are those whose claim is kept in a group.
func (r *Report) Orphans(g *Group) []align.Orphan {
	var out []align.Orphan
	for _, o := range r.Result.Orphans {
		if slices.Contains(g.B, o.B) {
			out = append(out, o)
		}
	}
	return out
}

// Origin says where a group comes from: "from 3, 4, merged", "no source in the
// original".
func (g *Group) Origin() string {
	switch {
	case len(g.A) == 0:
		return "no source in the original"
	case g.Same:
		return "from " + Numbers(g.A) + ", word for word"
	case len(g.B) > 1 && len(g.A) > 1:
		return "from " + Numbers(g.A) + ", split and merged"
	case len(g.B) > 1:
		return "from " + Numbers(g.A) + ", split"
	case len(g.A) > 1:
		return "from " + Numbers(g.A) + ", merged"
	}
	return "from " + Numbers(g.A)
}

// Counts are the figures of a comparison.
type Counts struct {
	Original  int            `json:"original"`             // sentences of the original
	Rewrite   int            `json:"rewrite"`              // sentences of the rewrite
	Verbatim  int            `json:"verbatim"`             // of the rewrite: word for word
	Reworded  int            `json:"reworded"`             // other words, no change that has a name
	Altered   int            `json:"altered"`              // a change that has a name
	New       int            `json:"new"`                  // without a source in the original
	LeftOut   int            `json:"leftOut"`              // of the original
	ByTag     map[string]int `json:"leftOutByTag"`         // of those left out; "" for untagged
	Suggested bool           `json:"tagsSuggested"`        // tags of the original are suggestions, some or all
	Proposed  int            `json:"leftOutTagsSuggested"` // of those left out: the tag is a suggestion
	Changes   map[string]int `json:"changes"`              // by kind
	Orphans   int            `json:"orphans"`              // claims whose support was cut
}

// Counts adds up.
func (r *Report) Counts() Counts {
	c := Counts{
		Original: len(r.A.Side.Units), Rewrite: len(r.B.Side.Units), LeftOut: len(r.Result.LeftOut), Suggested: slices.Contains(r.A.Suggested, true),
		ByTag: map[string]int{}, Changes: map[string]int{}, Orphans: len(r.Result.Orphans),
	}
	changed := map[int]bool{}
	for _, x := range r.Result.Changes {
		c.Changes[string(x.Type)]++
		changed[x.B] = true
	}
	for _, g := range r.Groups {
		for _, j := range g.B {
			switch {
			case len(r.Result.Links[j].From) == 0:
				c.New++
			case changed[j]:
				c.Altered++
			case g.Same:
				c.Verbatim++
			default:
				c.Reworded++
			}
		}
	}
	for _, i := range r.Result.LeftOut {
		c.ByTag[r.A.Tag(i)]++
		if r.A.Suggests(i) {
			c.Proposed++
		}
	}
	return c
}

// Tag is the tag of unit i, "" for none.
func (t *Text) Tag(i int) string {
	if i < len(t.Tags) {
		return t.Tags[i]
	}
	return ""
}

// Suggests reports whether the tag of unit i is a suggestion.
func (t *Text) Suggests(i int) bool { return i < len(t.Suggested) && t.Suggested[i] }

// shownTag is the tag of unit i made visible, with "~" before a suggestion; "" for
// none.
func (t *Text) shownTag(i int) string {
	words := show(t.Tag(i))
	if words != "" && t.Suggests(i) {
		words = "~" + words
	}
	return words
}

// Summary says in words what the rewrite did, the gravest first, one line each.
func (r *Report) Summary() []string {
	c := r.Counts()
	var out []string
	for _, o := range r.Result.Orphans {
		s := fmt.Sprintf("The claim of sentence %d is kept and what vouched for it is cut: %s of the original", o.B+1, Numbers(o.Support))
		if len(o.Against) > 0 {
			s += "; so is what spoke against it: " + Numbers(o.Against)
		}
		out = append(out, s+" (orphan).")
	}
	if n := c.Orphans; n > 0 {
		claims := "the claim"
		if n > 1 {
			claims = fmt.Sprintf("%d claims", n)
		}
		out = append([]string{"The rewrite drops the evidence and keeps " + claims + "."}, out...)
	}
	out = append(out, fmt.Sprintf("Of %s in the rewrite, %d kept word for word, %d reworded, %d altered, %d new.",
		plural(c.Rewrite, "sentence"), c.Verbatim, c.Reworded, c.Altered, c.New))
	left := fmt.Sprintf("Of %s in the original, %d left out", plural(c.Original, "sentence"), c.LeftOut)
	if words := byTag(c); words != "" {
		left += ": " + words
	}
	out = append(out, left+".")
	if words := byKind(c.Changes); words != "" {
		out = append(out, "Changes: "+words+".")
	}
	return out
}

// byTag puts the tags of what was left out into words, the most frequent first.
func byTag(c Counts) string {
	var parts []string
	for _, t := range slices.SortedFunc(maps.Keys(c.ByTag), func(x, y string) int {
		return cmp.Or(cmp.Compare(c.ByTag[y], c.ByTag[x]), cmp.Compare(x, y))
	}) {
		if t != "" {
			parts = append(parts, fmt.Sprintf("%d %s", c.ByTag[t], show(t)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	if n := c.ByTag[""]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d untagged", n))
	}
	words := strings.Join(parts, ", ")
	switch c.Proposed {
	case 0:
	case c.LeftOut - c.ByTag[""]:
		words += " (suggested tags; no reviewer's)"
	default:
		words += fmt.Sprintf(" (%d of these tags suggested, no reviewer's)", c.Proposed)
	}
	return words
}

func byKind(n map[string]int) string {
	var parts []string
	for _, k := range kinds {
		if n[string(k.kind)] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", Words(k.kind), n[string(k.kind)]))
		}
	}
	return strings.Join(parts, ", ")
}

// kinds lists the kinds of change, the gravest first, with the letter and the
// colour that mark them.
var kinds = [...]struct {
	kind   align.ChangeType
	letter string
	role   string
}{
	{align.QuoteAltered, "Q", "red"}, {align.QuoteDropped, "Q", "red"},
	{align.DenialDropped, "D", "red"}, {align.DenialAdded, "D", "red"},
	{align.NumberChanged, "N", "magenta"}, {align.NumberDropped, "N", "magenta"},
	{align.AttributionDropped, "S", "orange"}, {align.AttributionChanged, "S", "orange"}, {align.AttributionAdded, "S", "orange"},
	{align.OutletLaundered, "O", "yellow"},
	{align.HedgeDropped, "H", "blue"}, {align.HedgeChanged, "H", "blue"}, {align.HedgeMoved, "H", "blue"}, {align.HedgeAdded, "H", "blue"},
	{align.CueChanged, "C", "cyan"}, {align.HeadingAdded, "T", "green"},
}

// Kinds lists the kinds of change, the gravest first.
func Kinds() []align.ChangeType {
	out := make([]align.ChangeType, len(kinds))
	for i, k := range kinds {
		out[i] = k.kind
	}
	return out
}

// Words is a kind of change in words: "hedge dropped".
func Words(t align.ChangeType) string { return strings.ReplaceAll(string(t), "_", " ") }

// Letter is the capital that marks a kind of change beside its colour; "?" for a
// kind that is not one of [Kinds].
func Letter(t align.ChangeType) string {
	for _, k := range kinds {
		if k.kind == t {
			return k.letter
		}
	}
	return "?"
}

// Numbers writes places from 0 as people do, from 1: 3-5, 8.
func Numbers(list []int) string {
	var parts []string
	for i := 0; i < len(list); {
		k := i
		for k+1 < len(list) && list[k+1] == list[k]+1 {
			k++
		}
		switch {
		case k-i >= 2:
			parts = append(parts, fmt.Sprintf("%d-%d", list[i]+1, list[k]+1))
		default:
			for n := i; n <= k; n++ {
				parts = append(parts, strconv.Itoa(list[n]+1))
			}
		}
		i = k + 1
	}
	return strings.Join(parts, ", ")
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// show makes words of a text fit to be read anywhere, on one line.
func show(s string) string { return annotations.Visible(strings.Join(strings.Fields(s), " ")) }
