package store

import (
	"errors"
	"fmt"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// relayStore is a store with an article, of which the test is the committer.
func relayStore(t *testing.T) (s *Bolt, v *saver) {
	t.Helper()
	s = gateStore(t, t.TempDir(), "stet.db")
	return s, newSaver(t, s)
}

// jobs makes a group of batches as if they had queued up.
func jobs(batches ...Batch) *group {
	g := &group{}
	for i := range batches {
		g.jobs = append(g.jobs, &job{batch: &batches[i], after: ahead(&batches[i]), done: make(chan struct{})})
	}
	return g
}

func (g *group) answered() bool {
	for _, j := range g.jobs {
		select {
		case <-j.done:
		default:
			return false
		}
	}
	return true
}

// What is on its way counts for what is made ready meanwhile: the next revision, the
// same act again, an article's chain, an undo list, a person's progress.
func TestAGroupIsMadeReadyOnTopOfWhatIsOnItsWay(t *testing.T) {
	s, v := relayStore(t)
	tag := func(rev uint64, n int) Batch {
		return v.session.Batch(v.article.ID, annotations.Change{
			Kind: annotations.EventAnnotate, Verb: "tag", Sentence: 1, Rev: rev, Annotation: gateAnnotation(annotations.Hash{}, n),
		})
	}
	first, second := tag(0, 0), tag(1, 1)
	undo := v.session.Batch(v.article.ID, annotations.Change{
		Kind: annotations.EventAnnotate, Verb: "undo", Sentence: 1, Rev: 2, Annotation: gateAnnotation(annotations.Hash{}, 0),
	})
	undo.Mode, undo.Of = annotations.Undo, second.Act
	stale := v.session.Batch(v.article.ID, annotations.Change{
		Kind: annotations.EventAnnotate, Verb: "tag", Sentence: 1, Rev: 1, Annotation: gateAnnotation(annotations.Hash{}, 2),
	})
	item := annotations.Evidence{URL: "https://harbour.example/minutes"}
	item.Identify()
	ben, err := NewSession("ben", "stet 1.0")
	if err != nil {
		t.Fatal(err)
	}
	brought := ben.Batch(annotations.Desk, annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &item})
	proved := ben.Batch(v.article.ID, annotations.Change{
		Kind: annotations.EventAnnotate, Verb: "evidence", Sentence: 2,
		Annotation: &annotations.Annotation{Tag: "sourced", Evidence: []annotations.Use{{ID: item.ID, Stance: annotations.EvidenceSupports}}},
	})

	one := s.prepare(jobs(first, second, brought))
	if one.err != nil || one.puts == nil {
		t.Fatal(one.err)
	}
	for _, j := range one.group.jobs {
		if j.err != nil {
			t.Fatal(j.err)
		}
	}
	s.over.depart(one.puts) // as if it were being written
	s.tree = one.tree
	two := s.prepare(jobs(second, undo, stale, proved))
	if two.err != nil || two.puts == nil {
		t.Fatal(two.err)
	}
	if two.group.answered() || s.tree.size != one.tree.size {
		t.Error("answered before it was written")
	}
	one.err = s.writeOut(one.puts)
	s.answer(one.group, one.err, true, one.tree.size)
	close(one.done)
	going := s.send(two, s.settle(one))
	if going == nil {
		t.Fatal("nothing was on its way")
	}
	for _, j := range two.group.jobs {
		<-j.done
	}
	if err := s.settle(going); err != nil {
		t.Fatal(err)
	}
	if got, want := two.group.jobs[0].outcome, one.group.jobs[1].outcome; got != want || want.err != nil {
		t.Errorf("the same act again: %+v, was %+v", got, want)
	}
	if o := two.group.jobs[1].outcome; o.err != nil || o.receipt.First != one.group.jobs[2].receipt.Last+1 {
		t.Errorf("the undo: %+v", o)
	}
	if o := two.group.jobs[2].outcome; !errors.Is(o.err, ErrConflict) {
		t.Errorf("over an old revision: %+v", o)
	}
	if o := two.group.jobs[3].outcome; o.err != nil {
		t.Errorf("with evidence that is on its way: %+v", o)
	}
	if r, err := s.Verify(t.Context(), nil); err != nil || !r.OK() {
		t.Error(err, r.Problems)
	}
}

