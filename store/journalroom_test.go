package store

import (
	"bytes"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
)

// flood is a journal of very many frames, made while it is read. It notes how much
// memory is held meanwhile.
type flood struct {
	next func(i int) []byte
	n, i int
	left []byte
	held uint64
}

// Read implements [io.Reader].
func (f *flood) Read(b []byte) (int, error) {
	if len(f.left) == 0 {
		if f.i == f.n {
			return 0, io.EOF
		}
		if f.i%16 == 15 {
			f.held = max(f.held, heapInUse())
		}
		f.left = f.next(f.i)
		f.i++
	}
	n := copy(b, f.left)
	f.left = f.left[n:]
	return n, nil
}

// heapInUse is how much memory is held, in bytes.
func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Whoever sends a journal, as to `stet merge -` over SSH, could take all memory of the
// one who reads it: pieces of a text without end, or of texts that never end,
// and confidential notes of no event were all kept until the journal ended. Six
// hundred megabytes of them took three thousand.
func TestAJournalWithoutEndTakesLittleMemory(t *testing.T) {
	const each, most = 1 << 20, 96 << 20
	big := make([]byte, each)
	name := func(i int) []byte { return append(u32(uint32(i)), make([]byte, hashSize-4)...) }
	note := make([]byte, 60<<10)
	for what, next := range map[string]func(i int) []byte{
		"a text without end":       func(i int) []byte { return appendFrame(nil, frameBlob, name(1), u32(uint32(i)), u32(1<<31), big) },
		"texts that never end":     func(i int) []byte { return appendFrame(nil, frameBlob, name(i), u32(0), u32(2), big) },
		"texts that are others":    func(i int) []byte { return appendFrame(nil, frameBlob, name(i), u32(0), u32(1), big) },
		"a note without end":       func(i int) []byte { return appendFrame(nil, frameSecret, name(i), big) },
		"frames that nobody knows": func(int) []byte { return appendFrame(nil, '?', big) },
		"notes of no event": func(i int) (out []byte) {
			for k := range each / len(note) {
				out = appendFrame(out, frameSecret, name(i*100+k), note)
			}
			return out
		},
	} {
		before := heapInUse()
		f := &flood{n: 192, left: startFrame(StoreID{1}, time.Unix(0, 0), 0), next: next}
		if _, err := Rebuild(t.Context(), filepath.Join(t.TempDir(), "flooded.db"), "test", f); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if held := max(f.held, before) - before; held > most {
			t.Errorf("%s: %d MB are held while %d come in", what, held>>20, f.n)
		}
	}
}

// A text is put in the file as its pieces come, which a journal may have cut in any
// way. What is there already and right is not replaced by what is wrong.
func TestPiecesOfAnySizeMakeAText(t *testing.T) {
	text := strings.Repeat("The harbour was closed. ", 9_000)
	h := annotations.HashOf(text)
	for _, size := range []int{100, 1000, blobPiece, blobPiece + 1, 150_000, len(text)} {
		journal := startFrame(StoreID{1}, time.Unix(0, 0), 0)
		n := (len(text) + size - 1) / size
		put := func(text string) {
			for i := range n {
				journal = appendFrame(journal, frameBlob, h[:], u32(uint32(i)), u32(uint32(n)), []byte(text[i*size:min(len(text), (i+1)*size)]))
			}
		}
		wrong := strings.ToUpper(text)
		put(wrong)
		journal = journal[:len(journal)-1] // cut off, and begun again
		journal = append(startFrame(StoreID{1}, time.Unix(0, 0), 0), wholeOf(journal)...)
		put(text)
		put(wrong)
		path := filepath.Join(t.TempDir(), "pieces.db")
		rep, err := Rebuild(t.Context(), path, "test", bytes.NewReader(journal))
		if err != nil || len(rep.Problems) != 1 || rep.Problems[0].Where != "blob "+h.Short() {
			t.Errorf("in pieces of %d bytes: %v, %v", size, err, rep.Problems)
		}
		s, err := Open(t.Context(), Options{Path: path, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.Blob(t.Context(), h, 0, -1); err != nil || got != text {
			t.Errorf("in pieces of %d bytes it came as %d bytes: %v", size, len(got), err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// wholeOf is the frames of a journal that are whole, without the first.
func wholeOf(journal []byte) []byte {
	f := newFrames(bytes.NewReader(journal))
	for {
		if _, err := f.next(); err != nil {
			return journal[len(startFrame(StoreID{}, time.Time{}, 0)):f.off]
		}
	}
}

// A mirror in which a long frame could begin at every third byte kept a salvage, which
// looked through each of them to its end, busy for a minute for each megabyte or two.
func TestAMirrorOfBeginningsHoldsNobodyUp(t *testing.T) {
	j := journalOf(t, sample(t))
	want := 0
	wholeFrames(bytes.NewReader(j), func(frame) { want++ })
	evil := bytes.Repeat([]byte{0, 0x1F, frameEvent}, 4<<20)
	apart := make([]byte, maxFrame) // where a frame that seems to begin at the end of it ends
	began, found := time.Now(), 0
	wholeFrames(io.MultiReader(bytes.NewReader(evil), bytes.NewReader(apart), bytes.NewReader(j)), func(frame) { found++ })
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it takes %v", took)
	}
	if found != want {
		t.Errorf("%d of %d frames are found behind it", found, want)
	}
}
