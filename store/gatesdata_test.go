package store

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// Every article of the gates has so many sentences, each tagged by so many people.
const (
	gateSentences = 100
	gateReviewers = 10
)

func gateArticle(tb testing.TB, i int) *annotations.Article {
	tb.Helper()
	a := &annotations.Article{}
	var b strings.Builder
	for n := range gateSentences {
		start := b.Len()
		fmt.Fprintf(&b, "Sentence %d of article %d says that nobody was asked.", n+1, i)
		a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(n + 1), Span: annotations.Span{Start: start, End: b.Len()}})
		b.WriteByte(' ')
	}
	a.Body = b.String()
	if err := a.Seal(); err != nil {
		tb.Fatal(err)
	}
	a.Name, a.Codebook = a.SuggestName(12), codebook.Builtin().Hash
	return a
}

func gateAnnotation(own annotations.Hash, n int) *annotations.Annotation {
	return &annotations.Annotation{
		Tag: []string{"sourced", "contested", "contextual"}[n%3], Codebook: own, Inside: n%3 == 1,
		Attributions: []annotations.Attribution{{Source: []annotations.Span{{Start: n, End: n + 9}}, Cue: []annotations.Span{{Start: n + 10, End: n + 14}}, Name: "UNODC"}},
	}
}

// gateJournal writes a lawful journal of about n events to path and returns
// how many, and the bytes of their records.
func gateJournal(tb testing.TB, path string, n int) (events int, size int64) {
	tb.Helper()
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w, c, id := bufio.NewWriterSize(f, 1<<20), testCodec(tb), StoreID{7}
	write := func(b []byte) {
		if _, err := w.Write(b); err != nil {
			tb.Fatal(err)
		}
	}
	blob := func(data string) {
		h := annotations.HashOf(data)
		write(appendFrame(nil, frameBlob, h[:], u32(0), u32(1), []byte(data)))
	}
	at, book := time.Unix(1e9, 0).UTC(), codebook.Builtin()
	write(startFrame(id, at, 0))
	blob(string(book.Source))
	acts := make([]uint64, gateReviewers)
	for i := 0; events < n; i++ {
		a, prev, seq := gateArticle(tb, i), annotations.Hash{}, uint64(0)
		put := func(e annotations.Event) {
			who := events % gateReviewers
			acts[who]++
			events++
			seq++
			e.Pos, e.Seq, e.Prev, e.Time, e.Article, e.Codebook, e.Tool = uint64(events), seq, prev, at, a.ID, book.Hash, "stet 1.0"
			e.Actor, e.Act = fmt.Sprintf("reviewer %d", who), annotations.Act{Session: annotations.SessionID{byte(who + 1)}, N: acts[who]}
			rec, err := c.encode(id, &e)
			if err != nil {
				tb.Fatal(err)
			}
			prev = e.Hash
			size += int64(len(rec))
			write(appendFrame(nil, frameEvent, u64(e.Pos), rec))
		}
		blob(string(annotations.AppendTable(nil, a.Units)))
		blob(a.Body)
		put(annotations.Event{Kind: annotations.EventImport, Verb: "import", Meta: &a.Meta})
		for k := 0; k < gateSentences*gateReviewers && events < n; k++ {
			sent := annotations.SentenceID(k/gateReviewers + 1)
			put(annotations.Event{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: sent, Rev: 1, Words: annotations.HashOf(a.Units[sent-1].Span.In(a.Body)), After: gateAnnotation(book.Hash, k)})
		}
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		tb.Fatal(err)
	}
	return events, size
}
