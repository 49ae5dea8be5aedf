package store

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"stet.example/stet/annotations"
)

// Order is how [Store.List] lists articles.
type Order uint8

// The orders of articles.
const (
	ByName Order = iota // by name, byte for byte
	// Lately lists the articles of which somebody said something lately, that is
	// among the newest LatelyEvents events: the latest first. It is not gone on with.
	Lately
	Ruled // by key: those of which somebody ruled on a sentence, ever
)

// LatelyEvents is how many events back [Lately] looks.
const LatelyEvents = 512

// Listed is an article in a list.
type Listed struct {
	ID   annotations.ArticleID
	Name string
}

// Count is how many articles st holds, counted by their names.
func Count(ctx context.Context, st Store) (n int, err error) {
	const at = 4096
	for after := (Listed{}); ; {
		list, err := st.List(ctx, ByName, after, at)
		if n += len(list); err != nil || len(list) < at {
			return n, err
		}
		after = list[len(list)-1]
	}
}

// List implements [Store].
func (s *Bolt) List(ctx context.Context, by Order, after Listed, limit int) (out []Listed, err error) {
	switch by {
	case ByName:
		return s.listNames(ctx, after.Name, limit)
	case Lately:
		err = s.read(ctx, func(t boltTx) error { out, err = t.lately(limit); return err })
		return out, err
	case Ruled:
		return s.listRuled(ctx, after.ID, limit)
	}
	return nil, invalid("%d is not an order of articles", by)
}

func (s *Bolt) listNames(ctx context.Context, after string, limit int) (out []Listed, err error) {
	for more := true; more && len(out) < limit && err == nil; {
		err = s.read(ctx, func(t boltTx) error {
			c, n := t.bucket(bNames).Cursor(), len(out)
			k, v := c.Seek([]byte(after))
			if after != "" && string(k) == after {
				k, v = c.Next()
			}
			for ; k != nil && len(out) < min(limit, n+perRead); k, v = c.Next() {
				if after = string(k); len(v) == 16 {
					out = append(out, Listed{ID: annotations.ArticleID(v), Name: after})
				}
			}
			more = k != nil
			return nil
		})
	}
	return out, err
}

// lately looks at the newest events from the end of the log.
func (t boltTx) lately(limit int) (out []Listed, err error) {
	seen := map[annotations.ArticleID]bool{}
	c, looked := t.bucket(bLog).Cursor(), 0
	for k, v := c.Last(); k != nil && looked < LatelyEvents && len(out) < limit; k, v = c.Prev() {
		if len(k) != 8 || len(v) < recordFixed {
			continue // what lies below an act stands between the records
		}
		looked++
		if id, _, _ := chainOf(v); annotations.EventKind(v[1]) == annotations.EventAnnotate && !seen[id] {
			seen[id] = true
			if out, err = t.listed(out, id); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// listed adds an article to a list, unless there is none of this key.
func (t boltTx) listed(out []Listed, id annotations.ArticleID) ([]Listed, error) {
	m, ok, err := t.meta(id)
	if ok {
		out = append(out, Listed{ID: id, Name: m.Name})
	}
	return out, err
}

// listRuled reads the index of rulings. A file that is older than that index is
// looked through for them.
func (s *Bolt) listRuled(ctx context.Context, after annotations.ArticleID, limit int) (out []Listed, err error) {
	for more := true; more && len(out) < limit && err == nil; {
		err = s.read(ctx, func(t boltTx) error {
			name, indexed := bRuled, t.bucket(bRuled) != nil
			if !indexed {
				name = bArticles
			}
			c, n := t.bucket(name).Cursor(), 0
			k, _ := c.Seek(after[:])
			if bytes.Equal(k, after[:]) {
				k, _ = c.Next()
			}
			for ; len(k) == 16 && n < perRead && len(out) < limit; k, _ = c.Next() {
				n++
				if after = annotations.ArticleID(k); indexed || t.hasRuling(after) {
					if out, err = t.listed(out, after); err != nil {
						return err
					}
				}
			}
			more = len(k) == 16
			return nil
		})
	}
	return out, err
}

// hasRuling looks through the rows of an article's sentences.
func (t boltTx) hasRuling(id annotations.ArticleID) bool {
	c := t.rows()
	for k, _ := c.Seek(stateKey(id, 1, "")); len(k) >= 20 && bytes.HasPrefix(k, id[:]); k, _ = c.Next() {
		if len(k) == 20 {
			return true
		}
	}
	return false
}

// List implements [Store].
func (m *Memory) List(_ context.Context, by Order, after Listed, limit int) ([]Listed, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	var ids []annotations.ArticleID
	switch by {
	case ByName:
		for _, name := range slices.Sorted(maps.Keys(m.names)) {
			if after.Name == "" || name > after.Name {
				ids = append(ids, m.names[name])
			}
		}
	case Lately:
		ids = m.lately()
	case Ruled:
		for _, id := range slices.SortedFunc(maps.Keys(m.state.Articles), func(a, b annotations.ArticleID) int { return bytes.Compare(a[:], b[:]) }) {
			if len(m.state.Articles[id].Rulings) > 0 && bytes.Compare(id[:], after.ID[:]) > 0 {
				ids = append(ids, id)
			}
		}
	default:
		return nil, invalid("%d is not an order of articles", by)
	}
	var out []Listed
	for _, id := range ids[:min(len(ids), max(limit, 0))] {
		out = append(out, Listed{ID: id, Name: m.state.Articles[id].Meta.Name})
	}
	return out, nil
}

func (m *Memory) lately() (ids []annotations.ArticleID) {
	for i := len(m.log) - 1; i >= max(0, len(m.log)-LatelyEvents); i-- {
		id, _, _ := chainOf(m.log[i])
		if annotations.EventKind(m.log[i][1]) == annotations.EventAnnotate && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
