package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"

	"stet.example/stet/annotations"
)

// projection is what a stretch of some buckets must hold, each key in one of
// them, and for how long that can be said.
type projection struct {
	buckets []string
	prefix  []byte                      // of the stretch
	want    map[string][]byte           // emptied as keys are met
	still   func(t boltTx) bool         // false once somebody has saved there: the next check sees it
	say     func(k []byte, what string) // names a fault
}

// compare holds a stretch of a bucket against what it must hold, in pieces.
func (v *verifier) compare(ctx context.Context, p projection) error {
	for next, more := p.prefix, true; more; {
		err := v.s.read(ctx, func(t boltTx) error {
			if !p.still(t) {
				more, p.want = false, nil
				return nil
			}
			c, n := t.merged(p.buckets...), 0
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
	ids := v.counted()
	for some := range slices.Chunk(ids, 16) {
		wants := make([]articleWant, len(some))
		var all sync.WaitGroup
		workers := min(runtime.GOMAXPROCS(0), len(some))
		for w := range workers {
			all.Go(func() {
				for i := w; i < len(some); i += workers {
					done := v.turns.take()
					wants[i] = v.want(some[i])
					done()
				}
			})
		}
		all.Wait()
		for i, id := range some {
			if err := v.article(ctx, id, &wants[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// articleWant is what the file must hold of one article.
type articleWant struct {
	state map[string][]byte
	runs  map[string][]byte // full runs of the index of its chain
	err   error
}

// want encodes what was folded of an article.
func (v *verifier) want(id annotations.ArticleID) (w articleWant) {
	a, chain := v.state.Articles[id], v.links[id]
	head := links{Head: a.Head, run: chain[runStart(a.Head.N)-1:]}
	w.runs = make(map[string][]byte, len(chain)/linkRun)
	for start := 0; start < len(chain)-len(head.run); start += linkRun {
		w.runs[string(runKey(id, uint64(start)+1))] = appendRun(nil, chain[start:start+linkRun])
	}
	w.state = make(map[string][]byte, 1+len(a.Progress)+len(a.Annotations)+len(a.Rulings))
	w.state[string(stateKey(id, 0, ""))] = encodeLinks(&head)
	put := func(k, b []byte, err error) {
		w.state[string(k)], w.err = b, errors.Join(w.err, err)
		giveWay(len(w.state), oftenEnough)
	}
	for who, p := range a.Progress {
		now := stored(p)
		put(stateKey(id, 0, who), now.encode(), nil)
	}
	for k, r := range a.Annotations {
		row := storedOf(&r)
		row.ann = []byte(r.Note) // a stand-in has the encoded annotation for its note
		put(stateKey(id, k.Sentence, k.Reviewer), row.encode(), nil)
	}
	if id == annotations.Desk && v.state.TeamSet {
		b, err := v.s.codec.enc.Marshal(&v.state.Team)
		put(teamKey(), b, err)
	}
	for sent, r := range a.Rulings {
		b, err := v.s.codec.enc.Marshal(storedRuling{By: r.By, Rev: r.Rev, Pos: r.Pos, Time: r.Time.UnixMicro(), Ruling: r.Ruling})
		put(stateKey(id, sent, ""), b, err)
	}
	return w
}

func (v *verifier) article(ctx context.Context, id annotations.ArticleID, w *articleWant) error {
	where := "article " + nameOr(v.state.Articles[id].Meta.Name, id)
	if w.err != nil {
		v.r.add(where, "%v", w.err)
	}
	still := func(t boltTx) bool { return t.head(id) == v.heads[id] || !v.moved(t) }
	err := v.compare(ctx, projection{
		buckets: []string{bLastRows, bState}, prefix: id[:], want: w.state, still: still,
		say: func(k []byte, what string) { v.r.add(where+stateWhere(k), "%s", what) },
	})
	if err != nil {
		return err
	}
	return v.compare(ctx, projection{
		buckets: []string{bByArt}, prefix: id[:], want: w.runs, still: still,
		say: func(k []byte, what string) {
			v.r.add(fmt.Sprintf("%s, the index of its chain at %x", where, k[16:]), "%s", what)
		},
	})
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
	acts := map[string][]byte{}
	for session, w := range v.writers {
		acts[string(sessionKey(session))] = encodeWritten(w)
	}
	for who, h := range v.state.Acts {
		undo, _ := h.Top(annotations.Undo)
		redo, _ := h.Top(annotations.Redo)
		acts[string(personKey(who))] = encodeTops(undoTops{undo: undo.First, redo: redo.First})
	}
	ruled, err := v.ruled(ctx)
	if err != nil {
		return err
	}
	revised, err := v.revised(ctx)
	if err != nil {
		return err
	}
	for _, l := range []struct {
		what    string
		want    map[string][]byte
		buckets []string
	}{
		{"the newest ruling on article %x", ruled, []string{bRuled}}, {"the later revision %x", revised, []string{bRevised}},
		{"the entry of article %x", entries, []string{bArticles}}, {"the name %q", names, []string{bNames}},
		{"evidence e%x", items, []string{bEvidence}}, {"the last receipt, or the undo list, of %s", acts, []string{bLastActs, bActs}},
	} {
		if l.want == nil {
			continue
		}
		err := v.compare(ctx, projection{
			buckets: l.buckets, want: l.want, still: still,
			say: func(k []byte, what string) { v.r.add(fmt.Sprintf(l.what, named(l.buckets, k)), "%s", what) },
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ruled is the newest ruling on each article; nil where the file does not keep them.
func (v *verifier) ruled(ctx context.Context) (want map[string][]byte, err error) {
	if ok, err := v.keeps(ctx, bRuled); err != nil || !ok {
		return nil, err
	}
	want = map[string][]byte{}
	for id, a := range v.state.Articles {
		newest := uint64(0)
		for _, r := range a.Rulings {
			newest = max(newest, r.Pos)
		}
		if newest > 0 {
			want[string(id[:])] = u64(newest)
		}
	}
	return want, nil
}

// named is a key as a message has it: of who acts it says what kind it is of.
func named(buckets []string, k []byte) any {
	if buckets[0] != bLastActs || len(k) == 0 {
		return k
	}
	if k[0] == 'p' {
		return fmt.Sprintf("%q", k[1:])
	}
	return fmt.Sprintf("session %x", k[1:])
}
