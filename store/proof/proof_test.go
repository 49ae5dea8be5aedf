package proof_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/proof"
	"stet.example/stet/store/storetest"
)

func newKey(t *testing.T, seed byte, name string) *proof.Key {
	t.Helper()
	k, err := proof.NewKey(rand.NewChaCha8([32]byte{seed}), name)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func aCheckpoint() proof.Checkpoint {
	return proof.Checkpoint{
		Store: "00112233445566778899aabbccddeeff", Size: 17, Root: annotations.HashOf("root"), Time: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC),
	}
}

func TestACheckpointIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := aCheckpoint()
		c.Size = rapid.Uint64Range(1, 1<<61).Draw(t, "size")
		copy(c.Root[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root"))
		c.Time = time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "time"), 0).UTC()
		for i := range rapid.IntRange(0, 3).Draw(t, "ends") {
			c.Ends = append(c.Ends, proof.End{Article: annotations.ArticleID{byte(i)}, Head: annotations.Head{N: uint64(i) + 1, Hash: c.Root}})
		}
		got, err := proof.ParseText(c.Text())
		if err != nil || got.Text() != c.Text() || got.Size != c.Size || got.Root != c.Root || !got.Time.Equal(c.Time) || len(got.Ends) != len(c.Ends) {
			t.Fatalf("%+v came back as %+v, %v", c, got, err)
		}
	})
}

func TestWhatIsNoCheckpointIsNotReadAsOne(t *testing.T) {
	good := aCheckpoint().Text()
	root := strings.Split(good, "\n")[2]
	for _, bad := range []string{
		"", "\n", "stet/x\n1\n" + root + "\n2026-03-05T09:00:00Z\n", "other/" + good[5:], good[:len(good)-1], good + "\n", good + "article x 1 y\n", good + "more\n",
		strings.Replace(good, "\n17\n", "\n017\n", 1), strings.Replace(good, "\n17\n", "\n0\n", 1), strings.Replace(good, "\n17\n", "\n-1\n", 1),
		strings.Replace(good, "\n17\n", "\n9223372036854775808\n", 1), strings.Replace(good, "=\n", "\n", 1), strings.Replace(good, "00Z", "00+00:00", 1),
		strings.Replace(good, "00112233", "0011223G", 1), strings.Replace(good, "aabb", "AABB", 1),
		"stet-store x", "stet-store x\n0\nAAAA\n", "stet-store 00112233445566778899aabbccddeeff\n1\n!\n",
	} {
		if c, err := proof.ParseText(bad); !errors.Is(err, proof.ErrNotNote) {
			t.Errorf("%q was read as %+v, %v", bad, c, err)
		}
	}
	if _, err := proof.ParseText(good); err != nil {
		t.Error(err)
	}
}

func TestASignatureIsCheckedByTheKeyThatWasGiven(t *testing.T) {
	ours, theirs, namesake := newKey(t, 1, "desk"), newKey(t, 2, "other"), newKey(t, 3, "desk")
	note, err := proof.Sign(aCheckpoint(), ours)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(note, "go.sum") || !strings.HasPrefix(note, "stet/0011") {
		t.Errorf("the note says\n%s", note)
	}
	bare, err := proof.Sign(aCheckpoint(), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := strings.LastIndex(note, "17")
	for _, c := range []struct {
		name, note string
		keys       []string
		want       proof.Trust
		err        error
	}{
		{"by our key", note, []string{theirs.Public(), ours.Public()}, proof.Good, nil},
		{"as it came by mail", "\r\n" + strings.ReplaceAll(note, "\n", "\r\n") + "\r\n \r\n", []string{ours.Public()}, proof.Good, nil},
		{"without a key", note, nil, proof.Unchecked, nil},
		{"by the key of somebody else", note, []string{theirs.Public()}, proof.Unchecked, nil},
		{"by another key of the same name", note, []string{namesake.Public()}, proof.Unchecked, nil},
		{"not signed", bare, []string{ours.Public()}, proof.Unsigned, nil},
		{"with another number of events", note[:i] + "18" + note[i+2:], []string{ours.Public()}, "", proof.ErrSignature},
		{"with another name", strings.Replace(note, "— desk", "— dusk", 1), []string{ours.Public()}, proof.Unchecked, nil},
		{"cut off", note[:len(note)-30], []string{ours.Public()}, "", proof.ErrNotNote},
		{"a letter", "Dear Ana,\n\nhere it is.\n", nil, "", proof.ErrNotNote},
		{"nothing", "", nil, "", proof.ErrNotNote},
		{"of the old form", "stet-store 00112233445566778899aabbccddeeff\n17\n" + strings.Split(bare, "\n")[2] + "\n", nil, proof.Unsigned, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := proof.Open(c.note, c.keys...)
			if !errors.Is(err, c.err) || err == nil && (s.Trust != c.want || s.Size != 17 || s.Root != aCheckpoint().Root) {
				t.Errorf("%+v, %v; want %q, %v", s, err, c.want, c.err)
			}
		})
	}
}

