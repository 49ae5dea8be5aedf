package merge

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// standing lists what people say, by place.
func standing(look map[string]string) map[string]bool {
	out := map[string]bool{}
	for k, v := range look {
		if strings.HasSuffix(k, `"`) && !strings.HasSuffix(k, ` ""`) && v != "" {
			out[place2(k)+v] = true
		}
	}
	return out
}

// merge takes other in. It reports whether all of it could be taken.
func (s *shelf) merge(other *shelf) bool {
	s.w.rt.Helper()
	ctx := context.Background()
	mine, theirs := s.look(), other.look()
	before, err := other.Stat(ctx)
	s.w.must(err, "stat")
	own, err := s.Stat(ctx)
	s.w.must(err, "stat")
	end, _, err := s.Events(ctx, store.Query{}, own.Events-1, 1)
	s.w.must(err, "events")
	o := Options{Lead: "lena", Tool: "stet test"}
	if s.w.draw("dated", 2) == 0 {
		o.Now, o.SetClock = s.w.now, func(at time.Time) { s.at = at }
	}
	r, err := Merge(ctx, s, other, o)
	s.w.must(err, fmt.Sprintf("merge %s into %s", other.name, s.name))
	s.whole()
	after, err := other.Stat(ctx)
	s.w.must(err, "stat")
	still, _, err := s.Events(ctx, store.Query{}, own.Events-1, 1)
	s.w.must(err, "events")
	if after.Events != before.Events || still[0].Hash != end[0].Hash {
		s.w.rt.Fatalf("merging %s into %s changed what was written before", other.name, s.name)
	}
	now := s.look()
	there := standing(now)
	for _, look := range []map[string]string{mine, theirs} {
		for _, k := range slices.Sorted(maps.Keys(standing(look))) {
			if !there[k] && !s.w.replaced[k] && !told(&r, k) {
				s.w.rt.Fatalf("%s is lost, merging %s into %s: %+v", k, other.name, s.name, r)
			}
		}
	}
	size, err := s.Stat(ctx)
	s.w.must(err, "stat")
	again, err := Merge(ctx, s, other, Options{Lead: "lena", Tool: "stet test"})
	s.w.must(err, "merge again")
	if once, err := s.Stat(ctx); err != nil || once.Events != size.Events && len(again.LeftOut) == 0 || len(difference(now, s.look())) > 0 {
		s.w.rt.Fatalf("merging %s into %s again stored %d events: %v, %+v, %v", other.name, s.name, once.Events-size.Events, err, again, difference(now, s.look()))
	}
	s.w.took["merge"]++
	if len(r.LeftOut) > 0 {
		s.w.took["merge in part"]++
	}
	return len(r.LeftOut)+len(r.Differences) == 0
}

// told reports whether a receipt names what could not be taken at a place.
func told(r *Receipt, k string) bool {
	f := strings.SplitN(k, " ", 3)
	return slices.ContainsFunc(r.LeftOut, func(l LeftOut) bool { return strings.Contains(l.Where, "sentence "+f[1]+",") })
}

// remark puts something on a sentence, over a revision.
func (s *shelf) remark(who string, id annotations.ArticleID, at annotations.SentenceID, rev uint64) {
	w := s.w
	note := annotations.Annotation{Tag: []string{"", "sourced", "contested", "contextual"}[w.draw("tag", 4)], Note: []string{"", "see page 3"}[w.draw("note", 2)]}
	c := annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: at, Rev: rev, Annotation: &note}
	if w.draw("hush", 4) == 0 {
		c.Secret = "hush"
		note.Confidential = annotations.Seal([16]byte{byte(at)}, c.Secret)
	}
	if w.draw("link", 4) == 0 {
		note.Links = []annotations.Link{{Relation: annotations.Supports, To: annotations.Target{Article: w.articles[w.draw("to", 2)].ID, Sentence: at%3 + 1}}}
	}
	s.act(who, id, c)
}

// arrange settles what concerns an article as a whole, or the team.
func (s *shelf) arrange(who string, id annotations.ArticleID) {
	w := s.w
	switch w.draw("arranged", 4) {
	case 0:
		h, err := s.PutBlob(context.Background(), string(w.books[w.draw("book", 2)].Source))
		w.must(err, "codebook")
		s.act("lena", id, annotations.Change{Kind: annotations.EventCodebook, Verb: "codebook", Codebook: h})
	case 1:
		s.act(who, id, annotations.Change{Kind: annotations.EventFinish, Verb: "finish", Finish: &annotations.Finish{Reviewer: who, Done: w.draw("done", 2) == 0}})
	case 2:
		team := &annotations.Team{}
		if w.draw("team", 2) == 0 {
			team.Members = []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lena", Role: annotations.Lead}}
		}
		s.act("lena", annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: team})
	default:
		s.act("lena", id, annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: [][]string{nil, {"ana"}}[w.draw("assigned", 2)]})
	}
}

