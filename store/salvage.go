package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store/boltfile"
)

// Salvaged says what [Salvage] brought home.
type Salvaged struct {
	Report              // of the new store; its problems name texts and sentences that are lost
	Found      int      // records that proved themselves, from file and mirror
	FromMirror int      // of these, those that only the mirror had
	Verbatim   int      // stored as they were
	Recovered  int      // stored inside new events, because an event before them in their chain is lost
	Lost       []uint64 // positions of which nothing was found, at most MaxProblems
	LostMore   int
	Put        []Problem // records found that could not be placed, and why
}

// Salvage reads whatever can still be read of the damaged store at from (and of
// its mirror, if it has one) by plain reads, and makes a new store of it at to. Every
// record proves itself by its hash. Where an event is lost, those after it in
// the article's chain cannot stand as they were; each goes into a new event by
// the same person that carries the old record.
func Salvage(ctx context.Context, from, to, app string, now func() time.Time) (Salvaged, error) {
	c, err := newCodec()
	if err != nil {
		return Salvaged{}, err
	}
	g := newGathered(c)
	var out Salvaged
	if err := g.file(ctx, from); err != nil {
		return out, err
	}
	fromFile := len(g.pos)
	if g.mirror(ctx, from+".mirror"); ctx.Err() != nil {
		return out, ctx.Err()
	}
	if g.foreign > 0 {
		out.Put = append(out.Put, Problem{Where: "the mirror or a page", What: fmt.Sprintf("%d records are of another store", g.foreign)})
	}
	out.Found, out.FromMirror = len(g.pos), len(g.pos)-fromFile
	if out.Found == 0 {
		return out, &Error{Kind: ErrDamaged, What: "no event could be read from " + from + " or its mirror", Safe: "Nothing was changed", Next: "Restore a backup: `stet restore BACKUP`"}
	}
	ident := g.identity(app, now())
	err = fresh(to, func(tmp string) error {
		b, err := newBuilder(tmp, ident)
		if err != nil {
			return err
		}
		err = g.rebuild(ctx, b, &out, now)
		out.Events, out.Seal = b.tree.size, b.tree.sealAt(now())
		return b.finish(now(), err)
	})
	return out, err
}

// fresh is besides for a path where nothing may stand yet.
func fresh(path string, make func(tmp string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &os.PathError{Op: "create", Path: path, Err: os.ErrExist}
	}
	return besides(path, make)
}

