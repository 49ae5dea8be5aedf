package align

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// labelled is a pair of texts with the sources of each sentence of the second.
type labelled struct {
	name    string
	a, b    Side
	want    gold
	heldOut bool
}

// rewrites reads testdata/rewrites.txt: invented news, rewritten in the ways that
// newsrooms do it.
func rewrites(t *testing.T) []labelled {
	t.Helper()
	raw, err := os.ReadFile("testdata/rewrites.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for n, line := range strings.Split(string(raw), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if name, ok := strings.CutPrefix(line, "= "); ok {
			out = append(out, labelled{name: name, heldOut: strings.HasPrefix(name, "held out")})
			continue
		}
		head, sentence, ok := strings.Cut(line, ": ")
		if !ok || len(out) == 0 {
			t.Fatalf("testdata/rewrites.txt:%d: neither a title nor a sentence: %q", n+1, line)
		}
		p := &out[len(out)-1]
		number, labels, _ := strings.Cut(strings.TrimSuffix(head[1:], "]"), "[")
		number, heading := strings.CutSuffix(number, "#")
		side := &p.a
		if head[0] == 'B' {
			side = &p.b
			must, may, _ := strings.Cut(labels, "|")
			p.want.from = append(p.want.from, places(t, must))
			p.want.also = append(p.want.also, places(t, may))
		}
		if got, err := strconv.Atoi(number); err != nil || got != len(side.Units) {
			t.Fatalf("testdata/rewrites.txt:%d: the sentence is numbered %q, want %d", n+1, number, len(side.Units))
		}
		side.add(sentence, heading)
	}
	if len(out) < 8 {
		t.Fatalf("testdata/rewrites.txt holds %d pairs, want 8 and more", len(out))
	}
	return out
}

func places(t *testing.T, list string) []int {
	t.Helper()
	var out []int
	for _, f := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

// add sets a sentence behind the others, a heading on lines of its own.
func (s *Side) add(sentence string, heading bool) {
	u := annotations.Sentence{ID: annotations.SentenceID(len(s.Units) + 1)}
	if heading {
		u.Kind = annotations.KindHeading
	}
	u.Span = annotations.Span{Start: len(s.Text), End: len(s.Text) + len(sentence)}
	s.Units = append(s.Units, u)
	s.Text += sentence
	if heading {
		s.Text += "\n\n"
	} else {
		s.Text += " "
	}
}

// simplified are the labelled pairs of the shared data.
func simplified(t *testing.T) []labelled {
	t.Helper()
	g := goldLinks(t)
	var out []labelled
	for _, p := range readLines[Pair](t, filepath.Join(sharedDir(t), "attribution/dev/onestop_pairs.jsonl")) {
		if want, ok := g[p.ID]; ok {
			out = append(out, labelled{p.ID, p.A, p.B, want, heldOut(p.ID)})
		}
	}
	return out
}

// development are all labelled pairs.
func development(t *testing.T) []labelled { return append(simplified(t), rewrites(t)...) }