// live lets one thing happen.
func (s *shelf) live(others []*shelf) {
	w := s.w
	who := []string{"ana", "ben"}[w.draw("who", 2)]
	a := w.articles[w.draw("article", 2)]
	at := annotations.SentenceID(1 + w.draw("sentence", 3))
	rev := func(who string) uint64 {
		rows, err := s.State(context.Background(), a.ID, at, at+1, 99)
		w.must(err, "state")
		for _, r := range rows {
			switch {
			case r.Reviewer != who:
			case r.Ruling != nil:
				return r.Ruling.Rev
			default:
				return r.Annotation.Rev
			}
		}
		return 0
	}
	switch w.draw("what", 24) {
	case 0, 1, 2, 3, 4, 5:
		s.remark(who, a.ID, at, rev(who))
	case 6, 7:
		ruling := []*annotations.Ruling{nil, {Verdict: annotations.Stet}, {Verdict: annotations.Query}}[w.draw("ruling", 3)]
		s.act("lena", a.ID, annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: at, Rev: rev(""), Ruling: ruling})
	case 8, 9, 10, 11, 12:
		whose := []string{who, who, "lena"}[w.draw("whose", 3)]
		for range 1 + w.draw("back", 3) {
			s.revert(whose, annotations.Undo)
		}
		for range w.draw("forth", 4) {
			s.revert(whose, annotations.Redo)
		}
	case 13, 14:
		s.recut(who, a.ID)
	case 15, 16, 17, 18:
		s.arrange(who, a.ID)
	case 19, 20:
		s.elsewhere()
	default:
		if other := others[w.draw("other", len(others))]; other != s {
			s.merge(other)
		}
	}
}

// Three copies of a store live apart. Anything may happen to each in any order: acts,
// undo and redo, cuts, another codebook or team, merges, and going through copies, journals,
// compaction and salvage. Undo takes back what the act did and nothing else, nobody's words are
// lost untold, a second merge adds nothing, and where all could be taken
// all say the same when each has heard of the others twice.
func TestThreeLives(t *testing.T) {
	articles := []*annotations.Article{storetest.Article(t, "harbour", 3), storetest.Article(t, "pier", 4)}
	books := []*annotations.Codebook{codebook.Builtin(), otherBook("one")}
	took := map[string]int{}
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		w := &lives{rt: rt, tb: t, now: start, articles: articles, books: books, replaced: map[string]bool{}, took: took}
		first := w.shelf("x", w.file())
		for _, a := range articles {
			_, err := store.Import(t.Context(), first, first.person("ana"), a, codebook.Builtin())
			w.must(err, "import")
		}
		for range 3 + w.draw("past", 8) {
			first.live([]*shelf{first})
		}
		all := []*shelf{first}
		for _, name := range []string{"y", "z"} {
			path := w.file()
			_, err := store.Backup(t.Context(), first, path, "test")
			w.must(err, "copy")
			s := w.shelf(name, path)
			for _, who := range []string{"ana", "ben", "lena"} { // what was done before can be undone in each copy
				s.undo[who], s.redo[who] = slices.Clone(first.undo[who]), slices.Clone(first.redo[who])
			}
			all = append(all, s)
		}
		defer func() {
			for _, s := range all {
				if err := s.Close(); err != nil {
					rt.Errorf("close: %v", err)
				}
			}
		}()
		for range 6 + w.draw("steps", 20) {
			all[w.draw("store", 3)].live(all)
		}
		i := w.draw("which takes all in", 3)
		all[0], all[i] = all[i], all[0]
		first, clean := all[0], true
		for range 2 { // a cut that was taken back may come again once: see "Where it fails" in doc.go
			for _, pair := range [][2]*shelf{{first, all[1]}, {first, all[2]}, {all[1], first}, {all[2], first}} {
				clean = pair[0].merge(pair[1]) && clean
			}
		}
		for _, s := range all[1:] {
			if d := difference(all[0].look(), s.look()); clean && len(d) > 0 {
				rt.Fatalf("%s and %s differ: %v", first.name, s.name, d)
			}
		}
		for _, s := range all {
			s.whole()
		}
		if clean {
			took["clean"]++
		}
	})
	t.Logf("%v", took)
}
