package align

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// sideOf sets sentences one behind the other.
func sideOf(sentences ...string) Side {
	var b strings.Builder
	s := Side{}
	for i, t := range sentences {
		if i > 0 {
			b.WriteByte(' ')
		}
		from := b.Len()
		b.WriteString(t)
		s.Units = append(s.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: from, End: b.Len()}})
	}
	s.Text = b.String()
	return s
}

func fate(a Anchor) string {
	out := a.Fate.String()
	if len(a.New) > 0 {
		out += fmt.Sprint(a.New)
	}
	if a.Ask {
		out += "?"
	}
	return out
}

func TestAnchorsFollowAnEdit(t *testing.T) {
	const (
		bridge = "The bridge over the Lenne was closed on Monday."
		mayor  = "Mayor Ida Holm called the closure “unavoidable” on Tuesday."
		cost   = "Repairs will cost about four million euros, the council said."
		okay   = "Okay?"
		ships  = "Ships may still pass below the middle arch at low water."
		six    = "The blast killed six people in the harbour town of Varn."
		seven  = "The blast killed seven people in the harbour town of Varn."
	)
	for _, c := range []struct {
		name     string
		old, new []string
		want     string
	}{
		{"nothing changed", []string{bridge, mayor}, []string{bridge, mayor}, "kept[0] kept[1]"},
		{"other quotation marks and spaces are the same words", []string{mayor, cost}, []string{"Mayor Ida Holm called the closure  \"unavoidable\" on Tuesday.", cost}, "kept[0] kept[1]"},
		{"a sentence moved to the end", []string{bridge, mayor, cost, ships}, []string{mayor, cost, ships, bridge}, "moved[3] kept[0] kept[1] kept[2]"},
		{"a typing error was corrected", []string{bridge, "Mayor Ida Holm caled the closure “unavoidable” on Tusday.", cost}, []string{bridge, mayor, cost}, "kept[0] edited[1] kept[2]"},
		{"a sentence was cut", []string{bridge, mayor, cost}, []string{bridge, cost}, "kept[0] gone kept[1]"},
		{"a sentence was added", []string{bridge, cost}, []string{bridge, mayor, cost}, "kept[0] kept[2] new[1]"},
		{"a sentence was split", []string{bridge, "The mayor spoke on Tuesday and the council will vote in May on the new plan."}, []string{bridge, "The mayor spoke on Tuesday.", "The council will vote in May on the new plan."}, "kept[0] edited[1 2]"},
		{"two sentences were merged", []string{"The mayor spoke on Tuesday.", "The council will vote in May on the new plan.", cost}, []string{"The mayor spoke on Tuesday and the council will vote in May on the new plan.", cost}, "edited[0] edited[0] kept[1]"},
		{"twins stay apart by their neighbours", []string{okay, bridge, okay, cost}, []string{okay, bridge, okay, cost}, "kept[0] kept[1] kept[2] kept[3]"},
		{"a twin whose neighbours changed asks", []string{bridge, okay, mayor, okay, cost}, []string{bridge, cost, okay, mayor}, "kept[0] gone? moved[3] gone? kept[1] new[2]?"},
		{"a look-alike put in is new", []string{bridge, six, cost}, []string{bridge, six, seven, cost}, "kept[0] kept[1] kept[3] new[2]"},
		{"one of two look-alikes was cut", []string{six, seven, cost}, []string{seven, cost}, "gone kept[0] kept[1]"},
		{"two candidates ask", []string{bridge, six, cost}, []string{bridge, seven, "The blast killed eight people in the harbour town of Varn.", cost}, "kept[0] edited[1]? kept[3] new[2]?"},
		{"a move is doubted when a look-alike took its place", []string{bridge, six, cost, ships, mayor}, []string{bridge, seven, cost, ships, mayor, six}, "kept[0] moved[5]? kept[2] kept[3] kept[4] new[1]?"},
		{"everything is new", []string{bridge}, []string{ships}, "gone new[0]"},
		{"an empty new text", []string{bridge, mayor}, nil, "gone gone"},
		{"an empty old text", nil, []string{bridge}, "new[0]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, a := range reanchor(sideOf(c.old...), sideOf(c.new...)) {
				got = append(got, fate(a))
			}
			if g := strings.Join(got, " "); g != c.want {
				t.Errorf("got  %s\nwant %s", g, c.want)
			}
		})
	}
}

// piece is a sentence of an article under edit: its words, the old sentences it
// comes from, and whether they are still the words of the old one.
type piece struct {
	words string
	from  []int
	same  bool
}

