package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/ingest"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui/cells"
)

// oddTexts are articles that few have seen, and somebody will.
func oddTexts() map[string]string {
	family, flag := "👩\u200d👩\u200d👧\u200d👦", "🇩🇪"
	rtl := "قال الوزير محمد إن السفن قديمة. وقالت الشركة \"لا نعرف\" أمس. הספינות ישנות, אמר השר דוד כהן."
	cjk := "外交部发言人表示，中方对此表示强烈不满。据新华社报道，船只很旧。「もう走れない」と船長は述べた。"
	tabs := "One\ttwo\t\tthree said Berg. \tFour\tfive. Six\u00a0seven\u2009eight."
	zero := "Zero\u200bwidth\u200dsigns\ufeff and soft\u00adhyphens, he said. \u202eReversed\u202c words, she said. a\u0301e\u0301o\u0308 ﷽ said Zoe\u0308."
	return map[string]string{
		"one sentence":  "The board said so.",
		"headings only": "# One\n\n## Two\n\n### Three\n\n# Four\n",
		"huge sentence": "The board said " + strings.Repeat("word after word and ", 2000) + "so. It ended.",
		"long word":     "The board said " + strings.Repeat("Donaudampfschiff", 60) + ". " + strings.Repeat(family, 90) + " said Berg.",
		"right to left": rtl + " " + strings.Repeat("قال ", 60) + ".",
		"no blanks":     cjk + strings.Repeat(cjk, 3),
		"families":      strings.Repeat("Berg said "+family+flag+" and "+flag+flag+" "+family+". ", 8),
		"flags":         strings.Repeat(flag, 200) + ". " + strings.Repeat("a"+flag, 90) + ".",
		"tabs":          strings.Repeat(tabs+" ", 5),
		"zero width":    strings.Repeat(zero+" ", 4),
		"marks":         "Z" + strings.Repeat("\u0301\u0323", 40) + "algo said so. " + strings.Repeat("e\u0301", 200) + ". ก็ดีที่นี่ กำ กำ said ที่. हिन्दी में कहा क्षत्रिय.",
		"empty lines":   "One said so.\n\n\n\n\n\nTwo said so.\n\n \n\t\n\nThree.\n\n\n",
	}
}

// Whatever a text holds and whichever panel is open: no row is wider than the window, none
// stands there twice, a colour parts no sign, and the cursor is on the sentence.
func TestOddArticlesKeepTheirColumns(t *testing.T) {
	for name, text := range oddTexts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, uint64(len(text)))) //nolint:gosec // a test's choices
			st := storetest.New(t)
			in, err := ingest.Read(t.Context(), strings.NewReader(text), ingest.Options{Name: "odd.md", Title: "Odd \x1b[31m\t\r\n" + name + " 👩\u200d🚀"})
			if err != nil {
				t.Fatal(err)
			}
			id := storetest.Import(t, st, storetest.Session(t, "lea"), in.Article)
			for _, clusters := range []bool{true, false} {
				w := newWindow(t, r, st, "Zoë 明 of the night desk", id, 80, 24)
				w.a.look.Meter = cells.Meter{Clusters: clusters}
				w.rest()
				all := func(keys string) {
					w.press(keys)
					w.rest()
					for width := 20 + r.IntN(9); width <= 130; width += 1 + r.IntN(30) {
						w.send(tea.WindowSizeMsg{Width: width, Height: []int{9, 10, 12, 16, 24, 40}[r.IntN(6)]})
						w.look()
						w.once()
					}
				}
				for _, keys := range []string{"", "s", "j", "G", "/said<enter>", "oBerg 👩\u200d🚀 قال<enter>a", "v<right><right> <right><right>o<right>c", "<right><right><right><down><down> <down>t", "+?", "<esc><enter>", "mקהל 中文 \u202e note<enter>", "m", "<esc>o", "<esc>e", "<esc>l", "<esc>l1", "<esc>S", "<esc>f", "<esc>F", "<esc>K", "<esc>t", "<esc>?", "<esc>:sp", "<esc>#12", "<esc>g1", "<esc>c", "1<enter>", "<esc>w", "<esc>r", "<esc>*said<enter>", "<esc><pgdown><pgdown>", "q"} {
					all(keys)
				}
			}
		})
	}
}

// The lead's screens and a comparison hold the same texts.
func TestOddArticlesKeepTheirColumnsElsewhere(t *testing.T) {
	for name, text := range oddTexts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(2, uint64(len(text)))) //nolint:gosec // a test's choices
			st := storetest.New(t)
			put := func(text string, parent annotations.ArticleID, n int) annotations.ArticleID {
				in, err := ingest.Read(t.Context(), strings.NewReader(text), ingest.Options{Name: "odd.md", Title: "Odd \x1b[31m\t\r\n" + name + " 👩\u200d🚀"})
				if err != nil {
					t.Fatal(err)
				}
				in.Article.Parent, in.Article.Revision = parent, n
				return storetest.Import(t, st, storetest.Session(t, "lea"), in.Article)
			}
			id := put(text, annotations.Desk, 1)
			put("Before it all. "+strings.Replace(text, "said", "did not say 🇩🇪", 1)+" After it all קהל.", id, 2)
			for i, who := range []string{"ana", "ben", "Zoë 明 of the night desk"} {
				session := storetest.Session(t, who)
				for n := range annotations.SentenceID(3) {
					c := storetest.Tag(n+1, 0, []string{"sourced", "contextual", "contested"}[(i+int(n))%3])
					c.Annotation.Note = "e\u0301 " + name + " قال 👩\u200d🚀 note"
					_, _ = store.Do(t.Context(), st, session, id, c) // some texts have one sentence
				}
			}
			for _, clusters := range []bool{true, false} {
				w := newWindow(t, r, st, "lea", id, 80, 24)
				w.a.look.Meter = cells.Meter{Clusters: clusters}
				w.rest()
				for _, keys := range []string{"C", "j", " ", "<tab>", "x", "f", "<esc>/said", "<enter>", "<pgdown>", "?", "<esc>q", "q", "c", "<esc>", "*said<enter>", "<esc>n", "<esc>i", "<esc>/o", "<esc>a", "2", "3", "4", "1", "/o", "<esc>?", "<esc>t", "<esc><enter>", "K", "<esc>t", "<esc>.", "<esc>a", "<esc>q", "why קהל<enter>", "<pgdown>", "<esc>", "r"} {
					w.press(keys)
					w.rest()
					for width := 20 + r.IntN(9); width <= 130; width += 1 + r.IntN(30) {
						w.send(tea.WindowSizeMsg{Width: width, Height: []int{9, 10, 12, 16, 24, 40}[r.IntN(6)]})
						w.look()
					}
				}
			}
		})
	}
}

// once checks that the sentences on the screen stand there once each, in order.
func (w *window) once() {
	if w.a.review == nil || w.a.w < minWidth || w.a.h < minHeight || w.a.over != nil {
		return
	}
	rows, _, _ := w.a.frame()
	last := 0
	for i, row := range bare(rows)[2:w.a.hintAt] {
		if strings.HasPrefix(row, " ──") {
			break
		}
		head := strings.TrimLeft(row, " >|")
		var at int
		var letter string
		if n, _ := fmt.Sscanf(head, "%d %s", &at, &letter); n < 2 || len(row)-len(head) > 4 || !strings.ContainsRune("·-SCXscx", []rune(letter)[0]) {
			continue
		}
		if at <= last {
			w.t.Fatalf("row %d: sentence %d after %d\n%s", i, at, last, strings.Join(bare(rows), "\n"))
		}
		last = at
	}
}
