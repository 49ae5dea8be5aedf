package interchange

import (
	"errors"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
)

// ErrOtherCut says that what was packed is about a sentence that the article at
// hand does not have: it was split or joined there or here, or found by other
// rules.
var ErrOtherCut = errors.New("the text is cut otherwise here")

// wirePlace says which sentence an ID of a pack is, for an article of the same
// text that is cut otherwise.
type wirePlace struct {
	Sentence string `json:"sentence"`
	Bytes    [2]int `json:"byte"`  // of the text
	Words    string `json:"words"` // the first 16 digits of the words' SHA-256
}

// places lists where sentences of the article stand, each once, by their IDs.
func (s *Sheet) places(ids []annotations.SentenceID) []wirePlace {
	slices.Sort(ids)
	var out []wirePlace
	for _, id := range slices.Compact(ids) {
		i, ok := s.at[id]
		if !ok {
			continue
		}
		span := s.p.Article.Units[i].Span
		out = append(out, wirePlace{Sentence: id.String(), Bytes: [2]int{span.Start, span.End}, Words: startOf(s.said(id))})
	}
	return out
}

// said is the words of a sentence.
func (s *Sheet) said(id annotations.SentenceID) string {
	i, ok := s.at[id]
	if !ok {
		return ""
	}
	return s.p.Article.Units[i].Span.In(s.p.Article.Body)
}

func startOf(words string) string { return fmt.Sprintf("%016x", annotations.HashOf(words).Start()) }

// unitIndex finds sentences by place and by words.
type unitIndex struct {
	words  []string // as wirePlace has them, of each unit
	spans  map[annotations.Span]int
	byWord map[string][]int
}

func (u *Unpacker) index() *unitIndex {
	if u.units != nil {
		return u.units
	}
	a := u.draft.Article
	x := &unitIndex{spans: make(map[annotations.Span]int, len(a.Units)), byWord: make(map[string][]int, len(a.Units))}
	for i, unit := range a.Units {
		w := startOf(unit.Span.In(a.Body))
		x.words = append(x.words, w)
		x.spans[unit.Span] = i
		x.byWord[w] = append(x.byWord[w], i)
	}
	u.units = x
	return x
}

// find returns the unit that p means: the one at its place. Only where the text
// itself differs there, since somebody edited it, it is the one with its ID, or
// the only one, that has the words.
func (u *Unpacker) find(p *wirePlace) (annotations.SentenceID, bool) {
	x, units := u.index(), u.draft.Article.Units
	span, body := annotations.Span{Start: p.Bytes[0], End: p.Bytes[1]}, u.draft.Article.Body
	if span.Check(body) == nil && startOf(span.In(body)) == p.Words {
		i, ok := x.spans[span]
		if !ok {
			return 0, false
		}
		return units[i].ID, true
	}
	if id, err := annotations.ParseSentenceID(p.Sentence); err == nil {
		if i, ok := u.draft.world.targets[u.draft.Article.ID][id]; ok && x.words[i] == p.Words {
			return id, true
		}
	}
	if list := x.byWord[p.Words]; len(list) == 1 {
		return units[list[0]].ID, true
	}
	return 0, false
}

// replace puts the IDs of this article in the place of those that w was packed
// with. It returns what it had to leave out. A pack that tells no places is
// believed.
func (u *Unpacker) replace(w *wirePacked) (lost []string, err error) {
	if len(w.Places) == 0 {
		return nil, nil
	}
	here := make(map[string]string, len(w.Places)) // "" for one that is not here
	for i := range w.Places {
		here[w.Places[i].Sentence] = ""
		if id, ok := u.find(&w.Places[i]); ok {
			here[w.Places[i].Sentence] = id.String()
		}
	}
	now, known := here[w.Sentence]
	switch {
	case !known:
		return nil, fmt.Errorf("places do not name %s, which it is about", w.Sentence)
	case now == "":
		return nil, fmt.Errorf("%w: no sentence has the words of %s", ErrOtherCut, w.Sentence)
	}
	was := w.Sentence
	w.Sentence = now
	for i := range w.Annotations {
		a := &w.Annotations[i]
		a.Links = slices.DeleteFunc(a.Links, func(l wireTo) bool {
			gone := l.ToArticle == "" && here[l.To] == ""
			if gone {
				lost = append(lost, fmt.Sprintf("the link of %s (%s) to %s was left out: the text is cut otherwise here", was, a.By, l.To))
			}
			return gone
		})
		for j := range a.Links {
			if l := &a.Links[j]; l.ToArticle == "" {
				l.To = here[l.To]
			}
		}
	}
	return lost, nil
}
