package store

import "stet.example/stet/annotations"

// unit fills in what the event says of the sentence it is about.
func (s *stamper) unit(e *annotations.Event) error {
	u, err := s.v.unit(&s.info, e.Sentence)
	if err != nil {
		return err
	}
	e.Unit, e.Words = u.kind, u.words
	s.self = e.Sentence
	return nil
}

// unitKey names a sentence of a text, as a table cuts it, for good; unitSeen is what an event says
// of it.
type (
	unitKey struct {
		text, table annotations.Hash
		id          annotations.SentenceID
	}
	unitSeen struct {
		kind  annotations.Kind
		words annotations.Hash
	}
)

// readUnit looks a sentence up in its article's table and hashes its words.
func readUnit(v view, m *annotations.Meta, id annotations.SentenceID) (unitSeen, error) {
	u, ok, err := unitOf(v, m, id)
	if err != nil {
		return unitSeen{}, err
	}
	if !ok {
		return unitSeen{}, notFound("no sentence %s; the article has %d", id, m.Sentences)
	}
	words, err := v.blob(m.Text, u.Span.Start, u.Span.Len())
	return unitSeen{kind: u.Kind, words: annotations.HashOf(words)}, err
}

// unitOf reads one record of an article's sentence table. IDs are places in
// the table until a sentence is split or joined; then they are near them, but for
// those that are new.
func unitOf(v view, m *annotations.Meta, id annotations.SentenceID) (annotations.Sentence, bool, error) {
	if id == 0 || id >= m.NextID() {
		return annotations.Sentence{}, false, nil
	}
	const around = 64
	guess := max(0, min(int(id), m.Sentences)-1)
	for _, part := range [][2]int{{guess, 1}, {max(0, guess-around), 2 * around}, {0, m.Sentences}} {
		b, err := v.blob(m.Table, part[0]*annotations.TableRecord, part[1]*annotations.TableRecord)
		if err != nil {
			return annotations.Sentence{}, false, err
		}
		for ; len(b) >= annotations.TableRecord; b = b[annotations.TableRecord:] {
			if u := annotations.TableAt([]byte(b[:annotations.TableRecord])); u.ID == id {
				return u, true, nil
			}
		}
		if m.Next == 0 {
			break // every ID is its place
		}
	}
	return annotations.Sentence{}, false, nil
}
