package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/tui/action"
)

// sums is what a screen has counted.
func sums(s *Screen) string {
	in := map[int][]int{}
	for to, from := range s.tally.incoming {
		if len(from) > 0 {
			in[to] = from
		}
	}
	used := func(n int) bool { return n > 0 }
	var abroad, items []string
	for t, n := range s.tally.abroad {
		if used(n) {
			abroad = append(abroad, fmt.Sprint(t, n))
		}
	}
	for e, n := range s.tally.used {
		if used(n) {
			items = append(items, fmt.Sprint(e, n))
		}
	}
	slices.Sort(abroad)
	slices.Sort(items)
	name, shown := s.Filter()
	return fmt.Sprint(s.tally.done, s.need, s.unfinished(), in, abroad, items, name, shown)
}

// Whatever is said, taken back, cut and joined, in any order: what is counted act by
// act is what a count of everything comes to.
func TestCountsActByActAreThoseOfACountOfAll(t *testing.T) {
	other := annotations.Target{Article: annotations.ArticleID{9}, Sentence: 4}
	rapid.Check(t, func(rt *rapid.T) {
		var body strings.Builder
		art := &annotations.Article{}
		for i := range 12 {
			from := body.Len()
			fmt.Fprintf(&body, "Pier %d is old, and pier %d is new.", i, i)
			art.Units = append(art.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: from, End: body.Len()}, Kind: annotations.KindSentence})
			body.WriteByte(' ')
		}
		art.Body = strings.TrimSpace(body.String())
		if err := art.Seal(); err != nil {
			rt.Fatal(err)
		}
		s := New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana"})
		was := map[annotations.SentenceID]*annotations.Record{} // what an undo brings back
		for range rapid.IntRange(1, 40).Draw(rt, "acts") {
			s.moveTo(rapid.IntRange(0, s.n-1).Draw(rt, "at"))
			id := s.Current()
			before := s.record(s.cur)
			switch act := rapid.SampledFrom([]string{
				"tag", "untag", "link", "away", "evidence", "split", "join", "undo", "filter", "reload", "others", "cut by others", "complete", "advice", "codebook",
			}).Draw(rt, "act"); act {
			case "tag":
				s.tag(rapid.SampledFrom(s.doc.Book.Tags).Draw(rt, "tag").ID)
			case "untag":
				s.untag()
			case "link":
				if to := rapid.IntRange(0, s.n-1).Draw(rt, "to"); to != s.cur {
					s.link(s.cur, s.aims([]int{to}), annotations.Disputes, annotations.Direct)
				}
			case "away":
				s.link(s.cur, []aim{{other, "elsewhere"}}, annotations.Supports, "")
			case "evidence":
				s.each([]int{s.cur}, "evidence", "", func(_ int, a *annotations.Annotation) {
					a.Evidence = []annotations.Use{{ID: annotations.EvidenceID{1}}}
				})
			case "split":
				u := s.sentence(s.cur)
				if at := strings.Index(u.Span.In(art.Body), " and"); at > 0 {
					s.split(u.ID, u.Span.Start+at)
				}
			case "join":
				if s.cur < s.n-1 {
					s.join(s.copyOf(s.cur).Tag)
				}
			case "undo":
				s.Refresh(Doc{Mine: map[annotations.SentenceID]*annotations.Record{id: was[id]}}, []annotations.SentenceID{id})
			case "filter":
				all := s.filters()
				f := all[rapid.IntRange(0, len(all)-1).Draw(rt, "filter")]
				counts := f.n
				s.stepThrough(f)
				if _, n := s.Filter(); n != counts {
					rt.Fatalf("%s is said to show %d and shows %d", f.name, counts, n)
				}
			case "reload":
				s.Reload(Doc{Mine: saidOf(s), Rulings: maps.Clone(s.doc.Rulings)})
			case "others":
				d, only := saidByOthers(rt, s)
				s.Refresh(d, only)
			case "cut by others":
				d, _ := saidByOthers(rt, s)
				if d.Article = cutByOthers(rt, s); d.Article != nil {
					maps.Copy(d.Rulings, s.doc.Rulings)
					mine := saidOf(s)
					maps.Copy(mine, d.Mine)
					d.Mine = mine
					s.Reload(d)
				}
			case "complete":
				d, _ := saidByOthers(rt, s)
				mine := saidOf(s)
				maps.Copy(mine, d.Mine)
				d.Mine = mine
				s.Complete(d)
			case "advice":
				s.Advise(adviceFor(rt, s))
			case "codebook":
				s.Reload(Doc{Book: without(rapid.IntRange(0, 2).Draw(rt, "dropped")), Mine: saidOf(s), Rulings: maps.Clone(s.doc.Rulings)})
			}
			s.Close()
			if i := s.place(id); i >= 0 && s.record(i) != before {
				was[id] = before
			}
			now, anew := sums(s), *s
			anew.fill(saidOf(s))
			if all := sums(&anew); now != all {
				rt.Fatalf("counted act by act: %s\ncounted anew:       %s", now, all)
			}
			if _, _, must := s.missing(1); s.unfinished() != must {
				rt.Fatalf("%d are said to be unfinished, the list has %d", s.unfinished(), must)
			}
		}
	})
}

