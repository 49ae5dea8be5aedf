package merge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// shelf is a store in a file to which anything may happen, with a model of it that
// knows nothing of logs: what stands where, and what each person's acts changed.
type shelf struct {
	*store.Bolt
	w      *lives
	name   string
	path   string
	at     time.Time // that the clock is set to; zero: it runs
	people map[string]*store.Session
	undo   map[string][]change // by person, the newest last
	redo   map[string][]change
}

// change is what an act changed: what stood before and after, "" for nothing.
type change map[string][2]string

// lives is a test's world.
type lives struct {
	rt       *rapid.T
	tb       *testing.T
	now      time.Time
	files    int
	articles []*annotations.Article
	books    []*annotations.Codebook
	replaced map[string]bool // what somebody replaced knowingly, in any store
	took     map[string]int
}

func (w *lives) draw(what string, n int) int { return rapid.IntRange(0, n-1).Draw(w.rt, what) }

func (w *lives) file() string {
	w.files++
	return filepath.Join(w.tb.TempDir(), fmt.Sprintf("%d.db", w.files))
}

func (w *lives) must(err error, what string) {
	w.rt.Helper()
	if err != nil {
		w.rt.Fatalf("%s: %v", what, err)
	}
}

func (w *lives) shelf(name, path string) *shelf {
	s := &shelf{w: w, name: name, path: path, people: map[string]*store.Session{}, undo: map[string][]change{}, redo: map[string][]change{}}
	s.open()
	return s
}

func (s *shelf) open() {
	var err error
	s.Bolt, err = store.Open(context.Background(), store.Options{Path: s.path, Create: true, NoSync: true, Clock: func() time.Time {
		if !s.at.IsZero() {
			return s.at
		}
		s.w.now = s.w.now.Add(time.Second)
		return s.w.now
	}})
	s.w.must(err, "open "+s.name)
}

func (s *shelf) person(who string) *store.Session {
	if s.people[who] == nil {
		var err error
		s.people[who], err = store.NewSession(who, "stet test")
		s.w.must(err, "session")
	}
	return s.people[who]
}

// look is everything that s says, by place.
func (s *shelf) look() map[string]string {
	s.w.rt.Helper()
	ctx, out := context.Background(), map[string]string{}
	list, err := everyArticle(ctx, s)
	s.w.must(err, "articles")
	for i := range list {
		id, name := list[i].ID, list[i].ID.String()[:6]
		out[name+" table"], out[name+" book"] = list[i].Table.Short(), list[i].Codebook.Short()
		out[name+" assigned"] = strings.Join(list[i].Assigned, ",")
		for _, who := range []string{"ana", "ben"} {
			sum, err := s.Summary(ctx, who, id)
			s.w.must(err, "summary")
			out[name+" finished "+who] = fmt.Sprint(sum.Progress.Finished)
		}
		rows, err := s.State(ctx, id, 1, 1<<31, 1<<20)
		s.w.must(err, "state")
		for _, r := range rows {
			at := fmt.Sprintf("%s %s %q", name, r.Sentence, r.Reviewer)
			switch {
			case r.Ruling != nil && r.Ruling.Verdict != "":
				out[at] = fmt.Sprintf("%s by %s on %x", r.Ruling.Verdict, r.Ruling.By, r.Ruling.Words)
			case r.Ruling == nil && !r.Annotation.IsZero():
				said := r.Annotation.Annotation
				said.Codebook = annotations.Hash{} // what comes back stands under the one in force
				out[at] = fmt.Sprintf("%s %s on %x", said.Tag, hashOf(&said), r.Annotation.Words)
			}
		}
	}
	return out
}

func difference(before, after map[string]string) change {
	out := change{}
	for k, v := range before {
		if after[k] != v {
			out[k] = [2]string{v, after[k]}
		}
	}
	for k, v := range after {
		if _, was := before[k]; !was && v != "" {
			out[k] = [2]string{"", v}
		}
	}
	return out
}

func (s *shelf) whole() {
	s.w.rt.Helper()
	rep, err := s.Verify(context.Background(), nil)
	s.w.must(err, "verify "+s.name)
	if !rep.OK() {
		s.w.rt.Fatalf("%s does not hold: %v", s.name, rep.Problems)
	}
}

// act does something in who's name. It reports whether it was taken.
func (s *shelf) act(who string, id annotations.ArticleID, changes ...annotations.Change) bool {
	s.w.rt.Helper()
	before := s.look()
	_, err := store.Do(context.Background(), s, s.person(who), id, changes...)
	if err != nil && !store.Refused(err) {
		s.w.rt.Fatalf("%s: %v", s.name, err)
	}
	did := difference(before, s.look())
	if err != nil {
		if len(did) > 0 {
			s.w.rt.Fatalf("%s was refused and changed %v", who, did)
		}
		s.w.took["refused"]++
		return false
	}
	for k, v := range did {
		if v[0] != "" {
			s.w.replaced[place2(k)+v[0]] = true
		}
	}
	s.w.took[changes[0].Kind.String()]++
	if k := changes[0].Kind; k == annotations.EventAnnotate || k == annotations.EventRule || k == annotations.EventCut || k == annotations.EventFinish {
		s.undo[who] = append(s.undo[who], did)
		s.redo[who] = nil
	}
	return true
}

