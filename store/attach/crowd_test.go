//go:build linux || darwin

package attach

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// place is a sentence of the test's article.
func place(n annotations.SentenceID) store.Place {
	return store.Place{Article: annotations.ArticleID{7}, Sentence: n}
}

// around is what a member is told, in words.
func around(m *Member) string {
	at, here := m.Others(annotations.ArticleID{7})
	return fmt.Sprint(here, at)
}

func TestACrowdTellsWhoElseIsWhere(t *testing.T) {
	c := NewCrowd()
	ana, ben, cy := c.Join("ana"), c.Join("ben"), c.Join("cy")
	if got := around(ana); got != "2 map[]" {
		t.Errorf("nobody stands anywhere: %s", got)
	}
	ben.Stand(place(2))
	cy.Stand(place(2))
	again := c.Join("ben")
	again.Stand(place(2))
	mine := c.Join("ana")
	mine.Stand(place(2))
	if got := around(ana); got != "2 map[s002:[ben cy]]" {
		t.Errorf("two on one sentence, one of them twice: %s", got)
	}
	if _, here := ana.Others(annotations.Desk); here != 2 {
		t.Errorf("from the desk %d are seen", here)
	}
	if at, _ := ana.Others(annotations.ArticleID{8}); len(at) != 0 {
		t.Errorf("in another article: %v", at)
	}
	news := ana.Watch(t.Context())
	cy.Stand(place(2))
	select {
	case <-news:
		t.Error("news of somebody who did not move")
	default:
	}
	cy.Leave()
	cy.Leave()
	cy.Stand(place(3))
	<-news
	again.Leave()
	if got := around(ana); got != "1 map[s002:[ben]]" {
		t.Errorf("after cy left: %s", got)
	}
}

func TestAWatchEndsWithItsContext(t *testing.T) {
	c := NewCrowd()
	ctx, stop := context.WithCancel(t.Context())
	news := c.Watch(ctx)
	c.Join("ana")
	<-news
	stop()
	if _, more := <-news; more {
		t.Error("it goes on")
	}
	c.Join("ben") // nobody is told
}

// Three processes on one machine: each is shown the others, whoever of them is
// the owner, and whoever leaves is gone.
func TestAttachedProcessesSeeEachOther(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	owner, err := Open(t.Context(), optionsFor(path, dir))
	if err != nil {
		t.Fatal(err)
	}
	two, three := opened(t, optionsFor(path, dir)), opened(t, optionsFor(path, dir))
	ana, ben, cy := owner.Crowd().Join("ana"), two.Crowd().Join("ben"), three.Crowd().Join("cy")
	ana.Stand(place(1))
	ben.Stand(place(2))
	cy.Stand(place(3))
	sees := func(m *Member, want string) {
		t.Helper()
		waitFor(t, func() bool { return around(m) == want })
	}
	sees(ana, "2 map[s002:[ben] s003:[cy]]")
	sees(ben, "2 map[s001:[ana] s003:[cy]]")
	sees(cy, "2 map[s001:[ana] s002:[ben]]")
	ben.Stand(place(5))
	sees(ana, "2 map[s003:[cy] s005:[ben]]")
	sees(cy, "2 map[s001:[ana] s005:[ben]]")
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	sees(ben, "1 map[s003:[cy]]")
	sees(cy, "1 map[s005:[ben]]")
	ben.Leave()
	sees(cy, "0 map[]")
}

// Whoever is killed does not stay on the screens of the others.
func TestAKilledProcessIsNotPresent(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "stet.db"), socketDir(t)
	owner := opened(t, optionsFor(path, dir))
	ana := owner.Crowd().Join("ana")
	c := startChild(t, "stand", path, filepath.Join(dir, "stet"), "ben")
	c.until(t, "stands")
	waitFor(t, func() bool { return around(ana) == "1 map[s004:[ben]]" })
	c.kill()
	waitFor(t, func() bool { return around(ana) == "0 map[]" })
}

// childStand stands on a sentence until it is killed.
func childStand(path, dir, who string) int {
	s, err := Open(context.Background(), Options{Options: store.Options{Path: path, Program: "stet review", App: "test"}, Actor: who, Folders: []string{dir}})
	if err != nil {
		fmt.Println("open:", err)
		return 1
	}
	s.Crowd().Join(who).Stand(place(4))
	fmt.Println("stands")
	select {}
}

// What a guest says of its people is bounded, and nobody is asked who is there
// unless that is shown.
func TestAGuestBringsNoEndlessCrowd(t *testing.T) {
	st := storetest.New(t)
	srv, dial := served(t, st)
	c, err := connect(t.Context(), func(ctx context.Context) (net.Conn, error) { return dial(ctx) }, Peer{PID: 1}, "")
	if err != nil {
		t.Fatal(err)
	}
	list := []Standing{{Name: strings.Repeat("x", 300), Place: place(1)}, {Name: "", Place: place(1)}}
	for i := range 3000 {
		list = append(list, Standing{Name: fmt.Sprint("p", i), Place: place(2)})
	}
	if _, err := request[none](t.Context(), c, mStand, list, &pending{}); err != nil {
		t.Fatal(err)
	}
	if n := len(srv.crowd.seenBy(nil)); n == 0 || n > maxBrought {
		t.Errorf("%d people came with one guest", n)
	}
	if n := len(srv.crowd.own()); n != 0 {
		t.Errorf("%d of them count as this process's own", n)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	waitFor(t, func() bool { return len(srv.crowd.seenBy(nil)) == 0 })
}

// Names come from another program and go to screens: what is no person's name is not
// taken from a guest, nor from an owner.
func TestWhatIsNoNameIsNotShown(t *testing.T) {
	st := storetest.New(t)
	srv, dial := served(t, st)
	c := connected(t, dial)
	list := []Standing{{Name: "\x1b]0;owned\x07ben"}, {Name: "be\u202en"}, {Name: "\xff"}, {Name: "ben\n"}, {Name: "ben"}}
	if _, err := request[none](t.Context(), c, mStand, list, &pending{}); err != nil {
		t.Fatal(err)
	}
	want := []Standing{{Name: "ben"}}
	if got := srv.crowd.seenBy(nil); !reflect.DeepEqual(got, want) {
		t.Errorf("a guest brings %q", got)
	}
	crowd := NewCrowd()
	crowd.setFar(list)
	if got := crowd.seenBy(nil); !reflect.DeepEqual(got, want) {
		t.Errorf("an owner tells of %q", got)
	}
}

func TestStandingsAreSorted(t *testing.T) {
	list := []Standing{{Name: "b", Place: place(1)}, {Name: "a", Place: place(2)}, {Name: "a", Place: place(1)}, {Name: "a"}}
	want := []Standing{{Name: "a"}, {Name: "a", Place: place(1)}, {Name: "a", Place: place(2)}, {Name: "b", Place: place(1)}}
	if got := sortedStandings(list); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}
