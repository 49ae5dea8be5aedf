package tui

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

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
func (l loader) draftAt(id annotations.ArticleID) (string, error) {
	if l.drafts == "" {
		return "", nil
	}
	stat, err := l.store.Stat(l.ctx)
	if err != nil {
		return "", err
	}
	h := annotations.HashOf(stat.ID + "\x00" + id.String() + "\x00" + l.who)
	return filepath.Join(l.drafts, "note-"+hex.EncodeToString(h[:12])+".json"), nil
}

// maxDraft bounds what is read of a draft's file, in bytes: a note, each byte of it
// escaped.
const maxDraft = 6*annotations.MaxNote + 1<<10

// draft reads what was being written in an article; nil when that is nothing, or
// nothing that can be read: then there is only less to offer.
func (l loader) draft(id annotations.ArticleID) *review.Draft {
	path, err := l.draftAt(id)
	if err != nil || path == "" {
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

// takeDraft takes the file of a draft away that is being written again.
func (l loader) takeDraft(id annotations.ArticleID) tea.Cmd {
	return func() tea.Msg {
		path, err := l.draftAt(id)
		if err == nil && path != "" {
			err = os.Remove(path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return draftTaken{fmt.Errorf("the file of the half-written note cannot be taken away: %w", err)}
		}
		return nil
	}
}

// draftTaken is why a draft's file could not be taken away.
type draftTaken struct{ err error }

// keepDraft writes down the note that is being written as the screens end.
func (a *app) keepDraft() error {
	if a.review == nil {
		return nil
	}
	d, open := a.review.Writing()
	if !open {
		return nil
	}
	path, err := a.load.draftAt(a.review.Article())
	if err != nil || path == "" {
		return err
	}
	b, err := json.Marshal(d)
	if err == nil {
		err = writeWhole(path, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("the note that was being written is lost: %w", err)
	}
	return nil
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
