package tui

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/dialog"
)

// writeNote puts a text into a file of its own folder, which only the person can
// read, for an editor to be run on.
func writeNote(text string) (path string, err error) {
	dir, err := os.MkdirTemp("", "stet-note-")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, "note.txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, nil
}

// readNote takes the text back from where writeNote put was, after the editor has
// ended with err, and takes the folder away: but not where something was written
// that cannot be taken as the note.
func readNote(path, was string, err error) edited {
	b, wrong := os.ReadFile(path)
	switch {
	case err != nil:
		err = fmt.Errorf("the editor failed: %w", err)
	case wrong != nil:
		err = fmt.Errorf("what was written cannot be read: %w", wrong)
	case !utf8.Valid(b):
		err = errors.New("what was written is not UTF-8")
	}
	text := strings.TrimRight(dialog.Clean(string(b)), "\n")
	if err == nil && len(text) > annotations.MaxNote {
		err = fmt.Errorf("the note is %d bytes long, the limit is %d", len(text), annotations.MaxNote)
	}
	if err != nil && wrong == nil && text != was {
		return edited{err: fmt.Errorf("%w. The note is as it was; what you wrote stands in %s", err, path)}
	}
	defer os.RemoveAll(filepath.Dir(path)) //nolint:errcheck // a folder of temporary files
	if err != nil {
		return edited{err: fmt.Errorf("%w. The note is as it was", err)}
	}
	return edited{text: text, same: text == was}
}

// inTurn runs an editor on the lines' own input and output, and waits for it.
func (l *lines) inTurn(c *exec.Cmd) error {
	if c.Stdin == nil {
		c.Stdin = l.a.o.Input
	}
	c.Stdout, c.Stderr = l.a.o.Output, l.a.o.Output
	return c.Run()
}
