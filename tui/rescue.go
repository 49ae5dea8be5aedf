package tui

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stet.example/stet/annotations"
)

// The rescue file lists what could not be saved, an act a line, as JSON. It is for the
// person who does it again by hand: no command reads it. A confidential note, which is
// for no file, is left out, and its line says so.

// rescued is one line of the rescue file.
type rescued struct {
	Reviewer  string                `json:"reviewer"`
	Article   annotations.ArticleID `json:"article"`
	Words     string                `json:"words,omitempty"`
	Undo      bool                  `json:"undo,omitempty"`
	Redo      bool                  `json:"redo,omitempty"`
	LeftOut   string                `json:"left_out,omitempty"`
	Sentences []rescuedPiece        `json:"sentences,omitempty"` // that a split or join makes
	Changes   []annotations.Change  `json:"changes,omitempty"`
}

// rescuedPiece is a sentence as a split or join makes it: bytes of the text, and its words.
type rescuedPiece struct {
	Sentence annotations.SentenceID `json:"sentence"`
	annotations.Span
	Words string `json:"words"`
}

// rescueFile is what is known of it; the outbox's mu guards it.
type rescueFile struct {
	at    string
	there bool  // it was written
	short bool  // of what was queued since then something was refused
	whole bool  // all that is queued stands in it
	wrong error // why it could not be taken away
}

// rescuedOf is the line for an act.
func (o *outbox) rescuedOf(e *entry) rescued {
	line := rescued{
		Reviewer: o.session.Actor, Article: e.article, Words: e.words, Changes: slices.Clone(e.changes),
		Undo: e.revert == annotations.Undo, Redo: e.revert == annotations.Redo,
	}
	for i := range line.Changes {
		c := &line.Changes[i]
		if c.Secret == "" {
			continue
		}
		line.LeftOut = "a confidential note, which is written down in no file"
		c.Secret = ""
	}
	for _, p := range e.cut {
		line.Sentences = append(line.Sentences, rescuedPiece{p.Sentence, p.Span, p.Words})
	}
	return line
}

// save writes unsaved acts to the rescue file: beside, synced, renamed.
func (o *outbox) save(left []entry) error {
	o.mu.Lock()
	o.file.whole = false
	o.mu.Unlock()
	if o.rescue == "" || len(left) == 0 {
		return nil
	}
	var b []byte
	for i := range left {
		line, err := json.Marshal(o.rescuedOf(&left[i]))
		if err != nil {
			return err
		}
		b = append(append(b, line...), '\n')
	}
	if err := writeWhole(o.rescue, b); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.file.there {
		o.file.short = false
	}
	o.file.there, o.file.whole, o.file.at = true, true, o.rescue
	return nil
}

// done takes the file away when nothing is queued any more. Where something of it was
// refused it stays: of that there is no other record.
func (f *rescueFile) done() {
	if !f.there || f.short {
		return
	}
	if err := os.Remove(f.at); err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.wrong = fmt.Errorf("what stands in the rescue file is saved, and the file cannot be taken away: %w", err)
		return
	}
	f.there, f.wrong = false, nil
}

// mostLost bounds how many acts an error names.
const mostLost = 8

// unsaved is the error for what is still queued as the program ends; nil for nothing.
func (o *outbox) unsaved() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := len(o.pending)
	if n == 0 {
		return o.file.wrong
	}
	what, them := "1 act", "it"
	if n > 1 {
		what, them = fmt.Sprintf("%d acts", n), "them"
	}
	if o.file.whole {
		return fmt.Errorf("%s could not be saved; %s lists %s, to be done again by hand: no command reads that file", what, o.rescue, them)
	}
	var words []string
	for i := range o.pending[:min(n, mostLost)] {
		e := &o.pending[i]
		switch e.revert {
		case annotations.Undo:
			words = append(words, "undo")
		case annotations.Redo:
			words = append(words, "redo")
		default:
			words = append(words, annotations.Visible(e.words))
		}
	}
	if n > mostLost {
		words = append(words, fmt.Sprintf("and %d more", n-mostLost))
	}
	stand := map[bool]string{true: "stands", false: "stand"}[n == 1]
	return fmt.Errorf("%s could not be saved, and %s in no rescue file: %s", what, stand, strings.Join(words, "; "))
}

// writeWhole puts b at path in full or not at all.
func writeWhole(path string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".rescue-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // gone already when all went well
	_, err = f.Write(b)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
