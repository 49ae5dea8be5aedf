package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"stet.example/stet/annotations"
)

// projection is what a stretch of a bucket must hold, and for how long that can
// be said.
type projection struct {
	bucket string
	prefix []byte                      // of the stretch
	want   map[string][]byte           // emptied as keys are met
	still  func(t boltTx) bool         // false once somebody has saved there: the next check sees it
	say    func(k []byte, what string) // names a fault
}

// compare holds a stretch of a bucket against what it must hold, in pieces.
func (v *verifier) compare(ctx context.Context, p projection) error {
	for next, more := p.prefix, true; more; {
		err := v.s.read(ctx, func(t boltTx) error {
			if !p.still(t) {
				more, p.want = false, nil
				return nil
			}
			c, n := t.bucket(p.bucket).Cursor(), 0
			k, got := c.Seek(next)
			for ; k != nil && bytes.HasPrefix(k, p.prefix) && n < perRead; k, got = c.Next() {
				n++
				if w, ok := p.want[string(k)]; !ok || !bytes.Equal(w, got) {
					p.say(k, "is not what the log says")
				}
				delete(p.want, string(k))
			}
			next, more = bytes.Clone(k), k != nil && bytes.HasPrefix(k, p.prefix)
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, k := range slices.Sorted(maps.Keys(p.want)) {
		p.say([]byte(k), "is missing")
	}
	return nil
}

// articles compares what was folded with the state, article by article.
func (v *verifier) articles(ctx context.Context) error {
	if v.broken {
		return nil
	}
	ids := slices.SortedFunc(maps.Keys(v.state.Articles), func(a, b annotations.ArticleID) int { return bytes.Compare(a[:], b[:]) })
	v.r.Articles = len(ids)
	for _, id := range ids {
		if err := v.article(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) article(ctx context.Context, id annotations.ArticleID) error {
	a := v.state.Articles[id]
	where := "article " + nameOr(a.Meta.Name, id)
	want := map[string][]byte{string(stateKey(id, 0, "")): encodeHead(a.Head)}
	put := func(k []byte, val any) { want[string(k)] = v.encode(where, val) }
	for who, p := range a.Progress {
		put(stateKey(id, 0, who), stored(p))
	}
	for k, r := range a.Annotations {
		put(stateKey(id, k.Sentence, k.Reviewer), storedOf(&r))
	}
	if id == annotations.Desk && v.state.TeamSet {
		put(teamKey(), &v.state.Team)
	}
	for sent, r := range a.Rulings {
		put(stateKey(id, sent, ""), storedRuling{By: r.By, Rev: r.Rev, Pos: r.Pos, Time: r.Time.UnixMicro(), Ruling: r.Ruling})
	}
	still := func(t boltTx) bool { return t.head(id) == v.heads[id] || !v.moved(t) }
	err := v.compare(ctx, projection{
		bucket: bState, prefix: id[:], want: want, still: still,
		say: func(k []byte, what string) { v.r.add(where+stateWhere(k), "%s", what) },
	})
	if err != nil {
		return err
	}
	return v.chainIndex(ctx, id, a.Head.N, where, still)
}

// moved reports whether anybody has saved since the check began.
func (v *verifier) moved(t boltTx) bool {
	n, _ := t.size()
	return n != v.total
}

func (v *verifier) encode(where string, val any) []byte {
	b, err := v.s.codec.enc.Marshal(val)
	if err != nil {
		v.r.add(where, "%v", err)
	}
	return b
}

func stateWhere(k []byte) string {
	if len(k) < 20 {
		return ""
	}
	s := fmt.Sprintf(", sentence %s", annotations.SentenceID(binary.BigEndian.Uint32(k[16:])))
	if len(k) > 20 {
		s += " by " + annotations.Visible(string(k[20:]))
	}
	return s
}

// chainIndex checks that the index lists exactly the article's chain.
func (v *verifier) chainIndex(ctx context.Context, id annotations.ArticleID, n uint64, where string, still func(boltTx) bool) error {
	for at, more := uint64(0), true; more; {
		err := v.s.read(ctx, func(t boltTx) error {
			more = false
			if !still(t) {
				return nil
			}
			c, log, end := t.bucket(bByArt).Cursor(), t.bucket(bLog), at+perRead
			for k, pos := c.Seek(append(id[:], u64(at+1)...)); bytes.HasPrefix(k, id[:]); k, pos = c.Next() {
				if at == end {
					more = true
					return nil
				}
				if at++; !v.link(log.Get, id, at, k, pos, where) {
					return nil
				}
			}
			if at != n {
				v.r.add(where, "the index of its chain has %d events of %d", at, n)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// link checks one entry of the index, which must be that of number at.
func (v *verifier) link(event func(k []byte) []byte, id annotations.ArticleID, at uint64, k, pos []byte, where string) bool {
	if len(k) != 24 || len(pos) != 8 || binary.BigEndian.Uint64(k[16:]) != at {
		v.r.add(where, "the index of its chain is wrong at number %d", at)
		return false
	}
	rec := event(pos)
	if len(rec) < recordFixed {
		v.r.add(where, "number %d of its chain leads to no event", at)
		return false
	}
	if a, seq, _ := chainOf(rec); a != id || seq != at {
		v.r.add(where, "number %d of its chain leads to another event", at)
		return false
	}
	return true
}

// lists compares the buckets that hold one entry a thing: articles, names,
// evidence, receipts, people.
func (v *verifier) lists(ctx context.Context) error {
	if v.broken {
		return nil
	}
	still := func(t boltTx) bool { return !v.moved(t) }
	entries, names := map[string][]byte{}, map[string][]byte{}
	for id, a := range v.state.Articles {
		if id != annotations.Desk {
			entries[string(id[:])] = v.encode("article "+a.Meta.Name, a.Meta)
			names[a.Meta.Name] = id[:]
		}
	}
	items := map[string][]byte{}
	for id, e := range v.state.Evidence {
		items[string(id[:])] = v.encode("evidence "+id.String(), e)
	}
	receipts := map[string][]byte{}
	for session, w := range v.writers {
		receipts[string(session[:])] = encodeWritten(w)
	}
	people := map[string][]byte{}
	for who, h := range v.state.Acts {
		undo, _ := h.Top(annotations.Undo)
		redo, _ := h.Top(annotations.Redo)
		people[who] = encodeTops(undoTops{undo: undo.First, redo: redo.First})
	}
	for _, l := range []struct {
		bucket, what string
		want         map[string][]byte
	}{
		{bArticles, "the entry of article %x", entries}, {bNames, "the name %q", names}, {bEvidence, "evidence e%x", items},
		{bWriters, "the last receipt of session %x", receipts}, {bPeople, "the undo list of %q", people},
	} {
		err := v.compare(ctx, projection{
			bucket: l.bucket, want: l.want, still: still,
			say: func(k []byte, what string) { v.r.add(fmt.Sprintf(l.what, k), "%s", what) },
		})
		if err != nil {
			return err
		}
	}
	return nil
}
