//go:build linux || darwin

package attach

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// Two processes save at the same time; neither waits for the other to quit, and
// when the owner quits the other goes on.
func TestTwoProcessesSaveAtTheSameTime(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), filepath.Join(socketDir(t), "stet")
	a := startChild(t, "save", path, dir, "ana")
	if line := a.until(t, "ready"); line != "ready true" {
		t.Fatal(line)
	}
	b := startChild(t, "save", path, dir, "ben")
	if line := b.until(t, "ready"); line != "ready false" {
		t.Fatal(line)
	}
	for range 20 {
		a.until(t, "saved")
		b.until(t, "saved")
	}
	me := optionsFor(path, filepath.Dir(dir))
	s, err := Open(t.Context(), me)
	if err != nil {
		t.Fatal(err)
	}
	if who, ok := s.Owner(); s.Owns() || !ok || who.PID != a.cmd.Process.Pid || who.Program != "stet review" || who.Actor != "ana" {
		t.Errorf("the owner is %+v, %v", who, ok)
	}
	if err := a.in.Close(); err != nil {
		t.Fatal(err)
	}
	a.until(t, "closed")
	for range 20 {
		b.until(t, "saved")
	}
	if _, err := s.Stat(t.Context()); err != nil {
		t.Error(err)
	}
	if err := b.in.Close(); err != nil {
		t.Fatal(err)
	}
	b.until(t, "closed")
	storetest.MustCheck(t, s)
	if !s.Owns() {
		t.Error("nobody else is left, and this process is not the owner")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	storetest.MustCheckFile(t, path)
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left in the folder for sockets: %v, %v", left, err)
	}
}

// A killed owner is replaced at once: calls under way wait and succeed.
func TestAKilledOwnerIsReplacedAtOnce(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), filepath.Join(socketDir(t), "stet")
	a := startChild(t, "save", path, dir, "ana")
	a.until(t, "saved")
	s := opened(t, optionsFor(path, filepath.Dir(dir)))
	ben := storetest.Session(t, "ben")
	id := storetest.Import(t, s, ben, storetest.Article(t, "bridges", 30))
	news := s.Tail(t.Context(), 0)
	<-news
	if s.Owns() {
		t.Fatal("two owners")
	}
	a.kill()
	begun := now()
	if _, err := store.Do(t.Context(), s, ben, id, storetest.Tag(1, 0, "sourced")); err != nil {
		t.Fatal(err)
	}
	t.Logf("the first save after the kill took %s", now().Sub(begun))
	if !s.Owns() {
		t.Error("this process is not the owner")
	}
	st, err := s.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for at := range news { // the tail goes on with the new owner
		if at == st.Events {
			break
		}
	}
}

