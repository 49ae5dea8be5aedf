package store_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// The check folds most events by itself, in few bytes; what comes out must be what
// the domain's fold gives, for any history.
func TestTheCheckFoldsAsTheDomainDoes(t *testing.T) {
	sorts := []string{"mode 1", "mode 2", "import", "annotate", "rule", "evidence", "codebook", "cut", "team", "assign", "finish"}
	took := map[string]int{}
	once := func(rt *rapid.T) {
		p := newPair(rt, t)
		p.took = took
		defer func() {
			if err := p.bolt.Close(); err != nil {
				rt.Errorf("close: %v", err)
			}
		}()
		for range 4 {
			p.importOne()
		}
		for range rapid.IntRange(5, 80).Draw(rt, "steps") {
			p.step()
		}
		if err := store.FoldsAlike(t.Context(), p.bolt); err != nil {
			rt.Fatal(err)
		}
	}
	missing := func() int { return slices.IndexFunc(sorts, func(sort string) bool { return took[sort] == 0 }) }
	for range 20 { // until every sort of act was met
		rapid.Check(t, once)
		if missing() < 0 || t.Failed() {
			break
		}
	}
	if i := missing(); i >= 0 && !t.Failed() {
		t.Errorf("no act of the sort %q was tried", sorts[i])
	}
}

// An event that proves itself and does not follow from those before it is found,
// in the domain's own words.
func TestTheCheckRefusesWhatTheDomainRefuses(t *testing.T) {
	other := &annotations.Annotation{Tag: "sourced", Note: "something else"}
	for name, hurt := range map[string]func(e, was *annotations.Event){
		"a revision that skips one":       func(e, _ *annotations.Event) { e.Rev = 2 },
		"a first revision that is none":   func(e, _ *annotations.Event) { e.Rev = 0 },
		"something stood there":           func(e, _ *annotations.Event) { e.Before = other },
		"nothing is left":                 func(e, _ *annotations.Event) { e.After = nil },
		"dated before the one ahead":      func(e, _ *annotations.Event) { e.Time = e.Time.Add(-1e9) },
		"a place in the chain is skipped": func(e, _ *annotations.Event) { e.Seq++ },
		"another event was ahead":         func(e, _ *annotations.Event) { e.Prev[5] ^= 1 },
		"an article that was not imported": func(e, _ *annotations.Event) {
			e.Article, e.Seq, e.Prev = annotations.ArticleID{9}, 1, annotations.Hash{}
		},
		"an annotation of the desk": func(e, _ *annotations.Event) {
			e.Article, e.Seq, e.Prev = annotations.Desk, 1, annotations.Hash{}
		},
		"an annotation of a desk that has a team": nil,
		"a second change in the same revision": func(e, was *annotations.Event) {
			e.Sentence, e.Actor, e.Before = was.Sentence, was.Actor, was.After
		},
		"another annotation stood there": func(e, was *annotations.Event) {
			e.Sentence, e.Actor, e.Before, e.Rev = was.Sentence, was.Actor, other, 2
		},
		"none stood there, it says": func(e, was *annotations.Event) {
			e.Sentence, e.Actor, e.Rev = was.Sentence, was.Actor, 2
		},
		"one by another codebook stood there": func(e, was *annotations.Event) {
			before := was.After.Clone()
			before.Codebook = annotations.HashOf("another")
			e.Sentence, e.Actor, e.Before, e.Rev = was.Sentence, was.Actor, &before, 2
		},
		"a cut of what was not there": func(e, _ *annotations.Event) {
			e.Kind, e.After, e.Cut = annotations.EventCut, nil, &annotations.Cut{}
		},
		"an end for nobody": func(e, _ *annotations.Event) {
			e.Kind, e.After, e.Finish = annotations.EventFinish, nil, &annotations.Finish{}
		},
	} {
		t.Run(name, func(t *testing.T) {
			says, problems := store.Unlawful(t, func(events []annotations.Event, encode func(*annotations.Event)) {
				before, last := &events[len(events)-2], &events[len(events)-1]
				if hurt != nil {
					hurt(last, &events[11])
					return
				}
				*before = annotations.Event{
					Pos: before.Pos, Kind: annotations.EventTeam, Time: before.Time, Actor: before.Actor, Act: before.Act, Seq: 1, Verb: "team", Team: &annotations.Team{},
				}
				encode(before)
				last.Article, last.Seq, last.Prev = annotations.Desk, 2, before.Hash
			})
			if !slices.ContainsFunc(problems, func(p store.Problem) bool { return p.What == says }) {
				t.Errorf("the domain says %q, the check %v", says, problems)
			}
		})
	}
}

// What is merged stands in its author's name, whoever brings it in.
func TestTheCheckFollowsASessionThatActsForSeveral(t *testing.T) {
	s := storetest.New(t)
	me := storetest.Session(t, "ana")
	id := storetest.Import(t, s, me, storetest.Article(t, "rain", 6))
	revs := map[annotations.ReviewerKey]uint64{}
	for _, x := range []struct {
		who      string
		sentence annotations.SentenceID
		tag      string
	}{
		{"ana", 1, "sourced"}, {"ben", 1, "sourced"}, {"ana", 2, "sourced"}, // and now ben changes what ana said too:
		{"ben", 1, "contested"}, {"cleo", 3, "contested"}, {"ben", 3, "contested"}, {"cleo", 3, "sourced"}, {"ana", 1, "contextual"},
	} {
		k := annotations.ReviewerKey{Sentence: x.sentence, Reviewer: x.who}
		b := me.Batch(id, storetest.Tag(k.Sentence, revs[k], x.tag))
		b.Actor = k.Reviewer
		if _, err := s.Append(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		revs[k]++
	}
	if err := store.FoldsAlike(t.Context(), s); err != nil {
		t.Error(err)
	}
}
