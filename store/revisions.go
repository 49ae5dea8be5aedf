package store

import (
	"bytes"
	"context"
	"slices"

	"stet.example/stet/annotations"
)

// revisedKey is where the index has that an article was made of another as its later
// revision: the older one's key, then its own. So all that were made of one stand together.
func revisedKey(m *annotations.Meta) []byte { return append(bytes.Clone(m.Parent[:]), m.ID[:]...) }

// Revisions implements [Store]. A file that is older than the index is looked through.
func (s *Bolt) Revisions(ctx context.Context, of annotations.ArticleID, limit int) (out []Listed, err error) {
	var after []byte
	for more := of != annotations.Desk; more && len(out) < limit && err == nil; {
		err = s.read(ctx, func(t boltTx) error {
			if b := t.bucket(bRevised); b == nil {
				out, after, more, err = t.lookForRevisions(out, of, after, limit)
				return err
			}
			c, n := t.bucket(bRevised).Cursor(), 0
			k, _ := c.Seek(append(of[:], after...))
			if len(after) > 0 && bytes.Equal(k, append(of[:], after...)) {
				k, _ = c.Next()
			}
			for ; len(k) == 32 && bytes.HasPrefix(k, of[:]) && n < perRead && len(out) < limit; k, _ = c.Next() {
				n++
				after = bytes.Clone(k[16:])
				if out, err = t.listed(out, annotations.ArticleID(after)); err != nil {
					return err
				}
			}
			more = len(k) == 32 && bytes.HasPrefix(k, of[:])
			return nil
		})
	}
	return out, err
}

// lookForRevisions looks at some entries, and tells whether there are more.
func (t boltTx) lookForRevisions(out []Listed, of annotations.ArticleID, after []byte, limit int) (found []Listed, last []byte, more bool, err error) {
	c := t.bucket(bArticles).Cursor()
	k, _ := c.Seek(after)
	if len(after) > 0 && bytes.Equal(k, after) {
		k, _ = c.Next()
	}
	for n := 0; k != nil && n < perRead && len(out) < limit; k, _ = c.Next() {
		n++
		after = bytes.Clone(k)
		if len(k) != 16 {
			continue
		}
		m, err := t.known(annotations.ArticleID(k))
		if err != nil {
			return out, after, false, err
		}
		if m.Parent == of {
			out = append(out, Listed{ID: m.ID, Name: m.Name})
		}
	}
	return out, after, k != nil, nil
}

// Revisions implements [Store].
func (m *Memory) Revisions(_ context.Context, of annotations.ArticleID, limit int) (out []Listed, err error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if of == annotations.Desk {
		return nil, nil
	}
	for id, a := range m.state.Articles {
		if a.Meta.Parent == of {
			out = append(out, Listed{ID: id, Name: a.Meta.Name})
		}
	}
	slices.SortFunc(out, func(a, b Listed) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out[:min(len(out), max(limit, 0))], nil
}

// revised is the index of later revisions; nil where the file does not keep it.
func (v *verifier) revised(ctx context.Context) (want map[string][]byte, err error) {
	if ok, err := v.keeps(ctx, bRevised); err != nil || !ok {
		return nil, err
	}
	want = map[string][]byte{}
	for _, a := range v.state.Articles {
		if a.Meta.Parent != annotations.Desk {
			want[string(revisedKey(&a.Meta))] = []byte{1}
		}
	}
	return want, nil
}

// keeps tells whether the file has a bucket that older ones have not.
func (v *verifier) keeps(ctx context.Context, name string) (ok bool, err error) {
	err = v.s.read(ctx, func(t boltTx) error { ok = t.bucket(name) != nil; return nil })
	return ok, err
}
