package tui_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
	"stet.example/stet/tui/action"
)

// The pair is made up: a hedge goes, a quotation is altered, a heading is new, a
// claim is kept while the audit office that vouched for it is cut.
const (
	pierStory = `The ferry allegedly struck the old pier at noon on Friday. Nobody was hurt in the harbour.

The harbour master said the pier would be rebuilt next spring, and the council will vote on the cost of four million euros in May.

“We will never close the island route,” Mayor Ida Holm told the Varner Post.

The island route has not lost money in any year, but the opposition wants to end it. Ticket prices rose twice.

According to the audit office, the island route has not lost money since 1998. But the opposition still says that the island route lost money last winter.
`
	pierRewrite = `The ferry struck the old pier at noon on Friday, but nobody was hurt in the harbour. The pier will be rebuilt next spring. The council will vote on the cost of 4 million euros in May.

Trouble ahead

"We will not close the island route," Mayor Ida Holm said. The island route has not lost money in any year, but the opposition wants to end it.
`
)

// pier is a store with the story, as its outlet published it, and a rewrite of a
// day later.
func pier(t *testing.T) (st store.Store, original, rewrite annotations.ArticleID) {
	t.Helper()
	st = storetest.New(t)
	ana := storetest.Session(t, "ana")
	bring := func(text, name, day string, parent annotations.ArticleID) annotations.ArticleID {
		a := read(t, text)
		a.Name, a.Published, a.Parent = name, day, parent
		return storetest.Import(t, st, ana, a)
	}
	original = bring(pierStory, "varner-post-pier", "2026-03-04", annotations.Desk)
	rewrite = bring(pierRewrite, "echo-pier", "2026-03-05", original)
	return st, original, rewrite
}

// paired opens the comparison as the command does.
func paired(t *testing.T, w, h int, opts ...func(*tui.Options)) *desk {
	t.Helper()
	st, a, b := pier(t)
	d := show(t, st, annotations.Desk, w, h, append(opts, func(o *tui.Options) { o.Compare = &tui.Comparison{AID: a, BID: b} })...)
	d.WaitFor("compare", "varner-post-pier", "drops the evidence and keeps the claim")
	return d
}

func TestAComparisonFromOneEndToTheOther(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 34}, {60, 16}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			d := paired(t, size[0], size[1])
			wide := size[0] >= 100
			d.WaitFor("original 8: 3 left out", "> 1  from 1, 2, merged", "hedge dropped", "[-allegedly-]", "1 of 8")
			t.Logf("\n%s", d.Text())
			if got := strings.Contains(d.Text(), "┬"); got != wide {
				t.Errorf("side by side: %v, want %v", got, wide)
			}
			for _, step := range []struct {
				keys string
				want []string
			}{
				{"j", []string{"> 2, 3  from 3, split", "attribution dropped", "2 of 8"}},
				{"<space>", []string{"> 4  no source in the original", "heading added", "Trouble ahead"}},
				{"<space>", []string{"> 5  from 4", "quote altered", "[-never-]", "{+not+}"}},
				{"<space>", []string{"> 6  from 5", "! orphan"}},
				{"<space>", []string{"> 1", "around the end"}},
				{"<backspace>", []string{"> 6"}},
				{"k", []string{"> 5", "4 of 8"}},
				{"n", []string{"> 6", "orphan: the first of 1. Kind 1 of"}},
				{"n", []string{"> 5", "quote altered: the first of 1. Kind 2 of"}},
				{"N", []string{"> 6", "orphan: the first of 1"}},
				{"G", []string{"> 8  left out", "C contested", "! spoke against 5"}},
				{"<home>", []string{"> 1", "1 of 8"}},
				{"g3<enter>", []string{"> 2, 3"}},
				{"g99<enter>", []string{"is no sentence of the rewrite: there are 1 to 6"}},
				{"/ticket<enter>", []string{"> 6  left out", "“ticket”: 1 of 1"}},
				{"/<ctrl+u>island<enter>", []string{"> 7  left out", "“island”: 3 of 4"}},
				{"/<enter>", []string{"> 8  left out", "“island”: 4 of 4"}},
				{"/<ctrl+u>zebra<enter>", []string{"“zebra” is in nothing that is shown"}},
				{"<tab>", []string{"in the order of the original", "> 8  left out", "7 of 8"}},
				{"g5<enter>", []string{"> 5  to 6, word for word", "4 of 8"}},
				{"G", []string{"New in the rewrite:", "> 4  no source"}},
				{"<tab>", []string{"in the order of the rewrite", "> 4  no source"}},
			} {
				d.Type(step.keys)
				d.WaitFor(step.want...)
			}
			for _, f := range []struct{ key, title, has, hasNot string }{
				{"c", "only changed: ", "hedge dropped", "Ticket prices"},
				{"n", "only new: 1 of 1", "Trouble ahead", "allegedly"},
				{"l", "left out: 1 of 3", "Ticket prices", "Trouble ahead"},
				{"o", "orphans: 1 of 3", "According to the audit office", "Ticket prices"},
			} {
				d.Type("<home>f" + f.key)
				d.WaitFor(f.title, "esc shows all")
				d.Type("<home>")
				d.WaitFor("> ")
				text := d.Text()
				for range 6 { // the list may be longer than the screen
					d.Type("j")
				}
				d.WaitFor("> ")
				if text += d.Text(); !strings.Contains(text, f.has) || strings.Contains(text, f.hasNot) {
					t.Errorf("filter %s:\n%s", f.key, text)
				}
				d.Type("<esc>")
				d.WaitFor("of 8")
			}
			t.Logf("\n%s", d.Text())
			d.Type("q")
			d.WaitFor("stet  desk", "echo-pier")
			d.Type("q")
			d.WaitEnd()
		})
	}
}

