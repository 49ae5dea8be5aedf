package interchange

import (
	"fmt"
	"strconv"

	"stet.example/stet/annotations"
)

// some makes an empty list none, as the domain has it.
func some(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

func cutText(c *annotations.Cut) *wireCut {
	if c == nil {
		return nil
	}
	w := &wireCut{Was: tableText(c.Was), Now: tableText(c.Now), Next: c.Next.String(), Touched: []wireUnitEdit{}}
	for _, t := range c.Touched {
		w.Touched = append(w.Touched, wireUnitEdit{Sentence: t.ID.String(), Was: presentKind(t.Was), Now: presentKind(t.Now)})
	}
	return w
}

func tableText(t annotations.Table) wireTable { return wireTable{t.Hash.String(), t.Units, t.Needed} }

// presentKind gives the name of a kind, "" for a unit that is not there.
func presentKind(k annotations.Kind) string {
	if k == annotations.Absent {
		return ""
	}
	return k.String()
}

func readCut(w *wireCut) (c annotations.Cut, err error) {
	if c.Next, err = annotations.ParseSentenceID(w.Next); err != nil {
		return c, fmt.Errorf("next: %w", err)
	}
	for _, t := range []struct {
		name string
		in   *wireTable
		out  *annotations.Table
	}{{"was", &w.Was, &c.Was}, {"now", &w.Now, &c.Now}} {
		*t.out = annotations.Table{Units: t.in.Units, Needed: t.in.Needed}
		if err := readHash(t.in.Hash, &t.out.Hash, t.name+".sha256"); err != nil {
			return c, err
		}
	}
	for i, t := range w.Touched {
		u := annotations.UnitChange{Was: annotations.Absent, Now: annotations.Absent}
		if u.ID, err = annotations.ParseSentenceID(t.Sentence); err != nil {
			return c, fmt.Errorf("touched[%d]: %w", i, err)
		}
		for _, k := range []struct {
			in  string
			out *annotations.Kind
		}{{t.Was, &u.Was}, {t.Now, &u.Now}} {
			if k.in == "" {
				continue
			}
			if *k.out, err = annotations.ParseKind(k.in); err != nil {
				return c, fmt.Errorf("touched[%d]: %w", i, err)
			}
		}
		c.Touched = append(c.Touched, u)
	}
	return c, nil
}

// otherWords names the words that r was said of, where they are not the
// sentence's any more.
func otherWords(r *annotations.Record, words string) string {
	if !r.OfOtherWords(words) {
		return ""
	}
	return wordsText(r.Words)
}

// ruledOn names the words that r was made on, where they are not the sentence's any more;
// zeros where they are not known, which whoever reads the file must not take for those.
func ruledOn(r *annotations.Ruling, words string) string {
	if r.Words != 0 && !r.OfOtherWords(words) {
		return ""
	}
	return fmt.Sprintf("%016x", r.Words)
}

// wordsText is the start of a hash of words; "" where it is not known.
func wordsText(n uint64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%016x", n)
}

// readWords is the inverse of [wordsText].
func readWords(s string) (uint64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil || fmt.Sprintf("%016x", n) != s {
		return 0, fmt.Errorf("words: %q is not 16 hexadecimal digits in lower case", s)
	}
	return n, nil
}

// judged reads of which words an annotation was said, or on which a ruling was made:
// those of the sentence as it stands, unless the file names others.
func (d *draft) judged(s string, id annotations.SentenceID) (uint64, error) {
	if s == "" {
		return annotations.HashOf(d.Article.Units[d.world.targets[d.Article.ID][id]].Span.In(d.Article.Body)).Start(), nil
	}
	return readWords(s)
}
