package interchange

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"stet.example/stet/annotations"
)

// Whereabouts are what finds a sentence of another article again: the article's
// key says which text it is of, and in that text its bytes say where it stands,
// however that is cut.
type Whereabouts struct {
	Article string           // the article's name where the file was written; may be empty
	Span    annotations.Span // bytes of the article's text
	Words   uint64           // start of the hash of the words that stand there, as [annotations.Hash.Start] has it; 0 = not told
}

// WhereIs gives the whereabouts of a sentence; false where a does not have it.
func WhereIs(a *annotations.Article, id annotations.SentenceID) (Whereabouts, bool) {
	i := a.Index(id)
	if i < 0 {
		return Whereabouts{}, false
	}
	span := a.Units[i].Span
	return Whereabouts{a.Name, span, annotations.HashOf(span.In(a.Body)).Start()}, true
}

// In finds the sentence of a at w. It fails with [ErrOtherCut] where no sentence of
// a begins and ends there, and where other words stand there.
func (w Whereabouts) In(a *annotations.Article) (annotations.SentenceID, error) {
	if w.Span.Check(a.Body) != nil || w.Words != 0 && annotations.HashOf(w.Span.In(a.Body)).Start() != w.Words {
		return 0, fmt.Errorf("other words stand at bytes %d to %d of article %s", w.Span.Start, w.Span.End, a.Name)
	}
	i, ok := slices.BinarySearchFunc(a.Units, w.Span.Start, func(u annotations.Sentence, at int) int { return u.Span.Start - at })
	if !ok || a.Units[i].Span != w.Span {
		return 0, fmt.Errorf("%w: bytes %d to %d of article %s are no sentence", ErrOtherCut, w.Span.Start, w.Span.End, a.Name)
	}
	return a.Units[i].ID, nil
}

// Where finds the whereabouts of a sentence: those of an article of the export
// itself, or those that it was given.
func (e *Export) Where(t annotations.Target) (Whereabouts, bool) {
	for i := range e.Documents {
		if a := e.Documents[i].Article; a != nil && a.ID == t.Article {
			return WhereIs(a, t.Sentence)
		}
	}
	w, ok := e.Afar[t]
	return w, ok
}

// wireFar says where the sentence of another article stands.
type wireFar struct {
	Name  string `json:"name,omitempty"` // of the article
	Bytes [2]int `json:"byte"`           // of its text
	Words string `json:"words"`          // the first 16 digits of the words' SHA-256
}

// locate says in an annotation as it is written where the sentences of other
// articles stand, as far as anybody knows.
func (p *page) locate(w *wireAnnotation, links []annotations.Link) {
	for i, l := range links {
		if l.To.Article == p.Article.ID {
			continue
		}
		if x, ok := p.afar(l.To); ok {
			w.Links[i].ToPlace = &wireFar{Name: x.Article, Bytes: [2]int{x.Span.Start, x.Span.End}, Words: fmt.Sprintf("%016x", x.Words)}
		}
	}
}

// outside forgets the places in articles that the file holds: those are there.
func (l *loader) outside() {
	maps.DeleteFunc(l.out.Afar, func(t annotations.Target, _ Whereabouts) bool { return l.targets[t.Article] != nil })
	if len(l.out.Afar) == 0 {
		l.out.Afar = nil
	}
}

// located notes where a link says that its sentence stands.
func (l *loader) located(w *wireTo, t annotations.Target) error {
	if w.ToPlace == nil || w.ToArticle == "" {
		return nil
	}
	words, err := strconv.ParseUint(w.ToPlace.Words, 16, 64)
	if err != nil || words == 0 {
		return fmt.Errorf("toPlace.words: %.40q is not 16 hexadecimal digits", w.ToPlace.Words)
	}
	if l.out.Afar == nil {
		l.out.Afar = map[annotations.Target]Whereabouts{}
	}
	l.out.Afar[t] = Whereabouts{w.ToPlace.Name, annotations.Span{Start: w.ToPlace.Bytes[0], End: w.ToPlace.Bytes[1]}, words}
	return nil
}
