package store

import (
	"context"
	"encoding/binary"
	"errors"
	"testing"

	"stet.example/stet/annotations"
)

// A batch that was refused because of what stood in a group that failed is not
// refused: what it was held against is not there.
func TestNobodyIsRefusedOverWhatWasNotSaved(t *testing.T) {
	s, v := relayStore(t)
	v.save()
	ben, err := NewSession("ana", "stet 1.0") // the same person in another window
	if err != nil {
		t.Fatal(err)
	}
	tag := func(who *Session) Batch {
		return who.Batch(v.article.ID, annotations.Change{
			Kind: annotations.EventAnnotate, Verb: "tag", Sentence: 5, Annotation: gateAnnotation(annotations.Hash{}, 1),
		})
	}
	one, late := jobs(tag(v.session)), tag(ben)
	p := s.prepare(one)
	s.over.depart(p.puts)
	s.tree = p.tree
	next := s.prepare(jobs(late))
	if p.err != nil || next.err != nil || !errors.Is(next.group.jobs[0].err, ErrConflict) {
		t.Fatal(p.err, next.err, next.group.jobs[0].err)
	}
	p.err = &Error{Kind: ErrFull, What: "planted"}
	s.answer(p.group, p.err, false, 0)
	close(p.done)
	if s.send(next, s.settle(p)) != nil {
		t.Fatal("it was written")
	}
	if got := next.group.jobs[0].err; !errors.Is(got, ErrFull) {
		t.Errorf("over a revision that is not there: %v", got)
	}
	if _, err := s.Append(t.Context(), late); err != nil {
		t.Errorf("asked again: %v", err)
	}
}

// After a group that was not written, whoever waits for news hears of the next that
// is, however many events it has.
func TestNewsOfTheFirstSaveAfterAFailure(t *testing.T) {
	s, v := relayStore(t)
	v.save()
	before, _ := s.news.now()
	p := s.prepare(jobs(v.batch()))
	going := s.send(p, &Error{Kind: ErrFull, What: "planted"})
	if going != nil {
		t.Fatal("it was written")
	}
	v.n, v.session.n = v.n-1, v.session.n-1
	p = s.prepare(jobs(v.batch()))
	s.over.depart(p.puts)
	s.tree = p.tree
	p.err = &Error{Kind: ErrFull, What: "planted"}
	s.answer(p.group, p.err, false, 0)
	close(p.done)
	if err := s.settle(p); !errors.Is(err, ErrFull) {
		t.Fatal(err)
	}
	v.n, v.session.n = v.n-1, v.session.n-1
	v.save()
	if size, _ := s.news.now(); size != before+1 {
		t.Errorf("the news is %d, the log has %d events", size, before+1)
	}
}

// Others may save, and seal what they saved, between two looks of a check.
func TestASealMadeMeanwhileIsNoFault(t *testing.T) {
	s, v := relayStore(t)
	v.save()
	var total uint64
	if err := s.read(t.Context(), func(t boltTx) error { total, _ = t.size(); return nil }); err != nil {
		t.Fatal(err)
	}
	check := newVerifier(s, skims, total, nil)
	v.save()
	if seal, err := s.Seal(t.Context()); err != nil || seal.Size != total+1 {
		t.Fatal(seal, err)
	}
	for _, pass := range []func(context.Context) error{check.log, check.seals, check.rows, check.strangers, check.lists} {
		if err := pass(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !check.r.OK() {
		t.Error(check.r.Problems)
	}
}

// An act that is in the file and is sent again is saved, whatever becomes of those that
// it shares a commit with. Were it called unsaved, its number would be given to the next
// act, and that one be taken for it and dropped.
func TestAnActSentAgainIsSavedThoughItsGroupFails(t *testing.T) {
	s, v := relayStore(t)
	old := v.batch()
	want, err := s.Append(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	full := &Error{Kind: ErrFull, What: "planted"}

	alone := jobs(old, v.batch()) // in a commit of their own
	p := s.prepare(alone)
	if s.send(p, full) != nil {
		t.Fatal("it was written")
	}
	lone := alone.jobs[0].outcome

	ben, err := NewSession("ben", "stet 1.0")
	if err != nil {
		t.Fatal(err)
	}
	one := s.prepare(jobs(ben.Batch(v.article.ID, annotations.Change{ // behind one that fails
		Kind: annotations.EventAnnotate, Verb: "tag", Sentence: 3, Annotation: gateAnnotation(annotations.Hash{}, 1),
	})))
	s.over.depart(one.puts)
	s.tree = one.tree
	behind := jobs(old, *one.group.jobs[0].batch)
	p = s.prepare(behind)
	one.err = full
	s.answer(one.group, one.err, false, 0)
	close(one.done)
	if s.send(p, s.settle(one)) != nil {
		t.Fatal("it was written")
	}
	for name, o := range map[string]outcome{"alone": lone, "behind another": behind.jobs[0].outcome} {
		if o.err != nil || o.receipt != want {
			t.Errorf("%s: %+v, was %+v", name, o, want)
		}
	}
	for _, j := range []*job{alone.jobs[1], behind.jobs[1], one.group.jobs[0]} {
		if !errors.Is(j.err, ErrFull) {
			t.Errorf("not written, and told %+v", j.outcome)
		}
	}
}

// What is kept of what was looked up for batches that were refused does not grow for
// ever.
func TestRefusedBatchesLeaveLittleBehind(t *testing.T) {
	s, v := relayStore(t)
	b := v.batch()
	b.Changes[0].Rev = 99
	for n := range 2*maxHot + 1 {
		b.Act = annotations.Act{N: 1}
		binary.BigEndian.PutUint32(b.Act.Session[:], uint32(n+1))
		if _, err := s.Append(t.Context(), b); !errors.Is(err, ErrConflict) {
			t.Fatal(err)
		}
	}
	if n := len(s.over.written.m); n > maxHot+maxGroup {
		t.Errorf("%d receipts are kept; at most %d should be", n, maxHot)
	}
	v.n, v.session.n = v.n-1, v.session.n-1
	v.save()
}
