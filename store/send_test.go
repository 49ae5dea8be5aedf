package store_test

import (
	"context"
	"errors"
	"testing"

	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// scripted is a store that answers the first acts with these errors; after one that
// stands with true the act is stored all the same.
type scripted struct {
	store.Store
	answers []answer
}

type answer struct {
	kind   error
	stored bool
}

func (s *scripted) Append(ctx context.Context, b store.Batch) (store.Receipt, error) {
	if len(s.answers) == 0 {
		return s.Store.Append(ctx, b)
	}
	now := s.answers[0]
	s.answers = s.answers[1:]
	if now.stored {
		if _, err := s.Store.Append(ctx, b); err != nil {
			return store.Receipt{}, err
		}
	}
	return store.Receipt{}, &store.Error{Kind: now.kind, What: "planted"}
}

// What nobody knows the end of is asked again under its number, and once is enough. What a
// failed disk was given may be in the file: its number was free again for whatever a merge
// did next, which the store would then have taken for the same act.
func TestANumberIsFreeAgainOnlyAfterARefusal(t *testing.T) {
	unknown := answer{store.ErrUnknown, false}
	for name, c := range map[string]struct {
		answers []answer
		want    error
		free    bool
	}{
		"stored":                       {nil, nil, false},
		"unknown and stored":           {[]answer{{store.ErrUnknown, true}}, nil, false},
		"unknown three times":          {[]answer{unknown, {store.ErrUnknown, true}, unknown}, nil, false},
		"unknown for good":             {[]answer{unknown, unknown, unknown, unknown}, store.ErrUnknown, false},
		"refused":                      {[]answer{{store.ErrForbidden, false}}, store.ErrForbidden, true},
		"no room":                      {[]answer{{store.ErrFull, false}}, store.ErrFull, true},
		"the disk failed":              {[]answer{{store.ErrPoisoned, false}}, store.ErrPoisoned, false},
		"unknown, and then refused":    {[]answer{unknown, {store.ErrConflict, false}}, store.ErrConflict, true},
		"unknown, and then nobody":     {[]answer{{store.ErrUnknown, true}, {store.ErrClosed, false}}, store.ErrClosed, false},
		"unknown, and the disk failed": {[]answer{unknown, {store.ErrPoisoned, false}}, store.ErrPoisoned, false},
	} {
		m, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
		if err != nil {
			t.Fatal(err)
		}
		ana := storetest.Session(t, "ana")
		id := storetest.Import(t, m, ana, storetest.Article(t, "ferries", 3))
		st := &scripted{m, c.answers}
		b := ana.Batch(id, storetest.Tag(1, 0, "sourced"))
		if _, err := ana.Send(t.Context(), st, b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if next := ana.Batch(id, storetest.Tag(2, 0, "sourced")); (next.Act.N == b.Act.N) != c.free {
			t.Errorf("%s: act %d, and the next is %d", name, b.Act.N, next.Act.N)
		}
		if info, err := m.Stat(t.Context()); err != nil || info.Events > 2 {
			t.Errorf("%s: %d events, %v", name, info.Events, err)
		}
	}
}

// An import took any conflict for a name that is taken: an act that came out of its turn
// brought the article in under a longer name than it had to have.
func TestAnImportThatIsOutOfTurnKeepsItsName(t *testing.T) {
	m, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	ana, a := storetest.Session(t, "ana"), storetest.Article(t, "ferries", 3)
	st := &scripted{m, []answer{{store.ErrConflict, false}}}
	if done, err := store.Import(t.Context(), st, ana, a, codebook.Builtin()); !errors.Is(err, store.ErrConflict) {
		t.Errorf("out of turn: %+v, %v; want the conflict", done, err)
	}
	if done, err := store.Import(t.Context(), st, ana, a, codebook.Builtin()); err != nil || done.Name != a.Name {
		t.Errorf("in turn: %+v, %v; want the name %s", done, err, a.Name)
	}
}