// file takes in what boltfile can read. What the newest commit leads to counts
// first. Records from elsewhere fill its gaps; beyond its end they count only
// when the commit itself is in doubt, because a save that never came to its end
// leaves records there too.
func (g *gathered) file(ctx context.Context, path string) error {
	stats, err := boltfile.SalvageFile(ctx, path, boltfile.SalvageOptions{Everything: true}, func(r boltfile.Record) error {
		g.take(r)
		return nil
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil && !errors.Is(err, boltfile.ErrNotBolt) && !errors.Is(err, boltfile.ErrVersion) && !errors.Is(err, os.ErrNotExist) {
		return damaged(path, err)
	}
	end := uint64(0)
	for pos := range g.byPos {
		end = max(end, pos)
	}
	whole := stats.Whole && !stats.Info.LastSaveDoubtful
	for _, r := range g.strays {
		if _, taken := g.byPos[r.pos]; taken || whole && r.pos > end {
			continue
		}
		g.record(r.pos, r.v, false)
	}
	g.strays = nil
	return nil
}

func (g *gathered) rebuild(ctx context.Context, b *builder, out *Salvaged, now func() time.Time) error {
	b.secrets = g.secrets
	if err := g.putBlobs(b); err != nil {
		return err
	}
	late, err := g.verbatim(ctx, b, out)
	if err != nil {
		return err
	}
	if len(late) > 0 {
		if err := g.recoverAll(b, late, out, now()); err != nil {
			return err
		}
	}
	return g.missing(b, out)
}

func (g *gathered) putBlobs(b *builder) error {
	for _, h := range sortedKeys(g.blobs) {
		if data := assemble(h, g.blobs[h]); data != nil {
			if err := b.blob(h, data); err != nil {
				return err
			}
		}
	}
	own := codebook.Builtin() // nearly always the one in use, and at hand
	return b.blob(own.Hash, own.Source)
}

// recoverAll stores what is left after the gaps: first what it builds on,
// articles and evidence items whose own events are lost, then the records.
func (g *gathered) recoverAll(b *builder, late [][]byte, out *Salvaged, now time.Time) error {
	act := annotations.Act{}
	if _, err := rand.Read(act.Session[:]); err != nil {
		return err
	}
	put := func(where string, batch Batch, recovered []byte) error {
		act.N++
		batch.Act = act
		t, err := b.t(0)
		if err == nil {
			err = b.append(t, &batch, recovered, now)
		}
		var own *Error
		switch {
		case err == nil && recovered != nil:
			out.Recovered++
		case errors.As(err, &own): // this one cannot be placed; any other error ends the salvage
			out.Put = append(out.Put, Problem{Where: where, What: err.Error()})
			return nil
		}
		return err
	}
	for _, batch := range g.again(b) {
		if err := put("what an event brought that is lost", batch, nil); err != nil {
			return err
		}
	}
	for i, rec := range late {
		where := fmt.Sprintf("record %d of %d after a gap", i+1, len(late))
		batch, err := b.recovery(rec)
		if err != nil {
			out.Put = append(out.Put, Problem{Where: where, What: err.Error()})
			continue
		}
		if err := put(where, batch, rec); err != nil {
			return err
		}
	}
	return nil
}

// again makes the batches that bring back articles and evidence items whose
// first event is lost, from their entries, which prove themselves by their keys.
func (g *gathered) again(b *builder) (batches []Batch) {
	t, err := b.t(0)
	if err != nil {
		return nil // the next use of it says so
	}
	const reason = "the event that brought this was lost"
	for _, id := range sortedKeys(g.items) {
		if e := g.items[id]; !t.hasEvidence(id) {
			batches = append(batches, Batch{Actor: "salvage", Changes: []annotations.Change{{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &e, Reason: reason}}})
		}
	}
	for _, id := range sortedKeys(g.entries) {
		if m := g.entries[id]; t.head(id).N == 0 {
			batches = append(batches, Batch{Actor: "salvage", Article: id, Changes: []annotations.Change{{Kind: annotations.EventImport, Verb: "import", Meta: &m, Reason: reason}}})
		}
	}
	return batches
}

// unruled is a store's view without the rules of its team: what comes home was
// allowed when it was done, by people who may have left since.
type unruled struct{ boltTx }

func (unruled) team() (annotations.Team, error) { return annotations.Team{}, nil }

// append stamps and stores a batch of one change; recovered is the record it
// was taken from, or nil.
func (b *builder) append(t boltTx, batch *Batch, recovered []byte, now time.Time) error {
	events, err := stamp(unruled{t}, batch, now)
	if err != nil {
		return err
	}
	e := &events[0]
	e.Recovered, e.Prev = recovered, t.head(e.Article).Hash
	rec, err := b.codec.encode(b.id, e)
	if err != nil {
		return &Error{Kind: ErrInvalid, What: err.Error()}
	}
	return b.put(t, e, encoded{rec: rec}, e.Hash)
}

// verbatim stores, in order, every record that follows from the ones before
// it in its chain, and returns the others.
func (g *gathered) verbatim(ctx context.Context, b *builder, out *Salvaged) (late [][]byte, err error) {
	next := uint64(1)
	for _, pos := range slices.Sorted(maps.Keys(g.byPos)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for ; next < pos; next++ {
			if len(out.Lost) < MaxProblems {
				out.Lost = append(out.Lost, next)
			} else {
				out.LostMore += int(pos - next)
				break
			}
		}
		next = pos + 1
		var own *Error
		switch err := b.record(g.byPos[pos]); {
		case errors.Is(err, errGap) || errors.As(err, &own):
			late = append(late, g.byPos[pos])
		case err != nil:
			return nil, err
		default:
			out.Verbatim++
		}
	}
	return late, nil
}

// recovery makes the batch that says again what an orphaned record said, by the
// same person, who takes it up where the chain ends now. Uses of evidence items
// and links to articles that are lost themselves are left out; the old record,
// which the new event carries, still names them.
func (b *builder) recovery(stored []byte) (Batch, error) {
	old, err := b.codec.decode(0, stored)
	if err != nil {
		return Batch{}, err
	}
	t, err := b.t(0)
	if err != nil {
		return Batch{}, err
	}
	c := annotations.Change{
		Kind: old.Kind, Verb: old.Verb, Sentence: old.Sentence, Annotation: old.After, Ruling: old.RuleAfter,
		Evidence: old.Evidence, Meta: old.Meta, Codebook: old.Codebook, Reason: old.Reason,
		Offered: old.Offered, Cut: old.Cut, Team: old.Team, Assigned: old.Assigned, Finish: old.Finish,
	}
	switch old.Kind {
	case annotations.EventAnnotate:
		r, _, err := t.record(old.Article, annotations.ReviewerKey{Sentence: old.Sentence, Reviewer: old.Actor})
		if err != nil {
			return Batch{}, err
		}
		c.Rev, c.On = r.Rev, old.Words.Start()
		if a := old.After; a != nil {
			a.Evidence = slices.DeleteFunc(a.Evidence, func(u annotations.Use) bool { return !t.hasEvidence(u.ID) })
			a.Links = slices.DeleteFunc(a.Links, func(l annotations.Link) bool { _, err := t.known(l.To.Article); return err != nil })
		}
	case annotations.EventRule:
		r, _, err := t.ruling(old.Article, old.Sentence)
		if err != nil {
			return Batch{}, err
		}
		c.Rev = r.Rev
		if old.RuleAfter != nil && old.Mode == annotations.Do {
			c.On = cmp.Or(old.RuleAfter.Words, old.Words.Start())
		} else if old.RuleAfter != nil {
			c.On = old.RuleAfter.Words
		}
	}
	return Batch{Actor: old.Actor, Tool: old.Tool, Article: old.Article, Changes: []annotations.Change{c}}, nil
}

// missing names the articles whose text, sentences or codebook did not come home.
func (g *gathered) missing(b *builder, out *Salvaged) (err error) {
	out.Articles, err = b.lacking(func(m *annotations.Meta, what string) {
		out.add("article "+m.Name, "its %s could not be read; import the same text again to bring it back", what)
	})
	return err
}

func sortedKeys[K interface {
	~[8]byte | ~[16]byte | ~[32]byte
}, V any](m map[K]V) []K {
	return slices.SortedFunc(maps.Keys(m), func(a, b K) int { return bytes.Compare(fmt.Appendf(nil, "%x", a), fmt.Appendf(nil, "%x", b)) })
}
