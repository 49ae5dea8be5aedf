package agreement

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Item is something that may be drawn for checking.
type Item struct {
	ID      string // unique in the population, not empty
	Stratum string // the part of the population it is drawn with, e.g. its tag
	Risky   bool   // always checked, and not part of its stratum
}

// Sample is a draw. Checking it and passing what proved wrong to [Sample.Bound]
// tells about the whole.
type Sample struct {
	Chosen []Choice  // in the order of the population
	Strata []Stratum // what was open to chance, by name; Wrong is 0
	Risky  int       // checked without chance
	Seed   [32]byte
}

// Choice is an item that is to be checked.
type Choice struct {
	Item
	Order string // its lot in hexadecimal: lowest is drawn first; empty when risky
}

// drawDomain keeps lots apart from any other use of the same seed.
const drawDomain = "stet draw 1\n"

// Lot is the number by which an item is drawn, lowest first: HMAC-SHA-256 of
// "stet draw 1", a line feed and the item's ID, keyed with the seed. Anyone who
// has seed and IDs can draw again with no code of this package, and neither the
// order of the population nor items added to another stratum change a lot.
func Lot(seed [32]byte, id string) [32]byte {
	h := hmac.New(sha256.New, seed[:])
	h.Write([]byte(drawDomain + id))
	return [32]byte(h.Sum(nil))
}

// Lots are the lots of many items, in their order.
func Lots(seed [32]byte, ids []string) [][32]byte {
	h := hmac.New(sha256.New, seed[:])
	out := make([][32]byte, len(ids))
	var msg []byte
	for i, id := range ids {
		h.Reset()
		msg = append(append(msg[:0], drawDomain...), id...)
		h.Write(msg)
		h.Sum(out[i][:0])
	}
	return out
}

// Draw picks all risky items and n of the others, shared among strata by
// [Allocate] (strata in the order of their names) and inside a stratum by lowest
// [Lot]. With n beyond the population everything is picked. The same seed, items
// and n give the same sample on any machine. The seed should be one that nobody
// could choose or foresee while tagging, such as the root of a checkpoint signed
// after the work.
//
// It refuses a negative n, an empty ID and one that occurs twice.
func Draw(population []Item, n int, seed [32]byte) (*Sample, error) {
	if n < 0 {
		return nil, fmt.Errorf("a sample of %d: it cannot be negative", n)
	}
	sample := &Sample{Seed: seed}
	members := make(map[string][]lotted)
	seen := make(map[string]bool, len(population))
	for i, it := range population {
		switch {
		case it.ID == "":
			return nil, fmt.Errorf("item %d has no ID", i+1)
		case seen[it.ID]:
			return nil, fmt.Errorf("item %d: the ID %q occurs twice", i+1, it.ID)
		}
		seen[it.ID] = true
		if it.Risky {
			sample.Risky++
			continue
		}
		members[it.Stratum] = append(members[it.Stratum], lotted{Lot(seed, it.ID), it.ID})
	}
	lots := sample.drawStrata(members, n)
	for _, it := range population {
		lot, drawn := lots[it.ID]
		if drawn {
			sample.Chosen = append(sample.Chosen, Choice{it, hex.EncodeToString(lot[:])})
		} else if it.Risky {
			sample.Chosen = append(sample.Chosen, Choice{Item: it})
		}
	}
	return sample, nil
}

type lotted struct {
	lot [32]byte
	id  string
}

func (s *Sample) drawStrata(members map[string][]lotted, n int) map[string][32]byte {
	for name, m := range members {
		s.Strata = append(s.Strata, Stratum{Name: name, Size: len(m)})
	}
	slices.SortFunc(s.Strata, func(a, b Stratum) int { return strings.Compare(a.Name, b.Name) })
	sizes := make([]int, len(s.Strata))
	for i := range sizes {
		sizes[i] = s.Strata[i].Size
	}
	lots := make(map[string][32]byte)
	for i, k := range Allocate(sizes, n) {
		s.Strata[i].Checked = k
		m := members[s.Strata[i].Name]
		slices.SortFunc(m, func(a, b lotted) int {
			if c := bytes.Compare(a.lot[:], b.lot[:]); c != 0 {
				return c
			}
			return strings.Compare(a.id, b.id)
		})
		for _, x := range m[:k] {
			lots[x.id] = x.lot
		}
	}
	return lots
}

// Bound is the upper bound on wrong ones in the whole population, risky items
// included, once the sample was checked. wrong lists the IDs that proved wrong;
// it refuses IDs that were not in the sample or are named twice.
func (s *Sample) Bound(wrong []string, confidence float64) (Bound, error) {
	chosen := make(map[string]*Item, len(s.Chosen))
	for i := range s.Chosen {
		chosen[s.Chosen[i].ID] = &s.Chosen[i].Item
	}
	strata := slices.Clone(s.Strata)
	risky := 0
	for _, id := range wrong {
		it := chosen[id]
		if it == nil {
			return Bound{}, fmt.Errorf("%q was not in the sample, or is named twice", id)
		}
		delete(chosen, id)
		if it.Risky {
			risky++
			continue
		}
		at, _ := slices.BinarySearchFunc(strata, it.Stratum, func(x Stratum, name string) int { return strings.Compare(x.Name, name) })
		strata[at].Wrong++
	}
	total := s.Risky
	for _, x := range strata {
		total += x.Size
	}
	if total == 0 {
		return Bound{}, fmt.Errorf("the population is empty: there is nothing to bound")
	}
	if len(strata) == 0 {
		if _, err := doubtOf(confidence); err != nil {
			return Bound{}, err
		}
		return boundOf(risky, total), nil
	}
	b, err := StratifiedUpperBound(strata, confidence)
	if err != nil {
		return Bound{}, err
	}
	return boundOf(b.Count+risky, total), nil
}
