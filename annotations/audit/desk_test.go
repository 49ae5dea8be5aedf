package audit_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
)

func printed(t *testing.T, d *audit.Desk) string {
	t.Helper()
	return asJSON(t, d)
}

func places(list []audit.Matter) (out []string) {
	for _, m := range list {
		s := m.String()
		if m.Of != "" {
			s += " " + m.Of
		}
		out = append(out, s)
	}
	return out
}

func want(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestAnEmptyDeskSaysSoWithoutNulls(t *testing.T) {
	d, err := audit.New(audit.Input{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`"([a-z_]+)":null`).FindAllStringSubmatch(printed(t, d), -1) {
		if m[1] != "value" && m[1] != "bound" {
			t.Errorf("%s is null", m[1])
		}
	}
	if d.Sound.Tags.Alpha.OK || d.Sound.Tags.Alpha.Why == "" || d.Sound.Check.Why == "" {
		t.Errorf("figures of nothing: %v, %q", d.Sound.Tags.Alpha, d.Sound.Check.Why)
	}
}

func TestInputThatCannotBeIsRefusedWithItsPlace(t *testing.T) {
	w := newWorld(1)
	w.article(2)
	w.in.Articles[0].Units[1].Span.End += 9
	if _, err := audit.New(w.in); err == nil || !strings.Contains(err.Error(), "post-0001, sentence 2") {
		t.Errorf("a span outside the text: %v", err)
	}
	w = newWorld(1)
	w.article(1)
	w.in.Articles = append(w.in.Articles, w.in.Articles[0])
	if _, err := audit.New(w.in); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("an article twice: %v", err)
	}
	if _, err := audit.New(audit.Input{Options: audit.Options{MaxRate: 2}}); err == nil {
		t.Error("a rate of 2 was taken")
	}
}

func TestOrderOfArticlesAndRowsChangesNothing(t *testing.T) {
	w := large(12, 9)
	seed := [32]byte{9}
	w.in.Options.Seed = &seed
	first := printed(t, w.desk(t))
	r := rand.New(rand.NewPCG(3, 3))
	for range 3 {
		r.Shuffle(len(w.in.Articles), func(i, j int) { w.in.Articles[i], w.in.Articles[j] = w.in.Articles[j], w.in.Articles[i] })
		for i := range w.in.Articles {
			rows := w.in.Articles[i].Rows
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
		if again := printed(t, w.desk(t)); again != first {
			t.Fatal("the same rows in another order give another desk")
		}
	}
}

func TestWhatNeedsADecision(t *testing.T) {
	w := newWorld(2)
	a := w.article(10)
	say := func(n int, who string, ann annotations.Annotation) *annotations.Record { return w.say(a, n, who, ann) }
	tag := func(t string, flags ...string) annotations.Annotation {
		return annotations.Annotation{Tag: t, Inside: t == "contested", Flags: flags}
	}
	say(1, "ana", tag("sourced"))
	say(1, "bob", tag("contextual")) // low stakes
	say(2, "ana", tag("sourced"))
	say(2, "bob", tag("contextual", "high_stakes")) // high stakes
	say(3, "ana", tag("sourced"))
	say(3, "bob", tag("contested"))
	w.rule(a, 3, annotations.Ruling{Verdict: annotations.Stet, Reviewer: "bob"}) // settled
	say(4, "ana", tag("sourced"))
	w.rule(a, 4, annotations.Ruling{Verdict: annotations.Query, Reason: "who?"}) // not answered
	say(5, "bob", tag("contextual"))
	w.rule(a, 5, annotations.Ruling{Verdict: annotations.Query, Reviewer: "ana"})
	say(5, "ana", tag("sourced"))                                         // answers; they differ, but it is a query
	say(6, "ana", annotations.Annotation{Tag: "contested", Unsure: true}) // and names no other side
	say(7, "ana", annotations.Annotation{Unsure: true})                   // unsure without a tag
	w.rule(a, 7, annotations.Ruling{Verdict: annotations.Neither})        // ruled since
	say(8, "ana", annotations.Annotation{Tag: "sourced", Check: annotations.CheckWanted})
	say(9, "bob", tag("sourced")).Words = 77
	w.rule(a, 10, annotations.Ruling{}) // taken back
	say(11, "bob", tag("sourced"))      // of a sentence that is gone
	w.in.Articles[0].Meta.Assigned = []string{"bob", "zoe"}

	d := w.desk(t)
	want(t, "queries", places(d.Queries), "post-0001 5 ana", "post-0001 4")
	if !d.Queries[0].Answered || d.Queries[1].Answered || d.Queries[1].Reason != "who?" {
		t.Errorf("queries: %+v", d.Queries)
	}
	want(t, "disagreements", places(d.Disagreements), "post-0001 2", "post-0001 1")
	if m := d.Disagreements[0]; m.Stakes != 34 || !slices.Equal(m.Why, []string{"high stakes", "evenly split"}) || m.What != "sourced 1, contextual 1" {
		t.Errorf("stakes: %d %q %q", m.Stakes, m.Why, m.What)
	}
	want(t, "unsure", places(d.Unsure), "post-0001 6 ana")
	want(t, "one-sided", places(d.OneSided), "post-0001 6 ana")
	want(t, "wanted", places(d.Wanted), "post-0001 8 ana")
	want(t, "stale", places(d.Stale), "post-0001 9 bob")
	if d.Totals.Homeless != 1 || d.Totals.Rulings != 4 || d.Totals.Open != 3 {
		t.Errorf("totals: %+v", d.Totals)
	}
	var begun []string
	for _, p := range d.Begun {
		begun = append(begun, p.Reviewer)
		if p.Assigned != (p.Reviewer != "ana") {
			t.Errorf("%s: assigned %v", p.Reviewer, p.Assigned)
		}
	}
	want(t, "begun", begun, "ana", "bob", "zoe")
	if d.Begun[0].Tagged != 7 || d.Begun[0].Required != 10 {
		t.Errorf("progress: %+v", d.Begun[0])
	}
}

func TestThePlantedConfusionIsFound(t *testing.T) {
	w := newWorld(11)
	people := []habit{
		{name: "ana", from: "sourced", to: "contextual", rate: .02, rule: "X-1"},
		{name: "bob", from: "contextual", to: "sourced", rate: .04, rule: "S-1"},
		{name: "eve", from: "contested", to: "contextual", rate: .45, rule: "X-2"},
	}
	for range 50 {
		a := w.article(20)
		for _, h := range people {
			w.judge(a, h)
		}
	}
	before := w.desk(t)
	// The lead rules on every disagreement, as it is in truth.
	for i := range w.in.Articles {
		a := &w.in.Articles[i]
		for _, m := range before.Disagreements {
			if m.Key == a.Meta.ID {
				w.rule(a, m.N, annotations.Ruling{Verdict: annotations.Amend, Tag: w.truth[a.Meta.ID][m.N-1]})
			}
		}
	}
	d := w.desk(t)
	if len(before.Disagreements) < 60 || len(d.Disagreements) != 0 {
		t.Errorf("%d disagreements, %d after the rulings", len(before.Disagreements), len(d.Disagreements))
	}
	if m := d.Mixes.Labels[0]; m.A != "contested" || m.B != "contextual" || m.Share.V < .5 {
		t.Errorf("most mixed: %+v", m)
	}
	if r := d.Mixes.ByRule[0]; r.Rule != "X-2" || r.Share.V < .9 {
		t.Errorf("the most disputed rule: %+v", r)
	}
	if r := d.Mixes.Rules[0]; r.RuleA != "C-a" || r.RuleB != "X-2" {
		t.Errorf("the rules most often at odds: %+v", r)
	}
	if p := d.Mixes.Pairs[len(d.Mixes.Pairs)-1]; p.A != "ana" || p.B != "bob" {
		t.Errorf("the best pair: %s and %s", p.A, p.B)
	}
	worst := d.Mixes.Ruled[0]
	if worst.Reviewer != "eve" || !slices.Contains(worst.Cells, mostOf(worst.Cells, "contextual")) || mostOf(worst.Cells, "contextual").B != "contested" {
		t.Errorf("against rulings: %+v", worst)
	}
	for _, p := range d.People {
		if (p.Upheld.V < .5) != (p.Reviewer == "eve") {
			t.Errorf("%s upheld in %v", p.Reviewer, p.Upheld)
		}
	}
	if f := d.Sound.Tags.Labels[1]; f.Label != "contested" || f.Agreement.V > d.Sound.Tags.Labels[0].Agreement.V {
		t.Errorf("the contested label: %+v", f)
	}
	if a := d.Sound.Tags.Alpha; !a.OK || a.V < .6 || a.V > .95 {
		t.Errorf("alpha %v", a)
	}
	agreeWithConsensus(t, w, before)
}

func mostOf(cells []audit.MixCell, a string) (most audit.MixCell) {
	for _, c := range cells {
		if c.A == a && c.Sentences > most.Sentences {
			most = c
		}
	}
	return most
}

// agreeWithConsensus checks that the estimate finds the one who errs, and most
// of the truth.
func agreeWithConsensus(t *testing.T, w *world, d *audit.Desk) {
	t.Helper()
	c, err := d.Consensus()
	if err != nil {
		t.Fatal(err)
	}
	eve, contested, contextual := slices.Index(c.Raters, "eve"), slices.Index(c.Classes, "contested"), slices.Index(c.Classes, "contextual")
	if got := c.ErrorRates[eve][contested][contextual]; got < .3 || got > .6 {
		t.Errorf("eve takes contested for contextual in %.2f, planted .45", got)
	}
	right := 0
	for i, item := range c.Items {
		class, _, _ := c.Class(i)
		for k := range w.in.Articles {
			m := w.in.Articles[k].Meta
			for n, truth := range w.truth[m.ID] {
				if (audit.Place{Article: m.Name, N: n + 1}).String() == item && truth == class {
					right++
				}
			}
		}
	}
	if len(c.Items) != 1000 || right < 970 {
		t.Errorf("%d of %d right", right, len(c.Items))
	}
}

func TestSourcesAreComparedAsSets(t *testing.T) {
	w := newWorld(4)
	names := [][2][]string{ // what ana and bob name
		{{"UNODC"}, {"unodc "}},
		{{"the board"}, {"the board", "the mill"}},
		{{"a clerk"}, {"a guard"}},
		{nil, nil},
		{{"the mill", "the board"}, {"the mill", "a guard"}},
	}
	a := w.article(len(names))
	sets := make([][]agreement.Set, len(names))
	for i, pair := range names {
		for who, list := range pair {
			ann := annotations.Annotation{Tag: "sourced"}
			set := agreement.Set{}
			for _, n := range list {
				ann.Attributions = append(ann.Attributions, annotations.Attribution{Name: n})
				set = append(set, strings.ToLower(strings.TrimSpace(n)))
			}
			w.say(a, i+1, []string{"ana", "bob"}[who], ann)
			sets[i] = append(sets[i], set)
		}
	}
	s, err := agreement.NewSetTable(sets, agreement.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, direct := w.desk(t).Sound.Sources, s.Alpha(agreement.MASI)
	if !got.Alpha.OK || got.Alpha.Value != direct || got.Percent.V != 2./5 || got.Units != 5 {
		t.Errorf("MASI %v (of %d units), %v directly; percent %v", got.Alpha, got.Units, direct, got.Percent)
	}
	if e := w.desk(t).Sound.Evidence; e.Alpha.OK || !strings.Contains(e.Alpha.Why, "nobody attached evidence") {
		t.Errorf("agreement on no evidence: %v", e.Alpha)
	}
}

func TestMixedCodebooksAndRevisionsAreNamed(t *testing.T) {
	w := newWorld(5)
	old := *w.book
	old.Version, old.Hash = "0", annotations.HashOf("older")
	w.in.Codebooks[old.Hash] = &old
	w.article(2)
	second := w.article(2)
	second.Meta.Revision, second.Meta.Parent = 2, w.in.Articles[0].Meta.ID
	for i := range w.in.Articles {
		for n := 1; n <= 2; n++ {
			w.say(&w.in.Articles[i], n, "ana", annotations.Annotation{Tag: "sourced"})
			w.say(&w.in.Articles[i], n, "bob", annotations.Annotation{Tag: "sourced", Codebook: old.Hash})
		}
	}
	d := w.desk(t)
	codes := []string{}
	for _, x := range d.Sound.Tags.Warnings {
		codes = append(codes, x.Code)
	}
	for _, c := range []string{agreement.WarnCodebook, agreement.WarnRevision, agreement.WarnSmallN} {
		if !slices.Contains(codes, c) {
			t.Errorf("no %s among %v", c, codes)
		}
	}
	if d.Sound.Tags.Alpha.OK || d.Sound.Tags.AC1.OK || d.Sound.Tags.Percent.V != 1 {
		t.Errorf("one label only: alpha %v, AC1 %v, percent %v", d.Sound.Tags.Alpha, d.Sound.Tags.AC1, d.Sound.Tags.Percent)
	}
}

func TestPaceCountsWorkWithoutBreaks(t *testing.T) {
	w := newWorld(6)
	a := w.article(6)
	day := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	for n, minutes := range []int{0, 2, 4, 34, 36, 24 * 60} { // a break of half an hour, then the next day
		w.say(a, n+1, "ana", annotations.Annotation{Tag: "sourced"}).Time = day.Add(time.Duration(minutes) * time.Minute)
	}
	w.say(a, 1, "bob", annotations.Annotation{Tag: "contextual"}).Time = time.Time{}
	w.say(a, 2, "bob", annotations.Annotation{Tag: "sourced"}).Time = time.Time{}
	d := w.desk(t)
	if len(d.Pace) != 2 {
		t.Fatalf("%d days: %+v", len(d.Pace), d.Pace)
	}
	first := d.Pace[0]
	if first.Day != "2026-05-04" || first.Sentences != 5 || first.Minutes != 6 || first.PerHour.V != 30 || first.Pairs != 2 || first.Agree.V != .5 {
		t.Errorf("the first day: %+v", first)
	}
	if second := d.Pace[1]; second.Sentences != 1 || second.PerHour.OK {
		t.Errorf("a day of one decision: %+v", second)
	}
}

func TestWhatBecameOfSuggestions(t *testing.T) {
	w := newWorld(8)
	a := w.article(3)
	w.rule(a, 1, annotations.Ruling{Verdict: annotations.Amend, Tag: "contested"})
	offer := func(n annotations.SentenceID, who, offered, took string) {
		w.in.Moments = append(w.in.Moments, audit.Moment{Article: a.Meta.ID, Sentence: n, Reviewer: who, After: took, Offered: offered, Time: start()})
	}
	offer(1, "ana", "sourced", "sourced")
	offer(1, "bob", "contested", "contested")
	offer(2, "ana", "sourced", "sourced")
	offer(3, "bob", "sourced", "contextual")
	o := w.desk(t).Offer
	if o == nil || o.Shown != 4 || o.Taken != 3 || o.Ruled != 2 || o.Right.V != .5 || o.By[0].Share.V != 1 || o.ByLabel[1].Shown != 3 || o.ByLabel[1].Taken != 2 {
		t.Errorf("offers: %+v", o)
	}
}

func TestMomentsComeFromEvents(t *testing.T) {
	before, after := annotations.Annotation{Tag: "sourced"}, annotations.Annotation{Tag: "contested"}
	e := annotations.Event{Kind: annotations.EventAnnotate, Actor: "ana", Sentence: 3, Before: &before, After: &after}
	if m, ok := audit.MomentOf(&e); !ok || m.Before != "sourced" || m.After != "contested" || m.Reviewer != "ana" || m.Sentence != 3 {
		t.Errorf("%+v %v", m, ok)
	}
	note := after
	note.Note = "more"
	for story, e := range map[string]annotations.Event{
		"undo":   {Kind: annotations.EventAnnotate, Mode: annotations.Undo, Before: &before, After: &after},
		"a note": {Kind: annotations.EventAnnotate, Before: &after, After: &note},
		"rule":   {Kind: annotations.EventRule},
	} {
		if m, ok := audit.MomentOf(&e); ok {
			t.Errorf("%s gives %+v", story, m)
		}
	}
}

// Who finishes an article with sentences left untagged, as "finish --force" lets one,
// stood in the lead's list of those who have not finished it.
func TestWhoHasFinishedIsNotAskedToFinish(t *testing.T) {
	w := newWorld(43)
	a := w.article(3)
	w.say(a, 1, "ana", annotations.Annotation{Tag: "sourced"})
	w.say(a, 1, "ben", annotations.Annotation{Tag: "sourced"})
	a.Meta.Assigned = []string{"ben", "eve", "zoe"}
	a.Finished = []string{"ana", "zoe"}
	var got []string
	for _, p := range w.desk(t).Begun {
		got = append(got, p.Reviewer)
	}
	want(t, "begun", got, "ben", "eve")
}

// An item's ID is read by the rule that wrote it: what only begins as one leads nowhere.
func TestAnItemIsFoundByItsIDAlone(t *testing.T) {
	w := newWorld(44)
	w.say(w.article(3), 3, "ana", annotations.Annotation{Tag: "sourced"})
	d := w.desk(t)
	id := d.Items("")[0].ID
	if p, ok := d.Place(id); !ok || p.Sentence != 3 {
		t.Errorf("%s leads to %v", id, p)
	}
	key := strings.TrimSuffix(id, "s003")
	for _, s := range []string{"", "s3junk", "s003junk", "s03", "s009", "3"} {
		if p, ok := d.Place(key + s); ok {
			t.Errorf("%q leads to %v", s, p)
		}
	}
}