func TestAKeyIsKeptPrivately(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "checkpoint.key")
	if _, err := proof.LoadKey(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no key: %v", err)
	}
	k := newKey(t, 1, "harbour-desk/2")
	if err := k.Save(path); err != nil {
		t.Fatal(err)
	}
	if err := newKey(t, 2, "x").Save(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second key in its place: %v", err)
	}
	got, err := proof.LoadKey(path)
	if err != nil || got.Public() != k.Public() || got.Name() != "harbour-desk/2" || proof.CheckPublic(got.Public()) != nil {
		t.Fatalf("it came back as %+v, %v", got, err)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("its mode is %v, %v", info.Mode(), err)
		}
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		if _, err := proof.LoadKey(path); err == nil || !strings.Contains(err.Error(), "can be read by others") {
			t.Errorf("a key that others can read: %v", err)
		}
	}
	for seed := range byte(100) { // some of which have a plus in their base64
		if k := newKey(t, seed, "x"); proof.CheckPublic(k.Public()) != nil {
			t.Errorf("the verifier key of %d is none: %s", seed, k.Public())
		}
	}
	for _, name := range []string{"", "two words", "a+b", "é", "a\x1bb", strings.Repeat("a", 65)} {
		if _, err := proof.NewKey(rand.NewChaCha8([32]byte{}), name); err == nil {
			t.Errorf("%q was taken for a key's name", name)
		}
	}
	bad := filepath.Join(t.TempDir(), "bad")
	if err := os.WriteFile(bad, []byte("PRIVATE+KEY+x+12345678+AAAA"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := proof.LoadKey(bad); err == nil || strings.Contains(err.Error(), "AAAA") {
		t.Errorf("a broken key: %v", err)
	}
}

// grow appends n events and returns the seal after them.
func grow(t *testing.T, s store.Store, who *store.Session, id annotations.ArticleID, n int) store.Seal {
	t.Helper()
	for range n {
		rev := uint64(0)
		rows, err := s.State(t.Context(), id, 2, 3, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			rev = r.Annotation.Rev
		}
		if _, err := store.Do(t.Context(), s, who, id, storetest.Tag(2, rev, []string{"sourced", "contextual"}[rev%2])); err != nil {
			t.Fatal(err)
		}
	}
	seal, err := s.Seal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return seal
}

func TestRootsAreThoseOfTheSeals(t *testing.T) {
	s := storetest.New(t)
	who := storetest.Session(t, "ana")
	id := storetest.Import(t, s, who, storetest.Article(t, "piers", 3))
	var sizes []uint64
	var want []annotations.Hash
	for _, n := range []int{0, 1, 1, 2, 7, 33} {
		seal := grow(t, s, who, id, n)
		sizes, want = append(sizes, seal.Size), append(want, seal.Root)
	}
	got, err := proof.Roots(t.Context(), s, sizes...)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d roots, %v", len(got), err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("at %d the root is %s, the seal says %s", sizes[i], got[i].Short(), want[i].Short())
		}
	}
	for _, bad := range [][]uint64{{0}, {3, 2}, {1000}} {
		if _, err := proof.Roots(t.Context(), s, bad...); err == nil {
			t.Errorf("sizes %v: no error", bad)
		}
	}
}

func TestNoBundleIsMadeOfAChangedLog(t *testing.T) {
	s := storetest.New(t)
	who := storetest.Session(t, "ana")
	id := storetest.Import(t, s, who, storetest.Article(t, "piers", 3))
	grow(t, s, who, id, 3)
	order := proof.Order{Articles: []annotations.ArticleID{id}, Time: time.Unix(0, 0)}
	if _, err := proof.Write(t.Context(), &bytes.Buffer{}, spoiled{s}, order); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "event 3") {
		t.Errorf("%v", err)
	}
	order.Articles[0] = annotations.ArticleID{1}
	if _, err := proof.Write(t.Context(), &bytes.Buffer{}, s, order); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an article that is not there: %v", err)
	}
}

// spoiled gives out a changed third record.
type spoiled struct{ proof.Source }

func (s spoiled) Records(ctx context.Context, after uint64, limit int) ([][]byte, error) {
	list, err := s.Source.Records(ctx, after, limit)
	for i := range list {
		if after+uint64(i)+1 == 3 {
			list[i][80] ^= 1
		}
	}
	return list, err
}

func TestWhatIsNoBundleIsNotRedacted(t *testing.T) {
	for _, text := range []string{"", "x", "{}\n", "{\"line\":\"article\"}\n", "{\"line\":\"bundle\",\"format\":\"stet bundle 2\"}\n", "{\"line\": \"bundle\"}\n"} {
		var out bytes.Buffer
		if _, err := proof.Redact(&out, strings.NewReader(text), proof.Redaction{}); err == nil {
			t.Errorf("%q was redacted to %q", text, out.String())
		}
	}
	for _, words := range [][]string{{"nonsense"}, {""}, {"by:"}, {"notes", "x"}} {
		if _, err := proof.ParseRedaction(words); err == nil {
			t.Errorf("%q can be redacted", words)
		}
	}
}
