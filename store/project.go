package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
)

// project adds one event and every projection of it to the overlay. secret is
// the confidential note that comes with it, if any.
func (t boltTx) project(e *annotations.Event, w encoded, secret string) error {
	if why := hollow(e); why != "" {
		return fmt.Errorf("event %d %s", e.Pos, why)
	}
	if err := t.link(e); err != nil {
		return err
	}
	t.over.append(e, w.rec)
	t.receipt(e)
	if err := t.effect(e, w, secret); err != nil {
		return err
	}
	if e.Reversible() {
		t.remember(e)
	}
	return nil
}

// hollow tells what an event lacks that its kind must have, or "". Stamp makes
// none such; a journal from elsewhere may hold one.
func hollow(e *annotations.Event) string {
	if e.Actor == "" {
		return "is by nobody"
	}
	switch e.Kind {
	case annotations.EventImport:
		if e.Meta == nil || e.Meta.ID != e.Article || e.Article == annotations.Desk || e.Meta.Name == "" || len(e.Meta.Name) > annotations.MaxName {
			return "imports no article, or another one"
		}
	case annotations.EventAnnotate:
		if e.After == nil || e.Sentence == 0 {
			return "annotates nothing"
		}
	case annotations.EventRule:
		if e.Sentence == 0 {
			return "rules on nothing"
		}
	case annotations.EventEvidence:
		if e.Evidence == nil {
			return "brings no evidence item"
		}
	case annotations.EventCodebook:
		if e.Article == annotations.Desk {
			return "sets the codebook of no article"
		}
	case annotations.EventCut:
		if e.Cut == nil || e.Article == annotations.Desk {
			return "cuts nothing"
		}
	case annotations.EventTeam:
		if e.Team == nil || e.Article != annotations.Desk {
			return "sets no team"
		}
	case annotations.EventAssign:
		if e.Article == annotations.Desk {
			return "assigns no article"
		}
	case annotations.EventFinish:
		if e.Finish == nil || e.Finish.Reviewer == "" || e.Article == annotations.Desk {
			return "finishes nothing"
		}
	}
	return ""
}

// receipt extends the receipt of e's act, or starts it.
func (t boltTx) receipt(e *annotations.Event) {
	w := t.written(e.Act.Session)
	if w.n != e.Act.N {
		w = written{n: e.Act.N, r: Receipt{First: e.Pos, Time: e.Time}}
	}
	w.r.Last = e.Pos
	t.over.written.set(e.Act.Session, w)
}

// effect updates the projection that belongs to e's kind. Kinds of a later
// version have none here.
func (t boltTx) effect(e *annotations.Event, w encoded, secret string) error {
	switch e.Kind {
	case annotations.EventImport:
		if err := t.setMeta(e.Article, e.Meta); err != nil {
			return err
		}
		t.put(bNames, []byte(e.Meta.Name), bytes.Clone(e.Article[:])) // e may be used again before it is written
		if e.Meta.Parent != annotations.Desk && t.bucket(bRevised) != nil {
			t.put(bRevised, revisedKey(e.Meta), []byte{1})
		}
	case annotations.EventAnnotate:
		if secret != "" {
			t.put(bSecrets, e.After.Confidential.Digest[:], []byte(secret))
		}
		if err := t.progress(e); err != nil {
			return err
		}
		t.say(e, w)
	case annotations.EventRule:
		now := e.Ruled()
		r := storedRuling{By: now.By, Rev: now.Rev, Pos: now.Pos, Time: now.Time.UnixMicro(), Ruling: now.Ruling}
		if t.bucket(bRuled) != nil {
			t.put(bRuled, bytes.Clone(e.Article[:]), u64(e.Pos))
		}
		return t.putCBOR(bState, stateKey(e.Article, e.Sentence, ""), r)
	case annotations.EventEvidence:
		return t.putCBOR(bEvidence, e.Evidence.ID[:], e.Evidence)
	case annotations.EventTeam:
		t.over.crew = nil
		return t.putCBOR(bState, teamKey(), e.Team)
	case annotations.EventCodebook, annotations.EventAssign, annotations.EventCut:
		return t.entry(e)
	case annotations.EventFinish:
		k := rowID{article: e.Article, reviewer: e.Finish.Reviewer}
		p, err := t.progressAt(k)
		if err != nil {
			return err
		}
		p.Finished = e.Finish.Done
		t.setProgress(k, p)
	}
	return nil
}

// say puts the row of what e says of its sentence.
func (t boltTx) say(e *annotations.Event, w encoded) {
	row := storedOf(&annotations.Record{Annotation: *e.After, Rev: e.Rev, Pos: e.Pos, Time: e.Time, Words: e.Words.Start()})
	if row.Own == e.Codebook {
		row.ann = w.after
	}
	at := rowID{e.Article, e.Sentence, e.Actor}
	if !w.skimmed { // of which there is all that a later save may want to know
		t.over.rows.set(at, row)
	}
	t.over.next.state = append(t.over.next.state, keyed{k: at.key(), v: row.encode()})
	t.over.next.n++
}