// Enter opens the sentence, of the side whose order is shown; what is said there
// is in the comparison when the reader comes back.
func TestASentenceIsOpenedFromAComparison(t *testing.T) {
	d := paired(t, 80, 24)
	d.Type("G<enter>")
	d.WaitFor("varner-post-pier", "> 8", "of 8 tagged")
	d.Type("x")
	d.WaitFor("8 contextual. Saved.")
	d.Type("q")
	d.WaitFor("compare", "> 8  left out  X contextual", "2 X contextual, 1 S sourced (~ 2 suggested)")
	d.Type("<home>j<enter>")
	d.WaitFor("Open which of them?", "2", "3")
	d.Type("<down><enter>")
	d.WaitFor("echo-pier", "> 3")
	d.Type("q")
	d.WaitFor("compare", "> 2, 3")
	d.Type("<tab><enter>")
	d.WaitFor("varner-post-pier", "> 3")
	d.Type("q")
	d.WaitFor("compare", "> 3  to 2, 3 ·")
}

// From an article that has a parent one key compares, and q comes back to the same
// place, with what was said meanwhile.
func TestFromAnArticleToItsComparisonAndBack(t *testing.T) {
	st, original, rewrite := pier(t)
	d := show(t, st, rewrite, 80, 24)
	d.WaitFor("echo-pier", "tagged")
	d.Type("g5<enter>C")
	d.WaitFor("compare", "> 1  from 1, 2, merged")
	d.Type("g5<enter><enter>")
	d.WaitFor("echo-pier", "> 5")
	d.Type("s")
	d.WaitFor("5 sourced. Saved.")
	d.Type("q")
	d.WaitFor("compare", "> 5")
	d.Type("q")
	d.WaitFor("echo-pier", "> 5", "S ")
	d.Type("q")
	d.WaitFor("stet  desk")

	// without a parent: the one that --against names
	e := show(t, st, original, 80, 24, func(o *tui.Options) { o.Against = rewrite })
	e.WaitFor("varner-post-pier", "tagged")
	e.Type("C")
	e.WaitFor("echo-pier → varner-post-pier")
	e.Type("qq")
	e.WaitFor("stet  desk")
}

