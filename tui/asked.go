package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/audit/report"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/desk"
	"stet.example/stet/tui/dialog"
)

// Messages about what leads ask a reviewer.
type (
	askedLoaded struct {
		list []audit.Asked
		err  error
	}
	answering struct { // a question with the annotation that an answer leaves as it is
		askedLoaded
		saved []settled // acts that had to be on the disk first
		at    annotations.Target
		mine  annotations.Record
	}
	answered struct {
		askedLoaded
		saved []settled
		doc   reloaded
	}
	urgentFound struct {
		hits []dialog.Hit
		more bool // articles that were not looked at
		// damaged are the names of articles that were passed over.
		damaged []string
		err     error
	}
)

// readAsked reads what leads ask, beside the screen.
func (a *app) readAsked() tea.Msg {
	list, err := a.asks.Read(a.load.ctx)
	return askedLoaded{list, err}
}

// heardAsked shows what leads ask: on the desk, and in words where it is new.
func (a *app) heardAsked(m askedLoaded) {
	if m.err != nil {
		a.report(m.err)
		return
	}
	var fresh []*audit.Asked
	for i := range m.list {
		x := &m.list[i]
		known := slices.ContainsFunc(a.asked, func(y audit.Asked) bool { return y.Place == x.Place && y.Since.Equal(x.Since) })
		if x.Open && !known {
			fresh = append(fresh, x)
		}
	}
	first := a.asked == nil
	a.asked = m.list
	a.desk.Asked(m.list)
	if len(fresh) == 0 || a.review == nil && a.audit != nil {
		return
	}
	switch {
	case a.review != nil && first: // it stands beside the sentence
	case a.review != nil && fresh[0].Key == a.review.Article():
		a.say(fmt.Sprintf("%d: %s; %s there answers", fresh[0].N, strings.TrimRight(fresh[0].Words(), "."), a.keyOf(action.Review, action.Answer)), false)
	case a.review != nil:
		a.say(fresh[0].Place.String()+": "+fresh[0].Words()+". "+a.keyOf(action.Review, action.Answer)+" on the sentence answers", false)
	case a.o.inLines != nil: // on a screen it stands above the list
		a.say(desk.AskedWords(m.list)+"; "+a.keyOf(action.Desk, action.Asked)+" shows it", false)
	}
}

// askedHere is what a lead asks of the sentence on the screen; nil for nothing.
func (a *app) askedHere() *audit.Asked {
	if a.review == nil {
		return nil
	}
	for i := range a.asked {
		if x := &a.asked[i]; x.Key == a.review.Article() && x.Sentence == a.review.Current() {
			return x
		}
	}
	return nil
}

// whyAnswer says why there is nothing to answer, or "".
func (a *app) whyAnswer() string {
	if a.asked == nil || a.askedHere() != nil {
		return ""
	}
	why := "no lead asks anything of this sentence, nor ruled against your tag"
	var open []string
	for i := range a.asked {
		if x := &a.asked[i]; x.Open && a.review != nil && x.Key == a.review.Article() {
			open = append(open, strconv.Itoa(a.review.Place(x.Sentence)))
		}
	}
	if len(open) > 0 {
		why += "; open: " + strings.Join(open, ", ")
	}
	return why
}

// answerHere reads the question anew, with the reviewer's annotation as it is on the
// disk, and asks for words.
func (a *app) answerHere() tea.Cmd {
	if a.review == nil {
		return nil
	}
	a.await()
	at := annotations.Target{Article: a.review.Article(), Sentence: a.review.Current()}
	return func() tea.Msg {
		m := answering{at: at, saved: a.out.drain(a.load.ctx)}
		if m.list, m.err = a.asks.Read(a.load.ctx); m.err != nil {
			return m
		}
		rows, err := a.load.store.State(a.load.ctx, at.Article, at.Sentence, at.Sentence+1, 1<<16)
		for i := range rows {
			if rows[i].Ruling == nil && rows[i].Reviewer == a.load.who {
				m.mine = rows[i].Annotation
			}
		}
		m.err = err
		return m
	}
}