// entry changes the entry of an article.
func (t boltTx) entry(e *annotations.Event) error {
	m, ok, err := t.meta(e.Article)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("no article %s", e.Article)
	}
	switch e.Kind {
	case annotations.EventCodebook:
		m.Codebook = e.Codebook
	case annotations.EventAssign:
		m.Assigned = e.Assigned
	default:
		m.Recut(e.Cut)
		if err := t.recount(e); err != nil {
			return err
		}
	}
	return t.setMeta(e.Article, &m)
}

func (t boltTx) setMeta(id annotations.ArticleID, m *annotations.Meta) error {
	t.over.metas.set(id, *m)
	return t.putCBOR(bArticles, id[:], m)
}

// recount corrects everybody's progress after a cut. What was said of the sentences
// is in the file, all of it: the cursor below sees nothing else.
func (t boltTx) recount(e *annotations.Event) error {
	for _, unit := range e.Cut.Touched {
		from := stateKey(e.Article, unit.ID, "")
		c := t.rows()
		for k, v := c.Seek(from); bytes.HasPrefix(k, from); k, v = c.Next() {
			if len(k) == len(from) {
				continue // the ruling
			}
			r, err := t.s.decodeRecord(v)
			if err != nil {
				return err
			}
			at := rowID{article: e.Article, reviewer: string(k[len(from):])}
			p, err := t.progressAt(at)
			if err != nil {
				return err
			}
			t.setProgress(at, p.Recount(&r.Annotation, unit))
		}
	}
	return nil
}

func (t boltTx) progress(e *annotations.Event) error {
	k := rowID{article: e.Article, reviewer: e.Actor}
	p, err := t.progressAt(k)
	if err != nil {
		return err
	}
	t.setProgress(k, p.Count(e.Before, e.After, e))
	return nil
}

func (t boltTx) progressAt(k rowID) (annotations.Progress, error) {
	p, ok := t.over.progress.get(k)
	if ok {
		return p, nil
	}
	var err error
	if v := t.get(bState, k.key()); v != nil {
		p, err = t.s.decodeProgress(v)
	}
	return p, err
}

func (t boltTx) setProgress(k rowID, p annotations.Progress) {
	t.over.progress.set(k, p)
	t.over.next.n++
}

func stored(p annotations.Progress) storedProgress {
	out := storedProgress{Tagged: p.Tagged, Extra: p.Extra, Unsure: p.Unsure, ByTag: p.ByTag, Pos: p.Pos, Current: p.Current, Done: p.Finished}
	if !p.Time.IsZero() {
		out.Time = p.Time.UnixMicro()
	}
	return out
}

// remember keeps the person's acts as two lists that are linked through the
// log: what lies below an act is noted once, where the act begins.
func (t boltTx) remember(e *annotations.Event) {
	first := t.written(e.Act.Session).r.First
	if _, known := t.below(first); known {
		return // a further event of the same act
	}
	tops := t.tops(e.Actor)
	below := uint64(0)
	switch { // as annotations.History does
	case e.Mode == annotations.Do:
		below = tops.undo
		tops = undoTops{undo: first}
	case e.Mode == annotations.Undo && tops.undo != 0:
		below = tops.redo
		next, _ := t.below(tops.undo)
		tops = undoTops{undo: next, redo: first}
	case e.Mode == annotations.Redo && tops.redo != 0:
		below = tops.undo
		next, _ := t.below(tops.redo)
		tops = undoTops{undo: first, redo: next}
	default:
		return
	}
	t.over.next.below[first] = below
	t.over.tops.set(e.Actor, tops)
}

// below is the act below the one that begins at pos in its person's list, and
// whether that one is or was in a list.
func (t boltTx) below(pos uint64) (uint64, bool) {
	if t.over != nil {
		if b, ok := t.over.under(pos); ok {
			return b, true
		}
		if t.over.stored(pos) != nil {
			return 0, false
		}
	}
	v := t.bucket(bLog).Get(belowKey(pos))
	if len(v) != 8 {
		return 0, false
	}
	return binary.BigEndian.Uint64(v), true
}

func (t boltTx) putCBOR(bucket string, k []byte, v any) error {
	b, err := t.s.codec.enc.Marshal(v)
	if err != nil {
		return err
	}
	t.put(bucket, k, b)
	return nil
}

// putBlobPiece stores one piece; the length goes in last, by putBlobSize, so
// that a blob without all its pieces is no blob.
func (t boltTx) putBlobPiece(h annotations.Hash, i uint32, piece []byte) error {
	return t.putNow(bBlobs, blobKey(h, i), piece)
}

func (t boltTx) putBlobSize(h annotations.Hash, n int) error {
	return t.putNow(bBlobs, h[:], u64(uint64(n)))
}

// dense tells bbolt that keys come in order, so that pages are filled instead
// of split in half.
func (t boltTx) dense() {
	for _, name := range []string{bLog, bSeals} {
		t.bucket(name).FillPercent = 0.9
	}
}

// packed tells bbolt that all keys come in order, in long runs.
func (t boltTx) packed() {
	for _, name := range buckets() {
		t.bucket(name).FillPercent = 0.95
	}
}

func createBuckets(tx *bolt.Tx) error {
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}
