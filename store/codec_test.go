package store

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

var update = flag.Bool("update", false, "write the golden files anew")

func testCodec(tb testing.TB) codec {
	tb.Helper()
	c, err := newCodec()
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func drawHash(rt *rapid.T, what string) annotations.Hash {
	return annotations.Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(rt, what))
}

func drawSpans(rt *rapid.T, what string) (out []annotations.Span) {
	for range rapid.IntRange(0, 3).Draw(rt, what) {
		out = append(out, annotations.Span{Start: rapid.IntRange(0, 1<<30).Draw(rt, "start"), End: rapid.IntRange(0, 1<<30).Draw(rt, "end")})
	}
	return out
}

func drawAnnotation(rt *rapid.T, own annotations.Hash) *annotations.Annotation {
	if rapid.IntRange(0, 3).Draw(rt, "nothing") == 0 {
		return nil
	}
	text := rapid.String()
	a := &annotations.Annotation{
		Tag: text.Draw(rt, "tag"), Rule: text.Draw(rt, "rule"), Codebook: own, Note: text.Draw(rt, "note"), Inside: rapid.Bool().Draw(rt, "inside"),
		Unsure: rapid.Bool().Draw(rt, "unsure"), Check: annotations.Check(rapid.IntRange(0, 2).Draw(rt, "check")),
	}
	if other := drawHash(rt, "codebook"); rapid.Bool().Draw(rt, "an older codebook") && !other.IsZero() {
		a.Codebook = other
	}
	for range rapid.IntRange(0, 2).Draw(rt, "attributions") {
		a.Attributions = append(a.Attributions, annotations.Attribution{
			Source: drawSpans(rt, "source"), Cue: drawSpans(rt, "cue"), Content: drawSpans(rt, "content"), Name: text.Draw(rt, "name"),
			Kind: text.Draw(rt, "kind"), Count: rapid.IntRange(0, 99).Draw(rt, "count"), Hops: rapid.IntRange(0, 9).Draw(rt, "hops"), Terms: text.Draw(rt, "terms"),
		})
	}
	for range rapid.IntRange(0, 2).Draw(rt, "uses") {
		h := drawHash(rt, "use")
		a.Evidence = append(a.Evidence, annotations.Use{ID: annotations.EvidenceID(h[:8]), Stance: annotations.Refutes})
	}
	for range rapid.IntRange(0, 2).Draw(rt, "links") {
		h := drawHash(rt, "to")
		a.Links = append(a.Links, annotations.Link{Relation: annotations.Disputes, Manner: annotations.Direct, To: annotations.Target{Article: annotations.ArticleID(h[:16]), Sentence: 7}, Note: text.Draw(rt, "why")})
	}
	if rapid.Bool().Draw(rt, "flags") {
		a.Flags = []string{"numbers", "vague"}
	}
	if rapid.Bool().Draw(rt, "confidential") {
		a.Confidential = annotations.Seal([16]byte{1, 2}, text.Draw(rt, "secret"))
	}
	return a
}

