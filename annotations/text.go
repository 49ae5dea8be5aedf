package annotations

// Text is an article as it is read, sentence by sentence. [Article] holds all of it;
// a long one may be read from where it lies, a piece at a time. Places are those in
// reading order, from 0.
type Text interface {
	// About returns the descriptive fields. They must not be changed.
	About() *Meta
	// Len is how many sentences there are.
	Len() int
	// Unit returns the sentence at a place from 0 to Len()-1.
	Unit(i int) Sentence
	// In returns the words of a span.
	In(s Span) string
	// Whole returns all of the article, for what cannot go piece by piece.
	Whole() (*Article, error)
	// Fault is why some of it could not be read: then sentences are without words.
	// It is nil as long as all is well.
	Fault() error
}

// About implements [Text].
func (a *Article) About() *Meta { return &a.Meta }

// Len implements [Text].
func (a *Article) Len() int { return len(a.Units) }

// Unit implements [Text].
func (a *Article) Unit(i int) Sentence { return a.Units[i] }

// In implements [Text].
func (a *Article) In(s Span) string { return s.In(a.Body) }

// Whole implements [Text].
func (a *Article) Whole() (*Article, error) { return a, nil }

// Fault implements [Text]: what is held can be read.
func (a *Article) Fault() error { return nil }

// Uncut reports whether t was never cut otherwise than at its import: then the IDs of its
// sentences are their places, from 1, which is known without a look at them.
func Uncut(t Text) bool { return t.About().Next == 0 && t.About().Sentences == t.Len() }

// PlaceOf returns the place of a sentence in reading order, from 0, or -1. Of an article
// that was never cut otherwise nothing is read for it.
func PlaceOf(t Text, id SentenceID) int {
	n, guess := t.Len(), int(id)-1
	switch near := guess >= 0 && guess < n; {
	case Uncut(t):
		if near {
			return guess
		}
		return -1
	case near && t.Unit(guess).ID == id:
		return guess
	}
	for i := range n {
		if t.Unit(i).ID == id {
			return i
		}
	}
	return -1
}
