package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/agreement"
	"stet.example/stet/annotations/audit"
)

// write replaces an article's text by these sentences.
func write(a *audit.Article, sentences ...string) {
	a.Body, a.Units = "", nil
	for i, s := range sentences {
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: len(a.Body), End: len(a.Body) + len(s)}})
		a.Body += s + "\n"
	}
}

func TestDriftIsOnePersonGivingTwoAnswers(t *testing.T) {
	w := newWorld(20)
	w.article(1)
	w.article(1)
	first, second := &w.in.Articles[0], &w.in.Articles[1]
	write(first, "The weir was opened twice in March.", "Nobody knows why.", "Eels came.")
	write(second, "“The weir was opened, twice, in MARCH!”", "Nobody knows why.", "Herons came.")
	say := func(a *audit.Article, n int, who, tag string) { w.say(a, n, who, annotations.Annotation{Tag: tag}) }
	say(first, 1, "ana", "sourced")
	say(first, 2, "ana", "contextual")
	say(first, 1, "bob", "sourced")
	say(second, 1, "ana", "contextual") // other than before
	say(second, 2, "ana", "contextual") // as before
	say(second, 1, "bob", "sourced")
	moment := func(n annotations.SentenceID, minutes int, before, after string) {
		w.in.Moments = append(w.in.Moments, audit.Moment{
			Article: first.Meta.ID, Sentence: n, Reviewer: "bob", Time: start().Add(time.Duration(minutes) * time.Minute), Before: before, After: after,
		})
	}
	moment(1, 60*24, "sourced", "contextual")
	moment(1, 0, "", "sourced")
	moment(2, 0, "", "sourced")
	moment(2, 9, "sourced", "contextual") // a slip, corrected
	d := w.desk(t)
	if len(d.Drift) != 2 {
		t.Fatalf("%d: %+v", len(d.Drift), d.Drift)
	}
	changed, repeated := d.Drift[0], d.Drift[1]
	if changed.Kind != audit.Changed || changed.Reviewer != "bob" || changed.Was.Tag != "sourced" || changed.Now.Tag != "contextual" || changed.Now.N != 1 {
		t.Errorf("changed: %+v", changed)
	}
	if repeated.Kind != audit.Repeated || repeated.Reviewer != "ana" || repeated.Was.Article != "post-0001" || repeated.Now.Article != "post-0002" {
		t.Errorf("repeated: %+v", repeated)
	}
	ana, bob := d.Steady[0], d.Steady[1]
	if ana.Again != 2 || ana.Same != 1 || bob.Share.V != 1 || bob.Changed != 1 {
		t.Errorf("steadiness: %+v %+v", ana, bob)
	}
}

func TestAChangeThatARulingAskedForIsNoDrift(t *testing.T) {
	w := newWorld(21)
	a := w.article(1)
	w.rule(a, 1, annotations.Ruling{Verdict: annotations.Query})
	ruled := a.Rows[0].Ruling.Time
	for i, tag := range []string{"", "sourced", "contested"} {
		if i > 0 {
			w.in.Moments = append(w.in.Moments, audit.Moment{Article: a.Meta.ID, Sentence: 1, Reviewer: "ana", Before: []string{"", "", "sourced"}[i], After: tag, Time: ruled.Add(time.Duration(2*i-3) * time.Hour)})
		}
	}
	w.say(a, 1, "ana", annotations.Annotation{Tag: "contested", Inside: true})
	if d := w.desk(t); len(d.Drift) != 0 {
		t.Errorf("%+v", d.Drift)
	}
}