var (
	whos   = []string{"The council", "Police", "A spokesman for the port", "Mayor Ida Holm", "The union", "Two witnesses", "The ministry", "Residents of Varn", "A harbour pilot", "The opposition", "Engineers", "The auditor"}
	doings = []string{"said the bridge", "warned that the ferry", "denied that the old quay", "confirmed the hospital", "argued that the new school", "found that the tunnel", "insisted the market hall", "reported that the power line"}
	fates  = []string{"would stay closed until %s", "had cost %d million crowns", "was hit by %d storms", "could reopen in %s", "lacked %d permits", "had lost %d workers since %s"}
	months = []string{"January", "March", "April", "June", "July", "September", "October", "December"}
	tails  = []string{"", ", according to a letter", ", despite the rain", " and nobody objected", ", “as everybody knows”", " after a long debate", ", it emerged on Friday"}
	shorts = []string{"Okay?", "Nobody answered.", "It is not clear why.", "That may change."}
)

// editSeed makes other edits; none may ever be silently wrong.
var editSeed = flag.Uint64("seed", 1, "what the generated edits are drawn from")

func pick(r *rand.Rand, s []string) string { return s[r.IntN(len(s))] }

func inventSentence(r *rand.Rand) string {
	if r.IntN(14) == 0 {
		return pick(r, shorts)
	}
	f := pick(r, fates)
	switch {
	case strings.Contains(f, "%d") && strings.Contains(f, "%s"):
		f = fmt.Sprintf(f, 2+r.IntN(90), pick(r, months))
	case strings.Contains(f, "%d"):
		f = fmt.Sprintf(f, 2+r.IntN(90))
	default:
		f = fmt.Sprintf(f, pick(r, months))
	}
	return pick(r, whos) + " " + pick(r, doings) + " " + f + pick(r, tails) + "."
}

// typo changes one letter inside a longer word.
func typo(r *rand.Rand, s string) string {
	b := []byte(s)
	for range 50 {
		i := 1 + r.IntN(len(b)-2)
		if lower := func(c byte) bool { return c >= 'a' && c <= 'z' }; lower(b[i]) && lower(b[i-1]) && lower(b[i+1]) {
			b[i] = 'a' + (b[i]-'a'+1+byte(r.IntN(25)))%26
			return string(b)
		}
	}
	return s + "x"
}

// twin changes a number, a month or a name of a sentence.
func twin(r *rand.Rand, s string) string {
	for _, set := range [][]string{months, whos} {
		for _, m := range set {
			if other := pick(r, set); strings.Contains(s, m) && other != m {
				return strings.Replace(s, m, other, 1)
			}
		}
	}
	return "Then " + s
}

func restyle(s string) string {
	return strings.NewReplacer("“", "\"", "”", "\"", ", ", ",  ", "’", "'").Replace(s)
}

// edit does one random edit and reports its name.
func edit(r *rand.Rand, ps []piece) ([]piece, string) {
	i := r.IntN(len(ps))
	switch r.IntN(8) {
	case 0:
		p := ps[i]
		ps = slices.Delete(ps, i, i+1)
		return slices.Insert(ps, r.IntN(len(ps)+1), p), "move"
	case 1:
		ps[i].words, ps[i].same = typo(r, ps[i].words), false
		return ps, "typo"
	case 2:
		return slices.Insert(ps, r.IntN(len(ps)+1), piece{words: twin(r, ps[i].words)}), "look-alike"
	case 3:
		ps[i].words = restyle(ps[i].words)
		return ps, "marks"
	case 4:
		if i+1 < len(ps) && len(ps[i].from) == 1 && len(ps[i+1].from) == 1 {
			ps[i] = piece{words: strings.TrimSuffix(ps[i].words, ".") + ", and " + ps[i+1].words, from: append(slices.Clone(ps[i].from), ps[i+1].from...)}
			return slices.Delete(ps, i+1, i+2), "merge"
		}
	case 5:
		w := strings.Fields(ps[i].words)
		if len(ps[i].from) == 1 && len(w) >= 8 {
			cut := len(w)/2 - 1 + r.IntN(3)
			first, second := piece{words: strings.Join(w[:cut], " ") + ".", from: ps[i].from}, piece{words: "This " + strings.Join(w[cut:], " "), from: ps[i].from}
			ps[i] = first
			return slices.Insert(ps, i+1, second), "split"
		}
	case 6:
		if len(ps) > 4 {
			return slices.Delete(ps, i, i+1), "delete"
		}
	case 7:
		return slices.Insert(ps, i, piece{words: inventSentence(r)}), "insert"
	}
	return ps, ""
}

// took reports that an old sentence was found word for word: which of two twins
// that is, nobody can tell.
func took(a Anchor, old, words []string) bool {
	return !a.Ask && len(a.New) == 1 && sameWords(words[a.New[0]]) == sameWords(old[a.Old])
}