// A stopped owner is no hang: calls say so within two seconds, and go on by
// themselves once it is back. What was sent to it is stored once.
func TestAStoppedOwnerBecomesAMessage(t *testing.T) {
	t.Parallel()
	path, dir := filepath.Join(t.TempDir(), "stet.db"), filepath.Join(socketDir(t), "stet")
	a := startChild(t, "save", path, dir, "ana")
	a.until(t, "saved")
	s := opened(t, optionsFor(path, filepath.Dir(dir)))
	ben := storetest.Session(t, "ben")
	id := storetest.Import(t, s, ben, storetest.Article(t, "bridges", 30))
	a.drain()
	if err := a.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	b := ben.Batch(id, storetest.Tag(1, 0, "sourced"))
	quick := func(what string, fn func() error, want error) {
		t.Helper()
		begun := now()
		err := fn()
		took := now().Sub(begun)
		t.Logf("%s: %v after %s", what, err, took)
		var held *store.HeldError
		if !errors.Is(err, want) || !errors.As(err, &held) || held.PID != a.cmd.Process.Pid {
			t.Errorf("%s: %v; want %v by pid %d", what, err, want, a.cmd.Process.Pid)
		} else if _, err := os.Stat("/proc/self/stat"); err == nil && (!held.Stopped || !strings.Contains(held.Error(), "stopped (ctrl+z)")) {
			t.Errorf("%s: %v does not say stopped", what, held)
		}
		if took > 6*time.Second { // two, and what a busy machine takes to notice
			t.Errorf("%s took %s", what, took)
		}
	}
	quick("a save", func() error { _, err := s.Append(t.Context(), b); return err }, store.ErrUnknown)
	quick("a save again", func() error { _, err := s.Append(t.Context(), b); return err }, store.ErrUnknown)
	quick("a text", func() error { _, err := s.PutBlob(t.Context(), "some text"); return err }, store.ErrUnknown)
	quick("a look", func() error { _, err := s.Stat(t.Context()); return err }, store.ErrHeld)
	quick("a place", func() error { return s.SetPlace("ben", store.Place{Article: id, Sentence: 2}) }, store.ErrHeld)
	late := optionsFor(path, filepath.Dir(dir))
	late.Wait = time.Second
	quick("a start", func() error {
		s, err := Open(t.Context(), late)
		if err == nil {
			s.Close()
		}
		return err
	}, store.ErrHeld)
	if err := a.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { _, err := s.Append(t.Context(), b); return err == nil })
	events, _, err := s.Events(t.Context(), store.Query{Article: id, Actor: "ben"}, 0, 100)
	if err != nil || len(events) != 2 || events[1].Act != b.Act {
		t.Errorf("%d events of ben, %v; want the import and one tag", len(events), err)
	}
}

// Without sockets everything is as before: a clear word on who holds the store.
func TestWithoutSocketsAHeldStoreNamesItsHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	o := optionsFor(path, "")
	o.Folders, o.Wait = nil, 0
	s := opened(t, o)
	if s.Unshared() == nil {
		t.Error("it is shared")
	}
	_, err := Open(t.Context(), o)
	var held *store.HeldError
	if !errors.As(err, &held) || held.PID != os.Getpid() {
		t.Errorf("%v; want held by this process", err)
	}
}

// What a dead owner left in the folder for sockets is no obstacle.
func TestAStaleSocketIsReplaced(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), filepath.Join(socketDir(t), "stet")
	a := startChild(t, "save", path, dir, "ana")
	a.until(t, "saved")
	a.kill()
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Fatalf("a killed owner left %v, %v", left, err)
	}
	s := opened(t, optionsFor(path, filepath.Dir(dir)))
	if !s.Owns() || s.Unshared() != nil {
		t.Errorf("owns: %v, unshared: %v", s.Owns(), s.Unshared())
	}
	other := opened(t, optionsFor(path, filepath.Dir(dir)))
	if other.Owns() {
		t.Error("two owners")
	}
	waitFor(t, func() bool { return len(guestsOf(s)) == 1 })
}

// While one process sets the clock, nobody else's acts are dated by it.
func TestAnOwnerApartServesNobody(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	o := optionsFor(path, dir)
	o.Apart = true
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	later := optionsFor(path, dir)
	later.Wait = 50 * time.Millisecond
	if _, err := Open(t.Context(), later); !errors.Is(err, store.ErrHeld) {
		t.Errorf("%v; want held", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	owner, err := Open(t.Context(), later)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC)
	o.Clock, o.Takeover = func() time.Time { return time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC) }, func() time.Time { return day }
	guest := opened(t, o)
	if guest.Owns() {
		t.Fatal("two owners")
	}
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, guest, ana, storetest.Article(t, "ferries", 3))
	r, err := store.Do(t.Context(), guest, ana, id, storetest.Tag(1, 0, "sourced"))
	if err != nil || !r.Time.Equal(day) {
		t.Errorf("saved at %s, %v; want %s", r.Time, err, day)
	}
}

