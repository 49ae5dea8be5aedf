package tui_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// tags gives sentences from the second on the tags that letters name: s, c, x;
// "-" leaves one out.
func tags(t *testing.T, st store.Store, id annotations.ArticleID, who, letters string) {
	t.Helper()
	session := storetest.Session(t, who)
	for i, r := range letters {
		tag := map[rune]string{'s': "sourced", 'c': "contested", 'x': "contextual"}[r]
		if tag == "" {
			continue
		}
		c := storetest.Tag(annotations.SentenceID(i+2), 0, tag)
		c.Annotation.Inside = tag == "contested"
		c.Annotation.Attributions = []annotations.Attribution{{Name: "Harbour Board", Kind: "organisation"}}
		c.Annotation.Rule = map[rune]string{'s': "S-1", 'c': "C-b", 'x': "X-1"}[r]
		if _, err := store.Do(t.Context(), st, session, id, c); err != nil {
			t.Fatal(err)
		}
	}
}

// lead opens the lead's desk over st.
func lead(t *testing.T, st store.Store, w, h int, opts ...func(*tui.Options)) *desk {
	t.Helper()
	return show(t, st, annotations.Desk, w, h, append(opts, func(o *tui.Options) { o.Audit = &audit.Options{} })...)
}

// differing is a store in which ben and eve differ on two sentences.
func differing(t *testing.T) (store.Store, annotations.ArticleID) {
	t.Helper()
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	tags(t, st, id, "ben", "sxxss")
	tags(t, st, id, "eve", "sxsxs")
	return st, id
}

// rulings are those in force.
func rulings(t *testing.T, st store.Store, id annotations.ArticleID) map[annotations.SentenceID]annotations.RulingRecord {
	t.Helper()
	rows, err := st.State(t.Context(), id, 0, 1000, 1000)
	if err != nil {
		t.Fatal(err)
	}
	out := map[annotations.SentenceID]annotations.RulingRecord{}
	for _, r := range rows {
		if r.Ruling != nil && r.Ruling.Verdict != "" {
			out[r.Sentence] = *r.Ruling
		}
	}
	return out
}

// reviewers is what everybody but the lead said.
func reviewers(t *testing.T, st store.Store, id annotations.ArticleID) string {
	t.Helper()
	rows, err := st.State(t.Context(), id, 0, 1000, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		if r.Ruling == nil {
			out = append(out, fmt.Sprintf("%s %s %+v", r.Sentence, r.Reviewer, r.Annotation))
		}
	}
	return strings.Join(out, "\n")
}

func TestTheLeadSettlesTwoDisagreements(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 16}, {120, 30}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			st, id := differing(t)
			before := reviewers(t, st, id)
			d := lead(t, st, size[0], size[1])
			d.WaitFor("disagreements, what hangs most on them first: 2", "2 matters")
			t.Logf("\n%s", d.Text())
			d.Type("<enter>")
			d.WaitFor("settle", ">4", "1 of 2", "1 ben", "X contextual", "2 eve", "S sourced")
			t.Logf("\n%s", d.Text())
			d.Type(".")
			d.WaitFor("Whose stands?", ">4  Sentence 4 of ferries")
			d.Type("2")
			d.WaitFor("Why?", ">4  Sentence 4 of ferries")
			d.Type("the board says it<enter>")
			d.WaitFor("Which rule decides?", ">4  Sentence 4 of ferries")
			d.Type("<enter>")
			d.WaitFor("4 stet eve. Saved.", ">5", "2 of 2")
			d.Type("a")
			d.WaitFor("It is:", "c contested")
			d.Type("c")
			d.WaitFor("Why?")
			d.Type("<enter>")
			d.WaitFor("Which rule decides?")
			d.Type("b")
			d.WaitFor("5 amended to contested. Saved.", "nothing needs you")
			got := rulings(t, st, id)
			if r := got[4]; r.Verdict != annotations.Stet || r.Reviewer != "eve" || r.Reason != "the board says it" || r.By != "ana" {
				t.Errorf("4: %+v", r)
			}
			if r := got[5]; r.Verdict != annotations.Amend || r.Tag != "contested" || r.Rule != "C-b" {
				t.Errorf("5: %+v", r)
			}
			if now := reviewers(t, st, id); now != before {
				t.Errorf("a ruling changed what reviewers said:\n%s\nwas\n%s", now, before)
			}
			d.Type("u")
			d.WaitFor("Undid: ruling amend contested", "first: 1")
			d.Type("<enter>0enough<enter>")
			d.WaitFor("5 neither. Saved.")
			if r := rulings(t, st, id)[5]; r.Verdict != annotations.Neither || r.Reason != "enough" || r.Rev != 3 {
				t.Errorf("5 after an undo: %+v", r)
			}
			d.Type("q")
			d.WaitFor("desk", "ferries")
		})
	}
}

