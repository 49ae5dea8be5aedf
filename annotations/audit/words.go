package audit

import (
	"bytes"
	"hash/maphash"
	"slices"
	"unicode"
	"unicode/utf8"
)

// group is the sentences that say the same in the same words.
type group struct {
	units []*unit // in the order of articles and reading
	words []int32 // different words, by number, ascending
	apart []int32 // its numbers and words of denial, in order
	n     int     // words, repetitions counted
}

// pairOf is two groups that say nearly the same.
type pairOf struct{ a, b *group }

// wording is the sentences by their words.
type wording struct {
	groups []*group // by first sentence
	near   []pairOf
}

const (
	nearWords = 6   // words that a sentence needs to be nearly the same as another
	nearShare = 0.8 // of their different words that must be common to both
	commonAt  = 400 // sentences from which on a word brings nobody together
)

// denies reports whether a word turns a statement into its opposite.
func denies(word string) bool {
	switch word {
	case "not", "no", "never", "nor", "none", "neither", "without", "cannot", "denied", "denies", "deny", "t":
		return true
	}
	return false
}

// sameWords brings together the sentences that say the same, and the groups that
// say nearly the same.
func (x *index) sameWords() *wording {
	w := &wording{}
	v := &vocabulary{seed: maphash.MakeSeed(), number: map[uint64]int32{}}
	groups := make(map[string]*group, len(x.units))
	var norm []byte
	for i := range x.units {
		u := &x.units[i]
		norm = normal(norm[:0], u.claim())
		if len(norm) == 0 {
			continue
		}
		g := groups[string(norm)]
		if g == nil {
			g = v.group(norm)
			groups[string(norm)] = g
			w.groups = append(w.groups, g)
		}
		g.units = append(g.units, u)
	}
	w.near = nearPairs(w.groups, len(v.apart))
	return w
}

// normal appends the letters and digits of s in lower case, words divided by one
// blank.
func normal(out []byte, s string) []byte {
	gap := false
	for i := 0; i < len(s); {
		c := s[i]
		var r rune
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			r, i = rune(c), i+1
		case c >= 'A' && c <= 'Z':
			r, i = rune(c)+'a'-'A', i+1
		case c < utf8.RuneSelf:
			gap, i = true, i+1
			continue
		default:
			var n int
			r, n = utf8.DecodeRuneInString(s[i:])
			i += n
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				gap = true
				continue
			}
			r = unicode.ToLower(r)
		}
		if gap && len(out) > 0 {
			out = append(out, ' ')
		}
		gap = false
		out = utf8.AppendRune(out, r)
	}
	return out
}

// vocabulary gives words their numbers, by first appearance.
type vocabulary struct {
	seed   maphash.Seed
	number map[uint64]int32 // by hash: only which words are the same matters
	apart  []bool           // of each word, whether it is a number or denies
}

func (v *vocabulary) word(w []byte) int32 {
	h := maphash.Bytes(v.seed, w)
	n, ok := v.number[h]
	if !ok {
		n = int32(len(v.apart))
		v.number[h] = n
		v.apart = append(v.apart, denies(string(w)) || bytes.ContainsFunc(w, unicode.IsDigit))
	}
	return n
}

func (v *vocabulary) group(norm []byte) *group {
	g := &group{words: make([]int32, 0, 1+bytes.Count(norm, []byte{' '}))}
	for len(norm) > 0 {
		to := bytes.IndexByte(norm, ' ')
		if to < 0 {
			to = len(norm)
		}
		n := v.word(norm[:to])
		g.words = append(g.words, n)
		if v.apart[n] {
			g.apart = append(g.apart, n)
		}
		norm = norm[min(to+1, len(norm)):]
	}
	g.n = len(g.words)
	slices.Sort(g.words)
	g.words = slices.Compact(g.words)
	return g
}

// nearPairs finds the pairs that say nearly the same. Two sets x and y whose
// Jaccard likeness is t or more have ⌈t|x|⌉ members in common, so that, members
// ordered by rarity, the first |x| - ⌈t|x|⌉ + 2 of each share two. Only sentences
// that do are compared.
func nearPairs(groups []*group, words int) []pairOf {
	frequency := make([]int32, words)
	for _, g := range groups {
		for _, w := range g.words {
			frequency[w]++
		}
	}
	holders := make([][]int32, words)
	shared := make([]uint8, len(groups)) // rare words in common with the group at hand, up to 2
	var out []pairOf
	var rare, met []int32
	for i, g := range groups {
		if g.n < nearWords {
			continue
		}
		rare = append(rare[:0], g.words...)
		slices.SortFunc(rare, func(a, b int32) int {
			if frequency[a] != frequency[b] {
				return int(frequency[a] - frequency[b])
			}
			return int(a - b)
		})
		for _, w := range rare[:min(len(rare)-ceilShare(len(rare))+2, len(rare))] {
			if frequency[w] > commonAt {
				break
			}
			for _, k := range holders[w] {
				switch shared[k]++; shared[k] {
				case 1:
					met = append(met, k)
				case 2:
					if likely(groups[k], g) {
						out = append(out, pairOf{groups[k], g})
					}
				default:
					shared[k] = 2
				}
			}
			holders[w] = append(holders[w], int32(i))
		}
		for _, k := range met {
			shared[k] = 0
		}
		met = met[:0]
	}
	return out
}

func ceilShare(n int) int { return (n*4 + 4) / 5 } // ⌈0.8 n⌉

// likely reports whether two different groups say nearly the same.
func likely(a, b *group) bool {
	la, lb := len(a.words), len(b.words)
	if min(la, lb)*5 < max(la, lb)*4 || !slices.Equal(a.apart, b.apart) {
		return false
	}
	common, i, j := 0, 0, 0
	for i < la && j < lb {
		switch {
		case a.words[i] < b.words[j]:
			i++
		case a.words[i] > b.words[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return float64(common) >= nearShare*float64(la+lb-common)
}
