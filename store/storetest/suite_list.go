package storetest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

func listed(t *testing.T, s store.Store) {
	ana, lea := Session(t, "ana"), Session(t, "lea")
	var all []store.Listed
	for _, seed := range []string{"ferries", "bridges", "canals", "harbours"} {
		a := Article(t, seed, 3)
		all = append(all, store.Listed{ID: Import(t, s, ana, a), Name: a.Name})
	}
	ferries, bridges, canals, harbours := all[0], all[1], all[2], all[3]
	list := func(by store.Order, after store.Listed, limit int) []store.Listed {
		t.Helper()
		got, err := s.List(t.Context(), by, after, limit)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	want := lists(t)
	byName := slices.SortedFunc(slices.Values(all), func(a, b store.Listed) int { return strings.Compare(a.Name, b.Name) })
	want("by name", list(store.ByName, store.Listed{}, 10), byName...)
	want("by name, the first two", list(store.ByName, store.Listed{}, 2), byName[:2]...)
	want("by name, after the second", list(store.ByName, byName[1], 10), byName[2:]...)
	want("by name, none", list(store.ByName, store.Listed{}, 0))
	if n, err := store.Count(t.Context(), s); n != 4 || err != nil {
		t.Errorf("counted %d articles, %v; want 4", n, err)
	}
	want("lately, when nobody said anything", list(store.Lately, store.Listed{}, 10))
	mustDo(t, s, ana, canals.ID, Tag(1, 0, "sourced"))
	mustDo(t, s, lea, ferries.ID, Tag(1, 0, "sourced"))
	mustDo(t, s, ana, canals.ID, Tag(2, 0, "contested"))
	want("lately", list(store.Lately, store.Listed{}, 10), canals, ferries)
	want("lately, the latest", list(store.Lately, store.Listed{}, 1), canals)
	want("ruled on, when nobody ruled", list(store.Ruled, store.Listed{}, 10))
	rule := func(a store.Listed, rev uint64) {
		mustDo(t, s, lea, a.ID, annotations.Change{
			Kind: annotations.EventRule, Verb: "rule", Sentence: 1, Rev: rev,
			Ruling: &annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Rule: "C-a", Reason: "two sides"},
		})
	}
	ruled := slices.SortedFunc(slices.Values([]store.Listed{ferries, harbours, bridges}), func(a, b store.Listed) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	for _, a := range ruled {
		rule(a, 0)
	}
	rule(ferries, 1)
	if _, _, err := store.Revert(t.Context(), s, lea, annotations.Undo); err != nil {
		t.Fatal(err)
	}
	want("ruled on", list(store.Ruled, store.Listed{}, 10), ruled...)
	want("ruled on, one at a time", append(list(store.Ruled, store.Listed{}, 1), list(store.Ruled, ruled[0], 1)...), ruled[:2]...)
	if _, err := s.List(t.Context(), 9, store.Listed{}, 1); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("an order that is none: %v", err)
	}
}

func revised(t *testing.T, s store.Store) {
	ana := Session(t, "ana")
	list := func(of annotations.ArticleID, limit int) []store.Listed {
		t.Helper()
		got, err := s.Revisions(t.Context(), of, limit)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	want := lists(t)
	first := Article(t, "ferries", 3)
	want("of a text that is not here", list(first.ID, 10))
	second, other, third := Article(t, "ferries, edited", 3), Article(t, "ferries, edited by others", 3), Article(t, "ferries, edited twice", 3)
	second.Parent, other.Parent, third.Parent = first.ID, first.ID, second.ID
	second.Revision, other.Revision, third.Revision = 2, 2, 3
	second.Name, third.Name = "zebra", "aardvark"
	var of []store.Listed // first
	for _, a := range []*annotations.Article{third, second, other} {
		of = append(of, store.Listed{ID: Import(t, s, ana, a), Name: a.Name})
	}
	of = slices.SortedFunc(slices.Values(of[1:]), func(a, b store.Listed) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	want("of a text that comes later than they do", list(first.ID, 10), of...)
	Import(t, s, ana, first)
	mustDo(t, s, ana, second.ID, Tag(1, 0, "sourced"))
	want("of the first", list(first.ID, 10), of...)
	want("of the first, one", list(first.ID, 1), of[0])
	want("of the first, none", list(first.ID, 0))
	want("of the second", list(second.ID, 10), store.Listed{ID: third.ID, Name: "aardvark"})
	want("of the third", list(third.ID, 10))
	want("of none", list(annotations.Desk, 10))
}

// lists tells whether a list is what it should be.
func lists(t *testing.T) func(what string, got []store.Listed, want ...store.Listed) {
	return func(what string, got []store.Listed, want ...store.Listed) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
}
