package storetest

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// ruledWords: a lead ruled on a sentence, which was split afterwards. Exports, screens and
// figures that show the ruling beside what is left of the sentence must be able to tell
// that nobody ruled on that: in its row, whatever was undone, done again, or ruled since.
func ruledWords(t *testing.T, s store.Store) {
	ana, lea := Session(t, "ana"), Session(t, "lea")
	id := Import(t, s, ana, Article(t, "ferries", 4))
	cut, was := recut(t, s, id)
	on := annotations.HashOf(was.Units[1].Span.In(was.Body)).Start()
	rule := func(rev uint64, r *annotations.Ruling) annotations.Change {
		return annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: 2, Rev: rev, Ruling: r}
	}
	of := func(when string, want bool) annotations.Ruling {
		t.Helper()
		now, err := store.Load(t.Context(), s, id)
		if err != nil {
			t.Fatal(err)
		}
		r := state(t, s, id)[0].Ruling
		if got := r.OfOtherWords(now.Units[1].Span.In(now.Body)); got != want {
			t.Errorf("%s: the ruling %+v is of other words: %v, want %v", when, r.Ruling, got, want)
		}
		return r.Ruling
	}
	revert := func(m annotations.Mode, who *store.Session) {
		t.Helper()
		if _, _, err := store.Revert(t.Context(), s, who, m); err != nil {
			t.Fatal(err)
		}
	}
	mustDo(t, s, lea, id, rule(0, &annotations.Ruling{Verdict: annotations.Stet, Words: 7})) // who rules looks at the sentence that is there
	if r := of("ruled", false); r.Words != on {
		t.Errorf("ruled on %016x, the row says %016x", on, r.Words)
	}
	mustDo(t, s, ana, id, cut)
	of("then split", true)
	revert(annotations.Undo, ana)
	of("the split undone", false)
	revert(annotations.Redo, ana)
	of("split again", true)
	mustDo(t, s, lea, id, rule(1, &annotations.Ruling{Verdict: annotations.Neither}))
	of("ruled again, on what is left", false)
	revert(annotations.Undo, lea)
	if r := of("the second ruling undone", true); r.Verdict != annotations.Stet || r.Words != on {
		t.Errorf("undo left %+v", r)
	}
	revert(annotations.Redo, lea)
	of("the second ruling made again", false)
	revert(annotations.Undo, lea)
	revert(annotations.Undo, lea)
	if r := state(t, s, id)[0].Ruling.Ruling; r != (annotations.Ruling{}) {
		t.Errorf("all taken back leaves %+v", r)
	}
}

// ruledBy: lena ruled, lea ruled otherwise and took that back. What stands again is
// lena's, and not what lea says; so are the words that a query asks in.
func ruledBy(t *testing.T, s store.Store) {
	lena, lea := Session(t, "lena"), Session(t, "lea")
	id := Import(t, s, lena, Article(t, "ferries", 4))
	rule := func(who *store.Session, rev uint64, r *annotations.Ruling) {
		t.Helper()
		mustDo(t, s, who, id, annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: 2, Rev: rev, Ruling: r})
	}
	rule(lena, 0, &annotations.Ruling{Verdict: annotations.Query, Reason: "who says so?", Author: "zoe"})
	rule(lea, 1, &annotations.Ruling{Verdict: annotations.Neither})
	for i, step := range []struct {
		mode annotations.Mode
		want annotations.Verdict
		by   string
	}{{annotations.Undo, annotations.Query, "lena"}, {annotations.Redo, annotations.Neither, "lea"}, {annotations.Undo, annotations.Query, "lena"}} {
		if _, _, err := store.Revert(t.Context(), s, lea, step.mode); err != nil {
			t.Fatal(err)
		}
		if r := state(t, s, id)[0].Ruling; r.Verdict != step.want || r.By != step.by || r.Author != "" {
			t.Errorf("step %d: %s by %s (%q), want %s by %s", i+1, r.Verdict, r.By, r.Author, step.want, step.by)
		}
	}
	if _, _, err := store.Revert(t.Context(), s, lena, annotations.Undo); err != nil {
		t.Errorf("lena cannot take back what is hers: %v", err)
	}
	if r := state(t, s, id)[0].Ruling; r.Verdict != "" || r.By != "lena" {
		t.Errorf("taken back: %+v", r)
	}
}

// ruledBefore: a ruling whose program did not write down the words, as one from another
// store. The record in the log has those that stood there then.
func ruledBefore(t *testing.T, s store.Store) {
	ana, lea := Session(t, "ana"), Session(t, "lea")
	id := Import(t, s, ana, Article(t, "ferries", 4))
	cut, was := recut(t, s, id)
	on := annotations.HashOf(was.Units[1].Span.In(was.Body)).Start()
	mustDo(t, s, lea, id, annotations.Change{Kind: annotations.EventRule, Verb: annotations.VerbMerge, Sentence: 2, Ruling: &annotations.Ruling{Verdict: annotations.Stet}})
	events, _, err := s.Events(t.Context(), store.Query{Article: id}, 1, 9)
	if err != nil || len(events) != 1 || events[0].RuleAfter.Words != 0 {
		t.Fatalf("the log has %+v, %v; want a ruling that names no words", events, err)
	}
	mustDo(t, s, ana, id, cut)
	if r := state(t, s, id)[0].Ruling; r.Words != on || !r.OfOtherWords("Sentence 2") {
		t.Errorf("its row is %+v, want words %016x", r, on)
	}
	mustDo(t, s, lea, id, annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: 2, Rev: 1, Ruling: &annotations.Ruling{Verdict: annotations.Neither}})
	if _, _, err := store.Revert(t.Context(), s, lea, annotations.Undo); err != nil {
		t.Fatal(err)
	}
	if r := state(t, s, id)[0].Ruling; r.Verdict != annotations.Stet || r.Words != 0 {
		t.Errorf("brought back by undo it is %+v; want it as it was, of words nobody knows", r)
	}
}

// saidWords: ana tagged a sentence, it was split, she tagged what is left of it. Undo
// brings her first tag back, which is of the words she read then and not of these.
func saidWords(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	id := Import(t, s, ana, Article(t, "ferries", 4))
	cut, was := recut(t, s, id)
	on := annotations.HashOf(was.Units[1].Span.In(was.Body)).Start()
	mustDo(t, s, ana, id, Tag(2, 0, "sourced"))
	mustDo(t, s, Session(t, "ben"), id, cut)
	mustDo(t, s, ana, id, Tag(2, 1, "contested"))
	now := state(t, s, id)[0].Annotation.Words
	for _, step := range []struct {
		mode annotations.Mode
		tag  string
		on   uint64
	}{{annotations.Undo, "sourced", on}, {annotations.Redo, "contested", now}, {annotations.Undo, "sourced", on}, {annotations.Undo, "", on}} {
		if _, _, err := store.Revert(t.Context(), s, ana, step.mode); err != nil {
			t.Fatal(err)
		}
		if r := state(t, s, id)[0].Annotation; r.Tag != step.tag || r.Words != step.on {
			t.Errorf("mode %d: %q of words %016x, want %q of %016x", step.mode, r.Tag, r.Words, step.tag, step.on)
		}
	}
}