// place2 is a place without the number of a second version.
func place2(k string) string {
	if at := strings.LastIndex(k, " ("); at > 0 {
		return k[:at] + `"`
	}
	return k
}

// revert takes who's newest act back, or does it again: exactly what it changed, and
// only where that still stands.
func (s *shelf) revert(who string, m annotations.Mode) {
	s.w.rt.Helper()
	before := s.look()
	_, _, err := store.Revert(context.Background(), s, s.person(who), m)
	after := s.look()
	did := difference(before, after)
	if err != nil {
		if !store.Refused(err) || len(did) > 0 {
			s.w.rt.Fatalf("%s: %v; changed %v", s.name, err, did)
		}
		return
	}
	from, to, i := s.undo, s.redo, 0
	if m == annotations.Redo {
		from, to, i = s.redo, s.undo, 1
	}
	list := from[who]
	if len(list) == 0 {
		s.w.rt.Fatalf("%s took back what %s never did: %v", s.name, who, did)
	}
	want := list[len(list)-1]
	from[who], to[who] = list[:len(list)-1], append(to[who], want)
	for k, v := range want {
		if before[k] != v[1-i] || after[k] != v[i] {
			s.w.rt.Fatalf("%s: %s is %q after %q; the act had made %q of %q", s.name, k, after[k], before[k], v[1], v[0])
		}
	}
	for k := range did {
		if _, ours := want[k]; !ours {
			s.w.rt.Fatalf("%s: %s became %q, which the act had not touched", s.name, k, after[k])
		}
		s.w.replaced[place2(k)+did[k][0]] = true
	}
	s.w.took[fmt.Sprintf("mode %d", m)]++
}

// recut splits a sentence, or joins it with the one after it.
func (s *shelf) recut(who string, id annotations.ArticleID) {
	ctx := context.Background()
	a, err := store.Load(ctx, s, id)
	s.w.must(err, "load")
	u := a.Units[s.w.draw("unit", len(a.Units))]
	now, err := annotations.JoinUnits(a.Units, u.ID)
	if s.w.draw("split", 3) > 0 {
		now, err = annotations.SplitUnit(a.Body, a.Units, u.ID, u.Span.Start+u.Span.Len()/2, a.NextID())
	}
	if err != nil {
		return // in the middle of a letter, or the last one
	}
	c, err := store.Recut(ctx, s, a, now, "split", u.ID)
	s.w.must(err, "recut")
	s.act(who, id, c)
}

// elsewhere puts the store through a copy, a journal, a compaction or a salvage: it must
// be the same afterwards, for those who go on working, too.
func (s *shelf) elsewhere() {
	s.w.rt.Helper()
	ctx := context.Background()
	before := s.look()
	was, err := s.Seal(ctx)
	s.w.must(err, "seal")
	to, how := s.w.file(), []string{"reopen", "compact", "backup", "journal", "salvage"}[s.w.draw("how", 5)]
	var rep store.Report
	switch how {
	case "backup":
		rep, err = store.Backup(ctx, s, to, "test")
	case "journal":
		var b bytes.Buffer
		if _, err = s.Export(ctx, &b, 0); err == nil {
			rep, err = store.Rebuild(ctx, to, "test", &b)
		}
	}
	s.w.must(errors.Join(err, s.Close()), how)
	switch how {
	case "compact":
		_, err = store.Compact(ctx, store.Options{Path: s.path, NoSync: true}, s.w.now)
		to = s.path
	case "salvage":
		var out store.Salvaged
		out, err = store.Salvage(ctx, s.path, to, "test", func() time.Time { return s.w.now })
		if rep = out.Report; len(out.Put)+len(out.Lost) > 0 {
			s.w.rt.Fatalf("salvage of a whole file: %+v", out)
		}
	case "reopen":
		to = s.path
	}
	s.w.must(err, how)
	if !rep.OK() {
		s.w.rt.Fatalf("%s: %v", how, rep.Problems)
	}
	s.path = to
	s.open()
	s.whole()
	is, err := s.Seal(ctx)
	s.w.must(err, "seal")
	if d := difference(before, s.look()); len(d) > 0 || is.Size != was.Size || is.Root != was.Root {
		s.w.rt.Fatalf("%s of %s changed %v, or its root", how, s.name, d)
	}
	s.w.took[how]++
}