// saidByOthers is what the reviewer said in another window of some sentences, and what
// leads ruled; one of them is on no screen.
func saidByOthers(rt *rapid.T, s *Screen) (Doc, []annotations.SentenceID) {
	d := Doc{Mine: map[annotations.SentenceID]*annotations.Record{}, Rulings: map[annotations.SentenceID]annotations.RulingRecord{}}
	only := []annotations.SentenceID{9999}
	d.Mine[9999] = &annotations.Record{Annotation: annotations.Annotation{Tag: "sourced"}}
	for range rapid.IntRange(0, 4).Draw(rt, "sentences") {
		id := annotations.SentenceID(rapid.IntRange(1, 20).Draw(rt, "of"))
		only = append(only, id)
		if rapid.Bool().Draw(rt, "said") {
			r := &annotations.Record{Words: rapid.SampledFrom([]uint64{0, 1}).Draw(rt, "words")}
			r.Tag = rapid.SampledFrom([]string{"", "sourced", "contested", "gone"}).Draw(rt, "tag")
			for range rapid.IntRange(0, 2).Draw(rt, "links") {
				to := annotations.SentenceID(rapid.IntRange(1, 20).Draw(rt, "to"))
				r.Links = append(r.Links, annotations.Link{Relation: annotations.Disputes, To: annotations.Target{Article: s.Article(), Sentence: to}})
			}
			d.Mine[id] = r
		}
		if rapid.Bool().Draw(rt, "ruled") {
			d.Rulings[id] = annotations.RulingRecord{Ruling: annotations.Ruling{Verdict: annotations.Stet}}
		}
	}
	return d, only
}

// cutByOthers is the article with a sentence in two, or two in one; nil where that does
// not go.
func cutByOthers(rt *rapid.T, s *Screen) annotations.Text {
	whole, err := s.doc.Article.Whole()
	if err != nil {
		rt.Fatal(err)
	}
	art := *whole
	u := rapid.SampledFrom(art.Units).Draw(rt, "cut")
	now, err := annotations.JoinUnits(art.Units, u.ID)
	if at := strings.Index(u.Span.In(art.Body), " and"); at > 0 {
		now, err = annotations.SplitUnit(art.Body, art.Units, u.ID, u.Span.Start+at, art.NextID())
	}
	if err != nil {
		return nil
	}
	cut, err := annotations.CutOf(art.Body, &art.Meta, art.Units, now)
	if err != nil {
		rt.Fatal(err)
	}
	art.Units = now
	art.Recut(&cut)
	return &art
}

// adviceFor proposes something for some sentences.
func adviceFor(rt *rapid.T, s *Screen) Advice {
	a := Advice{Suggested: map[annotations.SentenceID]Suggestion{}}
	for i := range s.n {
		u := s.sentence(i)
		if tag := rapid.SampledFrom([]string{"", "sourced", "contested", "-"}).Draw(rt, "proposed"); tag != "-" {
			a.Suggested[u.ID] = Suggestion{Tag: tag}
		}
	}
	return a
}

// without is a codebook that lacks one of its tags; without the last it is whole.
func without(n int) *annotations.Codebook {
	c := *codebook.Builtin()
	if n < len(c.Tags)-1 {
		c.Tags = slices.Delete(slices.Clone(c.Tags), n, n+1)
	}
	return &c
}

func saidOf(s *Screen) map[annotations.SentenceID]*annotations.Record {
	said := map[annotations.SentenceID]*annotations.Record{}
	for i, at := range s.mine.all() {
		said[s.sentence(i).ID] = at.said
	}
	return said
}

// A key in an article of which all is tagged costs what it costs in a short one: of
// what was said of the others nothing is looked at.
func TestATagCostsTheSameInAnArticleThatIsTagged(t *testing.T) {
	cost := func(n int) float64 {
		s, tags, i := tagged(t, n), []string{"contextual", "sourced"}, 0
		s.unfinished() // counted once
		return testing.AllocsPerRun(20, func() {
			s.moveTo(3)
			s.Do(action.Tag+"-x", tags[i%2])
			i++
		})
	}
	if short, long := cost(40), cost(20_000); long > 2*short+10 {
		t.Errorf("%.0f pieces of memory for a key, %.0f in a short article", long, short)
	}
}
