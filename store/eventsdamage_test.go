//go:build !windows

package store_test

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/attach"
	"stet.example/stet/store/storetest"
)

// damagedLog makes a closed store of a team, with 12 events, one bit of whose seventh,
// a tag of ana's, was flipped.
func damagedLog(t *testing.T) (path string, bad uint64) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "log.db")
	s := storetest.Open(t, path)
	lea := storetest.Session(t, "lea")
	id := storetest.Import(t, s, lea, storetest.Article(t, "ferries", 5))
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "ben", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	do(t, s, lea, annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Team: &team})
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "ben")
	for n := range annotations.SentenceID(5) {
		do(t, s, ana, id, storetest.Tag(n+1, 0, "sourced"))
		do(t, s, ben, id, storetest.Tag(n+1, 0, "contested"))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	err := store.Tamper(path, func(bucket func(string) *bolt.Bucket) error {
		k := binary.BigEndian.AppendUint64(nil, 7)
		v := bytes.Clone(bucket("log").Get(k))
		v[len(v)-40] ^= 1
		return bucket("log").Put(k, v)
	})
	if err != nil {
		t.Fatal(err)
	}
	return path, 7
}

// `stet log` shows what stands on both sides of a record that was damaged, and says
// which one it is. Attached to another program, or as a reviewer of a team, it showed
// nothing at all: what had been read before the damage and where that was were dropped.
func TestWhatStandsBeforeADamagedRecordIsShown(t *testing.T) {
	path, bad := damagedLog(t)
	own, err := attach.Open(t.Context(), attach.Options{Options: store.Options{Path: path, NoSync: true}, Folders: []string{filepath.Join(t.TempDir(), "stet")}})
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close() //nolint:errcheck // it is damaged
	storetest.EventsAroundDamage(t, own, bad, 11)
	storetest.EventsAroundDamage(t, store.For(own, "lea"), bad, 11)
	storetest.EventsAroundDamage(t, store.For(own, "ana"), bad, 6) // the import, the team, four of her own
	storetest.EventsAroundDamage(t, store.For(own, "ben"), bad, 7)
	storetest.EventsAroundDamage(t, store.For(own, "eve"), bad, 2)
}

func TestTheModelStopsAtADamagedRecordLikeAFile(t *testing.T) {
	m, err := store.NewMemory(store.StoreID{1}, storetest.Clock())
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, m, ana, storetest.Article(t, "ferries", 8))
	for n := range annotations.SentenceID(8) {
		do(t, m, ana, id, storetest.Tag(n+1, 0, "sourced"))
	}
	m.Damage(4)
	storetest.EventsAroundDamage(t, m, 4, 8)
}