// askAnswer opens the panel in which a reviewer answers.
func (a *app) askAnswer(m answering) tea.Cmd {
	cmd := a.settle(m.saved)
	a.heardAsked(m.askedLoaded)
	x := a.askedHere()
	if m.err != nil || x == nil || x.Key != m.at.Article || x.Sentence != m.at.Sentence {
		if m.err == nil {
			a.say(a.whyAnswer(), false)
		}
		return tea.Batch(cmd, a.replay())
	}
	in := dialog.NewInput("Your answer:", "")
	in.Help, in.Max = "answer", annotations.MaxField
	if !x.Query() {
		in.Prompt = "Your answer (enter without words: noted):"
	}
	for i := range x.Thread {
		in.About = append(in.About, report.Turn(&x.Thread[i]))
	}
	if len(in.About) < 2 {
		in.About = []string{x.Words()}
	}
	n, q := x.N, *x
	a.review.Open(in, func() []action.Outcome {
		words := in.Text()
		if words == "" && q.Query() {
			return []action.Outcome{action.Say{Words: "a question wants words: nothing was answered", Bad: true}}
		}
		said := fmt.Sprintf("%d answered %s", n, q.By)
		if words == "" {
			said = fmt.Sprintf("%d: the ruling is noted", n)
		}
		return []action.Outcome{action.Reply{Article: q.Key, Change: q.Answer(m.mine, words), Words: said}}
	})
	return tea.Batch(cmd, a.replay())
}

// reply saves a word to the lead. The screen counts the revisions of what it saves
// itself, and this it does not: it reads the article anew.
func (a *app) reply(o action.Reply) tea.Cmd {
	a.out.add(entry{article: o.Article, changes: []annotations.Change{o.Change}, words: o.Words})
	a.say(o.Words+" …", false)
	if a.review == nil {
		return a.drain
	}
	a.await()
	s, what := a.shown(), changed{at: []annotations.SentenceID{o.Change.Sentence}}
	return func() tea.Msg {
		m := answered{saved: a.out.drain(a.load.ctx)}
		acts := a.out.through()
		m.doc, _ = a.load.reload(s, what, 0).(reloaded)
		m.doc.acts = acts
		m.list, m.err = a.asks.Read(a.load.ctx)
		return m
	}
}

// asking takes what commands bring back about what leads ask.
func (a *app) asking(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case askedLoaded:
		a.heardAsked(msg)
	case answering:
		a.came()
		return a.askAnswer(msg)
	case answered:
		a.came()
		cmd := a.settle(msg.saved)
		a.heardAsked(msg.askedLoaded)
		return tea.Batch(cmd, a.rereadMsg(msg.doc))
	case urgentFound:
		a.came()
		a.say("", false)
		a.report(msg.err)
		var cmd tea.Cmd
		if msg.err == nil && a.review == nil {
			cmd = a.carry(a.desk.ShowUrgent(msg.hits, msg.more, urgentArticles))
			a.sayToo(passedOver(msg.damaged, "looked through"))
		}
		return tea.Batch(cmd, a.replay())
	}
	return nil
}

// What is looked at for sentences that need a look: articles, and sentences that
// are shown.
const (
	urgentArticles = 200
	urgentShown    = 300
)

// urgent looks through the reviewer's unfinished articles for untagged sentences
// that look contested, then for those for which nobody seems to vouch.
func (l loader) urgent() tea.Msg {
	var out urgentFound
	var second []dialog.Hit
	looked := 0
	for after := annotations.Desk; ; {
		page, err := l.store.Articles(l.ctx, l.who, after, 200)
		if err != nil {
			return urgentFound{err: err}
		}
		for i := range page {
			sum := &page[i]
			after = sum.ID
			if sum.Progress.Finished || sum.Progress.Tagged >= sum.Required || len(sum.Assigned) > 0 && !slices.Contains(sum.Assigned, l.who) {
				continue
			}
			if looked++; looked > urgentArticles || len(out.hits) >= urgentShown {
				out.more = true
				break
			}
			first, then, err := l.urgentIn(sum.ID)
			if errors.Is(err, store.ErrDamaged) { // others need a look all the same
				out.damaged = append(out.damaged, sum.Name)
				continue
			}
			if err != nil {
				return urgentFound{err: err}
			}
			out.hits, second = append(out.hits, first...), append(second, then...)
		}
		if len(page) < 200 || out.more {
			break
		}
	}
	out.hits = append(out.hits, second...)
	if len(out.hits) > urgentShown {
		out.hits, out.more = out.hits[:urgentShown], true
	}
	return out
}

func (l loader) urgentIn(id annotations.ArticleID) (contested, unsourced []dialog.Hit, err error) {
	d, err := l.doc(id)
	if err != nil || !l.suggest {
		return nil, nil, err
	}
	for from := 0; from < d.Article.Len(); {
		var list []urgent
		list, from = urgentPart(d.Article, d.Book, from)
		for _, x := range list {
			u := d.Article.Unit(x.at)
			if r := d.Mine[u.ID]; r != nil && d.Book.Tag(r.Tag) != nil {
				continue
			}
			hit := dialog.Hit{Target: annotations.Target{Article: id, Sentence: u.ID}, Name: d.Article.About().Name, N: x.at + 1, Words: d.Article.In(u.Span)}
			if x.contested {
				contested = append(contested, hit)
			} else {
				unsourced = append(unsourced, hit)
			}
		}
	}
	return contested, unsourced, nil
}
