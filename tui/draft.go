package tui

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
	"stet.example/stet/tui/review"
)

// A draft is a note that was being written when the screens ended: by ctrl+c, or
// because the terminal was gone. No store holds what nobody has ended with enter, so
// it is kept in a file for its writer alone, and offered again at its sentence.

// draftAt is the file for the draft of the reviewer in an article, or "" where none
// are kept.
func (l loader) draftAt(id annotations.ArticleID) string {
	if l.drafts == "" {
		return ""
	}
	stat, err := l.store.Stat(l.ctx)
	if err != nil {
		return "" // what is wrong shows where it matters
	}
	h := annotations.HashOf(stat.ID + "\x00" + id.String() + "\x00" + l.who)
	return filepath.Join(l.drafts, "note-"+hex.EncodeToString(h[:12])+".json")
}

// maxDraft bounds what is read of a draft's file, in bytes: a note, each byte of it
// escaped.
const maxDraft = 6*annotations.MaxNote + 1<<10

// readDraft reads what was being written; nil when that is nothing, or nothing that
// can be read: then there is only less to offer.
func readDraft(path string) *review.Draft {
	if path == "" {
		return nil
	}
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > maxDraft {
		return nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var d review.Draft
	if json.Unmarshal(b, &d) != nil {
		return nil
	}
	if d.Note = dialog.Clean(d.Note); d.Note == "" || len(d.Note) > annotations.MaxNote {
		return nil
	}
	return &d
}

// takeDraft takes the file of a draft away that is being written again. It is gone
// before the screens can end, and so never takes a newer one with it.
func (a *app) takeDraft() {
	if err := os.Remove(a.draft); err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.report(fmt.Errorf("the file of the half-written note cannot be taken away: %w", err))
	}
}

// keepDraft writes down the note that is being written as the screens end. It asks
// nothing of the store, which may be why they end.
func (a *app) keepDraft() error {
	d, open := a.writing()
	if !open {
		return nil
	}
	return writeDraft(a.draft, &d)
}

// writing is the note that is being written, where drafts are kept.
func (a *app) writing() (d review.Draft, open bool) {
	if a.review == nil || a.draft == "" {
		return d, false
	}
	return a.review.Writing()
}

// noteKept says where a note is that was being written in an article that is not shown.
const noteKept = "Your note was kept: it is offered in its article"

func writeDraft(path string, d *review.Draft) error {
	b, err := json.Marshal(d)
	if err == nil {
		err = writeWhole(path, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("the note that was being written is lost: %w", err)
	}
	return nil
}

// keepRefused keeps what was written of notes that could not be saved, and adds to why
// they could not where they wait. A confidential one waits as long as the article is open.
func (a *app) keepRefused() {
	note, secret := a.review.Unkept()
	if note != nil && a.draft != "" { // else it waits as long, too
		if err := writeDraft(a.draft, note); err != nil {
			a.report(err)
			return
		}
	}
	a.tellKept(note, action.Note)
	a.tellKept(secret, action.Confidential)
}

func (a *app) tellKept(d *review.Draft, id action.ID) {
	if d == nil {
		return
	}
	if n := a.review.Place(d.Sentence); n > 0 {
		a.say(strings.TrimSuffix(a.message, ".")+fmt.Sprintf(". Your note was kept: %s on %d goes on with it", a.keyOf(action.Review, id), n), true)
	}
}

// keepAway keeps what was written of a note that could not be saved, where its article is
// no longer on the screen.
func (a *app) keepAway(s *settled) {
	path := a.load.draftAt(s.article)
	d := review.NoteOf(s.changes)
	if d == nil || path == "" {
		return
	}
	if err := writeDraft(path, d); err != nil {
		a.report(err)
		return
	}
	a.say(strings.TrimSuffix(a.message, ".")+". "+noteKept, true)
}

// tellDraft says where a half-written note waits.
func (a *app) tellDraft(d *review.Draft) {
	if d == nil || a.review == nil {
		return
	}
	if n := a.review.Place(d.Sentence); n > 0 {
		a.say(fmt.Sprintf("Half a note on sentence %d was kept: %s there goes on with it.", n, a.keyOf(action.Review, action.Note)), false)
	}
}
