package store_test

import (
	"testing"

	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.Suite(t, func(t *testing.T) store.Store {
		m, err := store.NewMemory(store.StoreID{1, 2, 3}, storetest.Clock())
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}

func TestBolt(t *testing.T) {
	storetest.Suite(t, func(t *testing.T) store.Store { return storetest.New(t) })
}

// Callers that send again what was not answered notice nothing of a bad line.
func TestBehindABadLine(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) store.Store{
		"memory": func(t *testing.T) store.Store {
			m, err := store.NewMemory(store.StoreID{1, 2, 3}, storetest.Clock())
			if err != nil {
				t.Fatal(err)
			}
			return m
		},
		"file": func(t *testing.T) store.Store { return storetest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			lost := 0
			storetest.Suite(t, func(t *testing.T) store.Store {
				u := storetest.NewUnsure(open(t), 7)
				t.Cleanup(func() { lost += u.Lost() })
				return storetest.Again{Store: u}
			})
			if lost < 100 {
				t.Errorf("only %d answers were lost", lost)
			}
		})
	}
}
