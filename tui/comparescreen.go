package tui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/align"
	"stet.example/stet/annotations/align/report"
	"stet.example/stet/annotations/attribution"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/compare"
	"stet.example/stet/tui/review"
)

// Comparison is an original and its rewrite.
type Comparison struct {
	A, B     report.Text           // the original, the rewrite
	AID, BID annotations.ArticleID // where they are in the store; Desk for a text that is in none
	Alone    bool                  // there is no desk to go back to: leaving it leaves the program
	tags     []annotations.Tag     // of the original's codebook
}

// Compared reads an article of the store for a comparison: its text, with the tag
// of each sentence (the lead's where there is a ruling on the words of now, "neither" where that lets no tag
// stand, else the reviewers' where they agree, else "differ"; a suggestion where nobody
// tagged it) and the links that speak for or against its own sentences.
func Compared(ctx context.Context, st store.Store, id annotations.ArticleID) (report.Text, error) {
	t, _, err := comparedText(ctx, st, id)
	return t, err
}

// comparedText is [Compared], with who asks of which of the sentences; nil when nobody
// asks of any.
func comparedText(ctx context.Context, st store.Store, id annotations.ArticleID) (t report.Text, queried []string, err error) {
	art, err := store.Load(ctx, st, id)
	if err != nil {
		return t, nil, err
	}
	rows, err := st.State(ctx, id, 1, ^annotations.SentenceID(0), 1<<30)
	if err != nil {
		return t, nil, err
	}
	t = report.Text{Name: art.Name, Title: art.Title, Outlet: art.Outlet, Published: art.Published, Side: align.Side{Text: art.Body, Units: art.Units}}
	for _, r := range rows {
		if i := art.Index(r.Sentence); i >= 0 {
			tie(&t, art, i, r.Annotation.Links)
			if r.Ruling != nil && r.Ruling.Verdict == annotations.Query {
				if queried == nil {
					queried = make([]string, len(art.Units))
				}
				queried[i] = r.Ruling.By
			}
		}
	}
	t.Tags = tagsOf(art, rows)
	Suggested(&t)
	return t, queried, nil
}

// tagsOf is the tag that holds for each sentence: the lead's, also where that lets one
// reviewer's stand or, "neither", none, else the reviewers' where they agree, else "differ".
// What was said of other words than the sentence has now is no tag of it.
func tagsOf(art *annotations.Article, rows []store.Row) []string {
	tags, ruled := make([]string, len(art.Units)), make([]bool, len(art.Units))
	stands := map[annotations.SentenceID]string{} // whose
	for _, r := range rows {
		i := art.Index(r.Sentence)
		switch {
		case i < 0 || r.Ruling == nil || r.Ruling.Verdict == "" || settledElsewhere(art, r):
		case r.Ruling.Tag != "":
			tags[i], ruled[i] = r.Ruling.Tag, true
		case r.Ruling.Verdict == annotations.Neither:
			tags[i], ruled[i] = string(annotations.Neither), true
		case r.Ruling.Verdict == annotations.Stet:
			stands[r.Sentence] = r.Ruling.Reviewer
		}
	}
	for _, r := range rows {
		i, tag := art.Index(r.Sentence), r.Annotation.Tag
		switch {
		case i < 0 || r.Ruling != nil || tag == "" || ruled[i]:
		case stands[r.Sentence] != "" && stands[r.Sentence] == r.Reviewer:
			tags[i], ruled[i] = tag, true
		case saidElsewhere(art, r):
		case tags[i] == "" || tags[i] == tag:
			tags[i] = tag
		default:
			tags[i] = "differ"
		}
	}
	return tags
}

// tie adds what a reviewer linked sentence i to, within its article.
func tie(t *report.Text, art *annotations.Article, i int, links []annotations.Link) {
	for _, l := range links {
		to := art.Index(l.To.Sentence)
		if l.To.Article != art.ID || to < 0 {
			continue
		}
		switch l.Relation {
		case annotations.Supports:
			t.Supports = append(t.Supports, report.Tie{From: i, To: to})
		case annotations.Disputes:
			t.Disputes = append(t.Disputes, report.Tie{From: i, To: to})
		case annotations.Repeats, annotations.DerivedFrom:
		}
	}
}

