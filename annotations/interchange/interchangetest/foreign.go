package interchangetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"stet.example/stet/annotations/interchange"
)

// Foreign is one case of a file that another program or a person made.
type Foreign struct {
	Story    string
	Name     string // of the file; "" = x
	In       string
	Want     []string // what comes out: "ben: s002 contested"; see [Said]
	Rejected []string // words of each rejection, in order, such as "line 3: the tag"
	Repaired []string // of each correction
	Left     []string // of what was left aside
	Refused  string   // words of the error that refuses the file; "" = none
}

// Said lists tags and what hangs on them, a line an annotation:
// "ben: s002 contested (note) [source cue] >s001 !".
func Said(e *interchange.Export) []string {
	var out []string
	for i := range e.Documents {
		d := &e.Documents[i]
		for _, u := range d.Article.Units {
			for _, r := range d.Reviewers {
				rec, ok := r.Records[u.ID]
				if !ok {
					continue
				}
				var b strings.Builder
				fmt.Fprintf(&b, "%s: %s %s", r.Name, u.ID, rec.Tag)
				if rec.Note != "" {
					fmt.Fprintf(&b, " (%s)", rec.Note)
				}
				for k := range rec.Attributions {
					at := &rec.Attributions[k]
					for _, s := range at.Source {
						fmt.Fprintf(&b, " source=%q", s.In(d.Article.Body))
					}
					for _, s := range at.Cue {
						fmt.Fprintf(&b, " cue=%q", s.In(d.Article.Body))
					}
					for _, s := range at.Content {
						fmt.Fprintf(&b, " content=%q", s.In(d.Article.Body))
					}
				}
				for _, l := range rec.Links {
					fmt.Fprintf(&b, " %s>%s", l.Relation, l.To.Sentence)
				}
				for _, use := range rec.Evidence {
					fmt.Fprintf(&b, " %s", use.Stance)
				}
				if rec.Unsure {
					b.WriteString(" unsure")
				}
				if !rec.Time.IsZero() {
					b.WriteString(" at " + rec.Time.Format("15:04"))
				}
				out = append(out, b.String())
			}
		}
	}
	return out
}

// Read runs the cases against a reader.
func Read(t *testing.T, d interchange.Dialect, lib func() interchange.Library, cases []Foreign) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.Story, func(t *testing.T) {
			name := c.Name
			if name == "" {
				name = "x"
			}
			e, r, err := d.Read([]interchange.File{{Name: name, Data: []byte(c.In)}}, lib())
			if c.Refused != "" {
				var file *interchange.FileError
				if !errors.As(err, &file) || !strings.Contains(err.Error(), c.Refused) {
					t.Errorf("the error is %v, it should be a FileError with %q", err, c.Refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, want := strings.Join(Said(e), "\n"), strings.Join(c.Want, "\n"); got != want {
				t.Errorf("it says\n%s\nand should say\n%s", got, want)
			}
			problems(t, "rejected", r.Rejected, c.Rejected)
			problems(t, "repaired", r.Repaired, c.Repaired)
			problems(t, "left", r.Left, c.Left)
			if err := Balanced(e, r); err != nil {
				t.Error(err)
			}
		})
	}
}

func problems(t *testing.T, what string, got []interchange.Problem, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %v, %d expected", what, got, len(want))
		return
	}
	for i := range got {
		if !strings.Contains(got[i].String(), want[i]) {
			t.Errorf("%s: %q does not hold %q", what, got[i], want[i])
		}
	}
}

// Balanced tells why a receipt does not account for everything, or nil: what
// came in went out, or is named with its line.
func Balanced(e *interchange.Export, r *interchange.Receipt) error {
	lost := r.Annotations.In - r.Annotations.Out + r.Rulings.In - r.Rulings.Out
	if named := len(r.Rejected) + len(r.Left); lost != named {
		return fmt.Errorf("%d of %d statements did not come out, %d are named", lost, r.Annotations.In, named)
	}
	for _, list := range [][]interchange.Problem{r.Rejected, r.Left} {
		for _, p := range list {
			if p.Line < 1 || p.Msg == "" {
				return fmt.Errorf("a problem has no line or says nothing: %+v", p)
			}
		}
	}
	if len(Said(e)) > 0 && r.Annotations.Out == 0 {
		return errors.New("annotations came out of nothing")
	}
	return nil
}

// Fuzz feeds a reader: whatever comes in, it must answer, and account for what
// it took. The seeds are the cases and what the dialect itself writes.
func Fuzz(f *testing.F, d interchange.Dialect, name string, lib func() interchange.Library, seeds []string) {
	f.Helper()
	w, err := d.Write(Sample(f), interchange.Options{})
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range w.Files {
		seeds = append(seeds, string(file.Data))
	}
	taken := 0
	for _, s := range seeds {
		if e, _, err := d.Read([]interchange.File{{Name: name, Data: []byte(s)}}, lib()); err == nil {
			taken += len(Said(e))
		}
		f.Add([]byte(s))
	}
	if len(seeds) < 4 || taken == 0 {
		f.Fatalf("%d seeds with %d annotations: the corpus is next to empty", len(seeds), taken)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, r, err := d.Read([]interchange.File{{Name: name, Data: b}}, lib())
		if err != nil {
			if e != nil || r != nil {
				t.Fatal("an error, and something else with it")
			}
			return
		}
		if err := Balanced(e, r); err != nil {
			t.Fatal(err)
		}
		if _, err := interchange.Sheets(e); err != nil {
			t.Fatalf("what came out cannot be stored: %v", err)
		}
	})
}

// Hostile are files that every reader of JSON must refuse or survive.
func Hostile() []Foreign {
	return []Foreign{
		{Story: "bytes that are no UTF-8", In: "{\"text\": \"a\xff\"}", Refused: "line 1: x: is not UTF-8"},
		{Story: "nesting without end", In: strings.Repeat("[", 1<<20), Refused: "nested deeper"},
	}
}