// TestTenThousandEdits counts what becomes of every sentence that an edit
// touched, and of those beside them.
func TestTenThousandEdits(t *testing.T) {
	edits := 10000
	if testing.Short() {
		edits = 1500
	}
	r := rand.New(rand.NewPCG(20251024, *editSeed))
	type count struct{ right, asked, wrong int }
	by := map[string]*count{}
	touched, all := count{}, count{}
	for n := 0; n < edits; {
		var old []string
		var ps []piece
		for i := range 10 + r.IntN(25) {
			s := inventSentence(r)
			old = append(old, s)
			ps = append(ps, piece{s, []int{i}, true})
		}
		var names []string
		for range 1 + r.IntN(3) {
			var name string
			if ps, name = edit(r, ps); name != "" {
				names = append(names, name)
				n++
			}
		}
		var words []string
		want := make([][]int, len(old))
		for j, p := range ps {
			words = append(words, p.words)
			for _, i := range p.from {
				if !slices.Contains(want[i], j) {
					want[i] = append(want[i], j)
				}
			}
		}
		anchors := reanchor(sideOf(old...), sideOf(words...))
		for _, a := range anchors {
			if a.Old < 0 && a.Ask && len(ps[a.New[0]].from) > 0 {
				continue // asked about already, from the side of the old sentence
			}
			right := false
			plain := false
			if a.Old < 0 {
				from := ps[a.New[0]].from
				right = len(from) == 0 || len(from) == 1 && took(anchors[from[0]], old, words) && sameWords(words[a.New[0]]) == sameWords(old[from[0]])
			} else {
				w := want[a.Old]
				right = slices.Equal(a.New, w)
				if len(a.New) == 1 && len(w) == 1 {
					// Twins are the same to any reader.
					right = right || took(a, old, words) && sameWords(words[w[0]]) == sameWords(old[a.Old])
				}
				right = right || len(w) == 0 && took(a, old, words)
				plain = len(w) == 1 && ps[w[0]].words == old[a.Old]
			}
			for k, c := range []*count{&all, &touched} {
				if k == 1 && plain {
					continue
				}
				switch {
				case a.Ask:
					c.asked++
				case right:
					c.right++
				default:
					c.wrong++
				}
			}
			if a.Ask || !right {
				key := strings.Join(names, "+")
				if len(names) > 1 {
					key = "several"
				}
				if by[key] == nil {
					by[key] = &count{}
				}
				if a.Ask {
					by[key].asked++
				} else {
					by[key].wrong++
					if by[key].wrong < 6 {
						t.Logf("%v: old %d %v", names, a.Old, fate(a))
						if a.Old >= 0 {
							t.Logf("   want %v: %s", want[a.Old], old[a.Old])
							for _, j := range append(slices.Clone(want[a.Old]), a.New...) {
								t.Logf("   new %d: %s", j, words[j])
							}
						} else {
							t.Logf("   new %d from %v: %s", a.New[0], ps[a.New[0]].from, words[a.New[0]])
						}
					}
				}
			}
		}
	}
	for k, c := range by {
		t.Logf("%-12s asked %d, silently wrong %d", k, c.asked, c.wrong)
	}
	total := touched.right + touched.asked + touched.wrong
	share := float64(touched.right) / float64(total)
	t.Logf("touched: %d, right %.2f%%, asked %d, silently wrong %d; all sentences: right %d, asked %d, wrong %d", total, 100*share, touched.asked, touched.wrong, all.right, all.asked, all.wrong)
	if all.wrong > 0 {
		t.Errorf("%d silent wrong anchors, want none", all.wrong)
	}
	if share < 0.95 {
		t.Errorf("right %.2f%% of the touched sentences, want 95%%", 100*share)
	}
}

// TestEverySentenceHasOneFate holds for any two texts.
func TestEverySentenceHasOneFate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "b", "c d", "e f g", "Okay?", "x “y” z"})
		old := rapid.SliceOfN(word, 0, 9).Draw(t, "old")
		now := rapid.SliceOfN(word, 0, 9).Draw(t, "new")
		seen := make([]int, len(now))
		n := 0
		for _, a := range reanchor(sideOf(old...), sideOf(now...)) {
			for _, j := range a.New {
				seen[j]++
			}
			switch {
			case a.Old >= 0 && a.Old != n:
				t.Fatalf("anchor %d is for sentence %d", n, a.Old)
			case (a.Fate == Gone) != (len(a.New) == 0):
				t.Fatalf("%v with %v", a.Fate, a.New)
			case (a.Fate == New) != (a.Old < 0):
				t.Fatalf("%v for old sentence %d", a.Fate, a.Old)
			case (a.Fate == Kept || a.Fate == Moved) && sameWords(old[a.Old]) != sameWords(now[a.New[0]]):
				t.Fatalf("%v joins %q and %q", a.Fate, old[a.Old], now[a.New[0]])
			}
			if a.Old >= 0 {
				n++
			}
		}
		if n != len(old) {
			t.Fatalf("%d anchors for %d sentences", n, len(old))
		}
		for j, c := range seen {
			if c == 0 {
				t.Fatalf("new sentence %d has no anchor", j)
			}
		}
	})
}
