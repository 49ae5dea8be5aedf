package learn

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

func said(list map[annotations.SentenceID]annotations.Annotation) *State {
	return &State{Book: codebook.Builtin(), Mine: list}
}

// against is a contested annotation with its other side.
func against() annotations.Annotation {
	return annotations.Annotation{Tag: "contested", Links: []annotations.Link{{Relation: annotations.Disputes, To: annotations.Target{Article: annotations.ArticleID{1}, Sentence: 11}}}}
}

func tagged(act uint64, s annotations.SentenceID, a annotations.Annotation) annotations.Event {
	return annotations.Event{Kind: annotations.EventAnnotate, Act: annotations.Act{N: act}, Sentence: s, After: &a}
}

// For each step: what shows that it was done, and what comes near it and does not.
func TestEachStepIsDoneByWhatTheStoreHolds(t *testing.T) {
	type mine = map[annotations.SentenceID]annotations.Annotation
	open := annotations.Annotation{Tag: "contested"}
	inside := annotations.Annotation{Tag: "contested", Inside: true}
	withEvents := func(m mine, events ...annotations.Event) *State { s := said(m); s.Events = events; return s }
	at := func(p annotations.SentenceID) *State { s := said(nil); s.Place = p; return s }
	sourced := annotations.Annotation{Tag: "sourced"}
	all := mine{}
	for _, k := range Key() {
		all[k.Sentence] = sourced
	}
	less := mine{}
	for _, k := range Key()[1:] {
		less[k.Sentence] = sourced
	}
	cases := []struct {
		done, near *State
	}{
		{at(5), at(6)},
		{said(mine{5: sourced}), said(mine{6: sourced})},
		{said(mine{5: {Attributions: []annotations.Attribution{{Name: "the board", Kind: "organisation"}}}}), said(mine{5: {Attributions: []annotations.Attribution{{Name: "the board"}}}})},
		{said(mine{12: against()}), said(mine{12: open})},
		{withEvents(nil, annotations.Event{Mode: annotations.Undo}, annotations.Event{Mode: annotations.Redo}), withEvents(nil, annotations.Event{Mode: annotations.Undo})},
		{said(mine{17: {Tag: "contextual", Flags: []string{"unsourced"}}}), said(mine{17: {Tag: "contextual"}})},
		{withEvents(nil, annotations.Event{Verb: "accept"}), withEvents(nil, annotations.Event{Verb: "accept", Mode: annotations.Undo})},
		{said(mine{3: {Evidence: []annotations.Use{{Stance: annotations.EvidenceSupports}}}}), said(mine{4: {Evidence: []annotations.Use{{}}}})},
		{said(mine{25: {Note: "why"}}), said(mine{24: {Note: "why"}})},
		{
			withEvents(nil, tagged(1, 35, sourced), tagged(1, 36, sourced), tagged(1, 37, sourced)),
			withEvents(nil, tagged(1, 35, sourced), tagged(2, 36, sourced), tagged(3, 37, sourced), tagged(4, 38, sourced)),
		},
		{withEvents(mine{22: inside}, tagged(1, 22, open), tagged(2, 22, inside)), withEvents(mine{22: inside}, tagged(1, 22, inside))},
		{said(all), said(less)},
	}
	steps := Steps()
	if len(steps) != Count || len(cases) != Count {
		t.Fatalf("%d steps and %d cases; want %d", len(steps), len(cases), Count)
	}
	for i, s := range steps {
		if s.Done(said(nil)) {
			t.Errorf("step %d, %s, is done before anything was", i+1, s.Title)
		}
		if !s.Done(cases[i].done) {
			t.Errorf("step %d, %s, is not done by %+v", i+1, s.Title, cases[i].done.Mine)
		}
		if said := s.Miss(cases[i].done); said != "" {
			t.Errorf("step %d, %s, is done and says %q", i+1, s.Title, said)
		}
		if s.Done(cases[i].near) {
			t.Errorf("step %d, %s, is done by what is not it", i+1, s.Title)
		}
		if s.Title == "" || !strings.HasSuffix(s.About, ".") && !strings.HasSuffix(s.About, ")") || !strings.HasSuffix(s.Press, ".") && !strings.HasSuffix(s.Press, ")") {
			t.Errorf("step %d says %q, %q, %q", i+1, s.Title, s.About, s.Press)
		}
	}
}

