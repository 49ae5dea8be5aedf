package survey_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/store/survey"
)

// judge gives the first n sentences a tag in the name of who, as acts of at most
// forty.
func judge(tb testing.TB, st store.Store, id annotations.ArticleID, who *store.Session, n int, tag func(i int) string) {
	tb.Helper()
	var changes []annotations.Change
	for i := range n {
		changes = append(changes, storetest.Tag(annotations.SentenceID(i+1), 0, tag(i)))
		if len(changes) == 40 || i == n-1 {
			if _, err := store.Do(tb.Context(), st, who, id, changes...); err != nil {
				tb.Fatal(err)
			}
			changes = nil
		}
	}
}

func read(t *testing.T, r *survey.Reader) *survey.Survey {
	t.Helper()
	s, err := r.Read(t.Context(), survey.Options{Moments: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Whatever happens to a store, a reader that remembers gives what one gives that
// reads it for the first time.
func TestReadingAgainIsReadingAnew(t *testing.T) {
	st := storetest.New(t)
	lea := storetest.Session(t, "lea")
	one := storetest.Import(t, st, lea, storetest.Article(t, "ferries", 5))
	reader := survey.New(st, "lea")
	rule := func(s annotations.SentenceID, rev uint64, r *annotations.Ruling) func() {
		return func() {
			if _, err := store.Do(t.Context(), st, lea, one, annotations.Change{Kind: annotations.EventRule, Verb: "audit", Sentence: s, Rev: rev, Ruling: r}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, step := range []func(){
		func() {},
		func() { judge(t, st, one, storetest.Session(t, "ben"), 5, func(int) string { return "sourced" }) },
		func() { storetest.Import(t, st, lea, storetest.Article(t, "weirs", 3)) },
		func() { judge(t, st, one, storetest.Session(t, "eve"), 5, func(int) string { return "sourced" }) },
		rule(2, 0, &annotations.Ruling{Verdict: annotations.Stet}),
		rule(3, 0, &annotations.Ruling{Verdict: annotations.Neither}),
		rule(2, 1, nil),
	} {
		step()
		again, anew := read(t, reader), read(t, survey.New(st, "lea"))
		if !reflect.DeepEqual(again, anew) {
			t.Fatalf("after step %d the reader that remembers gives\n%+v\nnot\n%+v", name, again, anew)
		}
		if _, err := audit.New(again.Input); err != nil {
			t.Fatal(err)
		}
	}
	s := read(t, reader)
	if rev := s.TakenBack[annotations.Target{Article: one, Sentence: 2}]; rev != 2 || len(s.TakenBack) != 1 {
		t.Errorf("taken back: %v", s.TakenBack)
	}
	if len(s.Input.Moments) != 10 {
		t.Errorf("%d moments of ten decisions", len(s.Input.Moments))
	}
	verb, err := reader.NewestVerb(t.Context(), s, func(v string) bool { return v == "audit" })
	if err != nil || verb != "audit" {
		t.Errorf("the newest verb is %q, %v", verb, err)
	}
	for _, x := range s.Standings("lea") {
		if want := x.Article == one; x.Agreed != want || want && len(x.Open) != 2 {
			t.Errorf("%+v; ben and eve agree on the first article only", x)
		}
	}
}

// BenchmarkThousandArticles reads forty thousand sentences judged by three: the
// first time, and after one more decision.
func BenchmarkThousandArticles(b *testing.B) {
	st, err := store.Open(b.Context(), store.Options{Path: filepath.Join(b.TempDir(), "stet.db"), Create: true, NoSync: true, Clock: storetest.Clock()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := st.Close(); err != nil {
			b.Error(err)
		}
	})
	lea := storetest.Session(b, "lea")
	people := []*store.Session{storetest.Session(b, "ana"), storetest.Session(b, "ben"), storetest.Session(b, "eve")}
	tags := []string{"sourced", "contextual", "sourced", "sourced", "contested"}
	var last annotations.ArticleID
	for i := range 1000 {
		last = storetest.Import(b, st, lea, storetest.Article(b, fmt.Sprint("story ", i), 40))
		for who, s := range people {
			judge(b, st, last, s, 40, func(k int) string {
				if (i+k+who)%17 == 0 {
					return tags[(k+who)%5]
				}
				return tags[k%5]
			})
		}
	}
	r := survey.New(st, "lea")
	run := func(name string, with survey.Options, reader func() *survey.Reader) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := reader().Read(b.Context(), with); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("first", survey.Options{}, func() *survey.Reader { return survey.New(st, "lea") })
	run("first with the log", survey.Options{Moments: true}, func() *survey.Reader { return survey.New(st, "lea") })
	run("again", survey.Options{Moments: true}, func() *survey.Reader { return r })
	b.Run("figures", func(b *testing.B) {
		s, err := r.Read(b.Context(), survey.Options{Moments: true})
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := audit.New(s.Input); err != nil {
				b.Fatal(err)
			}
		}
	})
}
