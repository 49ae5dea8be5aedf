package tui

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"unicode/utf8"
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

// readNote takes the text back from where writeNote put it, after the editor
// has ended with err, and takes the folder away.
func readNote(path string, err error) edited {
	defer os.RemoveAll(filepath.Dir(path)) //nolint:errcheck // a folder of temporary files
	if err != nil {
		return edited{err: fmt.Errorf("the editor failed: %w. The note is as it was", err)}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return edited{err: fmt.Errorf("what was written cannot be read: %w. The note is as it was", err)}
	}
	if !utf8.Valid(b) {
		return edited{err: errors.New("what was written is not UTF-8. The note is as it was")}
	}
	return edited{text: strings.TrimRight(string(b), "\n")}
}

// inTurn runs an editor on the lines' own input and output, and waits for it.
func (l *lines) inTurn(c *exec.Cmd) error {
	if c.Stdin == nil {
		c.Stdin = l.a.o.Input
	}
	c.Stdout, c.Stderr = l.a.o.Output, l.a.o.Output
	return c.Run()
}