// Whoever does something else than a step asks for is told what is left to do: never
// nothing, and never that it is done.
func TestEachStepSaysWhatWasMissed(t *testing.T) {
	type mine = map[annotations.SentenceID]annotations.Annotation
	named := func(kind string) annotations.Annotation {
		return annotations.Annotation{Attributions: []annotations.Attribution{{Name: "Coastal Safety Board", Kind: kind}}}
	}
	other := against()
	other.Links[0].To.Sentence = 31
	contextual := annotations.Annotation{Tag: "contextual"}
	sourced := annotations.Annotation{Tag: "sourced"}
	for _, c := range []struct {
		step int
		mine mine
		says string
	}{
		{2, mine{5: contextual}, "Sentence 5 is contextual so far"},
		{3, mine{5: named("")}, "no kind yet"},
		{3, mine{5: named("document")}, "of the kind document so far"},
		{4, mine{12: sourced}, "Sentence 12 is sourced so far"},
		{4, mine{12: {Tag: "contested"}}, "names no other side yet"},
		{4, mine{12: other}, "names another side so far"},
		{4, mine{12: {Tag: "contested", Inside: true}}, "names another side so far"},
		{6, mine{17: sourced}, "Sentence 17 is sourced so far"},
		{6, mine{17: contextual}, "the flag is left"},
		{7, mine{18: sourced}, "18 has a tag already. Any other sentence with a suggestion will do"}, // in lines nothing is marked ~
		{10, mine{35: sourced, 36: sourced, 37: sourced, 38: sourced}, "not as one act"},
		{11, mine{22: sourced}, "Sentence 22 is sourced so far"},
		{11, mine{22: {Tag: "contested"}}, "22 is left open"},
		{11, mine{22: {Tag: "contested", Inside: true}}, "names its other side already"},
		{12, mine{2: sourced, 4: sourced, 8: sourced, 13: sourced, 14: sourced, 20: sourced, 21: sourced, 23: sourced, 26: sourced, 31: sourced}, "Left: 33 and 40."},
	} {
		s := Steps()[c.step-1]
		if got := s.Miss(said(c.mine)); !strings.Contains(got, c.says) {
			t.Errorf("step %d of %+v says %q; want %q", c.step, c.mine, got, c.says)
		}
		if got := s.Miss(said(nil)); got != "" {
			t.Errorf("step %d says %q before anything was done", c.step, got)
		}
	}
}

// A tag goes on to the next sentence, and what is meant for the one that was tagged is
// then done to that: the learner saw it saved, and the tutor said nothing.
func TestWhatWasDoneToAnotherSentenceIsSaid(t *testing.T) {
	named := annotations.Annotation{Attributions: []annotations.Attribution{{Name: "Coastal Safety Board", Kind: "organisation"}}}
	for _, c := range []struct {
		step int
		at   annotations.SentenceID
		what annotations.Annotation
		says string
	}{
		{2, 6, annotations.Annotation{Tag: "sourced"}, "That was done to 6. It is asked of 5: {go-to} 5, then {tag-sourced}."},
		{3, 6, named, "That was done to 6. It is asked of 5: {go-to} 5, then {source}."},
		{4, 13, against(), "done to 13. It is asked of 12"},
		{6, 18, annotations.Annotation{Tag: "contextual"}, "done to 18. It is asked of 17: {go-to} 17, then {tag-contextual}."},
		{8, 4, annotations.Annotation{Evidence: []annotations.Use{{}}}, "done to 4. It is asked of 3: {go-to} 3, then {evidence}."},
		{9, 26, annotations.Annotation{Note: "why"}, "done to 26. It is asked of 25: {go-to} 25, then {note}."},
		{11, 23, annotations.Annotation{Tag: "contested"}, "done to 23. It is asked of 22"},
	} {
		s := Steps()[c.step-1]
		st := said(map[annotations.SentenceID]annotations.Annotation{c.at: c.what})
		if got := s.Miss(st); got != "" {
			t.Errorf("step %d speaks of what was there before it began: %q", c.step, got)
		}
		st.Events = []annotations.Event{tagged(1, c.at, c.what)}
		if got := s.Miss(st); !strings.Contains(got, c.says) {
			t.Errorf("step %d says %q; want %q", c.step, got, c.says)
		}
		again := st.Events[0]
		again.Before = &c.what
		st.Events = []annotations.Event{again}
		if got := s.Miss(st); got != "" {
			t.Errorf("step %d takes another act on %d for its own: %q", c.step, c.at, got)
		}
	}
	st := said(map[annotations.SentenceID]annotations.Annotation{17: {Tag: "contextual"}})
	st.Events = []annotations.Event{tagged(2, 18, annotations.Annotation{Flags: []string{"unsourced"}})}
	if got := Steps()[5].Miss(st); !strings.Contains(got, "{go-to} 17, then {flags}.") {
		t.Errorf("the flag on 18: %q", got)
	}
}