func TestAPairIsChosenOnTheDesk(t *testing.T) {
	st, _, _ := pier(t)
	storetest.Import(t, st, storetest.Session(t, "ana"), read(t, "A choir from Varn sang in the old market hall on Sunday.\n"))
	d := show(t, st, annotations.Desk, 100, 30)
	d.WaitFor("varner-post-pier")
	d.Type("/echo<enter>")
	d.WaitGone("varner-post-pier")
	d.Type("c")
	d.WaitFor("Compare with which?", "> varner-post-pier", "% of word pairs shared", "shares no words")
	d.Type("<enter>")
	d.WaitFor("varner-post-pier → echo-pier", "drops the evidence")
	d.Type("x")
	d.WaitFor("echo-pier → varner-post-pier", "swapped")
	d.Type("q")
	d.WaitFor("stet  desk")
	// from the original the rewrite is picked: the later one is the rewrite still
	d.Type("<esc>/varner<enter>")
	d.WaitGone("echo-pier")
	d.Type("cecho<enter>")
	d.WaitFor("varner-post-pier → echo-pier", "the later one is taken for the rewrite; x swaps")
	d.Type("qc<esc>")
	d.WaitGone("Compare with which?")
}

// Where there are no screens the same is told in lines, once.
func TestAComparisonInLines(t *testing.T) {
	st, _, rewrite := pier(t)
	var out strings.Builder
	err := tui.RunPlain(t.Context(), tui.Options{
		Store: st, Session: storetest.Session(t, "ana"), Article: rewrite, Clock: storetest.Clock(),
		Input: strings.NewReader("C\nq\nq\n"), Output: &out, Reports: t.TempDir(),
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"The rewrite drops the evidence and keeps the claim.", "Q quote altered", "ferry [-allegedly-] struck", "Left out of the original:", "! orphan"} {
		if strings.Count(out.String(), want) != 1 {
			t.Errorf("%q is told %d times:\n%s", want, strings.Count(out.String(), want), out.String())
		}
	}
}

// The other side of the seeds: whoever opens them sees what happened, also on a
// small screen and without colours.
func TestTheSeedsAtAGlance(t *testing.T) {
	c := seeds(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}, {60, 16}, {40, 10}} {
		d := show(t, storetest.New(t), annotations.Desk, size[0], size[1], func(o *tui.Options) { o.Compare, o.Theme = &c, "mono" })
		d.WaitFor("! The rewrite drops the evidence")
		if size[0] >= 60 {
			d.WaitFor("keeps the claim", "original 38: 23 left out", "S sourced")
		}
		d.Type("n")
		d.WaitFor("> 5  from 5", "! orphan")
		t.Logf("\n%s", d.Text())
		for _, wrong := range []string{"quote altered", "number changed"} {
			if strings.Contains(d.Text(), wrong) {
				t.Errorf("nothing of the kind is in the seeds: %s", wrong)
			}
		}
		d.Type("q")
		d.WaitEnd()
	}
}

