package store

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// Blob implements [Store].
func (m *Memory) Blob(_ context.Context, h annotations.Hash, off, n int) (string, error) {
	unlock, err := m.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	return (*memoryView)(m).blob(h, off, n)
}

// CopyBlob implements [Store].
func (m *Memory) CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error {
	text, err := m.Blob(ctx, h, 0, -1)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

// Articles implements [Store].
func (m *Memory) Articles(_ context.Context, reviewer string, after annotations.ArticleID, limit int) ([]Summary, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	var out []Summary
	for _, id := range slices.SortedFunc(maps.Keys(m.state.Articles), func(a, b annotations.ArticleID) int { return bytes.Compare(a[:], b[:]) }) {
		if id != annotations.Desk && bytes.Compare(id[:], after[:]) > 0 && len(out) < limit {
			out = append(out, summaryOf(m.state.Articles[id], reviewer))
		}
	}
	return out, nil
}

func summaryOf(a *annotations.ArticleState, reviewer string) Summary {
	s := Summary{Meta: a.Meta, Head: a.Head}
	for who, p := range a.Progress {
		p.ByTag = maps.Clone(p.ByTag)
		if who == reviewer {
			s.Progress = p
			continue
		}
		if s.Others == nil {
			s.Others = map[string]annotations.Progress{}
		}
		s.Others[who] = p
	}
	return s
}

// Lookup implements [Store].
func (m *Memory) Lookup(_ context.Context, name string) (annotations.ArticleID, error) {
	unlock, err := m.lock()
	if err != nil {
		return annotations.Desk, err
	}
	defer unlock()
	if id, ok := m.names[name]; ok {
		return id, nil
	}
	var names, keys []Listed
	for n, id := range m.names {
		if name != "" && strings.HasPrefix(n, name) {
			names = append(names, Listed{id, n})
		}
		if len(name) >= 6 && strings.HasPrefix(id.String(), name) {
			keys = append(keys, Listed{id, n})
		}
	}
	slices.SortFunc(names, func(a, b Listed) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(keys, func(a, b Listed) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return onlyFit(name, append(names, keys...))
}

// Summary implements [Store].
func (m *Memory) Summary(_ context.Context, reviewer string, id annotations.ArticleID) (Summary, error) {
	unlock, err := m.lock()
	if err != nil {
		return Summary{}, err
	}
	defer unlock()
	a := m.state.Articles[id]
	if a == nil || id == annotations.Desk {
		return Summary{}, notFound("no article %s in this store", id)
	}
	return summaryOf(a, reviewer), nil
}

// State implements [Store].
func (m *Memory) State(_ context.Context, id annotations.ArticleID, from, to annotations.SentenceID, limit int) ([]Row, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	a := m.state.Articles[id]
	if a == nil {
		return nil, notFound("no article %s in this store", id)
	}
	var out []Row
	for k, r := range a.Annotations {
		if k.Sentence >= from && k.Sentence < to {
			r.Annotation = r.Annotation.Clone()
			out = append(out, Row{Sentence: k.Sentence, Reviewer: k.Reviewer, Annotation: r})
		}
	}
	for s, r := range a.Rulings {
		if s >= from && s < to {
			if i := r.Pos - 1; r.Verdict != "" && r.Words == 0 && i < uint64(len(m.log)) {
				r.Words = wordsWhenRuled(m.log[i])
			}
			out = append(out, Row{Sentence: s, Ruling: &r})
		}
	}
	slices.SortFunc(out, func(a, b Row) int {
		if a.Sentence != b.Sentence {
			return cmp.Compare(a.Sentence, b.Sentence)
		}
		return strings.Compare(a.Reviewer, b.Reviewer)
	})
	return out[:min(len(out), max(limit, 0))], nil
}

// Events implements [Store].
func (m *Memory) Events(_ context.Context, q Query, after uint64, limit int) ([]annotations.Event, uint64, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, after, err
	}
	defer unlock()
	var out []annotations.Event
	for ; after < uint64(len(m.log)) && len(out) < limit; after++ {
		var e annotations.Event
		err := errRecord
		if _, _, ok := proven(m.log[after]); ok {
			e, err = m.codec.decode(after+1, m.log[after])
		}
		if err != nil {
			return out, after, unreadable(after+1, err)
		}
		if q.Selects(&e) {
			out = append(out, e)
		}
	}
	return out, after, nil
}

// Team implements [Store].
func (m *Memory) Team(context.Context) (annotations.Team, error) {
	unlock, err := m.lock()
	if err != nil {
		return annotations.Team{}, err
	}
	defer unlock()
	return m.state.Team.Clone(), nil
}

// Evidence implements [Store].
func (m *Memory) Evidence(_ context.Context, after annotations.EvidenceID, limit int) ([]annotations.Evidence, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	var out []annotations.Evidence
	for _, id := range slices.SortedFunc(maps.Keys(m.state.Evidence), func(a, b annotations.EvidenceID) int { return bytes.Compare(a[:], b[:]) }) {
		if bytes.Compare(id[:], after[:]) > 0 && len(out) < limit {
			out = append(out, m.state.Evidence[id])
		}
	}
	return out, nil
}

// Item implements [Store].
func (m *Memory) Item(_ context.Context, id annotations.EvidenceID) (annotations.Evidence, error) {
	unlock, err := m.lock()
	if err != nil {
		return annotations.Evidence{}, err
	}
	defer unlock()
	e, ok := m.state.Evidence[id]
	if !ok {
		return e, noItem(id)
	}
	return e, nil
}

// Secret implements [Store].
func (m *Memory) Secret(_ context.Context, s annotations.Sealed) (string, error) {
	unlock, err := m.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	v, ok := m.secrets[s.Digest]
	switch {
	case !ok:
		return "", notFound("the confidential note was removed")
	case !s.Opens(v):
		return "", secretChanged()
	}
	return v, nil
}

func secretChanged() error {
	return &Error{Kind: ErrDamaged, What: "a confidential note is not what was stored", Next: "Run `stet check`"}
}