func drawEvent(rt *rapid.T) annotations.Event {
	name, text, h := rapid.StringOfN(rapid.Rune(), -1, -1, 255), rapid.String(), drawHash(rt, "ids")
	e := annotations.Event{
		Pos: rapid.Uint64Min(1).Draw(rt, "pos"), Kind: annotations.EventKind(rapid.SampledFrom([]uint8{1, 2, 2, 2, 3, 4, 5, 77}).Draw(rt, "kind")), Mode: annotations.Mode(rapid.Byte().Draw(rt, "mode")),
		Time: time.UnixMicro(rapid.Int64Range(-1<<50, 1<<52).Draw(rt, "time")).UTC(), Actor: name.Draw(rt, "actor"), Verb: name.Draw(rt, "verb"),
		Act:     annotations.Act{Session: annotations.SessionID(h[:8]), N: rapid.Uint64().Draw(rt, "n")},
		Of:      annotations.Act{Session: annotations.SessionID(h[8:16]), N: rapid.Uint64().Draw(rt, "of")},
		Article: annotations.ArticleID(h[16:]), Seq: rapid.Uint64().Draw(rt, "seq"), Sentence: annotations.SentenceID(rapid.Uint32().Draw(rt, "sentence")),
		Unit: annotations.Kind(rapid.Byte().Draw(rt, "unit")), Words: drawHash(rt, "words"), Reason: text.Draw(rt, "reason"), Tool: text.Draw(rt, "tool"),
		Codebook: drawHash(rt, "codebook"), Rev: rapid.Uint64().Draw(rt, "rev"), Prev: drawHash(rt, "prev"),
	}
	e.Before, e.After = drawAnnotation(rt, e.Codebook), drawAnnotation(rt, e.Codebook)
	if rapid.Bool().Draw(rt, "ruled") {
		e.RuleAfter = &annotations.Ruling{Verdict: annotations.Amend, Tag: text.Draw(rt, "to"), Reason: text.Draw(rt, "because"), Codebook: e.Codebook, Words: rapid.Uint64().Draw(rt, "ruled on"), Author: text.Draw(rt, "brought back")}
	}
	if rapid.Bool().Draw(rt, "item") {
		e.Evidence = &annotations.Evidence{URL: text.Draw(rt, "url"), Quote: text.Draw(rt, "quote"), Copy: drawHash(rt, "copy")}
	}
	if rapid.Bool().Draw(rt, "article's entry") {
		e.Meta = &annotations.Meta{ID: e.Article, Name: text.Draw(rt, "name"), Revision: 3, TextBytes: 4, Original: annotations.Original{Bytes: 1 << 40, File: text.Draw(rt, "file")}}
	}
	if rapid.Bool().Draw(rt, "recovered") {
		e.Recovered = rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(rt, "record")
	}
	return e
}

func TestARecordComesBackAsItWas(t *testing.T) {
	c, id := testCodec(t), StoreID{9}
	rapid.Check(t, func(rt *rapid.T) {
		e := drawEvent(rt)
		b, err := c.encode(id, &e)
		if err != nil {
			rt.Fatal(err)
		}
		rec, h, ok := proven(b)
		if !ok || h != e.Hash || storeOf(rec) != id {
			rt.Fatal("the record does not prove itself")
		}
		if tlog.RecordHash(rec) != tlog.Hash(h) {
			rt.Fatal("its hash is not that of a leaf")
		}
		if article, seq, prev := chainOf(rec); article != e.Article || seq != e.Seq || prev != e.Prev {
			rt.Fatal("its link in the chain differs")
		}
		got, err := c.decode(e.Pos, b)
		if err != nil || !reflect.DeepEqual(got, e) {
			rt.Fatalf("%+v\ncame back as\n%+v, %v", e, got, err)
		}
		if sealed := e.After != nil && e.After.Confidential != nil; e.Kind == annotations.EventAnnotate && sealed && !needy(b) {
			rt.Fatal("an export would leave its confidential note behind")
		}
		again, err := c.encode(id, &got)
		if err != nil || !bytes.Equal(again, b) {
			rt.Fatal("encoded again, the bytes differ")
		}
		i := rapid.IntRange(0, len(b)-1).Draw(rt, "byte")
		b[i] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
		if _, _, ok := proven(b); ok {
			rt.Fatalf("a bit of byte %d was changed, and the record proves itself", i)
		}
	})
}

func TestNamesThatDoNotFitARecord(t *testing.T) {
	c := testCodec(t)
	for _, e := range []annotations.Event{{Actor: strings.Repeat("x", 256)}, {Verb: strings.Repeat("x", 256)}} {
		if _, err := c.encode(StoreID{}, &e); err == nil {
			t.Errorf("%d bytes of name were encoded", 256)
		}
	}
}