// A file that is exchanged while a client looks for a new owner is not taken for
// the old one.
func TestAnotherStorePutInItsPlaceIsNotWrittenTo(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	owner, err := Open(t.Context(), optionsFor(path, dir))
	if err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, owner, ana, storetest.Article(t, "ferries", 3))
	guest := opened(t, optionsFor(path, dir))
	other := filepath.Join(t.TempDir(), "other.db")
	o, err := store.Open(t.Context(), store.Options{Path: other, Create: true})
	if err == nil {
		err = o.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, path); err != nil {
		t.Fatal(err)
	}
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Do(t.Context(), guest, ana, id, storetest.Tag(1, 0, "sourced")); !errors.Is(err, store.ErrForeign) {
		t.Errorf("%v; want foreign", err)
	}
}

// An owner that leaves finishes and answers the writes under way; its clients
// do not even notice.
func TestNobodyNoticesOwnersThatComeAndGo(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	first := opened(t, optionsFor(path, dir))
	id := storetest.Import(t, first, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 30))
	const writers, each, changes = 4, 60, 12
	var wg sync.WaitGroup
	fail := make(chan error, writers)
	for w := range writers {
		session := storetest.Session(t, fmt.Sprint("writer ", w))
		s := opened(t, optionsFor(path, dir))
		wg.Go(func() {
			for i := range annotations.SentenceID(each) {
				if _, err := store.Do(context.Background(), s, session, id, storetest.Tag(i%30+1, uint64(i/30), "sourced")); err != nil {
					fail <- fmt.Errorf("act %d: %w", i, err)
					return
				}
			}
		})
	}
	owner := first
	for range changes {
		next := opened(t, optionsFor(path, dir))
		if err := owner.Close(); err != nil {
			t.Error(err)
		}
		owner = next
	}
	wg.Wait()
	close(fail)
	for err := range fail {
		t.Error(err)
	}
	events, _, err := owner.Events(t.Context(), store.Query{Article: id}, 0, 1<<20)
	if err != nil || len(events) != 1+writers*each {
		t.Errorf("%d events, %v; want %d", len(events), err, 1+writers*each)
	}
	storetest.MustCheck(t, owner)
}

// What one saves, the others are told of, whoever is the owner.
func TestEverybodyIsToldWhatOthersSave(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	var all []*Store
	var news []<-chan uint64
	for range 3 {
		s := opened(t, optionsFor(path, dir))
		all, news = append(all, s), append(news, s.Tail(t.Context(), 0))
	}
	id := storetest.Import(t, all[1], storetest.Session(t, "ana"), storetest.Article(t, "ferries", 30))
	for n := range annotations.SentenceID(9) {
		who := storetest.Session(t, fmt.Sprint("reviewer ", n))
		r, err := store.Do(t.Context(), all[n%3], who, id, storetest.Tag(n+1, 0, "sourced"))
		if err != nil {
			t.Fatal(err)
		}
		for _, ends := range news {
			storetest.MustReach(t, ends, r.Last)
		}
	}
}

// A client that is stopped holds up neither the others nor an owner that leaves,
// and goes on when it is back.
func TestAStoppedClientHoldsUpNobody(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	owner, err := Open(t.Context(), optionsFor(path, dir))
	if err != nil {
		t.Fatal(err)
	}
	c := startChild(t, "save", path, filepath.Join(dir, "stet"), "ben")
	c.until(t, "saved")
	c.drain()
	if err := c.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	ana := storetest.Session(t, "ana")
	id := storetest.Import(t, owner, ana, storetest.Article(t, "bridges", 30))
	for n := range annotations.SentenceID(30) {
		if _, err := store.Do(t.Context(), owner, ana, id, storetest.Tag(n+1, 0, "sourced")); err != nil {
			t.Fatal(err)
		}
	}
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	next := opened(t, optionsFor(path, dir))
	if err := c.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	st, err := next.Stat(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	storetest.MustReach(t, next.Tail(t.Context(), st.Events), st.Events+21)
	if !next.Owns() {
		t.Error("a process that was stopped became the owner")
	}
}
