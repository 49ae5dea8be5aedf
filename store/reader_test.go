package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// readerOf puts an article into a store and reads it piece by piece.
func readerOf(t *testing.T, st store.Store, a *annotations.Article) *store.Reader {
	t.Helper()
	id := storetest.Import(t, st, storetest.Session(t, "ana"), a)
	sum, err := st.Summary(t.Context(), "ana", id)
	if err != nil {
		t.Fatal(err)
	}
	return store.Read(t.Context(), st, &sum)
}

// What is read piece by piece is what is read as a whole: each sentence, and words that
// go over the borders of pieces, before the proof and after it.
func TestAReaderGivesWhatTheArticleHas(t *testing.T) {
	t.Parallel()
	a := storetest.Article(t, "ferries", 20_000)
	r := readerOf(t, storetest.New(t), a)
	if r.Len() != len(a.Units) || r.About().Name == "" {
		t.Fatalf("%d sentences of %q", r.Len(), r.About().Name)
	}
	look := func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			from := rapid.IntRange(0, len(a.Units)-1).Draw(rt, "from")
			to := min(from+rapid.SampledFrom([]int{0, 1, 7, 500, 19_000}).Draw(rt, "and"), len(a.Units)-1)
			if got := r.Unit(from); got != a.Units[from] {
				rt.Fatalf("sentence %d: %+v, want %+v", from, got, a.Units[from])
			}
			near := annotations.Span{Start: a.Units[from].Span.Start, End: a.Units[to].Span.End}
			if got := r.In(near); got != near.In(a.Body) {
				rt.Fatalf("bytes %d to %d: %d bytes that differ", near.Start, near.End, len(got))
			}
		})
		if err := r.Fault(); err != nil {
			t.Fatal(err)
		}
	}
	look(t)
	if err := r.Prove(); err != nil {
		t.Fatal(err)
	}
	look(t)
	whole, err := r.Whole()
	if err != nil || whole.Body != a.Body || len(whole.Units) != len(a.Units) {
		t.Errorf("the whole: %v", err)
	}
	for _, s := range []annotations.Span{{}, {Start: -1, End: 4}, {Start: 5, End: 3}, {Start: 0, End: len(a.Body) + 1}} {
		if got := r.In(s); got != "" {
			t.Errorf("%v: %q", s, got)
		}
	}
}

// spoilt is a store in which a disk changes bytes of a blob.
type spoilt struct {
	store.Store
	of    annotations.Hash
	spoil func(string) string
	bytes int // read of blobs
}

func (s *spoilt) Blob(ctx context.Context, h annotations.Hash, off, n int) (string, error) {
	part, err := s.Store.Blob(ctx, h, off, n)
	if s.bytes += len(part); err != nil || h != s.of || s.spoil == nil {
		return part, err
	}
	all, err := s.Store.Blob(ctx, h, 0, -1)
	all = s.spoil(all)
	end := len(all)
	if n >= 0 {
		end = min(off+n, end)
	}
	return all[min(off, end):end], err
}

func (s *spoilt) CopyBlob(ctx context.Context, w io.Writer, h annotations.Hash) error {
	all, err := s.Blob(ctx, h, 0, -1)
	if err == nil {
		_, err = io.WriteString(w, all)
	}
	return err
}

