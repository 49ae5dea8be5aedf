package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// The connection broke while a note was being written, and what had been written of
// it was gone.
func TestAHalfWrittenNoteIsOfferedAgain(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "drafts")
	keep := func(o *tui.Options) { o.Drafts = folder }
	for _, end := range []struct {
		name string
		of   func(d *desk)
	}{
		{"a signal ends the program", func(d *desk) { d.Stop() }},
		{"ctrl+c", func(d *desk) { d.Type("<ctrl+c>") }},
	} {
		t.Run(end.name, func(t *testing.T) {
			d, id := open(t, ferries(t, 9), 100, 30, keep)
			d.Type("g4<enter>")
			d.WaitFor("> 4")
			d.Type("mThe harbour master said so on Monday<alt+enter>by telephone")
			d.WaitFor("by telephone")
			end.of(d)
			d.WaitEnd()
			if list := kept(t, folder); len(list) != 1 || list[0].Mode().Perm() != 0o600 {
				t.Fatalf("kept: %v; want one file, for its writer alone", list)
			}

			e := show(t, d.st, id, 100, 30, keep)
			e.WaitFor("Half a note on sentence 4 was kept: m there goes on with it.", "> 4")
			e.Type("j")
			e.WaitFor("> 5")
			e.Type("m") // another sentence's
			e.WaitFor("Note")
			e.Type("<esc>k")
			e.WaitFor("> 4")
			e.Type("m")
			e.WaitFor("as far as you had written it", "by telephone")
			e.Type(" and letter<enter>")
			e.WaitFor("4 note. Saved.")
			if got, want := e.said(id, 4).Note, "The harbour master said so on Monday\nby telephone and letter"; got != want {
				t.Errorf("the note is %q, not %q", got, want)
			}
			e.Type("<ctrl+c>")
			e.WaitEnd()
			if list := kept(t, folder); len(list) != 0 {
				t.Errorf("still kept: %v", list)
			}
		})
	}
}

// What is left with esc, or saved, or not changed, is no half-written note; and a
// confidential one is never written down as it is.
func TestNothingElseIsKeptAsADraft(t *testing.T) {
	for name, keys := range map[string]string{
		"left with esc":        "mnothing of it<esc>",
		"nothing written":      "m",
		"what is saved":        "mhold it<enter>km",
		"a confidential note":  "Mfrom the skipper",
		"the source's name":    "oBerg",
		"help over the screen": "?",
	} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "drafts")
			d, _ := open(t, ferries(t, 5), 100, 30, func(o *tui.Options) { o.Drafts = folder })
			d.Type(keys)
			d.Type("<ctrl+c>")
			d.WaitEnd()
			if list := kept(t, folder); len(list) != 0 {
				t.Errorf("kept: %v", list)
			}
		})
	}
}

// The folder cannot be written: the program says at its end that the note is lost.
func TestADraftThatCannotBeKeptIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := open(t, ferries(t, 5), 100, 30, func(o *tui.Options) { o.Drafts = filepath.Join(file, "drafts") })
	d.Type("mnot to be kept")
	d.WaitFor("not to be kept")
	d.Stop()
	<-d.Ended
	if d.Err == nil || !strings.Contains(d.Err.Error(), "the note that was being written is lost") {
		t.Errorf("the program ended with %v", d.Err)
	}
}

func kept(t *testing.T, folder string) (out []os.FileInfo) {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range list {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, info)
	}
	return out
}

// In lines, what had been written of a note was gone when the connection was; a script
// that ends in one leaves nothing for its next run.
func TestAHalfWrittenNoteIsOfferedAgainInLines(t *testing.T) {
	for _, reads := range []bool{true, false} {
		st := storetest.New(t)
		id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 9))
		folder := filepath.Join(t.TempDir(), "drafts")
		talk := func(input string) string {
			var out strings.Builder
			err := tui.RunPlain(t.Context(), tui.Options{
				Store: st, Session: storetest.Session(t, "ana"), Article: id, Input: strings.NewReader(input), Output: &out, Drafts: folder,
			}, reads)
			if err != nil {
				t.Fatal(err)
			}
			return out.String()
		}
		if out := talk("g 4\nm\nThe harbour master said so\nby telephone\n"); !strings.Contains(out, "nothing of this answer was saved") {
			t.Errorf("the first time:\n%s", out)
		}
		_, err := os.Stat(folder)
		if kept := err == nil; kept != reads {
			t.Fatalf("somebody reads: %t; something was kept: %t", reads, kept)
		}
		if !reads {
			continue
		}
		out := talk("g 4\nm\n\n.\nq\n")
		if !strings.Contains(out, "Half a note on sentence 4 was kept") || !strings.Contains(out, "4 note. Saved.") {
			t.Errorf("the second time:\n%s", out)
		}
		if list := kept(t, folder); len(list) != 0 {
			t.Errorf("still kept: %v", list)
		}
		if got, want := (&desk{t: t, st: st}).said(id, 4).Note, "The harbour master said so\nby telephone"; got != want {
			t.Errorf("the note is %q", got)
		}
	}
}