func TestLintFindsWhatContradictsItself(t *testing.T) {
	w := newWorld(22)
	w.article(1)
	w.article(1)
	first, second := &w.in.Articles[0], &w.in.Articles[1]
	write(first, "Twelve barges lay under the long bridge at noon on Friday.", "The mill burned.", "The miller paid 40 crowns to the guild of ropemakers.", "A.", "B.", "C.", "D.", "E.", "F.")
	write(second, "Twelve barges lay under the long bridge at noon on Saturday.", "the  MILL burned", "The miller paid 90 crowns to the guild of ropemakers.")
	copyOf := annotations.HashOf("copy")
	quoted := annotations.Evidence{URL: "https://example.org/a", Quote: "forty  crowns", Copy: copyOf}
	lost := annotations.Evidence{URL: "https://example.org/b", Quote: "ninety crowns", Copy: copyOf}
	for _, e := range []*annotations.Evidence{&quoted, &lost} {
		w.in.Evidence[e.Identify()] = *e
	}
	w.in.Copies = map[annotations.Hash]string{copyOf: "he paid forty\ncrowns"}
	use := func(e annotations.Evidence) []annotations.Use {
		return []annotations.Use{{ID: e.ID, Stance: annotations.EvidenceSupports}}
	}
	s, x := annotations.Annotation{Tag: "sourced", Rule: "S-1"}, annotations.Annotation{Tag: "contextual"}
	w.say(first, 1, "ana", s)
	w.say(second, 1, "ana", x) // nearly the same words
	w.say(first, 2, "ana", s)
	w.say(second, 2, "bob", x) // the same words
	w.say(first, 3, "ana", s)
	w.say(second, 3, "ana", x) // another number: another claim
	w.say(first, 4, "ana", annotations.Annotation{Tag: "sourced", Rule: "X-2"})
	w.say(first, 5, "ana", annotations.Annotation{Tag: "verified"})
	w.say(first, 6, "ana", annotations.Annotation{Tag: "sourced", Flags: []string{"unsourced"}})
	w.say(first, 7, "ana", annotations.Annotation{Tag: "sourced", Flags: []string{"single_source"}, Attributions: []annotations.Attribution{{Name: "clerks", Count: 2}}})
	w.say(first, 8, "ana", annotations.Annotation{Tag: "sourced", Evidence: append(use(quoted), use(lost)...)})
	w.rule(first, 9, annotations.Ruling{Verdict: annotations.Amend, Tag: "contextual"})
	w.say(first, 9, "ana", annotations.Annotation{Tag: "sourced", Evidence: []annotations.Use{{ID: annotations.EvidenceID{1}}}})
	got := map[string]string{}
	for _, l := range w.desk(t).Lint {
		got[l.Kind] += l.String() + "; "
		if l.Kind == audit.LintSameWords && (l.Count != 2 || l.Places[1].Tag != "contextual") {
			t.Errorf("%+v", l)
		}
		if l.Kind == audit.LintQuote && !strings.Contains(l.What, "ninety") {
			t.Errorf("%+v", l)
		}
	}
	for kind, place := range map[string]string{
		audit.LintNearWords: "post-0001 1; ", audit.LintSameWords: "post-0001 2; ", audit.LintRuleTag: "post-0001 4; ", audit.LintUnknownTag: "post-0001 5; ",
		audit.LintVouched: "post-0001 6; ", audit.LintSeveral: "post-0001 7; ", audit.LintQuote: "post-0001 8; ", audit.LintOverruled: "post-0001 9; ",
		audit.LintNoEvidence: "post-0001 9; ",
	} {
		if got[kind] != place {
			t.Errorf("%s: %q, want %q", kind, got[kind], place)
		}
		delete(got, kind)
	}
	if len(got) > 0 {
		t.Errorf("and also %v", got)
	}
}

// TestNearlySameWordsAreAllFound compares the prefix filter with looking at
// every pair.
func TestNearlySameWordsAreAllFound(t *testing.T) {
	w := newWorld(23)
	var texts []string
	for i := range 90 {
		words := strings.Fields("the grey heron stood over black water beside old piles near town")
		for range i % 4 {
			words[w.rnd.IntN(len(words))] = pick(w.rnd, "moss", "tin", "salt", "reed", "owl", "not", "ink")
		}
		texts = append(texts, strings.Join(words, " "))
	}
	slices.Sort(texts)
	texts = slices.Compact(texts)
	tags := []string{"sourced", "contextual"}
	for i, text := range texts {
		a := w.article(1)
		write(a, text)
		w.say(a, 1, "ana", annotations.Annotation{Tag: tags[i%2]})
	}
	found := map[string]bool{}
	for _, l := range w.desk(t).Lint {
		if l.Kind == audit.LintNearWords {
			found[fmt.Sprint(l.Places[0].Article, " ", l.Places[1].Article)] = true
		}
	}
	pairs := 0
	for i, a := range texts {
		for k := i + 1; k < len(texts); k++ {
			if near(a, texts[k]) && i%2 != k%2 {
				pairs++
				if name := fmt.Sprintf("post-%04d post-%04d", i+1, k+1); !found[name] {
					t.Errorf("not found: %q and %q", a, texts[k])
				}
			}
		}
	}
	if pairs < 30 || len(found) != pairs {
		t.Errorf("%d found, %d pairs there", len(found), pairs)
	}
}

func near(a, b string) bool {
	set := func(s string) []string {
		f := strings.Fields(s)
		slices.Sort(f)
		return slices.Compact(f)
	}
	x, y, common := set(a), set(b), 0
	for _, v := range x {
		if slices.Contains(y, v) {
			common++
		}
	}
	nots := func(s string) (n int) {
		for _, f := range strings.Fields(s) {
			if f == "not" {
				n++
			}
		}
		return n
	}
	return 5*common >= 4*(len(x)+len(y)-common) && nots(a) == nots(b)
}

