package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"stet.example/stet/annotations"
)

// FoldsAlike folds the log of a sound store as a check does, and as the domain
// does, and tells where the two differ. It also tells when the quick comparison
// with the rows, which may only say that all is well, does not say so.
func FoldsAlike(ctx context.Context, s *Bolt) error {
	want, err := foldOf(ctx, s)
	if err != nil {
		return err
	}
	v := newVerifier(s, skims, want.Size, nil)
	if err := v.log(ctx); err != nil {
		return err
	}
	if !v.r.OK() {
		return fmt.Errorf("the check says %v", v.r.Problems)
	}
	if !maps.EqualFunc(v.state.Acts, want.Acts, func(a, b *annotations.History) bool {
		return slices.Equal(a.Undo, b.Undo) && slices.Equal(a.Redo, b.Redo)
	}) {
		return fmt.Errorf("the lists are %+v, not %+v", v.state.Acts, want.Acts)
	}
	if !reflect.DeepEqual(v.state.Evidence, want.Evidence) || !reflect.DeepEqual(v.state.Team, want.Team) || v.state.TeamSet != want.TeamSet || len(v.state.Articles) != len(want.Articles) {
		return errors.New("evidence, team or articles differ")
	}
	e := newExpected(v)
	for id, a := range want.Articles {
		same, err := e.article(ctx, id)
		if err != nil || !same {
			return fmt.Errorf("the quick comparison says %t %w of the sound article %s", same, err, id)
		}
		if err := v.differs(id, a); err != nil {
			return fmt.Errorf("article %s: %w", id, err)
		}
	}
	return nil
}

// differs tells where an article as the check has it is not as the domain does.
func (v *verifier) differs(id annotations.ArticleID, want *annotations.ArticleState) error {
	t := v.tallies[id]
	if t == nil || t.head != want.Head {
		return fmt.Errorf("ends at %+v, not %+v", t, want.Head)
	}
	v.lend(t, func(annotations.SentenceID) bool { return true })
	got := t.state
	if !reflect.DeepEqual(got.Meta, want.Meta) || !reflect.DeepEqual(got.Rulings, want.Rulings) || len(got.Annotations) != len(want.Annotations) || len(got.Progress) != len(want.Progress) {
		return fmt.Errorf("is %+v, not %+v", got, want)
	}
	for who, p := range want.Progress {
		own := got.Progress[who]
		counts := maps.Equal(own.ByTag, p.ByTag)
		if own.ByTag, p.ByTag = nil, nil; !counts || !reflect.DeepEqual(own, p) {
			return fmt.Errorf("%q has done %+v, not %+v", who, got.Progress[who], want.Progress[who])
		}
	}
	for k, r := range want.Annotations {
		own := got.Annotations[k]
		raw := string(appendAnnotation(nil, &r.Annotation, r.Codebook))
		if own.Rev != r.Rev || own.Pos != r.Pos || !own.Time.Equal(r.Time) || own.Words != r.Words || own.Tag != r.Tag || own.Unsure != r.Unsure || own.Codebook != r.Codebook || own.Note != raw {
			return fmt.Errorf("%v stands as %+v, not %+v", k, own, r)
		}
	}
	return nil
}

// Unlawful makes a store of which the last events are hurt, as they might be by a
// program with a fault: they prove themselves. It gives what the domain says of the
// last one, and what a check does.
func Unlawful(t *testing.T, hurt func(events []annotations.Event, encode func(*annotations.Event))) (says string, problems []Problem) {
	t.Helper()
	path, _ := bulk(t, 40)
	s, err := Open(t.Context(), Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // only read
	events, _, err := s.Events(t.Context(), Query{}, 0, 100)
	if err != nil || len(events) != 40 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	encode := func(e *annotations.Event) {
		rec, err := s.codec.encode(s.id, e)
		if err == nil {
			err = s.Overwrite(bLog, e.Pos, rec)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	hurt(events, encode)
	last := &events[39]
	encode(last)
	state, err := annotations.Fold(events[:39])
	if err != nil {
		t.Fatal(err)
	}
	if err = state.Apply(last); err == nil {
		t.Fatal("the domain takes the event")
	}
	r, verr := s.Verify(t.Context(), nil)
	if verr != nil {
		t.Fatal(verr)
	}
	return err.Error(), r.Problems
}
