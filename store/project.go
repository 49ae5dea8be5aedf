package store

import (
	"bytes"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
)

// project writes one event and updates every projection of it. secret is the
// confidential note that comes with it, if any.
func (t boltTx) project(e *annotations.Event, rec []byte, secret string) error {
	if why := hollow(e); why != "" {
		return fmt.Errorf("event %d %s", e.Pos, why)
	}
	if t.over != nil {
		t.over.size, t.over.last = e.Pos, e.Time
	}
	if err := t.put(bLog, u64(e.Pos), rec); err != nil {
		return err
	}
	if err := t.put(bByArt, append(e.Article[:], u64(e.Seq)...), u64(e.Pos)); err != nil {
		return err
	}
	if err := t.put(bState, stateKey(e.Article, 0, ""), encodeHead(annotations.Head{N: e.Seq, Hash: e.Hash})); err != nil {
		return err
	}
	if err := t.receipt(e); err != nil {
		return err
	}
	if err := t.effect(e, secret); err != nil {
		return err
	}
	if e.Kind.Undoable() {
		return t.remember(e)
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
func (t boltTx) receipt(e *annotations.Event) error {
	w := decodeWritten(t.get(bWriters, e.Act.Session[:]))
	if w.n != e.Act.N {
		w = written{n: e.Act.N, r: Receipt{First: e.Pos, Time: e.Time}}
	}
	w.r.Last = e.Pos
	return t.put(bWriters, e.Act.Session[:], encodeWritten(w))
}

// effect updates the projection that belongs to e's kind. Kinds of a later
// version have none here.
func (t boltTx) effect(e *annotations.Event, secret string) error {
	switch e.Kind {
	case annotations.EventImport:
		if err := t.putCBOR(bArticles, e.Article[:], e.Meta); err != nil {
			return err
		}
		return t.put(bNames, []byte(e.Meta.Name), e.Article[:])
	case annotations.EventAnnotate:
		if secret != "" {
			if err := t.put(bSecrets, e.After.Confidential.Digest[:], []byte(secret)); err != nil {
				return err
			}
		}
		if err := t.progress(e); err != nil {
			return err
		}
		row := storedRecord{Rev: e.Rev, Pos: e.Pos, Time: e.Time.UnixMicro(), Ann: *e.After, On: e.Words.Start()}
		k := stateKey(e.Article, e.Sentence, e.Actor)
		if t.over != nil {
			t.over.rows[string(k)] = row
			return nil
		}
		return t.putCBOR(bState, k, row)
	case annotations.EventRule:
		r := storedRuling{By: e.Actor, Rev: e.Rev, Pos: e.Pos, Time: e.Time.UnixMicro()}
		if e.RuleAfter != nil {
			r.Ruling = *e.RuleAfter
		}
		return t.putCBOR(bState, stateKey(e.Article, e.Sentence, ""), r)
	case annotations.EventEvidence:
		return t.putCBOR(bEvidence, e.Evidence.ID[:], e.Evidence)
	case annotations.EventTeam:
		return t.putCBOR(bState, teamKey(), e.Team)
	case annotations.EventCodebook, annotations.EventAssign, annotations.EventCut:
		return t.entry(e)
	case annotations.EventFinish:
		k := stateKey(e.Article, 0, e.Finish.Reviewer)
		p, err := t.progressAt(k)
		if err != nil {
			return err
		}
		p.Finished = e.Finish.Done
		return t.setProgress(k, p)
	}
	return nil
}

// entry changes the entry of an article.
func (t boltTx) entry(e *annotations.Event) error {
	m, ok := t.meta(e.Article)
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
	return t.putCBOR(bArticles, e.Article[:], m)
}

// recount corrects everybody's progress after a cut.
func (t boltTx) recount(e *annotations.Event) error {
	if err := t.flush(); err != nil { // the cursor below sees the file alone
		return err
	}
	for _, unit := range e.Cut.Touched {
		from := stateKey(e.Article, unit.ID, "")
		c := t.bucket(bState).Cursor()
		for k, v := c.Seek(from); bytes.HasPrefix(k, from); k, v = c.Next() {
			if len(k) == len(from) {
				continue // the ruling
			}
			r, err := t.s.decodeRecord(v)
			if err != nil {
				return err
			}
			at := stateKey(e.Article, 0, string(k[len(from):]))
			p, err := t.progressAt(at)
			if err != nil {
				return err
			}
			if err := t.setProgress(at, p.Recount(&r.Annotation, unit)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t boltTx) progress(e *annotations.Event) error {
	k := stateKey(e.Article, 0, e.Actor)
	p, err := t.progressAt(k)
	if err != nil {
		return err
	}
	return t.setProgress(k, p.Count(e.Before, e.After, e))
}

func (t boltTx) progressAt(k []byte) (annotations.Progress, error) {
	if t.over != nil {
		if p, ok := t.over.progress[string(k)]; ok {
			return p, nil
		}
	}
	v := t.get(bState, k)
	if v == nil {
		return annotations.Progress{}, nil
	}
	return t.s.decodeProgress(v)
}

func (t boltTx) setProgress(k []byte, p annotations.Progress) error {
	if t.over != nil {
		t.over.progress[string(k)] = p
		t.over.n++
		return nil
	}
	return t.putCBOR(bState, k, stored(p))
}

func stored(p annotations.Progress) storedProgress {
	out := storedProgress{Tagged: p.Tagged, Extra: p.Extra, Unsure: p.Unsure, ByTag: p.ByTag, Pos: p.Pos, Current: p.Current, Done: p.Finished}
	if !p.Time.IsZero() {
		out.Time = p.Time.UnixMicro()
	}
	return out
}

// remember keeps the person's acts as two linked lists through the undo
// bucket, so that a save touches the end of it only.
func (t boltTx) remember(e *annotations.Event) error {
	w := decodeWritten(t.get(bWriters, e.Act.Session[:]))
	tops := decodeTops(t.get(bPeople, []byte(e.Actor)))
	n := undoNode{done: annotations.Done{Act: e.Act, First: w.r.First, Count: int(e.Pos - w.r.First + 1)}}
	if old, err := decodeNode(w.r.First, t.get(bUndo, u64(w.r.First))); err == nil && old.done.Act == e.Act {
		old.done.Count = n.done.Count // a further event of the same act
		return t.put(bUndo, u64(w.r.First), encodeNode(old))
	}
	switch { // as annotations.History does
	case e.Mode == annotations.Do:
		n.below = tops.undo
		tops = undoTops{undo: n.done.First}
	case e.Mode == annotations.Undo && tops.undo != 0:
		n.below = tops.redo
		tops = undoTops{undo: t.below(tops.undo), redo: n.done.First}
	case e.Mode == annotations.Redo && tops.redo != 0:
		n.below = tops.undo
		tops = undoTops{undo: n.done.First, redo: t.below(tops.redo)}
	default:
		return nil
	}
	if err := t.put(bUndo, u64(n.done.First), encodeNode(n)); err != nil {
		return err
	}
	return t.put(bPeople, []byte(e.Actor), encodeTops(tops))
}

func (t boltTx) below(first uint64) uint64 {
	n, err := decodeNode(first, t.get(bUndo, u64(first)))
	if err != nil {
		return 0
	}
	return n.below
}

func (t boltTx) putCBOR(bucket string, k []byte, v any) error {
	b, err := t.s.codec.enc.Marshal(v)
	if err != nil {
		return err
	}
	return t.put(bucket, k, b)
}

// putBlobPiece stores one piece; the length goes in last, by putBlobSize, so
// that a blob without all its pieces is no blob.
func (t boltTx) putBlobPiece(h annotations.Hash, i uint32, piece []byte) error {
	return t.put(bBlobs, blobKey(h, i), piece)
}

func (t boltTx) putBlobSize(h annotations.Hash, n int) error {
	return t.put(bBlobs, h[:], u64(uint64(n)))
}

// dense tells bbolt that keys come in order, so that pages are filled instead
// of split in half.
func (t boltTx) dense() {
	for _, name := range []string{bLog, bUndo, bSeals} {
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