func TestAQueryNeedsAQuestionAndCancellingRulesNothing(t *testing.T) {
	st, id := differing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("disagreements")
	d.Type("<enter>")
	d.WaitFor("settle")
	d.Type("q")
	d.WaitFor("What do you ask?")
	d.Type("<enter>")
	d.WaitFor("needs its question")
	d.Type(".")
	d.WaitFor("Whose stands?")
	d.Type("<esc>")
	d.WaitFor("nothing was ruled")
	if got := rulings(t, st, id); len(got) != 0 {
		t.Fatalf("ruled: %+v", got)
	}
	d.Type("qwho says so?<enter>")
	d.WaitFor("4 query. Saved.", ">5")
	d.Type("<esc>")
	d.WaitFor("open queries, answered ones first: 1", "who says so?")
	if r := rulings(t, st, id)[4]; r.Verdict != annotations.Query || r.Reason != "who says so?" {
		t.Errorf("4: %+v", r)
	}
	d.Type("t")
	d.WaitFor("History of 4", "ruling query", "eve  tag sourced")
	d.Type("<esc>")
	d.WaitGone("History of 4")
}

func TestAUndoInTheMiddleGoesBackToItsSentence(t *testing.T) {
	st, id := differing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("disagreements")
	d.Type("<enter>")
	d.WaitFor(">4")
	d.Type(".1<enter><enter>")
	d.WaitFor("4 stet ben. Saved.", ">5")
	d.Type("u")
	d.WaitFor("Undid: ruling stet", ">4", "1 of 2")
	if got := rulings(t, st, id); len(got) != 0 {
		t.Errorf("after undo: %+v", got)
	}
	d.Type("U")
	d.WaitFor("Redid", "ruling  stet, ben")
	if got := rulings(t, st, id); got[4].Reviewer != "ben" {
		t.Errorf("after redo: %+v", got)
	}
}

func TestARulingBecomesAnExample(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 120, 30)
	d.WaitFor("disagreements")
	d.Type("<enter>")
	d.WaitFor("settle")
	d.Type("x")
	d.WaitFor("rule on a sentence first")
	d.Type("asbecause<enter>")
	d.WaitFor("Which rule")
	d.Type("<enter>")
	d.WaitFor("Saved.")
	d.Type("x")
	d.WaitFor("copied", "as TOML")
	text := "[[examples]]\ntext = \"Sentence 4 of ferries says “é” 🚢 no.\"\ntag = \"sourced\"\nwhy = \"because\"\n"
	if want := base64.StdEncoding.EncodeToString([]byte(text)); !strings.Contains(string(d.Raw()), "]52;c;"+want) {
		t.Errorf("the clipboard was not given %q", text)
	}
}

func TestTheFourSections(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("[1 needs you 2]", "4 weak 0")
	d.Type("2")
	d.WaitFor("[2 sound?]", "Krippendorff's alpha", "95 % intervals by resampling", "the audit bound")
	t.Logf("\n%s", d.Text())
	d.Type("<tab>")
	d.WaitFor("[3 who mixes 1]", "sourced and contextual", "2 sentences")
	t.Logf("\n%s", d.Text())
	d.Type("<enter>")
	d.WaitFor("[1 needs you", "only sourced against contextual")
	d.Type("<esc>")
	d.WaitFor("disagreements, what hangs most")
	d.Type("/Sentence 5<enter>")
	d.WaitGone("Sentence 4")
	d.Type("<esc>")
	d.WaitFor("Sentence 4")
	d.Type("4")
	d.WaitFor("[4 weak 0]", "nothing was found")
	d.Type("<shift+tab><shift+tab><shift+tab>")
	d.WaitFor("[1 needs you 2]", "4 weak 0")
}

func TestFinishingWhatAllAgreeOn(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), storetest.Article(t, "ferries", 6))
	tags(t, st, id, "ben", "sxxss")
	tags(t, st, id, "eve", "sxxss")
	d := lead(t, st, 80, 24)
	d.WaitFor("nothing needs you")
	d.Type("F")
	d.WaitFor("finish all in which everybody agrees", "1 article")
	d.Type("<down><enter>")
	d.WaitFor("finished for ben, eve. Saved.")
	sum, err := st.Summary(t.Context(), "ben", id)
	if err != nil || !sum.Progress.Finished || !sum.Others["eve"].Finished {
		t.Errorf("finished: %+v, %v", sum, err)
	}
	d.Type("F")
	d.WaitFor("reopen harbour-post")
	d.Type("reopen<enter>")
	d.WaitFor("open again for ben, eve. Saved.")
	if sum, err = st.Summary(t.Context(), "ben", id); err != nil || sum.Progress.Finished {
		t.Errorf("open again: %+v, %v", sum, err)
	}
}

