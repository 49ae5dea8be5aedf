package merge

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
)

// life draws things that people do with a store.
type life struct {
	t        *rapid.T
	articles []*annotations.Article
	item     annotations.Evidence
	books    []*annotations.Codebook
}

func (l *life) draw(what string, n int) int { return rapid.IntRange(0, n-1).Draw(l.t, what) }

// live lets n things happen to d.
func (l *life) live(d *desk, n int, others []*desk) {
	people := []string{"ana", "ben"}
	for range n {
		who := people[l.draw("who", 2)]
		a := l.articles[0]
		if d.knows(l.articles[1].ID) && l.draw("which article", 4) == 0 {
			a = l.articles[1]
		}
		s := annotations.SentenceID(1 + l.draw("sentence", 2))
		switch l.draw("what", 25) {
		case 0, 1, 2, 3:
			d.tag(who, a.ID, s, []string{"sourced", "contested", "contextual"}[l.draw("tag", 3)])
		case 4:
			d.say(who, a.ID, s, annotations.Annotation{})
		case 5:
			_, now := d.row(a.ID, s, who)
			now.Note = fmt.Sprintf("note %d", l.draw("note", 3))
			d.say(who, a.ID, s, now)
		case 6, 7:
			d.revert(who, annotations.Undo)
		case 8:
			d.revert(who, annotations.Redo)
		case 9, 14:
			d.rule([]string{"lena", "max", "ben"}[l.draw("lead", 3)], a.ID, s, &annotations.Ruling{Verdict: []annotations.Verdict{annotations.Stet, annotations.Query}[l.draw("verdict", 2)]})
		case 10:
			d.rule("lena", a.ID, s, nil)
		case 11:
			if !d.knows(l.articles[1].ID) {
				d.bring(l.articles[1])
			}
		case 12:
			it := l.item
			d.do(who, a.ID, annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &it})
			_, now := d.row(a.ID, s, who)
			now.Evidence = []annotations.Use{{ID: it.ID, Stance: annotations.Undercuts}}
			d.say(who, a.ID, s, now)
		case 13: // twice in one act
			rev, _ := d.row(a.ID, s, who)
			first, second := annotations.Annotation{Tag: "sourced"}, annotations.Annotation{Tag: "contextual"}
			d.do(who, a.ID, annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: s, Rev: rev, Annotation: &first},
				annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: s, Rev: rev + 1, Annotation: &second})
		case 15:
			d.assign(a.ID, [][]string{nil, {"ana"}, {"ben"}, {"ana", "ben"}}[l.draw("assigned", 4)]...)
		case 16, 17:
			d.judge("lena", a.ID, l.books[l.draw("codebook", len(l.books))])
		case 18, 19:
			d.finish(a.ID, who, l.draw("done", 3) > 0)
		default: // a second version is settled by the person, or another store comes in midway
			if rev, _ := d.row(a.ID, s, who+" (2)"); rev > 0 {
				d.tag(who+" (2)", a.ID, s, []string{"sourced", "contested"}[l.draw("tag", 2)])
			} else if len(others) > 0 {
				d.merge(others[l.draw("other", len(others))])
			}
		}
	}
}

func (d *desk) knows(id annotations.ArticleID) bool {
	_, err := d.Summary(context.Background(), "", id)
	return err == nil
}

// three draws three stores: each a copy of a common past or a store of its
// own, with some that merged others midway.
func (l *life) three() []*desk {
	base := newDesk(l.t, "base")
	base.whole = true
	base.bring(l.articles[0])
	l.live(base, l.draw("past", 6), nil)
	var out []*desk
	for _, name := range []string{"x", "y", "z"} {
		d := base.copied(name)
		if l.draw("a store of its own", 3) == 0 {
			d = newDesk(l.t, name)
			d.whole = true
			d.bring(l.articles[0])
		}
		l.live(d, l.draw("length", 10), out)
		out = append(out, d)
	}
	return out
}

func (l *life) same(a, b *desk) {
	l.t.Helper()
	if x, y := a.state(), b.state(); !slices.Equal(x, y) {
		l.t.Fatalf("%s and %s differ:\n%s\n\n%s", a.name, b.name, strings.Join(x, "\n"), strings.Join(y, "\n"))
	}
}

// TestLaws draws random histories of three stores and joins them in every order
// and grouping.
func TestLaws(t *testing.T) {
	t.Parallel()
	articles := []*annotations.Article{article(t, "harbour"), article(t, "pier")}
	books := []*annotations.Codebook{codebook.Builtin(), otherBook("one"), otherBook("two")}
	item := annotations.Evidence{URL: "https://example.org/minutes"}
	item.Identify()
	rapid.Check(t, func(rt *rapid.T) {
		l := &life{t: rt, articles: articles, item: item, books: books}
		s := l.three()
		want := s[0].merged(s[1], s[2])
		for _, o := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			a, b, c := s[o[0]], s[o[1]], s[o[2]]
			l.same(want, a.merged(b, c))
			l.same(want, a.merged(b.merged(c)))
		}
		l.idempotent(want, s)
		l.nothingLost(want, s)
	})
}

// idempotent wants what was merged to be known, by all ways it can come again.
func (l *life) idempotent(d *desk, s []*desk) {
	for _, again := range []*desk{s[0], s[1], s[2], d, s[2].merged(s[0]), s[1].merged(s[2], s[0])} {
		before := d.size()
		d.merge(again)
		if d.size() != before && again != d && !strings.HasPrefix(again.name, "(") {
			l.t.Fatalf("merging %s again stored %d events", again.name, d.size()-before)
		}
		l.same(d, s[0].merged(s[1], s[2]))
	}
	before := d.size()
	for _, again := range []*desk{s[0], s[1], s[2], s[2].merged(s[0]), s[1].merged(s[2], s[0])} {
		d.merge(again)
	}
	if d.size() != before {
		l.t.Fatalf("merging all again stored %d events", d.size()-before)
	}
}

// nothingLost wants what stood in a store to stand in the join, unless a person
// replaced it knowingly in one of the stores.
func (l *life) nothingLost(d *desk, s []*desk) {
	replaced := map[string]bool{}
	for _, x := range s {
		for k := range x.replaced() {
			replaced[k] = true
		}
	}
	there := d.standing()
	for _, x := range s {
		for _, k := range keysOf(x.standing()) {
			if !there[k] && !replaced[k] {
				l.t.Fatalf("%s stood in %s and is lost in %s", k, x.name, d.name)
			}
		}
	}
}
