package attribution

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// passage is one outlet's telling of a story, in units with a reader's tags.
type passage struct {
	story   int
	outlet  string
	lang    string
	text    string
	spans   [][2]int
	tags    []string // sourced, contested, contextual
	sources []string // words of the source, "" for none
}

// place is a unit of a story: the passage's place among the story's, and the unit.
type place struct{ text, unit int }

// story is what several outlets tell, and the units that speak against each other.
type story struct {
	number   int
	passages []passage
	counter  map[[2]place]bool
}

// unseen stories were written when the rules stood; nothing was changed for them.
func (s story) unseen() bool { return s.number > 16 }

var tagOfLetter = map[string]string{"S": sourcedTag, "C": contestedTag, "X": contextualTag}

// readStories reads testdata/passages.txt.
func readStories(t testing.TB) []story {
	t.Helper()
	raw, err := os.ReadFile("testdata/passages.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []story
	lang := ""
	for n, line := range strings.Split(string(raw), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, rest, _ := strings.Cut(line, " ")
		switch {
		case key == "story":
			s := story{counter: map[[2]place]bool{}}
			if _, err := fmt.Sscan(rest, &s.number, &lang); err != nil {
				t.Fatalf("line %d: %v", n+1, err)
			}
			out = append(out, s)
		case key == "outlet":
			s := &out[len(out)-1]
			s.passages = append(s.passages, passage{story: s.number, outlet: rest, lang: lang})
		case key == "counter":
			s := &out[len(out)-1]
			for pair := range strings.FieldsSeq(rest) {
				a, b, _ := strings.Cut(pair, "-")
				s.counter[[2]place{{int(a[0] - 'a'), int(a[1] - '1')}, {int(b[0] - 'a'), int(b[1] - '1')}}] = true
			}
		case tagOfLetter[key] != "":
			source, words, ok := strings.Cut(rest, "|")
			if !ok {
				t.Fatalf("line %d: no bar", n+1)
			}
			p := &out[len(out)-1].passages
			(*p)[len(*p)-1].add(tagOfLetter[key], strings.TrimSpace(source), strings.TrimSpace(words))
		default:
			t.Fatalf("line %d: what is %q", n+1, key)
		}
	}
	if len(out) == 0 {
		t.Fatal("no stories")
	}
	return out
}

func (p *passage) add(tag, source, words string) {
	if p.text != "" {
		p.text += " "
	}
	p.spans = append(p.spans, [2]int{len(p.text), len(p.text) + len(words)})
	p.text += words
	p.tags = append(p.tags, tag)
	p.sources = append(p.sources, strings.TrimPrefix(source, "-"))
}

func (p *passage) suggest() Result {
	return Suggest(p.text, Units(p.spans), Options{Lang: p.lang})
}

// share is a count of what is right among what was asked.
type share struct{ right, all int }

func (s share) percent() float64 { return 100 * float64(s.right) / float64(max(1, s.all)) }

func (s *share) count(ok bool) {
	s.all++
	if ok {
		s.right++
	}
}

func TestMadeUpPassagesAreTaggedAsTheirWriterDid(t *testing.T) {
	var tags, sources [2]share
	for _, s := range readStories(t) {
		part := 0
		if s.unseen() {
			part = 1
		}
		for _, p := range s.passages {
			res := p.suggest()
			checkPromises(t, p.text, res)
			for u, want := range p.tags {
				ok := res.Tags[u].ID == want
				tags[part].count(ok)
				got := sourcesIn(res, p.text, p.spans[u])
				right := rightSource(p.sources[u], got)
				sources[part].count(right)
				if part == 0 && (!ok || !right) {
					t.Logf("%d%s%d: %s (%s), want %s; sources %q, want %q: %s", s.number, p.outlet, u+1, res.Tags[u].ID, res.Tags[u].Rule,
						want, got, p.sources[u], p.text[p.spans[u][0]:p.spans[u][1]])
				}
			}
		}
	}
	for part, name := range []string{"seen", "unseen"} {
		t.Logf("%s: tags right %.1f%% of %d, right source shown %.1f%%", name, tags[part].percent(), tags[part].all, sources[part].percent())
		want := []float64{96, 90}[part]
		if tags[part].percent() < want || sources[part].percent() < want {
			t.Errorf("%s: tags right %.1f%%, right source shown %.1f%%, want %.0f%%", name, tags[part].percent(), sources[part].percent(), want)
		}
	}
}

// sourcesIn are the words of every source that stands in a unit.
func sourcesIn(res Result, text string, unit [2]int) []string {
	var out []string
	for _, a := range res.Attributions {
		for _, s := range a.Source {
			if s.Start >= unit[0] && s.Start < unit[1] {
				out = append(out, s.In(text))
			}
		}
	}
	return out
}

// rightSource reports whether one of the sources shown holds the words wanted, or
// is held by them; with none wanted, whether none is shown.
func rightSource(want string, got []string) bool {
	want = strings.ToLower(want)
	for _, g := range got {
		g = strings.ToLower(g)
		if want != "" && (strings.Contains(g, want) || strings.Contains(want, g)) {
			return true
		}
	}
	return want == "" && len(got) == 0
}