func TestWeakSpotsGravestFirst(t *testing.T) {
	w := newWorld(24)
	a := w.article(6)
	w.say(a, 1, "ana", annotations.Annotation{Tag: "contextual", Unsure: true})
	w.say(a, 2, "ana", annotations.Annotation{Tag: "contested", Inside: true})
	w.say(a, 3, "ana", annotations.Annotation{Tag: "sourced", Attributions: []annotations.Attribution{{Name: "an official", Kind: "anonymous_official"}}})
	w.say(a, 4, "ana", annotations.Annotation{Tag: "contextual", Flags: []string{"high_stakes", "unsourced"}})
	w.say(a, 5, "ana", annotations.Annotation{Tag: "contextual", Flags: []string{"unsourced"}})
	w.say(a, 6, "ana", annotations.Annotation{Tag: "sourced", Attributions: []annotations.Attribution{{Name: "three officials", Kind: "anonymous_official", Count: 3}}})
	w.rule(a, 1, annotations.Ruling{Verdict: annotations.Stet})
	var got []string
	for _, x := range w.desk(t).Weak {
		got = append(got, fmt.Sprint(x.N, " ", strings.Join(x.Kinds, "+")))
	}
	want(t, "weak", got, "4 "+audit.WeakUnsourcedHigh, "3 "+audit.WeakAnonymous, "2 "+audit.WeakNoEvidence, "5 "+audit.WeakUnsourced)
}