// A source may be said by marking its words. With its kind given the step was not done,
// and the tutor asked for what was there: "of the kind organisation so far. The board is
// an organisation".
func TestASourceMayBeMarkedInTheText(t *testing.T) {
	s := Steps()[2]
	marked := annotations.Attribution{Source: []annotations.Span{{Start: 17, End: 37}}, Kind: "organisation"}
	if !s.Done(said(map[annotations.SentenceID]annotations.Annotation{5: {Attributions: []annotations.Attribution{marked}}})) {
		t.Error("the source that was marked is none")
	}
	got := s.Miss(said(map[annotations.SentenceID]annotations.Annotation{5: {Attributions: []annotations.Attribution{{Kind: "organisation"}}}}))
	if strings.Contains(got, "of the kind organisation so far") || !strings.Contains(got, "no name yet") {
		t.Errorf("of a kind without a name it says %q", got)
	}
}

// The sentence was left open in an earlier step; the tutor said what to press, and when
// that was done, to take it all back.
func TestWhatWasLeftOpenBeforeCounts(t *testing.T) {
	open, inside := annotations.Annotation{Tag: "contested"}, annotations.Annotation{Tag: "contested", Inside: true}
	s := Steps()[10]
	st := said(map[annotations.SentenceID]annotations.Annotation{22: open})
	if got := s.Miss(st); !strings.Contains(got, "22 is left open") {
		t.Fatalf("it says %q", got)
	}
	done := tagged(1, 22, inside)
	done.Before = &open
	st = said(map[annotations.SentenceID]annotations.Annotation{22: inside})
	st.Events = []annotations.Event{done}
	if !s.Done(st) {
		t.Errorf("what the tutor asked for is not enough: %q", s.Miss(st))
	}
}

func TestTheKeyNamesRulesOfItsTags(t *testing.T) {
	book := codebook.Builtin()
	tags := map[string]int{}
	for _, k := range Key() {
		rule := book.Rule(k.Rule)
		if rule == nil || rule.Tag != k.Tag || k.Why == "" {
			t.Errorf("%s: tag %s, rule %s", k.Sentence, k.Tag, k.Rule)
		}
		tags[k.Tag]++
	}
	if len(tags) != len(book.Tags) || len(Key()) != 12 {
		t.Errorf("the key has %d sentences with %v; every tag should be in it", len(Key()), tags)
	}
}

