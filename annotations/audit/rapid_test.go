package audit_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/codebook"
)

// anyInput draws articles with rows that no store would give: sentences that are
// not there, tags and codebooks that nobody knows, one reviewer twice.
func anyInput(t *rapid.T) audit.Input {
	b := codebook.Builtin()
	in := audit.Input{Evidence: map[annotations.EvidenceID]annotations.Evidence{}}
	if rapid.Bool().Draw(t, "known codebook") {
		in.Codebooks = map[annotations.Hash]*annotations.Codebook{b.Hash: b}
	}
	if rapid.Bool().Draw(t, "seed") {
		in.Options.Seed = &[32]byte{byte(rapid.IntRange(0, 255).Draw(t, "seed byte"))}
	}
	tag := rapid.SampledFrom([]string{"", "sourced", "contested", "contextual", "unheard-of"})
	who := rapid.SampledFrom([]string{"ana", "bob", "eve", "é‮"})
	words := rapid.SampledFrom([]string{"Boats leave at six.", "boats LEAVE at six", "…", "The old weir was opened by the mill at noon.", "The old weir was opened by the mill at dusk."})
	for i := range rapid.IntRange(0, 4).Draw(t, "articles") {
		a := audit.Article{Meta: annotations.Meta{Name: "same name", Codebook: b.Hash, Revision: i}}
		a.Meta.ID[0] = byte(i + 1)
		a.Meta.Parent[0] = byte(rapid.IntRange(0, 5).Draw(t, "parent")) // maybe itself, maybe a ring
		n := rapid.IntRange(0, 6).Draw(t, "sentences")
		for k := range n {
			s := words.Draw(t, "words")
			a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(n - k), Span: annotations.Span{Start: len(a.Body), End: len(a.Body) + len(s)}})
			a.Body += s + " "
		}
		for range rapid.IntRange(0, 14).Draw(t, "rows") {
			r := audit.Row{Sentence: annotations.SentenceID(rapid.IntRange(0, n+1).Draw(t, "sentence"))}
			at := time.Unix(int64(rapid.IntRange(0, 1e6).Draw(t, "time")), 0)
			pos := uint64(rapid.IntRange(0, 9).Draw(t, "position"))
			if rapid.IntRange(0, 4).Draw(t, "ruling") == 0 {
				v := rapid.SampledFrom([]annotations.Verdict{"", annotations.Stet, annotations.Amend, annotations.Query, annotations.Neither, "odd"}).Draw(t, "verdict")
				r.Ruling = &annotations.RulingRecord{Ruling: annotations.Ruling{Verdict: v, Tag: tag.Draw(t, "ruled"), Reviewer: rapid.SampledFrom([]string{"", "ana", "gone"}).Draw(t, "on")}, Pos: pos, Time: at}
			} else {
				r.Reviewer = who.Draw(t, "who")
				r.Annotation = annotations.Record{Pos: pos, Time: at, Words: uint64(rapid.IntRange(0, 1).Draw(t, "hash"))}
				r.Annotation.Tag, r.Annotation.Unsure = tag.Draw(t, "tag"), rapid.Bool().Draw(t, "unsure")
				r.Annotation.Codebook = rapid.SampledFrom([]annotations.Hash{{}, b.Hash, {9}}).Draw(t, "codebook")
				if rapid.Bool().Draw(t, "flags") {
					r.Annotation.Flags = []string{"high_stakes", "unsourced"}
				}
			}
			a.Rows = append(a.Rows, r)
			if r.Reviewer != "" {
				in.Moments = append(in.Moments, audit.Moment{Article: a.Meta.ID, Sentence: r.Sentence, Reviewer: r.Reviewer, Time: at, After: tag.Draw(t, "after"), Offered: tag.Draw(t, "offered")})
			}
		}
		in.Articles = append(in.Articles, a)
	}
	return in
}

func TestWhateverTheRowsTheDeskHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyInput(t)
		d, err := audit.New(in)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(d); err != nil {
			t.Fatal(err)
		}
		for _, a := range d.Totals.ByArticle {
			sum := a.Open + a.Untagged
			for _, n := range a.Answers {
				sum += n
			}
			if sum != a.Sentences {
				t.Fatalf("%d sentences, %d counted", a.Sentences, sum)
			}
		}
		if d.Totals.Open < len(d.Disagreements) {
			t.Fatalf("%d disagreements among %d open", len(d.Disagreements), d.Totals.Open)
		}
		c := d.Sound.Check
		if c.Bound != nil && (c.Bound.Count < c.Wrong+c.RiskyWrong || c.Bound.Count > c.Population) {
			t.Fatalf("bound %+v of %+v", c.Bound, c)
		}
		for _, m := range d.Mixes.Labels {
			if m.Sentences < 1 || m.Pairs < m.Sentences || m.A == m.B {
				t.Fatalf("%+v", m)
			}
		}
		agree := map[string]audit.Figure{}
		for _, p := range d.People {
			agree[p.Reviewer] = p.Agree
		}
		for _, r := range d.Rhythm {
			if p := agree[r.Reviewer]; r.Agree.OK != p.OK || r.Agree.V != p.V {
				t.Fatalf("%s agrees %v by day and %v in all", r.Reviewer, r.Agree, p)
			}
		}
		for _, p := range d.Pace {
			if p.PerHour.OK && p.PerHour.V <= 0 || p.Sentences < 1 {
				t.Fatalf("%+v", p)
			}
		}
		if c.Population > 0 {
			seed := [32]byte{1}
			if drawn, _, err := d.Draw(-1, seed, ""); err != nil || len(drawn) != min(c.Needed+c.Risky, c.Population) {
				t.Fatalf("%d drawn, needed %d and %d risky of %d: %v", len(drawn), c.Needed, c.Risky, c.Population, err)
			}
		}
	})
}
