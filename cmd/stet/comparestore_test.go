package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations/align"
)

func TestWhichArticleIsEarlier(t *testing.T) {
	for _, c := range []struct {
		name, x, y string
		order      int
		known      bool
	}{
		{"two days", "2026-03-04", "2026-03-05", -1, true},
		{"the other way round", "2026-03-05", "2026-03-04", 1, true},
		{"one day", "2026-03-04", "2026-03-04", 0, false},
		{"a day and a time on it", "2026-03-04", "2026-03-04T23:00:00Z", 0, false},
		{"two times in two zones", "2026-03-04T23:30:00+02:00", "2026-03-04T22:00:00Z", -1, true},
		{"no date", "", "2026-03-04", 0, false},
		{"a date as printed", "4 March 2026", "2026-03-04", 0, false},
	} {
		if order, known := earlier(c.x, c.y); order != c.order || known != c.known {
			t.Errorf("%s: got %d, %v, want %d, %v", c.name, order, known, c.order, c.known)
		}
	}
}

// Articles of January and March, and one without a date between them, stayed in the
// order March, none, January: nothing was known of the neighbours. The words of the later
// were then shown as those that the earlier had changed.
func TestQuotationsAreListedByDate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, a := range []struct{ name, date, words string }{
		{"alpha", "2026-03-01", "unsafe for boats and for people"},
		{"beta", "", "unsafe for ships and for people"},
		{"gamma", "2026-01-01", "unsafe for boats and people"},
	} {
		args := []string{"import", "--outlet", a.name, w.file(a.name+".txt", "The board met on Monday.\n\nMara Lind of the board said, \"The old pier is entirely and without any doubt "+a.words+" who walk there.\"\n")}
		if a.date != "" {
			args = append(args, "--published", a.date)
		}
		w.must(args...)
	}
	var out struct{ Quotes [][]quoteJSON }
	if err := json.Unmarshal([]byte(w.must("compare", "--quotes", "--json")), &out); err != nil || len(out.Quotes) != 1 {
		t.Fatalf("%v: %s", err, w.stdout.String())
	}
	var got []string
	for _, q := range out.Quotes[0] {
		got = append(got, q.Article[:strings.IndexByte(q.Article, '-')])
	}
	if want := []string{"gamma", "alpha", "beta"}; !slices.Equal(got, want) {
		t.Errorf("in the order %v, want %v", got, want)
	}
}

// Whatever the order in which they come, dates are sorted to one order.
func TestDatesMakeOneOrder(t *testing.T) {
	t.Parallel()
	dates := []string{"2026-01-01", "2026-01-01T08:00:00Z", "2026-01-01T09:00:00Z", "2026-01-02", "", "4 March 2026", "2026-03-01"}
	for _, x := range dates {
		for _, y := range dates {
			if byDate(x, y) != -byDate(y, x) {
				t.Errorf("%q and %q", x, y)
			}
			for _, z := range dates {
				if byDate(x, y) <= 0 && byDate(y, z) <= 0 && byDate(x, z) > 0 {
					t.Errorf("%q, %q, %q", x, y, z)
				}
			}
		}
	}
}

func TestANameIsFoundAmongOthers(t *testing.T) {
	for _, c := range []struct {
		source, name string
		want         bool
	}{
		{"the United Nations Office on Drugs and Crime (UNODC)", "unodc", true},
		{"Nicolás Maduro", "NICOLAS  MADURO", true},
		{"Rubio", "Rub", false},
		{"", "Rubio", false},
	} {
		if got := named(c.source, align.Fold(c.name)); got != c.want {
			t.Errorf("%q in %q: got %v", c.name, c.source, got)
		}
	}
}

// TestAComparisonOnATerminal: a terminal gets the screen, unless print is asked for.
// Two files need no store and leave none; of two articles a sentence can be opened
// and tagged.
func TestAComparisonOnATerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two := w.file("one.txt", story), w.file("two.txt", strings.Replace(story, "two officials said", "an official said", 1))
	w.tty, w.stdin = true, "q"
	if out := w.must("compare", one, two); !strings.Contains(out, "\x1b[?1049h") || strings.Contains(out, "Left out of the original:\n") {
		t.Errorf("no screen was shown: %q", out[max(0, len(out)-400):])
	}
	for _, flags := range [][]string{{"--plain"}, {"--json"}, {"--html", filepath.Join(w.dir, "page.html")}} {
		if out := w.must(append([]string{"compare", one, two}, flags...)...); strings.Contains(out, "\x1b[?1049h") {
			t.Errorf("%v draws a screen", flags)
		}
	}
	if out := w.must("compare", one, two, "--plain"); !strings.Contains(out, "from 1") {
		t.Errorf("--plain prints\n%s", out)
	}
	w.tty = false
	if code := w.run("list"); code != exitFailed {
		t.Errorf("comparing two files made a store: exit code %d", code)
	}
	w.must("import", "--outlet", "one", one)
	w.must("import", "--outlet", "two", two)
	w.tty, w.stdin = true, "\r"+"s"+"\x03"
	w.must("compare", "one", "two")
	w.tty = false
	if out := w.must("show", "two", "--sentence", "1"); !strings.Contains(out, "sourced") {
		t.Errorf("the sentence that was opened from the comparison is\n%s", out)
	}
	w.must("check")
}