func TestOnlyLeadsOfATeam(t *testing.T) {
	st, _ := differing(t)
	team := annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}
	if _, err := store.Do(t.Context(), st, storetest.Session(t, "lea"), annotations.Desk, annotations.Change{Kind: annotations.EventTeam, Verb: "team", Team: &team}); err != nil {
		t.Fatal(err)
	}
	d := lead(t, store.For(st, "ana"), 80, 24)
	d.WaitFor("The lead's desk is for leads", "ask lea")
	d.Type("r")
	d.WaitFor("ana is none in this team")
	d.Type("q")
	d.WaitFor("touched")
	d.Type("a")
	d.WaitFor("The lead's desk is for leads")
}

// gated is a store that lists no article until it may.
type gated struct {
	store.Store
	open chan struct{}
}

func (g *gated) Articles(ctx context.Context, reviewer string, after annotations.ArticleID, limit int) ([]store.Summary, error) {
	select {
	case <-g.open:
	case <-ctx.Done():
	}
	return g.Store.Articles(ctx, reviewer, after, limit)
}

func TestTheLeadsDeskIsDrawnBeforeTheStoreAnswers(t *testing.T) {
	st, _ := differing(t)
	g := &gated{st, make(chan struct{})}
	d := lead(t, g, 80, 24)
	marked := regexp.MustCompile(`> harbour-post-2026-01-02-\w+ 5 `)
	d.WaitFor("reading the store")
	d.Type("j")
	d.WaitFor("still being read")
	close(g.open)
	d.Until(func(text string) bool { return strings.Contains(text, "disagreements") && marked.MatchString(text) }, "show the disagreements, the second marked")
}

func TestALeadSeesWhatOthersDidMeanwhile(t *testing.T) {
	st, id := differing(t)
	d := lead(t, st, 80, 24)
	d.WaitFor("2 matters", "eve sourced by S-1")
	tags(t, st, id, "dan", "xxxxx")
	d.Type("n")
	d.WaitFor("4 matters", "dan contextual")
}

func TestHelpSaysWhyAKeyOfTheLeadDoesNothing(t *testing.T) {
	st, _ := differing(t)
	d := lead(t, st, 110, 60)
	d.WaitFor("disagreements")
	d.Type("<enter>")
	d.WaitFor("settle")
	d.Type("?")
	d.WaitFor("Keys. Type to search", "(rule on a sentence first", ">4  Sentence 4", "nothing is right here: no tag")
}

// What a reviewer is called or writes is shown as symbols on the lead's screens
// too.
func TestNothingIsSentRawToTheLead(t *testing.T) {
	st, id := differing(t)
	dan := storetest.Session(t, "dan")
	c := storetest.Tag(4, 0, "contested")
	c.Annotation.Note, c.Annotation.Unsure = "look \x1b[2Jhere\x07", true
	c.Annotation.Attributions = []annotations.Attribution{{Name: "N\x1b]0;pwned\x07"}}
	if _, err := store.Do(t.Context(), st, dan, id, c); err != nil {
		t.Fatal(err)
	}
	d := lead(t, st, 120, 40)
	d.WaitFor("unsure, ask you: 1")
	d.Type("/asks the lead<enter>")
	d.WaitFor("look ␛[2Jhere␇")
	d.Type("<enter>")
	d.WaitFor("settle")
	d.WaitFor("N␛]0;pwned␇", "look ␛[2Jhere␇")
	d.Type("qwhy?<enter>")
	d.WaitFor("query. Saved.")
	for _, bad := range []string{"\x1b[2Jhere", "pwned\x07", "\x1b]0;pwned"} {
		if strings.Contains(string(d.Raw()), bad) {
			t.Errorf("%q was sent to the terminal", bad)
		}
	}
}

// Each key on the hint line of the lead's screens has an effect that can be
// seen.
func TestHintedKeysOfTheLeadHaveAnEffect(t *testing.T) {
	for where, keys := range map[string]map[string]string{
		"": {
			"<enter>": "stet  settle", "<tab>": "[2 is the work sound]", "r": "stet  blind check", "/": "enter filter", "F": "enter choose", "u": "There is nothing to undo.",
			"?": "Keys. Type to search", "q": "stet  desk", "j": "Sentence 5 of ferries says “é” 🚢 no.",
		},
		"<enter>": {
			".": "Whose stands?", "a": "It is:", "q": "What do you ask?", "0": "Why?", "u": "There is nothing to undo.", "j": "2 of 2", "x": "rule on a sentence first",
			"t": "History of 4", "<esc>": "lead's desk", "?": "Keys. Type to search", "K": "Codebook stet", "o": "0 of 5 tagged",
		},
	} {
		for key, words := range keys {
			st, _ := differing(t)
			d := lead(t, st, 120, 30)
			d.WaitFor("disagreements", "eve sourced by S-1")
			if where != "" {
				d.Type(where)
				d.WaitFor("settle", "stet")
			}
			if key != "K" && key != "o" { // for which there is no room
				d.isHinted(key)
			}
			d.hasAnEffect(key, words)
			d.Stop()
			d.WaitEnd()
		}
	}
}
