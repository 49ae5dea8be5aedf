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

	// Called is the sentence's ID where the file was written, where the target has
	// another; see [Places]. 0 = the target's.
	Called annotations.SentenceID
}

// Places gathers the whereabouts that links of several files give. Stores cut a text
// each in its own way: the same ID is one sentence in one file and another in the
// next. The zero value is empty and ready.
type Places struct {
	Of    map[annotations.Target]Whereabouts
	again map[place]annotations.Target // of the targets that were made up
	last  annotations.SentenceID       // made up last; they count down from the highest
}

type place struct {
	article annotations.ArticleID
	span    annotations.Span
}

// Add notes where the sentence of a link stands, and gives the target by which it is
// found: t, or, where another link has that for another place, one of its own.
func (p *Places) Add(t annotations.Target, w Whereabouts) annotations.Target {
	if p.Of == nil {
		p.Of, p.again = map[annotations.Target]Whereabouts{}, map[place]annotations.Target{}
	}
	at := place{t.Article, w.Span}
	was, known := p.Of[t]
	switch other, made := p.again[at]; {
	case !known:
		p.Of[t] = w
		return t
	case was.Span == w.Span:
		return t
	case made:
		return other
	}
	w.Called = t.Sentence
	for ; known; _, known = p.Of[t] {
		p.last--
		t.Sentence = p.last
	}
	p.Of[t], p.again[at] = w, t
	return t
}

// WhereIs gives the whereabouts of a sentence; false where a does not have it.
func WhereIs(a *annotations.Article, id annotations.SentenceID) (Whereabouts, bool) {
	i := a.Index(id)
	if i < 0 {
		return Whereabouts{}, false
	}
	span := a.Units[i].Span
	return Whereabouts{Article: a.Name, Span: span, Words: annotations.HashOf(span.In(a.Body)).Start()}, true
}

// In finds the sentence of a at w. It fails with [ErrOtherCut] where no sentence of
// a begins and ends there, and where other words stand there.
func (w Whereabouts) In(a *annotations.Article) (annotations.SentenceID, error) {
	i, ok := slices.BinarySearchFunc(a.Units, w.Span.Start, func(u annotations.Sentence, at int) int { return u.Span.Start - at })
	if !ok || a.Units[i].Span != w.Span {
		return 0, fmt.Errorf("%w: bytes %d to %d of article %s are no sentence", ErrOtherCut, w.Span.Start, w.Span.End, a.Name)
	}
	// A file may tell any span, again and again: only a sentence's words are hashed.
	if w.Words != 0 && annotations.HashOf(w.Span.In(a.Body)).Start() != w.Words {
		return 0, fmt.Errorf("other words stand at bytes %d to %d of article %s", w.Span.Start, w.Span.End, a.Name)
	}
	return a.Units[i].ID, nil
}

// Where finds the whereabouts of a sentence: those that the export was given, or
// those in an article of its own. What was given goes first: a file of another
// program is read over the store's articles, and the IDs of its links are those of
// whoever wrote it.
func (e *Export) Where(t annotations.Target) (Whereabouts, bool) {
	if w, ok := e.Afar[t]; ok {
		return w, true
	}
	for i := range e.Documents {
		if a := e.Documents[i].Article; a != nil && a.ID == t.Article {
			return WhereIs(a, t.Sentence)
		}
	}
	return Whereabouts{}, false
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
	l.out.Afar[t] = Whereabouts{
		Article: w.ToPlace.Name, Span: annotations.Span{Start: w.ToPlace.Bytes[0], End: w.ToPlace.Bytes[1]}, Words: words,
	}
	return nil
}