func TestTheBoundRestsOnWhatWasCheckedInTurn(t *testing.T) {
	w := newWorld(25)
	for range 10 {
		a := w.article(20)
		w.judge(a, habit{name: "ana"})
	}
	w.say(&w.in.Articles[0], 1, "bob", annotations.Annotation{Tag: "contested", Unsure: true})
	if c := w.desk(t).Sound.Check; c.Bound != nil || c.Why == "" || c.Population != 200 || c.Risky != 1 {
		t.Errorf("without a seed: %+v", c)
	}
	seed, err := audit.ParseSeed("c0ffee")
	if err != nil || seed[0] != 0xC0 || seed[3] != 0 {
		t.Fatalf("seed %x, %v", seed, err)
	}
	w.in.Options.Seed = &seed
	d := w.desk(t)
	drawn, sample, err := d.Draw(-1, seed, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(drawn) != d.Sound.Check.Needed+1 || !drawn[0].Risky || sample.Risky != 1 {
		t.Fatalf("%d drawn, needed %d", len(drawn), d.Sound.Check.Needed)
	}
	byLot := slices.IsSortedFunc(drawn[1:], func(a, b audit.Drawn) int { return strings.Compare(a.Lot, b.Lot) })
	if id := fmt.Sprintf("%s/%s", drawn[1].Key, drawn[1].Sentence); !byLot || fmt.Sprintf("%x", agreement.Lot(seed, id)) != drawn[1].Lot {
		t.Error("the draw is not in the order of its lots")
	}
	if c := d.Sound.Check; c.Bound == nil || c.Bound.Count != 200 {
		t.Errorf("nothing was checked yet: %+v", c.Bound)
	}
	rule := func(it audit.Drawn, r annotations.Ruling) {
		i := slices.IndexFunc(w.in.Articles, func(a audit.Article) bool { return a.Meta.ID == it.Key })
		w.rule(&w.in.Articles[i], it.N, r)
	}
	for _, it := range drawn {
		rule(it, annotations.Ruling{Verdict: annotations.Stet})
	}
	c := w.desk(t).Sound.Check
	// The disagreement was risky and nobody's tag stands: it counts as wrong.
	if c.Checked != c.Needed || c.Wrong != 0 || c.RiskyWrong != 1 || c.Bound.Rate >= 0.05+1./200 {
		t.Errorf("all of the draw stands: %+v, bound %+v", c, c.Bound)
	}
	clean := c.Bound.Count
	last := drawn[len(drawn)-1]
	rule(last, annotations.Ruling{Verdict: annotations.Query}) // a query is no check
	if c := w.desk(t).Sound.Check; c.Checked >= c.Needed || c.Bound.Count < clean {
		t.Errorf("after a query: %+v, bound %+v", c, c.Bound)
	}
	rule(last, annotations.Ruling{Verdict: annotations.Neither})
	c = w.desk(t).Sound.Check
	exact, err := agreement.StratifiedUpperBound(c.Strata, .95)
	if err != nil || c.Wrong != 1 || c.Bound.Count != exact.Count+1 || c.Bound.Count <= clean {
		t.Errorf("after one that fell: %+v, bound %+v, exact %+v, %v", c, c.Bound, exact, err)
	}
}

func TestTheBoundFollowsRulingsAsTheyAreMade(t *testing.T) {
	w := newWorld(27)
	for range 8 {
		w.judge(w.article(15), habit{name: "ana"})
	}
	seed := [32]byte{5}
	w.in.Options.Seed = &seed
	d := w.desk(t)
	drawn, _, err := d.Draw(30, seed, "")
	if err != nil {
		t.Fatal(err)
	}
	made := map[audit.Place]annotations.Ruling{{Key: annotations.ArticleID{99}}: {Verdict: annotations.Stet}}
	last := 1.1
	for i, it := range drawn {
		made[it.Place] = annotations.Ruling{Verdict: annotations.Stet}
		if i == 20 {
			made[it.Place] = annotations.Ruling{Verdict: annotations.Neither}
		}
		live, err := d.CheckAfter(made)
		if err != nil {
			t.Fatal(err)
		}
		if live.Checked != i+1 || i < 20 && live.Bound.Rate > last {
			t.Fatalf("after %d: %+v, bound %+v (before %v)", i+1, live, live.Bound, last)
		}
		last = live.Bound.Rate
		a := slices.IndexFunc(w.in.Articles, func(a audit.Article) bool { return a.Meta.ID == it.Key })
		w.rule(&w.in.Articles[a], it.N, made[it.Place])
	}
	live, err := d.CheckAfter(made)
	if err != nil {
		t.Fatal(err)
	}
	a, b := asJSON(t, live), asJSON(t, w.desk(t).Sound.Check)
	if a != b {
		t.Errorf("live %s, stored %s", a, b)
	}
	if c := d.Sound.Check; c.Ruled != 0 || c.Checked != 0 {
		t.Errorf("the desk itself changed: %+v", c)
	}
	said, ruling := w.desk(t).Said(drawn[0].Place)
	if len(said) != 1 || said[0].Reviewer != "ana" || said[0].Record.Tag != drawn[0].Stratum || ruling == nil || ruling.Verdict != annotations.Stet {
		t.Errorf("said %+v, ruling %+v", said, ruling)
	}
	if said, ruling := d.Said(audit.Place{}); said != nil || ruling != nil {
		t.Error("something was said nowhere")
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestADrawForOneReviewer(t *testing.T) {
	w := newWorld(26)
	a := w.article(30)
	w.judge(a, habit{name: "ana"})
	w.say(a, 4, "bob", annotations.Annotation{Tag: "sourced"})
	w.say(a, 5, "bob", annotations.Annotation{Tag: "contested"}) // names no other side: risky
	d := w.desk(t)
	drawn, _, err := d.Draw(9, [32]byte{1}, "bob")
	if err != nil || len(drawn) != 2 || !drawn[0].Risky || drawn[0].N != 5 || drawn[1].N != 4 {
		t.Errorf("%+v, %v", drawn, err)
	}
	if _, ok := d.Place("00/s001"); ok {
		t.Error("a place that is not there was found")
	}
	for _, bad := range []string{"", "xyz", strings.Repeat("0", 65)} {
		if _, err := audit.ParseSeed(bad); err == nil {
			t.Errorf("the seed %q was taken", bad)
		}
	}
}

func TestIntervalsHoldTheirEstimatesAndRepeat(t *testing.T) {
	d := large(15, 12).desk(t)
	opt := agreement.BootstrapOptions{Seed: 42, Replicates: 200}
	one, err := d.Intervals(opt)
	if err != nil {
		t.Fatal(err)
	}
	two, err := d.Intervals(opt)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]agreement.ConfidenceInterval{"sources": one.Sources, "evidence": one.Evidence}
	for name, ci := range one.Tags {
		all[name] = ci
		if ci != two.Tags[name] {
			t.Errorf("%s differs the second time", name)
		}
	}
	for name, ci := range one.Labels {
		all["label "+name] = ci
	}
	for name, ci := range all {
		if !ci.Estimate.OK || ci.Low.V > ci.Estimate.V || ci.High.V < ci.Estimate.V || ci.Low.V == ci.High.V {
			t.Errorf("%s: %s", name, ci)
		}
	}
	if len(all) != 9 || one.Tags["krippendorff_alpha"].Estimate != d.Sound.Tags.Alpha.Value {
		t.Errorf("%d intervals", len(all))
	}
	var b bytes.Buffer
	if err := agreement.WriteCases(&b, d.Cases()); err != nil || b.Len() < 1000 {
		t.Errorf("cases: %d bytes, %v", b.Len(), err)
	}
}
