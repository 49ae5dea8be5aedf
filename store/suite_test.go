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
