package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Bounds on programs that read a document for stet.
const (
	programTime   = 90 * time.Second
	programOutput = 64 << 20 // bytes
	programTalk   = 4 << 10  // bytes of its complaints
)

// copyName is the name of the copy that a program reads.
const copyName = "document"

// program is a program that turns a document into text that stet reads.
type program struct {
	name    string
	args    func(file string) []string
	reads   string // "a PDF document"
	install string // how to get it
	time    time.Duration
	output  int
}

// convert runs the program on a private copy of raw, and gives what it wrote.
// No shell is asked, the copy's name is stet's own, and the folder of the copy is
// all that the program is told of the machine. Time and output are bounded.
func (p program) convert(ctx context.Context, raw []byte) ([]byte, error) {
	path, err := exec.LookPath(p.name)
	if err != nil {
		return nil, &Error{
			Why:  fmt.Sprintf("this looks like %s, which is read through the program %s, and that is not here", p.reads, p.name),
			Next: p.install + ", or save it as plain text, HTML or DOCX and import that", Err: ErrProgram,
		}
	}
	dir, err := os.MkdirTemp("", "stet-import-")
	if err != nil {
		return nil, &Error{Why: "no temporary folder can be made for " + p.name + ": " + err.Error(), Next: "make room, or set TMPDIR", Err: err}
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the system's own cleaning finds it
	file := filepath.Join(dir, copyName)
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		return nil, &Error{Why: "the document cannot be copied for " + p.name + ": " + err.Error(), Next: "make room, or set TMPDIR", Err: err}
	}
	return p.run(ctx, path, dir, file)
}

func (p program) run(ctx context.Context, path, dir, file string) ([]byte, error) {
	inner, cancel := context.WithTimeout(ctx, p.time)
	defer cancel()
	out := &bounded{limit: p.output, full: cancel}
	talk := &bounded{limit: programTalk}
	cmd := exec.CommandContext(inner, path, p.args(file)...) //nolint:gosec // the names are stet's own
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, talk
	cmd.Env = programEnv(dir)
	cmd.WaitDelay = 2 * time.Second
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case out.over:
		return nil, &Error{Why: fmt.Sprintf("%s wrote more than %s for it and was stopped", p.name, sizeWords(int64(p.output))), Next: "import the text alone", Err: ErrTooLarge}
	case inner.Err() != nil:
		return nil, &Error{Why: fmt.Sprintf("%s was not done after %v and was stopped", p.name, p.time), Next: "save it as plain text, HTML or DOCX and import that", Err: ErrProgram}
	case err != nil:
		return nil, p.complaint(err, talk.b.String())
	}
	return out.b.Bytes(), nil
}

// complaint says what a program said.
func (p program) complaint(err error, talk string) error {
	low := strings.ToLower(talk)
	if strings.Contains(low, "password") || strings.Contains(low, "encrypted") {
		return &Error{Why: "this looks like " + p.reads + " that is locked with a password", Next: nextUnlock, Err: ErrLocked}
	}
	said := foldField(talk, 200)
	var exit *exec.ExitError
	if said == "" || !errors.As(err, &exit) {
		said = foldField(err.Error(), 200)
	}
	return &Error{Why: fmt.Sprintf("this looks like %s, but %s could not read it: %s", p.reads, p.name, said), Next: "save it as plain text, HTML or DOCX and import that", Err: ErrProgram}
}

// programEnv is what a program is told of the world: where programs are, and a
// home and a place for temporary files that are its own.
func programEnv(dir string) []string {
	env := []string{"HOME=" + dir, "TMPDIR=" + dir, "TMP=" + dir, "TEMP=" + dir, "LANG=C.UTF-8", "LC_ALL=C.UTF-8"}
	for _, key := range []string{"PATH", "SYSTEMROOT", "SystemRoot", "WINDIR"} {
		if v := os.Getenv(key); v != "" {
			env = append(env, key+"="+v)
		}
	}
	return env
}

// bounded keeps what is written to it up to a limit. More is dropped; with full
// set, that is called and writing fails.
type bounded struct {
	b     bytes.Buffer
	limit int
	full  func()
	over  bool
}

var errFull = errors.New("more output than is read")

// Write implements [io.Writer].
func (w *bounded) Write(p []byte) (int, error) {
	room := max(w.limit-w.b.Len(), 0)
	if len(p) <= room {
		return w.b.Write(p)
	}
	w.b.Write(p[:room])
	w.over = true
	if w.full != nil {
		w.full()
		return room, errFull
	}
	return len(p), nil
}

// extractPandoc reads a document through pandoc, shut in its sandbox: it reads
// no other file and no network, and its memory is bounded.
func (j *job) extractPandoc(ctx context.Context, format string) (string, error) {
	j.from.Encoding = "binary"
	p := program{
		name: "pandoc", reads: "an EPUB book", time: programTime, output: programOutput,
		install: "install it (Debian: apt install pandoc; macOS: brew install pandoc)",
		args: func(file string) []string {
			return []string{
				"+RTS", "-M1G", "-RTS", "--sandbox", "--data-dir=" + filepath.Dir(file), "--from=" + format, "--to=html", "--wrap=none",
				"--standalone", file,
			}
		},
	}
	if format == FormatRTF {
		p.reads = "an RTF document"
		j.raw = tidyRTF(j.raw)
	}
	out, err := p.convert(ctx, j.raw)
	if err != nil {
		return "", err
	}
	j.caution(TopicText, "read through pandoc: check the text against the document")
	page := string(bytes.ToValidUTF8(out, []byte("\ufffd")))
	said := scanPage(page, "")
	if said.og.title.value != copyName { // what pandoc calls a document without a title
		j.facts.title = said.og.title
	}
	j.facts.byline, j.facts.language = said.og.byline, said.language
	return j.extractFragment(withoutTitleBlock(page), ""), nil
}

// withoutTitleBlock takes out what pandoc writes of title, author and date ahead
// of the text: they are fields.
func withoutTitleBlock(page string) string {
	before, rest, ok := strings.Cut(page, `<header id="title-block-header">`)
	if !ok {
		return page
	}
	_, after, ok := strings.Cut(rest, "</header>")
	if !ok {
		return page
	}
	return before + after
}
