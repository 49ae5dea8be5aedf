package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every file of testdata/in against what it became: fields, receipt, links
// and the text itself. How that is cut is tested where it is done.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/in/*")
	if err != nil || len(files) < 15 {
		t.Fatalf("only %d files in testdata/in: %v", len(files), err)
	}
	for _, path := range files {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			res, err := File(t.Context(), path, Options{})
			got := ""
			if err != nil {
				got = "error: " + err.Error() + "\n"
			} else {
				checkResult(t, res)
				got = describe(res)
			}
			golden := filepath.Join("testdata/golden", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v; make it with -update and read it", err)
			}
			if got != string(want) {
				t.Errorf("not as in %s:\n%s", golden, got)
			}
			for _, leak := range []string{"LEAK", "leak(", "SECRET", "ALT TEXT"} {
				if err == nil && res != nil && strings.Contains(res.Article.Body, leak) {
					t.Errorf("the text holds %q", leak)
				}
			}
		})
	}
}

func describe(res *Result) string {
	var b strings.Builder
	a := res.Article
	fmt.Fprintf(&b, "id         %s\ntitle      %q\noutlet     %q\nbyline     %q\npublished  %q\nurl        %q\nlanguage   %q\nformat     %s, %s, %d bytes\n\n",
		a.Name, a.Title, a.Outlet, a.Byline, a.Published, a.URL, a.Language, a.Original.Format, a.Original.Encoding, a.Original.Bytes)
	for _, n := range res.Notices {
		sign := ' '
		if n.Caution {
			sign = '!'
		}
		fmt.Fprintf(&b, "%c %s: %s\n", sign, n.Topic, n.Text)
	}
	for _, h := range res.Hints {
		if h.Kind != HintLink {
			fmt.Fprintf(&b, "> %s by %q, %q, ", h.Kind, h.By, h.Note)
		} else {
			b.WriteString("> ")
		}
		fmt.Fprintf(&b, "%s %q at %d\n", h.URL, h.Text, h.Span.Start)
	}
	for _, p := range res.LeftOut {
		fmt.Fprintf(&b, "< left out behind byte %d: %d words, %q\n", p.After, p.Words, p.Text)
	}
	b.WriteByte('\n')
	fmt.Fprintf(&b, "----\n%s", a.Body)
	return b.String()
}