func TestComparing(t *testing.T) {
	book := codebook.Builtin()
	words := func(m map[annotations.SentenceID]annotations.Annotation) (Result, string) {
		t.Helper()
		r, err := Compare(book, m)
		if err != nil {
			t.Fatal(err)
		}
		return r, strings.Join(r.Words(book), "\n")
	}
	if r, text := words(nil); r.Tagged != 0 || !strings.Contains(text, "None of the sentences") {
		t.Errorf("nothing tagged: %+v, %s", r, text)
	}
	r, text := words(map[annotations.SentenceID]annotations.Annotation{2: {Tag: "sourced"}, 8: {Tag: "sourced"}})
	if r.Alpha.OK || !strings.Contains(text, "no value here") || r.Same != 2 {
		t.Errorf("all alike: %+v, %s", r, text)
	}
	r, text = words(map[annotations.SentenceID]annotations.Annotation{2: {Tag: "sourced"}, 4: {Tag: "sourced"}, 13: {Tag: "contested"}, 99: {Tag: "sourced"}})
	if r.Tagged != 3 || r.Same != 2 || len(r.Misses) != 1 || !strings.Contains(text, "67 percent") || !strings.Contains(text, "Rule X-2, no voucher") {
		t.Errorf("one miss: %+v, %s", r, text)
	}
	if strings.Contains(text, "below 0") {
		t.Errorf("an alpha above 0 needs no word on those below: %s", text)
	}
	all := map[annotations.SentenceID]annotations.Annotation{}
	for _, k := range Key() {
		all[k.Sentence] = annotations.Annotation{Tag: "sourced"}
	}
	// Six of twelve agree. Of 24 ratings 18 are sourced, 4 contextual and 2 contested:
	// by chance 1 - (18*17 + 4*3 + 2*1) / (24*23) differ, and 1 - 0.5 / 0.4203 is -0.19.
	if r, text = words(all); r.Same != 6 || !strings.Contains(text, "6 of 12 sentences, 50 percent") || !strings.Contains(text, "is -0.19; 1 is full agreement, 0 is what chance gives, and below 0 is less than that") {
		t.Errorf("always the same tag: %+v, %s", r, text)
	}
}

// The codebook's own name of a kind, named_other, was told in the place of its words.
func TestAKindIsToldInWords(t *testing.T) {
	st := said(map[annotations.SentenceID]annotations.Annotation{5: {Attributions: []annotations.Attribution{{Name: "the board", Kind: "named_other"}}}})
	if words := Steps()[2].Miss(st); !strings.Contains(words, "of the kind named other so far") {
		t.Errorf("it says %q", words)
	}
}

// What was done halfway, or in the place of what is asked for, was passed over in silence:
// the learner saw it saved, and the step stand still.
func TestHalfAStepIsSaid(t *testing.T) {
	type mine = map[annotations.SentenceID]annotations.Annotation
	linked := against()
	linked.Tag = ""
	undone := said(nil)
	undone.Events = []annotations.Event{{Mode: annotations.Undo}}
	other := said(mine{18: {Flags: []string{"unsourced"}}})
	other.Events = []annotations.Event{tagged(1, 18, annotations.Annotation{Flags: []string{"unsourced"}})}
	for words, c := range map[string]struct {
		step int
		st   *State
	}{
		"12 names its other side and has no tag yet: go there and press {tag-contested}": {4, said(mine{12: linked})},
		"That is taken back. {redo} does it again.":                                      {5, undone},
		"17 has the flag and no tag yet: go there and press {tag-contextual}":            {6, said(mine{17: {Flags: []string{"unsourced"}}})},
		"That was done to 18. It is asked of 17: {go-to} 17, then {flags}.":              {6, other},
		"25 has a confidential note. The other kind is asked for: {note} there.":         {9, said(mine{25: {Confidential: annotations.Seal([16]byte{1}, "why")}})},
	} {
		if got := Steps()[c.step-1].Miss(c.st); !strings.Contains(got, words) {
			t.Errorf("step %d says %q, not %q", c.step, got, words)
		}
	}
	if got := Steps()[4].Miss(said(nil)); got != "" {
		t.Errorf("nothing was taken back, and it says %q", got)
	}
}

func TestOneSentenceIsOne(t *testing.T) {
	r, err := Compare(codebook.Builtin(), map[annotations.SentenceID]annotations.Annotation{2: {Tag: "sourced"}})
	if text := strings.Join(r.Words(codebook.Builtin()), "\n"); err != nil || !strings.Contains(text, "agree on 1 of 1 sentence, 100 percent") {
		t.Errorf("%v: %s", err, text)
	}
}