// seeds are the two articles of the shared data; the test is skipped without them.
func seeds(t *testing.T) tui.Comparison {
	t.Helper()
	dir := os.Getenv("STET_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(dir, "seeds", "*.txt"))
	if err != nil || len(files) != 2 {
		t.Skip("the shared data is not beside the repository; set STET_SHARED to its folder")
	}
	c := tui.Comparison{Alone: true}
	for i, side := range []*report.Text{&c.A, &c.B} {
		r, err := ingest.File(t.Context(), files[i], ingest.Options{})
		if err != nil {
			t.Fatal(err)
		}
		*side = report.Text{Name: files[i], Side: align.Side{Text: r.Article.Body, Units: r.Article.Units}}
		tui.Suggested(side)
	}
	return c
}

func TestAComparisonIsTooSmallAndRecovers(t *testing.T) {
	d := paired(t, 80, 24)
	d.resize(39, 9)
	d.WaitFor("39×9 is too small")
	d.resize(40, 10)
	d.WaitFor("> 1")
	d.resize(80, 24)
	d.WaitFor("> 1  from 1, 2, merged", "[-allegedly-]")
}

// A hundred sizes with keys in between: the mark stays on the screen, and what is
// there is what a fresh paint shows.
func TestAStormOfSizesOnAComparison(t *testing.T) {
	d := paired(t, 80, 24)
	rng := rand.New(rand.NewPCG(3, 9)) //nolint:gosec // the same storm every time
	keys := []string{"j", "k", "<space>", "n", "<tab>", "<pgdown>", "<pgup>", "G", "<home>", "fc", "<esc>", "/island<enter>", "?<esc>", "x"}
	for range 100 {
		d.resize(10+rng.IntN(160), 3+rng.IntN(47))
		d.Type(keys[rng.IntN(len(keys))])
	}
	d.resize(100, 30)
	d.Type("<esc><esc><home>")
	d.WaitFor("> 1", "1 of 8")
	d.sameAfresh()
}

// What could command a terminal is shown as symbols, in texts and in names.
func TestHostileTextsAreCompared(t *testing.T) {
	evil := "\x1b]0;owned\x07\x1b[31m\u202e\u0085"
	side := func(name, text string) report.Text {
		a := read(t, text)
		return report.Text{Name: name, Side: align.Side{Text: a.Body, Units: a.Units}}
	}
	c := tui.Comparison{
		A: side("one"+evil, "The ferry"+evil+" allegedly struck the pier at noon. Ticket prices rose twice last winter.\n"),
		B: side("two"+evil, "The ferry"+evil+" struck the pier at noon. A choir from Varn sang"+evil+" in the market hall.\n"), Alone: true,
	}
	for _, w := range []int{80, 120} {
		d := show(t, storetest.New(t), annotations.Desk, w, 30, func(o *tui.Options) { o.Compare = &c })
		d.WaitFor("[-allegedly-]", "left out", "no source")
		d.Type("/<esc>" + "n")
		d.WaitFor("Kind 1")
		for _, bad := range []string{"\x1b]0;owned", "\u202e", "\u0085"} {
			if strings.Contains(string(d.Raw()), bad) {
				t.Errorf("%q was sent to the terminal", bad)
			}
		}
		d.Type("q")
		d.WaitEnd()
	}
}

// Without colours every state has its words.
func TestAComparisonWithoutColours(t *testing.T) {
	plain := paired(t, 120, 50, func(o *tui.Options) { o.Environ = append(o.Environ, "NO_COLOR=1") })
	text := plain.Text()
	for _, want := range []string{"word for word", "no source", "left out", "split", "merged", "! orphan", "Q quote altered", "H hedge dropped", "[-", "{+", "~S sourced"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not there:\n%s", want, text)
		}
	}
	if raw := string(plain.Raw()); strings.Contains(raw, "38;2;") || strings.Contains(raw, "\x1b[31m") {
		t.Error("a colour was sent")
	}
	if coloured := paired(t, 120, 50); coloured.Text() != text || !strings.Contains(string(coloured.Raw()), "38;2;") {
		t.Error("with colours the words differ, or no colour is sent")
	}
}

func TestEveryActionOfAComparisonIsInHelpAndDoesSomething(t *testing.T) {
	d := paired(t, 110, 40)
	n := 0
	for _, a := range action.Table(nil) {
		if a.Scope != action.Comparing {
			continue
		}
		n++
		d.Type("?" + a.Hint)
		d.WaitFor("Keys. Type to search", a.Words[:min(len(a.Words), 30)])
		d.Type("<esc>")
		d.WaitGone("Keys. Type to search")
	}
	if n < 15 {
		t.Errorf("only %d actions", n)
	}
	for key, words := range map[string]string{
		"<space>": "2 of 8", "n": "orphan: the first of 1. Kind 1 of 9", "f": "Show what?", "<enter>": "0 of 5 tagged", "<tab>": "in the order of the original",
		"?": "Keys. Type to search", "q": "stet  desk", "g": "Go to sentence of the rewrite", "/": "Search both texts", "x": "swapped",
	} {
		e := paired(t, 150, 40)
		e.isHinted(key)
		e.hasAnEffect(key, words)
		e.Stop()
		e.WaitEnd()
	}
}

func TestAComparisonTakesTheMouse(t *testing.T) {
	d := paired(t, 80, 24)
	row := func(of string) int {
		for y, line := range strings.Split(d.Text(), "\n") {
			if strings.Contains(line, of) {
				return y
			}
		}
		t.Fatalf("%q is not there", of)
		return 0
	}
	d.Click(10, row("2, 3  from 3"))
	d.WaitFor("> 2, 3")
	hint := strings.Split(d.Text(), "\n")[22]
	d.Click(strings.Index(hint, "n next kind")+1, 22)
	d.WaitFor("Kind 1 of", "> 6")
}