// Suggested gives the sentences of a text that nobody tagged the tags that the
// rules propose.
func Suggested(t *report.Text) {
	n := len(t.Side.Units)
	if t.Tags == nil {
		t.Tags = make([]string, n)
	}
	if !slices.Contains(t.Tags, "") {
		return
	}
	s := attribution.Suggest(t.Side.Text, t.Side.Units, attribution.Options{})
	if len(s.Tags) != n {
		return
	}
	t.Suggested = make([]bool, n)
	for i, tag := range s.Tags {
		if t.Tags[i] == "" && tag.ID != "" {
			t.Tags[i], t.Suggested[i] = tag.ID, true
		}
	}
}

// comparing is the open comparison, and what is under it.
type comparing struct {
	*compare.Screen
	of    Comparison
	under *review.Screen // the article it was opened from; nil for the desk
	keys  *action.Keymap // of that article
}

// Messages about comparisons.
type (
	compareLoaded struct {
		of    Comparison
		doc   compare.Doc
		again bool // the same texts, read anew
		words string
		err   error
	}
	pairsFound struct {
		of      annotations.ArticleID
		list    []candidate
		more    bool     // articles that were not read
		damaged []string // names of articles that were passed over
		err     error
	}
)

// compared makes a comparison's report. Texts of the store are read anew.
func (l loader) compared(c Comparison, again bool, words string) tea.Msg {
	m := compareLoaded{again: again, words: words}
	var queried [2][]string
	for i, side := range []struct {
		id   annotations.ArticleID
		text *report.Text
	}{{c.AID, &c.A}, {c.BID, &c.B}} {
		if side.id == annotations.Desk {
			continue
		}
		if *side.text, queried[i], m.err = comparedText(l.ctx, l.store, side.id); m.err != nil {
			return m
		}
	}
	if m.err = align.TooLong(c.A.Side, c.B.Side); m.err != nil {
		return m
	}
	c.tags = codebook.Builtin().Tags
	if c.AID != annotations.Desk {
		if sum, err := l.store.Summary(l.ctx, l.who, c.AID); err == nil {
			if book, err := l.book(sum.Codebook); err == nil {
				c.tags = book.Tags
			}
		}
	}
	m.of, m.doc = c, compare.Doc{Report: report.New(c.A, c.B), A: c.AID, B: c.BID, Tags: c.tags, Queried: queried[0]}
	return m
}

func (a *app) noArticle() string {
	if why := a.desk.Why(action.Compare); why != "" {
		return why
	}
	return "there is no article yet; " + a.keyOf(action.Desk, action.Import) + " imports one"
}

// openCompare compares the article at hand: an older text with the newest, else with
// its original where that is known, else with one that is picked.
func (a *app) openCompare() tea.Cmd {
	id := a.desk.Current()
	original := annotations.Desk
	if a.review != nil {
		art := a.review.Shown().About()
		if id, original = art.ID, art.Parent; original == annotations.Desk {
			original = a.o.Against
		}
	}
	if original == id {
		original = annotations.Desk
	}
	if id == annotations.Desk {
		a.say(a.noArticle(), false)
		return nil
	}
	a.pairing = true
	if original == annotations.Desk {
		a.say("looking for texts that share words …", false)
	}
	// On the desk any pair can be had, and who asked for an original gets that.
	revised := a.review != nil && (original == annotations.Desk || original != a.o.Against)
	return a.afterSaving(func() tea.Msg { return a.load.pair(id, original, revised) })
}

// pair compares a text: with the newest that was made of it where revised asks for that
// and there is one, as its reader was told; else with its original, Desk for none known:
// then it lists what the text may be compared with.
func (l loader) pair(id, original annotations.ArticleID, revised bool) tea.Msg {
	var later []annotations.Meta
	var err error
	if revised {
		later, err = l.chain(id)
	}
	switch n := len(later); {
	case err != nil:
		return compareLoaded{err: err}
	case n > 0:
		return l.compared(Comparison{AID: id, BID: later[n-1].ID}, false, "")
	case original == annotations.Desk:
		return l.candidates(id, maxCandidates)
	}
	return l.compared(Comparison{AID: original, BID: id}, false, "")
}

