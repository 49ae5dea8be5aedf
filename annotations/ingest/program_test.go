//go:build unix

package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// standIn puts a shell script in the place of a program, alone on the PATH but
// for the system's own.
func standIn(t *testing.T, name, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o700); err != nil { //nolint:gosec // it is to run
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
}

// bbox writes lines as pdftotext -bbox-layout does. A line is "page block x y size words".
func bbox(lines ...string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><title></title></head><body><doc>\n")
	page, block := "", ""
	for _, l := range lines {
		f := strings.SplitN(l, " ", 6)
		if f[0] != page {
			if page != "" {
				b.WriteString("</block></flow></page>")
			}
			b.WriteString(`<page width="600" height="800"><flow>`)
			page, block = f[0], ""
		}
		if f[1] != block {
			if block != "" {
				b.WriteString("</block>")
			}
			fmt.Fprintf(&b, `<block xMin="50" yMin="%s" xMax="500" yMax="700">`, f[3])
			block = f[1]
		}
		var y, size float64
		fmt.Sscan(f[3], &y)    //nolint:errcheck // the test's own numbers
		fmt.Sscan(f[4], &size) //nolint:errcheck // the test's own numbers
		fmt.Fprintf(&b, `<line xMin="%s" yMin="%v" xMax="500" yMax="%v">`, f[2], y, y+size)
		for _, w := range strings.Fields(f[5]) {
			fmt.Fprintf(&b, "<word xMin=\"1\">%s</word>\n", w)
		}
		b.WriteString("</line>\n")
	}
	return b.String() + "</block></flow></page></doc></body></html>"
}

func TestLinesOfAPDFBecomeParagraphs(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"lines of a block are one paragraph":    {[]string{"1 1 50 100 12 The pier will", "1 1 50 114 12 close. Nobody said", "1 1 50 128 12 why.", "1 2 50 160 12 Boats leave."}, "The pier will close. Nobody said why.\n\nBoats leave.\n"},
		"an indent begins one":                  {[]string{"1 1 50 100 12 The pier closed.", "1 1 62 114 12 Nobody said", "1 1 50 128 12 why."}, "The pier closed.\n\nNobody said why.\n"},
		"a page's end does not":                 {[]string{"1 1 50 400 12 The pier will", "2 2 50 200 12 close on Monday."}, "The pier will close on Monday.\n"},
		"but after a full stop it does":         {[]string{"1 1 50 400 12 The pier closed.", "2 2 50 200 12 it is said."}, "The pier closed.\n\nit is said.\n"},
		"large letters are a heading":           {[]string{"1 1 50 100 20 The pier will", "1 1 50 124 20 close", "1 1 50 150 12 It rained on Monday and on", "1 1 50 164 12 Tuesday."}, "The pier will close\n\nIt rained on Monday and on Tuesday.\n"},
		"items":                                 {[]string{"1 1 50 100 12 • One", "1 1 50 114 12 • Two.", "1 1 50 128 12 1. First.", "1 1 50 142 12 2. Second."}, "• One\n\n• Two.\n\n1. First.\n\n2. Second.\n"},
		"a hyphen where nothing is known":       {[]string{"1 1 50 100 12 An interna-", "1 1 50 114 12 tional one."}, "An international one.\n"},
		"a hyphen of a word seen whole":         {[]string{"1 1 50 100 12 The council, the coun-", "1 1 50 114 12 cil says."}, "The council, the council says.\n"},
		"a hyphen of a word seen with it":       {[]string{"1 1 50 100 12 A long-winded, long-", "1 1 50 114 12 winded process."}, "A long-winded, long-winded process.\n"},
		"a hyphen between words that are there": {[]string{"1 1 50 100 12 A well is well-", "1 1 50 114 12 known, known."}, "A well is well-known, known.\n"},
		"a hyphen before a capital or a number": {[]string{"1 1 50 100 12 The Anglo-", "1 1 50 114 12 Saxon and COVID-", "1 1 50 128 12 19 case."}, "The Anglo-Saxon and COVID-19 case.\n"},
		"a dash":                                {[]string{"1 1 50 100 12 The pier -", "1 1 50 114 12 closed - is old."}, "The pier - closed - is old.\n"},
		"no spaces in Chinese":                  {[]string{"1 1 50 100 12 港の役人は", "1 1 50 114 12 月曜日に言った。"}, "港の役人は月曜日に言った。\n"},
		"running heads and page numbers": {[]string{
			"1 1 50 20 12 Harbour Post 1", "1 2 50 100 12 One is said.", "1 3 50 760 12 1", "2 4 50 20 12 Harbour Post 2", "2 5 50 100 12 Two is said.", "2 6 50 760 12 2",
			"3 7 50 20 12 Harbour Post 3", "3 8 50 100 12 Harbour Post 3", "3 9 50 760 12 3",
		}, "One is said.\n\nTwo is said.\n\nHarbour Post 3\n"},
		"entities": {[]string{"1 1 50 100 12 A &amp; B &lt;x&gt;."}, "A & B <x>.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			standIn(t, "pdftotext", "cat <<'END'\n"+bbox(c.lines...)+"\nEND\n")
			res := mustRead(t, "%PDF-1.7\n", Options{Name: "a.pdf"})
			if res.Article.Body != c.want || res.Article.Original.Format != FormatPDF {
				t.Errorf("got  %q\nwant %q", res.Article.Body, c.want)
			}
			if !strings.Contains(describe(res), "! text: read through pdftotext: check the text") {
				t.Errorf("nothing says that the text is to be checked:\n%s", describe(res))
			}
		})
	}
}

func TestProgramsThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		script, says string
		is           error
	}{
		"it complains":           {"echo 'Syntax Error: no trailer' >&2; exit 1", "pdftotext could not read it: Syntax Error: no trailer", ErrProgram},
		"it says nothing":        {"exit 3", "exit status 3", ErrProgram},
		"a password":             {"echo 'Command Line Error: Incorrect password' >&2; exit 1", "locked with a password", ErrLocked},
		"no text, only pictures": {"echo '<html><doc><page></page></doc></html>'", "only pictures", ErrBinary},
		"it writes no XML":       {"printf '<a><b>'", "cut off or damaged", ErrDamaged},
		"control codes in talk":  {`printf 'bad \033[2J thing\n' >&2; exit 1`, "bad [2J thing", ErrProgram},
	} {
		t.Run(name, func(t *testing.T) {
			standIn(t, "pdftotext", c.script)
			_, err := Read(t.Context(), strings.NewReader("%PDF-1.7\n"), Options{Name: "a.pdf"})
			var e *Error
			if !errors.As(err, &e) || e.Input != "a.pdf" || e.Next == "" || !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestProgramsAreBounded(t *testing.T) {
	p := program{name: "pdftotext", reads: "a PDF document", time: time.Minute, output: 1 << 20, args: func(file string) []string { return []string{file} }}
	standIn(t, "pdftotext", "while :; do echo 0123456789012345678901234567890123456789; done")
	if _, err := p.convert(t.Context(), nil); !errors.Is(err, ErrTooLarge) {
		t.Errorf("endless output: %v", err)
	}
	standIn(t, "pdftotext", "exec sleep 600")
	p.time = 50 * time.Millisecond
	if _, err := p.convert(t.Context(), nil); !errors.Is(err, ErrProgram) || !strings.Contains(err.Error(), "was stopped") {
		t.Errorf("endless work: %v", err)
	}
	p.time = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.convert(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// The program sees a private copy with a name that the document has no say in,
// and little of the world.
func TestWhatAProgramSees(t *testing.T) {
	t.Setenv("STET_TEST_SECRET", "SECRET")
	standIn(t, "pdftotext", `for f; do :; done; echo "name $f"; env; cat "$f"; ls -l "$f"`)
	p := program{name: "pdftotext", time: time.Minute, output: 1 << 20, args: func(file string) []string { return []string{"-q", file} }}
	out, err := p.convert(t.Context(), []byte("The bytes.\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := string(out)
	if strings.Contains(got, "SECRET") || !strings.Contains(got, "The bytes.") || !strings.Contains(got, "-rw-------") || !strings.Contains(got, "/document\n") {
		t.Errorf("it sees\n%s", got)
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(got, "name "), "\n")
	if _, err := os.Stat(filepath.Dir(name)); err == nil {
		t.Errorf("%s is left behind", name)
	}
}

func TestAMissingProgramIsNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	epub := makeZip(t, zipped{"mimetype", "application/epub+zip"})
	for raw, want := range map[string]string{
		"%PDF-1.7\n": "poppler", `{\rtf1\ansi Words.}`: "apt install pandoc", epub: "an EPUB book, which is read through the program pandoc",
	} {
		_, err := Read(t.Context(), strings.NewReader(raw), Options{Name: "a"})
		if !errors.Is(err, ErrProgram) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "save it as plain text") {
			t.Errorf("%v, want %q in it", err, want)
		}
	}
}

const pandocDoc = "---\ntitle: The pier\nauthor: Jane Doe\n---\n\nThe pier closes.[^1] A “second” one, see [the statement](https://h.example/s).\n\n## Boats\n\n- One\n- Two\n\n1. First\n2. Second\n\n| Year | Cost |\n|------|------|\n| 2024 | 5 m  |\n\n[^1]: The budget, https://town.example/b.\n"

// The real programs, where they are.
func TestWhatPandocWritesComesIn(t *testing.T) {
	if _, err := exec.LookPath("pandoc"); err != nil {
		t.Skip("pandoc is not here")
	}
	for _, format := range []string{FormatDOCX, FormatODT, FormatEPUB, FormatRTF} {
		t.Run(format, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "doc."+format)
			cmd := exec.CommandContext(t.Context(), "pandoc", "--standalone", "--from=markdown", "--output="+file)
			cmd.Stdin = strings.NewReader(pandocDoc)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Skipf("pandoc cannot write it: %v: %s", err, out)
			}
			res, err := File(t.Context(), file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkResult(t, res)
			a := res.Article
			for _, want := range []string{"The pier closes.", "see the statement.\n\nBoats\n\n", "One\n", "Second\n"} {
				if !strings.Contains(a.Body, want) {
					t.Errorf("no %q in\n%s", want, a.Body)
				}
			}
			if a.Title != "The pier" || a.Original.Format != format {
				t.Errorf("%+v", a.Meta)
			}
			if (format == FormatDOCX || format == FormatODT) && (!strings.Contains(a.Body, "Year | Cost\n2024 | 5 m\n") || !strings.Contains(describe(res), "footnote")) {
				t.Errorf("%s\n%s", describe(res), a.Body)
			}
		})
	}
}

func TestWhatLibreOfficeWritesComesIn(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not here")
	}
	if testing.Short() {
		t.Skip("it takes some seconds to start")
	}
	dir := t.TempDir()
	flat := filepath.Join(dir, "doc.fodt")
	comment := `<office:annotation office:name="c"><dc:creator>Mara</dc:creator><text:p>See https://x.example/r</text:p></office:annotation>`
	body := `<text:h text:outline-level="1">The pier</text:h><text:p>The ` + comment + `council<office:annotation-end office:name="c"/> closes it<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p>` +
		`<text:list text:style-name="L1"><text:list-item><text:p>First</text:p></text:list-item></text:list>`
	doc := `<?xml version="1.0" encoding="UTF-8"?><office:document ` + odfNS + ` office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style></office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document>`
	if err := os.WriteFile(flat, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // it hangs where it cannot lock its profile
	defer cancel()
	for _, format := range []string{FormatDOCX, FormatODT} {
		cmd := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", format, "--outdir", dir, flat)
		cmd.Env = programEnv(dir) // it writes at home, too
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Skipf("LibreOffice does not run here: %v: %s", err, out)
		}
		res, err := File(t.Context(), filepath.Join(dir, "doc."+format), Options{})
		if errors.Is(err, os.ErrNotExist) {
			t.Skipf("LibreOffice wrote nothing: %s", out)
		}
		if err != nil {
			t.Fatal(err)
		}
		checkResult(t, res)
		if want := "The pier\n\nThe council closes it.\n\n1. First\n"; res.Article.Body != want {
			t.Errorf("%s: got  %q\nwant %q", format, res.Article.Body, want)
		}
		checkHints(t, res, []Hint{
			{Kind: HintComment, Text: "council", URL: "https://x.example/r", Note: "See https://x.example/r", By: "Mara"},
			{Kind: HintFootnote, Text: "it", Note: "A note."},
		})
	}
}
