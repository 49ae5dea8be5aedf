package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestEveryExportCanBePipedIntoLoad sends each format of an export into load's standard
// input, which has no name to go by. The table and the Web Annotation were taken for
// JSON that is broken; of jsonl each sentence became an article of its own.
func TestEveryExportCanBePipedIntoLoad(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("import", w.file("pier.txt", story))
	w.must("tag", "pier", "1", "sourced", "--note", "by two of them")
	w.must("tag", "pier", "2", "contested", "--disputes", "1", "--manner", "direct", "--verdict", "both say so")
	refused := map[string]string{ // what is said of those that load does not read
		"jsonl": "--format json", "claimreview": "--format json", "brat": "-o DIR/", "markdown": "is for people", "html": "is for people", "docx": "is for people",
	}
	formats := map[string][]string{"w3c utf16": {"w3c", "--offsets", "utf16"}, "doccano spans": {"doccano", "--shape", "spans"}, "doccano class": {"doccano", "--shape", "class"}}
	for _, name := range formatNames() {
		if name != "all" {
			formats[name] = []string{name}
		}
	}
	for name, args := range formats {
		t.Run(name, func(t *testing.T) {
			if name == "claimreview" {
				args = append(args, "--page", "https://example.org/page")
			}
			into := w.loadInto(w.must(append([]string{"export", "--format"}, args...)...))
			if says := refused[name]; says != "" {
				if code := w.run(into...); code != exitFailed || !strings.Contains(w.stderr.String(), says) || !strings.Contains(w.stderr.String(), "standard input") {
					t.Errorf("exit code %d, it says %q, not %q", code, w.stderr.String(), says)
				}
				if out := w.must(append(into[:2:2], "list")...); strings.Count(out, "\n") != 2 {
					t.Errorf("it made articles:\n%s", out)
				}
				return
			}
			w.must(into...)
			if name == "webanno-tsv" { // it holds neither line ends nor the article's name, which a file has
				if !strings.Contains(w.stderr.String(), "Give the file by name") {
					t.Errorf("nothing is said of the new article: %q", w.stderr.String())
				}
				return
			}
			if out := w.must(append(into[:2:2], "show", "pier")...); !strings.Contains(out, "sourced") || !strings.Contains(out, "contested") {
				t.Errorf("the tags did not arrive:\n%s", out)
			}
		})
	}
}

// loadInto is the command that loads standard input, which has these words, into a store
// of its own that has the article and nothing said of it.
func (w *world) loadInto(stdin string) []string {
	w.tb.Helper()
	w.vars["STET_COPY"] += "x"
	db := w.dir + "/" + w.vars["STET_COPY"] + ".db"
	w.must("--db", db, "import", w.dir+"/pier.txt")
	w.stdin = stdin
	return []string{"--db", db, "load", "-"}
}

// TestTablesOfSpreadsheetsArePipedIntoLoad gives load tables as spreadsheets save them:
// with semicolons, a line that names the separator, quoted names, or in UTF-16.
func TestTablesOfSpreadsheetsArePipedIntoLoad(t *testing.T) {
	t.Parallel()
	rows := "Sentence ID\tText\tTag\ns006\tBoats leave at six.\tcontextual\n"
	var wide bytes.Buffer
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(rows))...) {
		wide.Write([]byte{byte(u), byte(u >> 8)})
	}
	for name, table := range map[string]string{
		"tabs":       rows,
		"semicolons": strings.ReplaceAll(rows, "\t", ";"),
		"a sep line": "sep=;\r\n" + strings.ReplaceAll(strings.ReplaceAll(rows, "\t", ";"), "\n", "\r\n"),
		"quoted":     "\ufeff\"text\",\"tag\"\n\"Boats leave at six.\",\"contextual\"\n",
		"UTF-16":     wide.String(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.file("pier.txt", story)
			into := w.loadInto(table)
			if code := w.run(into...); !strings.Contains(w.stdout.String(), "1 annotation in, 1 out") {
				t.Errorf("exit code %d: %s%s", code, w.stdout.String(), w.stderr.String())
			}
		})
	}
}

// TestLoadSaysThatItWasGivenNothing: after an export that failed, the pipe is empty. It
// was called broken JSON that may be cut off.
func TestLoadSaysThatItWasGivenNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if code := w.run("load", "-"); code != exitFailed || !strings.Contains(w.stderr.String(), "standard input is empty. Nothing of it was loaded") {
		t.Errorf("exit code %d, it says %q", code, w.stderr.String())
	}
}
