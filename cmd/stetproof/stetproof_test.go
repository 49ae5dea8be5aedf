package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/proof"
	"stet.example/stet/store/storetest"
)

// The program must share nothing with stet; only these tests may.
func TestTheProgramHoldsNoCodeOfStets(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatalf("what it depends on cannot be listed, so nothing was looked at: go list: %v", err)
	}
	deps := strings.Fields(string(out))
	for _, d := range deps {
		if first, _, _ := strings.Cut(d, "/"); strings.Contains(first, ".") && d != "stet.example/stet/cmd/stetproof" {
			t.Errorf("it depends on %s", d)
		}
	}
	if !slices.Contains(deps, "crypto/ed25519") || !slices.Contains(deps, "stet.example/stet/cmd/stetproof") {
		t.Errorf("the list of what it depends on is not one: %v", deps)
	}
}

// world is a store with two articles and a history that has every sort of thing
// in it, and a key.
type world struct {
	s        store.Store
	articles []annotations.ArticleID
	key      *proof.Key
}

const secret = "the harbour master told us, off the record"

func newWorld(t testing.TB, acts int) world {
	t.Helper()
	s := storetest.New(t)
	w := world{s: s}
	ana, ben := storetest.Session(t, "ana"), storetest.Session(t, "Ben Ådal")
	for _, seed := range []string{"piers", "ferries"} {
		w.articles = append(w.articles, storetest.Import(t, s, ana, storetest.Article(t, seed, 6)))
	}
	do := func(who *store.Session, id annotations.ArticleID, c ...annotations.Change) {
		t.Helper()
		if _, err := store.Do(t.Context(), s, who, id, c...); err != nil {
			t.Fatal(err)
		}
	}
	sealed := storetest.Tag(2, 0, "sourced")
	sealed.Annotation.Confidential = annotations.Seal([16]byte{7, 1, 9}, secret)
	sealed.Secret = secret
	do(ana, w.articles[0], sealed)
	noted := storetest.Tag(3, 0, "contextual")
	noted.Annotation.Note, noted.Reason = "a note that is nobody's business", "it <says> so & more"
	do(ana, w.articles[0], noted)
	named := storetest.Tag(4, 0, "sourced")
	named.Annotation.Attributions = []annotations.Attribution{{Name: "Mara Lind"}}
	do(ben, w.articles[0], named)
	if _, _, err := store.Revert(t.Context(), s, ben, annotations.Undo); err != nil {
		t.Fatal(err)
	}
	do(ben, w.articles[0], annotations.Change{Kind: annotations.EventRule, Verb: "rule", Sentence: 3, Ruling: &annotations.Ruling{Verdict: annotations.Stet}})
	w.cutAnew(t, ana)
	for i := range acts {
		id, sentence := w.articles[i%2], annotations.SentenceID(5+i%3/2)
		rev := uint64(0)
		rows, err := s.State(t.Context(), id, sentence, sentence+1, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			rev = r.Annotation.Rev
		}
		do(ana, id, storetest.Tag(sentence, rev, []string{"sourced", "contextual"}[i/2%2]))
	}
	var err error
	if w.key, err = proof.NewKey(rand.NewChaCha8([32]byte{1}), "harbour-desk"); err != nil {
		t.Fatal(err)
	}
	return w
}

