package audit_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/codebook"
)

// world is articles of invented text, and people whose habits are known.
type world struct {
	rnd   *rand.Rand
	book  *annotations.Codebook
	in    audit.Input
	truth map[annotations.ArticleID][]string // the true tag of each sentence
	pos   uint64
}

// start is when the first act of a world takes place.
func start() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) }

func newWorld(seed uint64) *world {
	b := codebook.Builtin()
	return &world{
		rnd: rand.New(rand.NewPCG(seed, 1)), book: b, truth: map[annotations.ArticleID][]string{},
		in: audit.Input{Codebooks: map[annotations.Hash]*annotations.Codebook{b.Hash: b}, Evidence: map[annotations.EvidenceID]annotations.Evidence{}},
	}
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// sentence invents a sentence for a tag.
func (w *world) sentence(tag string) string {
	who := pick(w.rnd, "the harbour office", "the grain board", "a spokeswoman for the mill", "the ferry union", "the valley council", "the tide service")
	what := fmt.Sprintf("%s %d %s", pick(w.rnd, "moved", "counted", "sold", "lost", "repaired"), 2+w.rnd.IntN(9998),
		pick(w.rnd, "barrels of lamp oil", "crates of pears", "railway sleepers", "pilot boats", "sacks of rye"))
	where := pick(w.rnd, "Ostermouth", "Quillhaven", "the lower docks", "Brackenford", "the salt market", "Tarn Bridge", "the old mint")
	when := pick(w.rnd, "on Monday", "last winter", "before the flood", "after the fair", "in the spring", "at dawn")
	switch tag {
	case "sourced":
		return fmt.Sprintf("According to %s, the yard at %s %s %s.", who, where, what, when)
	case "contested":
		return fmt.Sprintf("But %s still says that nobody in %s %s %s.", who, where, what, when)
	}
	return fmt.Sprintf("The lamps of %s were lit %s, and %s people %s near the %s, %s.", where, when, pick(w.rnd, "few", "many", "forty", "some", "hardly any"),
		pick(w.rnd, "danced", "fished", "argued", "sang", "waited", "ran", "traded", "slept"), pick(w.rnd, "pump", "gate", "weir", "chapel", "kiln", "stair", "fountain"),
		pick(w.rnd, "in coats", "in the rain", "as ever", "for an hour", "with lanterns", "in silence", "by the dozen"))
}

// article adds an article of n sentences, which nobody has judged yet.
func (w *world) article(n int) *audit.Article {
	var body strings.Builder
	a := audit.Article{}
	var truth []string
	for i := range n {
		tag := pick(w.rnd, "sourced", "sourced", "contextual", "contextual", "contested")
		from := body.Len()
		fmt.Fprintf(&body, "%s", w.sentence(tag))
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: from, End: body.Len()}})
		body.WriteByte('\n')
		truth = append(truth, tag)
	}
	a.Body = body.String()
	binary.BigEndian.PutUint64(a.Meta.ID[:], uint64(len(w.in.Articles)+1))
	a.Meta.Name = fmt.Sprintf("post-%04d", len(w.in.Articles)+1)
	a.Meta.Title, a.Meta.Revision, a.Meta.Codebook = "Post "+a.Meta.Name, 1, w.book.Hash
	a.Meta.Sentences, a.Meta.Required = n, n
	w.in.Articles = append(w.in.Articles, a)
	w.truth[a.Meta.ID] = truth
	return &w.in.Articles[len(w.in.Articles)-1]
}

// next is the position and the time of the next event: one every 20 seconds, 100
// of them a day.
func (w *world) next() (uint64, time.Time) {
	w.pos++
	n := time.Duration(w.pos)
	return w.pos, start().Add(n/100*24*time.Hour + n%100*20*time.Second)
}

// say records an annotation.
func (w *world) say(a *audit.Article, n int, who string, ann annotations.Annotation) *annotations.Record {
	pos, at := w.next()
	if ann.Codebook.IsZero() {
		ann.Codebook = w.book.Hash
	}
	a.Rows = append(a.Rows, audit.Row{Sentence: annotations.SentenceID(n), Reviewer: who, Annotation: annotations.Record{Annotation: ann, Rev: 1, Pos: pos, Time: at}})
	return &a.Rows[len(a.Rows)-1].Annotation
}

// rule records a ruling.
func (w *world) rule(a *audit.Article, n int, r annotations.Ruling) {
	pos, at := w.next()
	a.Rows = append(a.Rows, audit.Row{Sentence: annotations.SentenceID(n), Ruling: &annotations.RulingRecord{Ruling: r, By: "lead", Rev: 1, Pos: pos, Time: at}})
}

// habit is how a reviewer goes wrong: takes From for To in Rate of cases.
type habit struct {
	name     string
	from, to string
	rate     float64
	rule     string // by which the wrong tag is given
	evidence []annotations.EvidenceID
}

// judge lets a reviewer with a habit, and else with one slip in a hundred, tag
// an article.
func (w *world) judge(a *audit.Article, h habit) {
	for i, tag := range w.truth[a.Meta.ID] {
		rule := map[string]string{"sourced": "S-1", "contested": "C-a", "contextual": "X-1"}[tag]
		if tag == h.from && w.rnd.Float64() < h.rate {
			tag, rule = h.to, h.rule
		} else if w.rnd.IntN(100) == 0 {
			tag, rule = "contextual", "X-1"
		}
		ann := annotations.Annotation{Tag: tag, Rule: rule, Inside: tag == "contested"}
		if tag == "sourced" {
			words := a.Units[i].Span.In(a.Body)
			name, _, _ := strings.Cut(strings.TrimPrefix(words, "According to "), ",")
			ann.Attributions = []annotations.Attribution{{Name: name, Kind: "organisation"}}
		}
		if len(h.evidence) > 0 && w.rnd.IntN(3) == 0 {
			ann.Evidence = []annotations.Use{{ID: pick(w.rnd, h.evidence...), Stance: annotations.EvidenceSupports}}
		}
		w.say(a, i+1, h.name, ann)
	}
}

func (w *world) desk(t testing.TB) *audit.Desk {
	t.Helper()
	d, err := audit.New(w.in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// large is a world of many articles and five people.
func large(articles, sentences int) *world {
	w := newWorld(7)
	people := []habit{
		{name: "ana", from: "sourced", to: "contextual", rate: .05, rule: "X-2"}, {name: "bob", from: "contextual", to: "sourced", rate: .1, rule: "S-2"},
		{name: "eve", from: "contested", to: "contextual", rate: .2, rule: "X-2"}, {name: "kim", from: "contested", to: "sourced", rate: .1, rule: "S-1"},
		{name: "zoe", from: "sourced", to: "contested", rate: .05, rule: "C-b"},
	}
	for i := range people {
		for range 5 {
			e := annotations.Evidence{Note: fmt.Sprintf("ledger %d", w.rnd.IntN(8))}
			w.in.Evidence[e.Identify()] = e
			people[i].evidence = append(people[i].evidence, e.ID)
		}
	}
	for range articles {
		a := w.article(sentences)
		a.Rows = make([]audit.Row, 0, sentences*len(people))
		for _, h := range people {
			w.judge(a, h)
		}
		slices.SortFunc(a.Rows, func(x, y audit.Row) int { return int(x.Sentence) - int(y.Sentence) })
	}
	return w
}

func BenchmarkDesk1000ArticlesBy5Reviewers(b *testing.B) {
	w := large(1000, 40)
	seed := [32]byte{1}
	w.in.Options.Seed = &seed
	b.ReportAllocs()
	for b.Loop() {
		w.desk(b)
	}
}
