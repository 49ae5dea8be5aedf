package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"stet.example/stet/annotations"
	"stet.example/stet/tui/theme"
)

// bare takes the path off an error of the file system that is named already.
func bare(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// show makes a text from outside fit for a line on the screen.
func show(s string) string { return annotations.Visible(s) }

// say prints one line of talk, unless --quiet.
func (a *app) say(format string, args ...any) {
	if !a.flags.quiet {
		fmt.Fprintln(a.stderr, show("stet: "+fmt.Sprintf(format, args...))) //nolint:errcheck // talk: nobody is left to tell
	}
}

// print writes one line of data. Every argument that is a string is made
// visible; the format itself comes from the program.
func (a *app) print(format string, args ...any) error {
	for i, v := range args {
		if s, ok := v.(string); ok {
			args[i] = show(s)
		}
	}
	_, err := fmt.Fprintf(a.stdout, format+"\n", args...)
	return a.told(err)
}

// written explains a failure to write data.
func written(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("the output cannot be written: %w. What was saved is safe. Look at where it goes and run the command again", err)
}

// told explains a failure to tell what a command did. To run it again is no advice where
// it has done it: a second undo takes back another act.
func (a *app) told(err error) error {
	if err == nil || !a.changed || a.again {
		return written(err)
	}
	return fmt.Errorf("the output cannot be written: %w. It was done and is saved: do not run the command again. `stet log` shows it", err)
}

// explained is an output whose failures are told as those of a command are.
type explained struct{ io.Writer }

func (e explained) Write(b []byte) (int, error) {
	n, err := e.Writer.Write(b)
	return n, written(err)
}

// printJSON writes v as JSON, indented, with nothing in it that could command
// a terminal.
func (a *app) printJSON(v any) error {
	b, err := encodeJSON(v, "  ")
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(b)
	return a.told(err)
}

func encodeJSON(v any, indent string) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return escapeJSON(buf.Bytes()), nil
}

// escapeJSON writes as \u what could command a terminal or reorder its line:
// DEL, C1 controls, bidirectional marks, invisible characters. In JSON such
// characters stand inside strings only, so it stays the same JSON.
func escapeJSON(b []byte) []byte {
	i := 0
	for i < len(b) && b[i] < 0x7F {
		i++
	}
	if i == len(b) {
		return b
	}
	out := append(make([]byte, 0, len(b)+64), b[:i]...)
	for i < len(b) {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r < 0x7F, string(show(string(b[i:i+n]))) == string(b[i:i+n]):
			out = append(out, b[i:i+n]...)
		case r > 0xFFFF:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += n
	}
	return out
}

// table aligns columns by their width on a terminal. With --plain, cells are
// divided by tabs instead.
type table struct {
	a    *app
	rows [][]string
}

func newTable(a *app, header ...string) *table {
	t := &table{a: a}
	if len(header) > 0 {
		t.rows = append(t.rows, header)
	}
	return t
}

// row adds a line; its cells may come from outside.
func (t *table) row(cells ...string) {
	for i := range cells {
		cells[i] = show(cells[i])
	}
	t.rows = append(t.rows, cells)
}

func (t *table) flush() error {
	var widths []int
	for _, r := range t.rows {
		for i, c := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], displaywidth.String(c))
		}
	}
	var b strings.Builder
	for _, r := range t.rows {
		if t.a.plain() {
			b.WriteString(strings.Join(r, "\t") + "\n")
			continue
		}
		var line strings.Builder
		for i, c := range r {
			if i > 0 {
				line.WriteString("  ")
			}
			line.WriteString(c)
			if i < len(r)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-displaywidth.String(c)))
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(t.a.stdout, b.String())
	return written(err)
}

// plain reports whether the output is for a screen reader or a simple pipe.
func (a *app) plain() bool { return a.flags.plain || a.getenv("ACCESSIBLE") == "1" }

// coloured reports whether standard output takes colour: --color, then
// NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM, then whether it is a terminal.
func (a *app) coloured() bool {
	if a.painting == nil {
		yes := a.wantsColour()
		a.painting = &yes
	}
	return *a.painting
}

func (a *app) wantsColour() bool {
	if a.flags.color != "always" && a.plain() {
		return false
	}
	if yes, said := theme.Wanted(a.flags.color, a.getenv); said {
		return yes
	}
	return a.getenv("TERM") != "dumb" && a.isTerminal(a.stdout)
}

// paint gives s, which must be visible already, the colour of a codebook's role.
func (a *app) paint(role, s string) string {
	if !a.coloured() || s == "" {
		return s
	}
	code := map[string]string{
		"green": "32", "orange": "33", "blue": "34", "magenta": "35", "yellow": "93", "cyan": "36", "red": "31",
		"gray": "90", "white": "97", "bold": "1", "dim": "2",
	}[role]
	if code == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// progress draws a bar for long work on standard error, when that is a terminal.
type progress struct {
	a     *app
	what  string
	shown int // per cent drawn last, -1 for none
}

func (a *app) progress(what string) *progress { return &progress{a: a, what: what, shown: -1} }

func (p *progress) at(done, total uint64) {
	if total == 0 || p.a.flags.quiet || p.a.plain() || !p.a.isTerminal(p.a.stderr) || p.a.getenv("TERM") == "dumb" {
		return
	}
	now := int(done * 100 / total)
	if now == p.shown {
		return
	}
	p.shown = now
	fmt.Fprintf(p.a.stderr, "\r%s %3d%% [%-20s]", p.what, now, strings.Repeat("=", now/5)) //nolint:errcheck // decoration
}

// end clears the bar.
func (p *progress) end() {
	if p.shown >= 0 {
		fmt.Fprintf(p.a.stderr, "\r%s\r", strings.Repeat(" ", len(p.what)+30)) //nolint:errcheck // decoration
	}
}

// saved says after words that they are saved; a reason that somebody gave may have its
// own end.
func saved(words string) string {
	if words != "" && strings.ContainsAny(words[len(words)-1:], ".!?") {
		return words + " Saved."
	}
	return words + ". Saved."
}

// plural gives "1 sentence", "38 sentences".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if stem, ok := strings.CutSuffix(one, "y"); ok && !strings.HasSuffix(stem, "a") {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, one)
}