// chosen is what the end of a list of pairs led to.
func (a *app) chosen() tea.Cmd {
	cmd := a.next
	a.next = nil
	return cmd
}

// comparedMsg takes what commands bring back for comparisons.
func (a *app) comparedMsg(msg tea.Msg) tea.Cmd {
	a.pairing = false
	switch msg := msg.(type) {
	case pairsFound:
		a.say("", false)
		a.report(msg.err)
		if msg.err == nil {
			a.pickPair(msg)
		}
	case compareLoaded:
		if msg.again && msg.err != nil && a.compared != nil && a.review == nil {
			return tea.Batch(a.postpone(msg.err, changed{}), a.replay())
		}
		a.report(msg.err)
		switch {
		case errors.Is(msg.err, store.ErrNotFound):
			a.say("the original is not in this store", true)
		case msg.err != nil:
		case a.o.inLines != nil:
			var b strings.Builder
			if err := msg.doc.Report.WriteText(&b, report.Style{}); err != nil {
				a.report(err)
			}
			a.say("compared", false)
			a.o.inLines.tell(strings.TrimRight(b.String(), "\n"))
		case a.compared != nil && a.review == nil:
			a.compared.of = msg.of
			if msg.again {
				a.readAtLast()
				a.compared.Fill(msg.doc)
			} else {
				a.compared.Screen = a.newCompare(msg.doc)
			}
			a.say(msg.words, false)
		default:
			a.compared = &comparing{Screen: a.newCompare(msg.doc), of: msg.of, under: a.review, keys: a.keys}
			a.review = nil
			a.bind(nil)
			a.say(msg.words, false)
		}
		if msg.err != nil && a.compared == nil && a.review == nil {
			return tea.Batch(a.readDesk(), a.replay())
		}
	}
	return a.replay()
}

// newCompare makes a screen that knows its keys.
func (a *app) newCompare(d compare.Doc) *compare.Screen {
	s := compare.New(d)
	s.Keyed(func(id action.ID) string { return a.keyOf(action.Comparing, id) })
	return s
}

// swapTexts takes the rewrite for the original.
func (a *app) swapTexts() tea.Cmd {
	of := a.compared.of
	of.A, of.B, of.AID, of.BID = of.B, of.A, of.BID, of.AID
	a.pairing = true
	return func() tea.Msg { return a.load.compared(of, false, "swapped") }
}

// afterSaving runs cmd when what was queued is saved: it reads the store. In lines
// nothing is ever queued when a command begins.
func (a *app) afterSaving(cmd tea.Cmd) tea.Cmd {
	if a.o.inLines != nil {
		return cmd
	}
	return tea.Sequence(guarded(a.drain), guarded(cmd))
}

// backToCompare shows the comparison again, after an article that was opened from
// it: what was said there meanwhile is in it.
func (a *app) backToCompare(words string) tea.Cmd {
	of := a.compared.of
	a.pairing = true
	return a.afterSaving(func() tea.Msg { return a.load.compared(of, true, words) })
}

// followCompare reads the texts anew when others said something of them: at once,
// or when the hands are free.
func (a *app) followCompare(n *news) tea.Cmd {
	of := a.compared.of
	var last *annotations.Event
	for _, id := range []annotations.ArticleID{of.AID, of.BID} {
		if h := n.in[id]; h != nil && id != annotations.Desk && (last == nil || h.last.Pos > last.Pos) {
			last = &h.last
		}
	}
	if last == nil && !n.team { // by whose rules it is known what may be shown
		return nil
	}
	if a.busy() {
		a.stale = true
		return nil
	}
	words := ""
	if last != nil {
		words = last.Actor + ": " + Describe(last)
	}
	return a.backToCompare(words)
}

// leaveCompare closes the comparison and goes back to where it was opened.
func (a *app) leaveCompare() tea.Cmd {
	c := a.compared
	a.compared = nil
	switch {
	case c.of.Alone:
		return tea.Quit
	case c.under == nil:
		return a.readDesk()
	}
	a.review, a.keys = c.under, c.keys
	a.stale, a.behind = true, all() // what was said meanwhile, here or elsewhere, is read
	return a.caughtUp()
}