// What was damaged is never taken for what was imported: not by the proof, and not when
// it is damaged after the proof and read then.
func TestAReaderTellsDamage(t *testing.T) {
	t.Parallel()
	a := storetest.Article(t, "ferries", 5000)
	at := a.Units[3000].Span.Start + 2
	table := func(units []annotations.Sentence) string { return string(annotations.AppendTable(nil, units)) }
	other := func(s string) string { return s[:at] + "~" + s[at+1:] }
	for _, c := range []struct {
		name  string
		of    annotations.Hash
		spoil func(string) string
	}{
		{"another letter", a.Text, other},
		{"no UTF-8", a.Text, func(s string) string { return s[:at] + "\xff" + s[at+1:] }},
		{"cut short", a.Text, func(s string) string { return s[:at] }},
		{"longer", a.Text, func(s string) string { return s + "x" }},
		{"a sentence that ends elsewhere", a.Table, func(s string) string {
			units, _ := annotations.ParseTable([]byte(s))
			units[3000].Span.End++
			return table(units)
		}},
		{"a sentence beyond the end", a.Table, func(s string) string {
			units, _ := annotations.ParseTable([]byte(s))
			units[3000].Span.End = len(a.Body) + 7
			return table(units)
		}},
		{"a short table", a.Table, func(s string) string { return s[:3000*annotations.TableRecord+3] }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			st := &spoilt{Store: storetest.New(t), of: c.of, spoil: c.spoil}
			r := readerOf(t, st, a)
			if err := r.Prove(); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("the proof says %v", err)
			}
			r.In(r.Unit(3000).Span) // without a panic

			late := &spoilt{Store: storetest.New(t), of: c.of}
			r = readerOf(t, late, a)
			if got := r.In(r.Unit(10).Span); got != a.Units[10].Span.In(a.Body) {
				t.Fatalf("%q", got)
			}
			if err := r.Prove(); err != nil {
				t.Fatal(err)
			}
			if late.spoil = c.spoil; c.name == "longer" {
				return // what stands behind the text is not read
			}
			if got := r.In(r.Unit(3000).Span); r.Fault() == nil {
				t.Errorf("damaged after the proof, it reads %q", got)
			} else if !errors.Is(r.Fault(), store.ErrDamaged) {
				t.Errorf("the fault is %v", r.Fault())
			}
		})
	}
}

// A piece that was read before the proof, while the disk said something else, does not
// stay.
func TestWhatWasReadBeforeTheProofIsProvedToo(t *testing.T) {
	t.Parallel()
	a := storetest.Article(t, "ferries", 500)
	st := &spoilt{Store: storetest.New(t), of: a.Text, spoil: func(s string) string { return strings.Replace(s, "Sentence 7 ", "Sentence 9 ", 1) }}
	r := readerOf(t, st, a)
	if got := r.In(r.Unit(6).Span); !strings.HasPrefix(got, "Sentence 9") {
		t.Fatalf("%q", got)
	}
	st.spoil = nil
	if err := r.Prove(); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("the proof says %v", err)
	}
}

// Of a long article no more is read, and kept, than what is looked at.
func TestAReaderReadsWhatIsLookedAt(t *testing.T) {
	t.Parallel()
	a := storetest.Article(t, "ferries", 100_000)
	st := &spoilt{Store: storetest.New(t)}
	r := readerOf(t, st, a)
	st.bytes = 0
	for i := 50_000; i < 50_040; i++ {
		if got := r.In(r.Unit(i).Span); got != a.Units[i].Span.In(a.Body) {
			t.Fatalf("%d: %q", i, got)
		}
	}
	if st.bytes > 64<<10 {
		t.Errorf("%d bytes were read for forty sentences", st.bytes)
	}
	var all strings.Builder
	for i := range r.Len() {
		all.WriteString(r.In(r.Unit(i).Span))
	}
	st.bytes = 0
	for i := 99_900; i < 100_000; i++ {
		r.In(r.Unit(i).Span)
	}
	if st.bytes != 0 {
		t.Errorf("%d bytes were read again that had just been looked at", st.bytes)
	}
}

// Text comes in parts of any length; a letter may stand in two of them.
func FuzzLetters(f *testing.F) {
	for _, s := range []string{"", "a", "é", "日本語 🚢", "\xff", "a\xe2\x82", "\xf0\x9f\x9a", "🚢\xa2"} {
		for step := uint8(1); step < 6; step++ {
			f.Add([]byte(s), step)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte, step uint8) {
		if got, want := store.LettersWhole(b, max(int(step), 1)), bytes.Equal(bytes.ToValidUTF8(b, nil), b); got != want {
			t.Errorf("%q in steps of %d: %v, want %v", b, step, got, want)
		}
	})
}

// The price of a sentence does not grow with the article.
func BenchmarkReader(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			st := storetest.New(b)
			a := storetest.Article(b, "ferries", n)
			id := storetest.Import(b, st, storetest.Session(b, "ana"), a)
			sum, err := st.Summary(b.Context(), "ana", id)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				r := store.Read(b.Context(), st, &sum)
				for i := n / 2; i < n/2+40; i++ {
					r.In(r.Unit(i).Span)
				}
			}
		})
	}
}