// vectors are events that stand for each sort; their bytes are the format.
func vectors() []annotations.Event {
	at := time.Date(2026, 1, 2, 15, 4, 5, 6000, time.UTC)
	article, book := annotations.ArticleID{0xA1, 0xA2}, annotations.Hash{0xC0}
	tag := &annotations.Annotation{Tag: "contested", Rule: "C-a", Codebook: book, Inside: true}
	rich := &annotations.Annotation{
		Tag: "sourced", Codebook: book, Note: "see “page 3”", Flags: []string{"numbers", "vague"}, Unsure: true, Check: annotations.CheckWanted,
		Attributions: []annotations.Attribution{{Source: []annotations.Span{{Start: 1, End: 4}}, Cue: []annotations.Span{{Start: 5, End: 9}}, Name: "UNODC", Kind: "official", Count: 2, Hops: 1}},
		Evidence:     []annotations.Use{{ID: annotations.EvidenceID{0xE1}, Stance: annotations.Refutes}},
		Links:        []annotations.Link{{Relation: annotations.Disputes, Manner: annotations.Partial, To: annotations.Target{Article: article, Sentence: 2}}},
		Confidential: annotations.Seal([16]byte{1, 2, 3}, "hush"),
	}
	base := annotations.Event{Time: at, Actor: "ana", Tool: "stet 1", Act: annotations.Act{Session: annotations.SessionID{5}, N: 1}, Article: article, Codebook: book}
	make := func(pos uint64, edit func(e *annotations.Event)) annotations.Event {
		e := base
		e.Pos, e.Seq = pos, pos
		edit(&e)
		return e
	}
	return []annotations.Event{
		make(1, func(e *annotations.Event) {
			e.Kind, e.Verb = annotations.EventImport, "import"
			e.Meta = &annotations.Meta{ID: article, Name: "cnn-a1a2", Title: "Ferries", Revision: 1, TextBytes: 40, Sentences: 2, Required: 2, Codebook: book, Original: annotations.Original{File: "a.txt", Bytes: 41}}
		}),
		make(2, func(e *annotations.Event) {
			e.Kind, e.Verb, e.Sentence, e.Rev, e.After, e.Words = annotations.EventAnnotate, "tag", 1, 1, tag, annotations.HashOf("One.")
		}),
		make(3, func(e *annotations.Event) {
			e.Kind, e.Verb, e.Sentence, e.Rev, e.Before, e.After, e.Reason, e.Unit = annotations.EventAnnotate, "note", 1, 2, tag, rich, "it’s on page 3", annotations.KindListItem
		}),
		make(4, func(e *annotations.Event) {
			e.Kind, e.Sentence, e.Rev, e.Before, e.After = annotations.EventAnnotate, 1, 3, rich, tag
			e.Mode, e.Of = annotations.Undo, annotations.Act{Session: annotations.SessionID{5}, N: 3}
		}),
		make(5, func(e *annotations.Event) {
			e.Kind, e.Actor, e.Sentence, e.Rev = annotations.EventRule, "lea", 2, 1
			e.RuleAfter = &annotations.Ruling{Verdict: annotations.Amend, Tag: "sourced", Codebook: book, Reason: "two sources"}
		}),
		make(6, func(e *annotations.Event) {
			e.Kind, e.Article = annotations.EventEvidence, annotations.Desk
			e.Evidence = &annotations.Evidence{URL: "https://harbour.example/1", Quote: "not asked"}
			e.Evidence.Identify()
		}),
		make(7, func(e *annotations.Event) { e.Kind, e.Codebook = annotations.EventCodebook, annotations.Hash{0xC1} }),
		make(8, func(e *annotations.Event) { e.Kind, e.Recovered = 99, []byte{1, 2, 3} }),
	}
}