// When a group cannot be written, what was made ready on top of it is not saved
// either, and nothing of the two is left in what is kept; what was before stays.
func TestWhatWasBuiltOnAFailureFails(t *testing.T) {
	s, v := relayStore(t)
	v.save()
	size := s.tree.size
	one := s.prepare(jobs(v.batch()))
	s.over.depart(one.puts)
	s.tree = one.tree
	two := s.prepare(jobs(v.batch(), v.batch()))
	if one.err != nil || two.err != nil {
		t.Fatal(one.err, two.err)
	}
	one.err = &Error{Kind: ErrFull, What: "planted"}
	s.answer(one.group, one.err, false, 0)
	close(one.done)
	if going := s.send(two, s.settle(one)); going != nil {
		t.Fatal("it was written")
	}
	for _, j := range two.group.jobs {
		<-j.done
	}
	for _, j := range append(one.group.jobs, two.group.jobs...) {
		if !errors.Is(j.err, ErrFull) {
			t.Errorf("%+v", j.outcome)
		}
	}
	if err := s.loadTree(); err != nil || s.tree.size != size {
		t.Errorf("the log has %d events, not %d: %v", s.tree.size, size, err)
	}
	v.n -= 3 // nothing of these three is there
	v.session.n -= 3
	v.save()
	if r, err := s.Verify(t.Context(), nil); err != nil || !r.OK() || r.Events != size+1 {
		t.Error(err, r.Problems, r.Events)
	}
}

// A group of which nothing is to be written is answered when what it looked at is on
// the disk, not before: the same act sent twice must not be called saved too early.
func TestARepeatedActWaitsForTheFirst(t *testing.T) {
	s, v := relayStore(t)
	b := v.batch()
	one := s.prepare(jobs(b))
	s.over.depart(one.puts)
	s.tree = one.tree
	two := s.prepare(jobs(b))
	if one.err != nil || two.err != nil || two.puts != nil {
		t.Fatal(one.err, two.err)
	}
	if two.group.answered() {
		t.Error("answered before the act was written")
	}
	one.err = s.writeOut(one.puts)
	s.answer(one.group, one.err, true, one.tree.size)
	close(one.done)
	if s.send(two, s.settle(one)) != nil || !two.group.answered() {
		t.Error("not answered after it")
	}
	if two.group.jobs[0].outcome != one.group.jobs[0].outcome {
		t.Error("two answers to one act")
	}
}

// Values that are on their way, or were put since, outlive the others.
func TestWhatIsNotInTheFileIsKept(t *testing.T) {
	var h hot[int, int]
	for k := range maxHot {
		h.keep(-k-1, k)
	}
	h.set(1, 10)
	h.taken() // the first round is on its way
	h.set(2, 20)
	h.taken() // the second is ready
	h.set(3, 30)
	h.cool(1)
	_, one := h.get(1)
	two, ok2 := h.get(2)
	three, ok3 := h.get(3)
	if one || !ok2 || !ok3 || two != 20 || three != 30 || len(h.m) != 2 {
		t.Errorf("%d left; %v, %d %v, %d %v", len(h.m), one, two, ok2, three, ok3)
	}
	if len(h.changed) != 1 || h.changed[0].k != 3 {
		t.Errorf("%d changed", len(h.changed))
	}
}

// Groups that hold what needs a write transaction are not made ready ahead.
func TestOnlyPlainBatchesAreRelayed(t *testing.T) {
	_, v := relayStore(t)
	plain := v.batch()
	cut := v.session.Batch(v.article.ID, annotations.Change{Kind: annotations.EventCut})
	for name, want := range map[string]struct {
		g  *group
		ok bool
	}{
		"tags":             {jobs(plain, plain), true},
		"one cut":          {jobs(plain, cut), false},
		"one piece":        {&group{jobs: []*job{{fn: func(boltTx) error { return nil }}}}, false},
		"a codebook's tag": {jobs(v.session.Batch(v.article.ID, annotations.Change{Kind: annotations.EventCodebook, Codebook: codebook.Builtin().Hash})), true},
	} {
		if relays(want.g) != want.ok {
			t.Error(fmt.Sprint(name, ": ", !want.ok))
		}
	}
}
