package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// sample is a store in memory with a little of everything.
func sample(tb testing.TB) *Memory {
	tb.Helper()
	at := time.Unix(1e9, 0)
	m, err := NewMemory(StoreID{7}, func() time.Time { return at })
	if err != nil {
		tb.Fatal(err)
	}
	a := &annotations.Article{Body: "One. Two.", Units: []annotations.Sentence{{ID: 1, Span: annotations.Span{Start: 0, End: 4}}, {ID: 2, Span: annotations.Span{Start: 5, End: 9}}}}
	if err := a.Seal(); err != nil {
		tb.Fatal(err)
	}
	s, ctx := &Session{ID: annotations.SessionID{1}, Actor: "ana", Tool: "test"}, context.Background()
	if _, err := Import(ctx, m, s, a, codebook.Builtin()); err != nil {
		tb.Fatal(err)
	}
	ev := annotations.Evidence{URL: "https://harbour.example/1"}
	ev.Identify()
	for rev := range uint64(3) {
		_, err := Do(ctx, m, s, a.ID, annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}, annotations.Change{
			Kind: annotations.EventAnnotate, Sentence: 1, Rev: rev, Secret: "hush",
			Annotation: &annotations.Annotation{Tag: "sourced", Confidential: annotations.Seal([16]byte{1}, "hush")},
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	if _, _, err := Revert(ctx, m, s, annotations.Undo); err != nil {
		tb.Fatal(err)
	}
	return m
}

func journalOf(tb testing.TB, m *Memory) []byte {
	tb.Helper()
	var b bytes.Buffer
	if _, err := m.Export(context.Background(), &b, 0); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// rebuilt makes a store of any bytes and checks what came of it: a typed error,
// or a store that can be opened and read.
func rebuilt(tb rapid.TB, dir string, journal []byte) (Report, error) {
	tb.Helper()
	path := filepath.Join(dir, "rebuilt.db")
	for _, end := range []string{"", ".lock", ".mirror", ".place"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			tb.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	rep, err := Rebuild(ctx, path, "test", bytes.NewReader(journal))
	var own *Error
	if err != nil {
		if !errors.As(err, &own) {
			tb.Errorf("an error that is not typed: %v", err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
			tb.Errorf("a failed rebuild left %q", left)
		}
		return rep, err
	}
	s, err := Open(ctx, Options{Path: path, NoSync: true})
	if err != nil {
		tb.Fatalf("what was rebuilt does not open: %v", err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	}()
	v, err := s.Verify(ctx, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if v.Events != rep.Events || v.Seal.Root != rep.Seal.Root {
		tb.Errorf("rebuilt %d events with root %s, the store has %d with %s", rep.Events, rep.Seal.Root.Short(), v.Events, v.Seal.Root.Short())
	}
	return v, nil
}

func TestAJournalCutAnywhereGivesTheStoreAsItWasThen(t *testing.T) {
	m, dir := sample(t), t.TempDir()
	j := journalOf(t, m)
	seen := map[uint64]bool{}
	step := max(1, len(j)/150)
	for n := len(j); n >= 0; n -= step {
		rep, err := rebuilt(t, dir, j[:n])
		if err != nil {
			if n > 60 {
				t.Errorf("cut at %d: %v", n, err)
			}
			continue
		}
		if !rep.OK() && rep.Events > 0 {
			t.Errorf("cut at %d: %v", n, rep.Problems)
		}
		seen[rep.Events] = true
	}
	st, err := m.Stat(t.Context())
	if err != nil || !seen[st.Events] || !seen[0] {
		t.Errorf("seen %v of %d events", seen, st.Events)
	}
}

func TestARebuildDoesNotTouchWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "there.db")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Rebuild(t.Context(), path, "test", bytes.NewReader(journalOf(t, sample(t)))); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v; want fs.ErrExist", err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
		t.Errorf("%q, %v", b, err)
	}
}

func TestEveryByteOfAJournalCounts(t *testing.T) {
	j, dir := journalOf(t, sample(t)), t.TempDir()
	want, err := rebuilt(t, dir, j)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(j); i += max(1, len(j)/200) {
		b := bytes.Clone(j)
		b[i] ^= 0x20
		rep, err := rebuilt(t, dir, b)
		if err == nil && rep.Events == want.Events && rep.Blobs == want.Blobs && rep.OK() && rep.Seal.Root != want.Seal.Root {
			t.Errorf("byte %d was changed, and another store came out", i)
		}
	}
}

// forged wraps records in a journal that is sound as far as frames go.
func forged(id StoreID, recs ...[]byte) []byte {
	j := startFrame(id, time.Unix(1e9, 0), 0)
	for i, rec := range recs {
		j = appendFrame(j, frameEvent, u64(uint64(i)+1), rec)
	}
	return j
}

func TestForgedRecordsAreRefusedAndNeverCrash(t *testing.T) {
	c, dir := testCodec(t), t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		e := drawEvent(rt)
		e.Kind, e.Seq, e.Prev = annotations.EventKind(rapid.IntRange(0, 7).Draw(rt, "kind of event")), 1, annotations.Hash{}
		rec, err := c.encode(StoreID{7}, &e)
		if err != nil {
			rt.Fatal(err)
		}
		rebuilt(rt, dir, forged(StoreID{7}, rec)) //nolint:errcheck // anything but a crash
	})
	e := vectors()[1]
	e.Seq = 1
	rec, err := c.encode(StoreID{8}, &e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rebuilt(t, dir, forged(StoreID{7}, rec)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a record of another store: %v", err)
	}
}

func FuzzRebuild(f *testing.F) {
	j := journalOf(f, sample(f))
	c := testCodec(f)
	rec, err := c.encode(StoreID{7}, &annotations.Event{Kind: annotations.EventAnnotate, Seq: 1, Actor: "ana"})
	if err != nil {
		f.Fatal(err)
	}
	piece := append(append(make([]byte, hashSize), u32(0)...), u32(1<<30)...)
	seeds := [][]byte{j, j[:len(j)/2], nil, []byte("stet journal 1\n"), forged(StoreID{7}, rec), append(startFrame(StoreID{7}, time.Unix(0, 0), 0), appendFrame(nil, frameBlob, piece, []byte("x"))...)}
	for _, s := range seeds {
		f.Add(s)
	}
	if len(j) < 1000 {
		f.Fatal("the sample journal is empty")
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, b []byte) {
		own, err := os.MkdirTemp(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(own) //nolint:errcheck // the folder goes at the end anyway
		rebuilt(t, own, b)      //nolint:errcheck // anything but a crash
	})
}

func TestSoundFramesAreFoundInADamagedJournal(t *testing.T) {
	j := journalOf(t, sample(t))
	var whole []frame
	for fr := newFrames(bytes.NewReader(j)); ; {
		x, err := fr.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, frame{x.kind, bytes.Clone(x.payload)})
	}
	for i := 0; i < len(j); i += 97 {
		b := bytes.Clone(j)
		b[i] ^= 0xFF
		n := 0
		wholeFrames(bytes.NewReader(b), func(frame) { n++ })
		if n < len(whole)-1 {
			t.Fatalf("byte %d was changed: %d of %d frames are found", i, n, len(whole))
		}
	}
}

// A mirror that cannot be written to is left as it was, and goes on where it
// stopped.
func TestAMirrorGetsOverAFailedWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.db")
	j := journalOf(t, sample(t))
	if _, err := Rebuild(t.Context(), path, "test", bytes.NewReader(j)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{Path: path, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	m, err := openMirror(t.Context(), filepath.Join(dir, "mirror"), s)
	if err != nil {
		t.Fatal(err)
	}
	good := m.f
	if m.f, err = os.Open(good.Name()); err != nil { // may only be read
		t.Fatal(err)
	}
	if err := m.catchUp(t.Context(), s); err == nil {
		t.Fatal("a write to a file open for reading went well")
	}
	if err := m.f.Close(); err != nil {
		t.Fatal(err)
	}
	m.f = good
	if _, err := good.Write([]byte("half a frame")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(m.back(), m.catchUp(t.Context(), s), m.finish(s.id)); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(good.Name())
	if err != nil {
		t.Fatal(err)
	}
	rep, err := rebuilt(t, t.TempDir(), b)
	if err != nil || !rep.OK() || rep.Events != s.tree.size && rep.Events != 8 {
		t.Errorf("%+v, %v", rep, err)
	}
	again, err := openMirror(t.Context(), good.Name(), s)
	if err != nil || again.pos != m.pos || again.last != m.last {
		t.Errorf("opened again the mirror stands at %d, %v; want %d", again.pos, err, m.pos)
	}
	if err := again.f.Close(); err != nil {
		t.Error(err)
	}
}