func TestRecordVectors(t *testing.T) {
	c := testCodec(t)
	var out strings.Builder
	var prev annotations.Hash
	for _, e := range vectors() {
		e.Prev = prev
		b, err := c.encode(StoreID{0x57, 0x0E}, &e)
		if err != nil {
			t.Fatal(err)
		}
		prev = e.Hash
		fmt.Fprintf(&out, "%d %s\n%s\n", e.Pos, e.Kind, hex.EncodeToString(b))
	}
	path := filepath.Join("testdata", "records.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("records are no longer written as they were; if that is meant, raise the version and run with -update\ngot\n%s", out.String())
	}
	lines := strings.Split(strings.TrimSpace(string(want)), "\n")
	if len(lines) != 2*len(vectors()) {
		t.Fatalf("%d lines", len(lines))
	}
	for i, e := range vectors() {
		b, err := hex.DecodeString(lines[2*i+1])
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.decode(e.Pos, b)
		e.Prev, e.Hash = got.Prev, got.Hash
		if err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("vector %d reads as %+v, %v; want %+v", i+1, got, err, e)
		}
	}
}

// A record tells the length of a name in one byte, to which one more was added as a
// byte: a name of 255 bytes in somebody else's journal ended the program.
func TestANameOfTheGreatestLengthIsRead(t *testing.T) {
	c := testCodec(t)
	for _, n := range []int{0, 127, 128, 254, 255} {
		e := vectors()[0]
		e.Actor, e.Verb = strings.Repeat("a", n), strings.Repeat("v", n)
		b, err := c.encode(StoreID{1}, &e)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.decode(e.Pos, b)
		if err != nil || got.Actor != e.Actor || got.Verb != e.Verb {
			t.Errorf("names of %d bytes: %d and %d bytes, %v", n, len(got.Actor), len(got.Verb), err)
		}
		for cut := recordFixed; cut < len(b); cut++ {
			if name, rest, ok := cutName(b[recordFixed:cut]); ok && len(name)+len(rest)+1 != cut-recordFixed {
				t.Fatalf("of %d bytes a name has %d and %d are left", cut-recordFixed, len(name), len(rest))
			}
		}
	}
}

func FuzzDecodeRecord(f *testing.F) {
	c := testCodec(f)
	n := 0
	for _, e := range vectors() {
		b, err := c.encode(StoreID{1}, &e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		n++
	}
	f.Add([]byte{})
	f.Add(make([]byte, recordFixed+2+hashSize))
	if n == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := c.decode(1, b)
		if err != nil {
			return
		}
		if _, err := c.encode(StoreID{1}, &e); err != nil {
			t.Errorf("what was decoded cannot be encoded: %v", err)
		}
	})
}

func TestTheEdgeGivesTheRootOfTheTree(t *testing.T) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			out[i] = stored[x]
		}
		return out, nil
	})
	var f frontier
	for n := int64(0); n <= 2000; n++ {
		want, err := tlog.TreeHash(n, reader)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			want = tlog.Hash{} // an empty log has no root here
		}
		if tlog.Hash(f.root()) != want || f.size != uint64(n) {
			t.Fatalf("at size %d the root is %s, want %s", n, f.root().Short(), want)
		}
		seal := encodeSeal(&f, time.UnixMicro(n))
		s, g, err := decodeSeal(uint64(n), seal)
		if err != nil || s.Root != f.root() || s.Time != time.UnixMicro(n).UTC() || g.root() != f.root() {
			t.Fatalf("the seal at %d came back as %+v, %v", n, s, err)
		}
		rec := binary.BigEndian.AppendUint64([]byte("record "), uint64(n))
		hashes, err := tlog.StoredHashes(n, rec, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
		f.add(recordHash(rec))
	}
}

func TestASealThatWasChangedIsRefused(t *testing.T) {
	var f frontier
	for i := range 37 {
		f.add(annotations.HashOf(fmt.Sprint(i)))
	}
	good := encodeSeal(&f, time.Unix(1e9, 0))
	for i := range good {
		b := bytes.Clone(good)
		b[i] ^= 4
		if _, _, err := decodeSeal(37, b); err == nil {
			t.Errorf("byte %d was changed, and the seal passes", i)
		}
		if _, _, err := decodeSeal(37, good[:i]); err == nil {
			t.Errorf("cut at %d, the seal passes", i)
		}
	}
	if _, _, err := decodeSeal(1, good); err == nil {
		t.Error("the seal passes at another size")
	}
}