// cutAnew splits a sentence of the first article, tags what is new, and joins it
// again: words and tables change on the way.
func (w *world) cutAnew(t testing.TB, who *store.Session) {
	t.Helper()
	id := w.articles[0]
	for _, c := range []struct {
		verb string
		now  func(a *annotations.Article) ([]annotations.Sentence, error)
		tag  annotations.SentenceID
	}{
		{"split", func(a *annotations.Article) ([]annotations.Sentence, error) {
			return annotations.SplitUnit(a.Body, a.Units, 1, a.Units[0].Span.Start+11, a.NextID())
		}, 7},
		{"join", func(a *annotations.Article) ([]annotations.Sentence, error) { return annotations.JoinUnits(a.Units, 2) }, 2},
	} {
		a, err := store.Load(t.Context(), w.s, id)
		if err != nil {
			t.Fatal(err)
		}
		units, err := c.now(a)
		if err != nil {
			t.Fatal(err)
		}
		change, err := store.Recut(t.Context(), w.s, a, units, c.verb, 1)
		if err != nil {
			t.Fatal(err)
		}
		rev := map[annotations.SentenceID]uint64{2: 1}[c.tag]
		for _, x := range []annotations.Change{change, storetest.Tag(c.tag, rev, "contextual")} {
			if _, err := store.Do(t.Context(), w.s, who, id, x); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// bundle writes a bundle of all articles.
func (w *world) bundle(t testing.TB, key *proof.Key, words ...string) []byte {
	t.Helper()
	src, ok := w.s.(proof.Source)
	if !ok {
		t.Fatal("this store proves nothing")
	}
	o := proof.Order{Articles: w.articles, Key: key, Time: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)}
	var err error
	if len(words) > 0 {
		if o.Redact, err = proof.ParseRedaction(words); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := proof.Write(t.Context(), &out, src, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func mustVerify(t *testing.T, bundle []byte, key string) string {
	t.Helper()
	said, err := verify(bytes.NewReader(bundle), key)
	if err != nil {
		t.Fatalf("%v\n%s", err, bundle[:min(len(bundle), 300)])
	}
	return said
}

func TestABundleIsProved(t *testing.T) {
	w := newWorld(t, 20)
	b := w.bundle(t, w.key)
	said := mustVerify(t, b, w.key.Public())
	for _, want := range []string{
		"signature by harbour-desk", "with the key that was given", "ana  annotate s002: sourced (was untagged)", "undo of annotate s004", "cut s001",
		"confidential, opens its seal: " + secret, "word for word", "proved ",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("there is no %q in\n%s", want, said)
		}
	}
	if said := mustVerify(t, b, ""); !strings.Contains(said, "THE BUNDLE ITSELF names") {
		t.Errorf("without a key it says\n%s", said)
	}
	if said := mustVerify(t, w.bundle(t, nil), ""); !strings.Contains(said, "signature NONE") {
		t.Errorf("without a signature it says\n%s", said)
	}
	other, err := proof.NewKey(rand.NewChaCha8([32]byte{2}), "harbour-desk")
	if err != nil {
		t.Fatal(err)
	}
	for name, bundle := range map[string][]byte{"another key": b, "no signature": w.bundle(t, nil)} {
		if _, err := verify(bytes.NewReader(bundle), other.Public()); err == nil {
			t.Errorf("%s: it was proved by a key that did not sign", name)
		}
	}
}

func TestWhatIsRedactedIsGoneAndTheRestIsProved(t *testing.T) {
	w := newWorld(t, 12)
	whole := w.bundle(t, w.key)
	for _, c := range []struct {
		words    []string
		gone     []string // in none of the records that are left
		stays    string   // what the program says
		withheld int
	}{
		{[]string{"confidential"}, []string{secret}, "word for word", 2},
		{[]string{"notes"}, []string{secret, "nobody's business"}, "word for word", 3},
		{[]string{"names"}, []string{secret, "Mara Lind"}, "word for word", 4},
		{[]string{"text"}, []string{secret, "says “é”"}, "text      not in the bundle", 2},
		{[]string{"by:Ben Ådal"}, []string{secret, "Ben Ådal", "Mara Lind"}, "word for word", 5},
		{[]string{"by:ana", "by:Ben Ådal"}, []string{"ana", "Ben", "says “é”"}, "text      not in the bundle", 23},
	} {
		t.Run(strings.Join(c.words, ","), func(t *testing.T) {
			what, err := proof.ParseRedaction(c.words)
			if err != nil {
				t.Fatal(err)
			}
			var later bytes.Buffer
			if _, err := proof.Redact(&later, bytes.NewReader(whole), what); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(later.Bytes(), w.bundle(t, w.key, c.words...)) {
				t.Error("to redact a bundle gives another one than to write it redacted")
			}
			said := mustVerify(t, later.Bytes(), w.key.Public())
			if n := strings.Count(said, "withheld, "); n != c.withheld || !strings.Contains(said, c.stays) {
				t.Errorf("%d are withheld, want %d; want %q in\n%s", n, c.withheld, c.stays, said)
			}
			for _, gone := range c.gone {
				if bytes.Contains(contents(t, later.Bytes()), []byte(gone)) {
					t.Errorf("%q is still there", gone)
				}
				if !bytes.Contains(contents(t, whole), []byte(gone)) {
					t.Errorf("%q was never there: the test proves nothing", gone)
				}
			}
		})
	}
}

// contents are all bytes that a bundle holds in base64.
func contents(t *testing.T, bundle []byte) (out []byte) {
	t.Helper()
	for _, raw := range bytes.Split(bytes.TrimSuffix(bundle, []byte("\n")), []byte("\n")) {
		var l line
		if err := json.Unmarshal(raw, &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l.Data...)
	}
	return out
}

// size is how many draws a test makes.
func size(full, short int) int {
	if testing.Short() {
		return short
	}
	return full
}

// Every byte of a bundle matters: whichever is changed, and to whatever, the
// program says so. That goes for redacted bundles and for both ways of giving
// the key.
func TestEveryFlippedByteIsFound(t *testing.T) {
	w := newWorld(t, 30)
	for name, bundle := range map[string][]byte{
		"whole": w.bundle(t, w.key), "redacted": w.bundle(t, w.key, "notes", "names"), "bare": w.bundle(t, w.key, "by:ana", "by:Ben Ådal"),
	} {
		for _, key := range []string{w.key.Public(), ""} {
			mustVerify(t, bundle, key)
			rnd := rand.New(rand.NewPCG(11, uint64(len(bundle))))
			for range size(7500, 600) / 6 {
				at, flip := rnd.IntN(len(bundle)), byte(1+rnd.IntN(255))
				b := bytes.Clone(bundle)
				b[at] ^= flip
				if said, err := verify(bytes.NewReader(b), key); err == nil {
					t.Fatalf("%s: byte %d changed from %q to %q was not found; around it: %.80q\n%s", name, at, bundle[at], b[at], b[max(0, at-40):], said)
				}
			}
		}
	}
}

// The same for the bits that decoders are lenient about: the case of letters,
// blanks between words, other spellings of the same base64 or number.
func TestThereIsOneWayToWriteABundle(t *testing.T) {
	w := newWorld(t, 4)
	bundle := string(w.bundle(t, w.key))
	for _, c := range []struct{ from, to string }{
		{`"line":"record"`, `"Line":"record"`}, {`"line":"record"`, `"line": "record"`}, {`"line":"record"`, `"line":"rec\u006frd"`},
		{`{"line":"record"`, `{"leaf":"AA==","line":"record"`}, {`"pos":`, `"pos":0`}, {`"pos":1,`, `"pos":1.0,`}, {`"pos":1,`, `"pos":1,"pos":1,`},
		{"}\n", "}\r\n"}, {"}\n", "} \n"}, {"}\n", "}\n\n"}, {"/", `\/`}, {`="`, `"`}, {"harbour-desk+", "harbour-desk +"},
		{`\n\n— `, `\n— `}, {`\n\n— `, `\n\n— x\n— `},
	} {
		if changed := strings.Replace(bundle, c.from, c.to, 1); changed == bundle {
			t.Errorf("there is no %q in the bundle", c.from)
		} else if _, err := verify(strings.NewReader(changed), ""); err == nil {
			t.Errorf("%q instead of %q was not found", c.to, c.from)
		}
	}
	if _, err := verify(strings.NewReader(strings.TrimSuffix(bundle, "\n")), ""); err == nil {
		t.Error("a cut line feed was not found")
	}
}

// Whole lines that are moved, dropped, doubled or taken from another bundle.
func TestLinesCannotBeMovedAbout(t *testing.T) {
	w := newWorld(t, 30)
	bundle := w.bundle(t, w.key)
	lines := bytes.SplitAfter(bytes.TrimSuffix(bundle, []byte("\n")), []byte("\n"))
	lines[len(lines)-1] = append(lines[len(lines)-1], '\n')
	beside := func(l []byte) bool {
		return bytes.HasPrefix(l, []byte(`{"line":"t`)) || bytes.HasPrefix(l, []byte(`{"line":"v`))
	}
	tried := 0
	for i := range lines {
		if _, err := verify(bytes.NewReader(bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil)), ""); err == nil && !beside(lines[i]) {
			t.Errorf("line %d can be dropped: %.60s", i+1, lines[i])
		}
		if _, err := verify(bytes.NewReader(bytes.Join(slices.Insert(slices.Clone(lines), i, lines[i]), nil)), ""); err == nil && !bytes.HasPrefix(lines[i], []byte(`{"line":"v`)) {
			t.Errorf("line %d can be doubled: %.60s", i+1, lines[i])
		}
		for k := range i {
			moved := slices.Clone(lines)
			moved[i], moved[k] = moved[k], moved[i]
			tried++
			if _, err := verify(bytes.NewReader(bytes.Join(moved, nil)), ""); err == nil {
				t.Errorf("lines %d and %d can change places", k+1, i+1)
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d pairs were tried", tried)
	}
}

func TestTheProgramSaysWhatIsWrong(t *testing.T) {
	w := newWorld(t, 4)
	dir := t.TempDir()
	path := filepath.Join(dir, "a.bundle")
	if err := os.WriteFile(path, w.bundle(t, w.key), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		in   string
		code int
		says string
	}{
		{[]string{path}, "", 0, "proved "},
		{[]string{path, "--key", w.key.Public()}, "", 0, "with the key that was given"},
		{[]string{"--key=" + w.key.Public(), path}, "", 0, "with the key that was given"},
		{[]string{"-"}, string(w.bundle(t, w.key)), 0, "proved "},
		{[]string{"-"}, "", 1, "NOT PROVED"},
		{[]string{"-"}, "{\"line\":\"\x1b[31m\"}\n", 1, "NOT PROVED"},
		{[]string{filepath.Join(dir, "none")}, "", 1, "no such file"},
		{[]string{path, "--key", "nobody+00000000+AAAA"}, "", 1, "not signed by the key that was given"},
		{[]string{path, "--key"}, "", 2, "needs a verifier key"},
		{nil, "", 2, "no bundle is named"},
		{[]string{path, path}, "", 2, "one bundle at a time"},
		{[]string{path, "--nonsense"}, "", 2, "no flag --nonsense"},
	} {
		var out, talk bytes.Buffer
		code := run(c.args, strings.NewReader(c.in), &out, &talk)
		if all := out.String() + talk.String(); code != c.code || !strings.Contains(all, c.says) || strings.Contains(all, "\x1b") {
			t.Errorf("stetproof %v: code %d, want %d; it says %q, want %q in it", c.args, code, c.code, all, c.says)
		}
	}
}

// "--help" was "no flag", with the code of a wrong use.
func TestHelpIsNoWrongUse(t *testing.T) {
	for _, flag := range []string{"-h", "--help"} {
		var out, errs strings.Builder
		if code := run([]string{flag}, strings.NewReader(""), &out, &errs); code != 0 || !strings.Contains(out.String(), "--key VKEY") || errs.Len() > 0 {
			t.Errorf("%s: code %d, %q, %q", flag, code, out.String(), errs.String())
		}
	}
}
