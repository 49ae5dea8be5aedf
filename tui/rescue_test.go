package tui_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// rescuing opens an article of 6 sentences of a store that can be made to fail, with the
// rescue file at a path.
func rescuing(t *testing.T, rescue string) (*desk, *faulty, annotations.ArticleID) {
	t.Helper()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 6))
	f := &faulty{Store: st}
	d := show(t, f, id, 100, 24, func(o *tui.Options) { o.Rescue = rescue })
	d.WaitFor("tagged")
	return d, f, id
}

// failing makes a store fail with an error of a kind.
func (f *faulty) failing(kind error, what string) {
	err := error(&store.Error{Kind: kind, What: what, Safe: "What was saved before is safe"})
	f.fail.Store(&err)
}

// A confidential note is for no file. On a full disk the rescue file held its words, and
// no code ever took the file away: it was there after everything was saved and the
// program had ended.
func TestARescueFileHoldsNoConfidentialNoteAndGoesWhenAllIsSaved(t *testing.T) {
	t.Parallel()
	rescue := filepath.Join(t.TempDir(), "rescue.jsonl")
	d, f, id := rescuing(t, rescue)
	f.failing(store.ErrFull, "no room left to save")
	d.Type("Mfrom the skipper<enter>")
	d.WaitFor("NOT SAVED: 1")
	d.Type("s")
	d.WaitFor("NOT SAVED: 2")
	b, err := os.ReadFile(rescue)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("skipper")) {
		t.Errorf("it stands in the rescue file: %s", b)
	}
	if !bytes.Contains(b, []byte("confidential note, which is written down in no file")) || !bytes.Contains(b, []byte(`"2 confidential note"`)) {
		t.Errorf("the rescue file does not say that a confidential note is not in it: %s", b)
	}
	f.fail.Store(nil)
	d.WaitFor("What could not be saved is saved now.")
	if _, err := os.Stat(rescue); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("everything is saved, and the rescue file is still there: %v", err)
	}
	d.Type("<ctrl+c>")
	d.WaitEnd()
	if v, err := d.st.Secret(t.Context(), *d.said(id, 2).Confidential); err != nil || v != "from the skipper" {
		t.Errorf("the confidential note is %q, %v", v, err)
	}
}

// What was refused once the disk had room is not saved: of that the rescue file is a record.
func TestARescueFileStaysWhereAnActOfItWasRefused(t *testing.T) {
	t.Parallel()
	rescue := filepath.Join(t.TempDir(), "rescue.jsonl")
	d, f, _ := rescuing(t, rescue)
	f.failing(store.ErrFull, "no room left to save")
	d.Type("s")
	d.WaitFor("NOT SAVED: 1")
	f.failing(store.ErrForbidden, "the team does not allow it")
	d.WaitFor("The team does not allow it")
	d.WaitGone("NOT SAVED")
	f.fail.Store(nil)
	d.Type("x")
	d.WaitFor("contextual. Saved.")
	d.Type("<ctrl+c>")
	d.WaitEnd()
	if b, err := os.ReadFile(rescue); err != nil || !bytes.Contains(b, []byte(`"sourced"`)) {
		t.Errorf("the rescue file: %s, %v", b, err)
	}
}

// The rescue file said that a sentence was split, and not where: only the hash of the new
// table of sentences stood there.
func TestARescueFileSaysWhereASentenceWasCut(t *testing.T) {
	rescue := filepath.Join(t.TempDir(), "rescue.jsonl")
	d, f, id := rescuing(t, rescue)
	f.failing(store.ErrPoisoned, "the disk failed")
	d.Type("Sof<enter>")
	d.WaitFor("NOT SAVED: 1")
	d.Type("<ctrl+c>")
	<-d.Ended
	if d.Err == nil || !strings.Contains(d.Err.Error(), rescue+" lists it, to be done again by hand: no command reads that file") {
		t.Errorf("the error does not say what the file is for: %v", d.Err)
	}
	b, err := os.ReadFile(rescue)
	if err != nil {
		t.Fatal(err)
	}
	var line struct {
		Words     string
		Sentences []struct {
			Sentence   annotations.SentenceID
			Start, End int
			Words      string
		}
	}
	if err := json.Unmarshal(b, &line); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	a, err := store.Load(t.Context(), d.st, id)
	if err != nil {
		t.Fatal(err)
	}
	whole := a.Units[1].Span.In(a.Body)
	before, after, _ := strings.Cut(whole, " of ")
	if s := line.Sentences; len(s) != 2 || s[0].Words != before || s[1].Words != "of "+after || a.Body[s[1].Start:s[1].End] != s[1].Words || s[0].Sentence != 2 {
		t.Errorf("%q was split before “of”: %+v", whole, s)
	}
}

// The error at the end said that the acts stood in the rescue file, which could not be
// written, or of which no place was given.
func TestARescueFileThatIsNotThereIsNotNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "state"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, rescue := range []string{filepath.Join(dir, "state", "rescue.jsonl"), ""} {
		d, f, _ := rescuing(t, rescue)
		f.failing(store.ErrPoisoned, "the disk failed")
		d.Type("s")
		d.WaitFor("NOT SAVED: 1")
		d.Type("<ctrl+c>")
		<-d.Ended
		if d.Err == nil || strings.Contains(d.Err.Error(), "lists it") || !strings.Contains(d.Err.Error(), "1 act could not be saved, and stands in no rescue file: 2 sourced") {
			t.Errorf("%q: %v", rescue, d.Err)
		}
	}
}
