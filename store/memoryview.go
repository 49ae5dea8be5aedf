package store

import (
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// memoryView shows a locked Memory to stamp.
type memoryView Memory

func (v *memoryView) size() (uint64, time.Time) { return v.state.Size, v.state.Last }

func (v *memoryView) meta(id annotations.ArticleID) (annotations.Meta, bool, error) {
	a := v.state.Articles[id]
	if a == nil || id == annotations.Desk {
		return annotations.Meta{}, false, nil
	}
	return a.Meta, true, nil
}

func (v *memoryView) head(id annotations.ArticleID) annotations.Head {
	if a := v.state.Articles[id]; a != nil {
		return a.Head
	}
	return annotations.Head{}
}

func (v *memoryView) record(id annotations.ArticleID, k annotations.ReviewerKey) (annotations.Record, bool, error) {
	if a := v.state.Articles[id]; a != nil {
		r, ok := a.Annotations[k]
		return r, ok, nil
	}
	return annotations.Record{}, false, nil
}

func (v *memoryView) ruling(id annotations.ArticleID, s annotations.SentenceID) (annotations.RulingRecord, bool, error) {
	if a := v.state.Articles[id]; a != nil {
		r, ok := a.Rulings[s]
		return r, ok, nil
	}
	return annotations.RulingRecord{}, false, nil
}

func (v *memoryView) team() (annotations.Team, error) { return v.state.Team, nil }

func (v *memoryView) unit(m *annotations.Meta, id annotations.SentenceID) (unitSeen, error) {
	return readUnit(v, m, id)
}

func (v *memoryView) hasEvidence(id annotations.EvidenceID) bool {
	_, ok := v.state.Evidence[id]
	return ok
}

func (v *memoryView) nameTaken(name string) bool {
	_, ok := v.names[name]
	return ok
}

func (v *memoryView) codebook(h annotations.Hash) (*annotations.Codebook, error) {
	if b := v.books[h]; b != nil {
		return b, nil
	}
	src, ok := v.blobs[h]
	if !ok {
		return nil, notFound("no codebook %s in this store", h.Short())
	}
	b, err := codebook.Reparse("codebook "+h.Short(), []byte(src))
	if err != nil {
		return nil, err
	}
	v.books[h] = b
	return b, nil
}

func (v *memoryView) top(actor string, m annotations.Mode) (annotations.Done, bool) {
	return v.state.Acts[actor].Top(m)
}

func (v *memoryView) blobSize(h annotations.Hash) (int, bool) {
	b, ok := v.blobs[h]
	return len(b), ok
}

func (v *memoryView) blob(h annotations.Hash, off, n int) (string, error) {
	b, ok := v.blobs[h]
	if !ok {
		return "", notFound("no blob %s in this store", h.Short())
	}
	if off < 0 || off > len(b) {
		return "", invalid("byte %d of a blob of %d", off, len(b))
	}
	if n < 0 || n > len(b)-off {
		n = len(b) - off
	}
	return b[off : off+n], nil
}

func (v *memoryView) window(text annotations.Hash, from int) (string, error) {
	return v.blob(text, from, windowSize)
}
