package tui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/tui/action"
	"stet.example/stet/tui/dialog"
)

// fetched takes what was read for the screens from outside of an article.
func (a *app) fetched(msg tea.Msg) tea.Cmd {
	var out []action.Outcome
	not := "" // what was not looked at
	a.came()
	switch msg := msg.(type) {
	case attached:
		a.report(msg.err)
		switch {
		case a.review == nil:
		case msg.err == nil:
			out = a.review.Attached(msg.asked.Sentence, msg.item, msg.asked.Stance, msg.found)
		case a.o.inLines == nil: // a script's next lines are no answers to a question put again
			a.review.Unattached(msg.asked.Sentence, msg.asked.Evidence)
		}
	case edited:
		a.report(msg.err)
		switch {
		case a.review == nil || msg.err != nil:
		case msg.same:
			a.say("The note is as it was: the editor changed nothing", false)
		default:
			out = a.review.Edited(msg.text)
		}
	case searched:
		a.say("", false)
		a.report(msg.err)
		switch {
		case msg.err != nil:
		case a.review != nil:
			out = a.review.ShowHits(msg.asked.Words, msg.hits, msg.more, msg.asked.Link)
		default:
			out = a.desk.ShowHits(msg.asked.Words, msg.hits, msg.more)
		}
		not = passedOver(msg.damaged, "searched")
	}
	cmd := a.carry(out)
	a.sayToo(not)
	return tea.Batch(cmd, a.replay())
}

// sayToo adds what went wrong to what was found, or was not; "" for nothing.
func (a *app) sayToo(not string) {
	if not != "" {
		a.say(strings.TrimPrefix(a.message+"; "+not, "; "), true)
	}
}

// attach keeps a copy of a file that is given as evidence, and looks for the
// quotation in it.
func (l loader) attach(o action.Attach) tea.Msg {
	fail := func(err error) tea.Msg {
		return attached{asked: o, err: fmt.Errorf("the evidence %s was not attached: %w", annotations.Visible(o.Evidence.File), err)}
	}
	if !l.files {
		return fail(errors.New("files of this machine cannot be read from here. Give a URL"))
	}
	item := o.Evidence
	if info, err := os.Stat(item.File); err == nil && !info.Mode().IsRegular() { // to open a pipe would wait for whoever writes to it
		return fail(errors.New("it is no ordinary file"))
	}
	var text string
	var err error
	if item.Copy, text, err = store.KeepCopy(l.ctx, l.store, item.File); err != nil {
		return fail(err)
	}
	item.File = filepath.Base(item.File)
	return attached{asked: o, item: item, found: foundIn(text, item.Quote)}
}

// foundIn says whether, and where, a quotation stands in a copy.
func foundIn(text, quote string) string {
	if quote == "" {
		return "a copy is kept"
	}
	if !utf8.ValidString(text) {
		return "a copy is kept; it is no text, so the quotation was not looked for"
	}
	if line, found := annotations.QuoteIn(text, quote); found {
		return fmt.Sprintf("quote found in the copy: yes, line %d", line)
	}
	return "quote found in the copy: no"
}

// maxHits bounds what a search shows.
const maxHits = 300

// search looks for words in every article, in whatever letters and marks they are
// written; see [dialog.Fold].
func (l loader) search(o action.SearchText) tea.Msg {
	out := searched{asked: o}
	want := dialog.Fold(o.Words)
	for after := annotations.Desk; ; {
		page, err := l.store.Articles(l.ctx, l.who, after, 200)
		if err != nil {
			return searched{asked: o, err: err}
		}
		for i := range page {
			after = page[i].ID
			before := len(out.hits)
			out.more, err = l.searchOne(&page[i], want, &out.hits)
			if errors.Is(err, store.ErrDamaged) { // of the others there is something to find
				out.hits, out.more, err = out.hits[:before], false, nil
				out.damaged = append(out.damaged, page[i].Name)
			}
			if err != nil || out.more {
				out.err = err
				return out
			}
		}
		if len(page) < 200 {
			return out
		}
	}
}

// passedOver says which articles were passed over, and what was not done with them; ""
// for none.
func passedOver(names []string, done string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0] + " could not be " + done + ": it is damaged; stet check says more"
	default:
		return fmt.Sprintf("%d articles could not be %s: they are damaged. The first is %s; stet check says more", n, done, names[0])
	}
}

// searchOne adds an article's sentences that hold the words; it reports true
// when there are more than are shown.
func (l loader) searchOne(sum *store.Summary, want string, hits *[]dialog.Hit) (more bool, err error) {
	if sum.TextBytes < longText { // most hold nothing of the kind, which is seen at once
		body, err := l.store.Blob(l.ctx, sum.Text, 0, -1)
		switch {
		case err != nil:
			return false, err
		case annotations.HashOf(body) != sum.Text:
			return false, &store.Error{Kind: store.ErrDamaged, What: sum.Name + " is damaged"}
		case !strings.Contains(dialog.Fold(body), want):
			return false, nil
		}
	}
	text := store.Read(l.ctx, l.store, sum)
	if err := text.Prove(); err != nil {
		return false, err
	}
	for i := range text.Len() {
		u := text.Unit(i)
		words := text.In(u.Span)
		if text.Fault() != nil {
			return false, text.Fault()
		}
		if !strings.Contains(dialog.Fold(words), want) {
			continue
		}
		if len(*hits) == maxHits {
			return true, nil
		}
		*hits = append(*hits, dialog.Hit{
			Target: annotations.Target{Article: sum.ID, Sentence: u.ID}, Name: sum.Name, N: i + 1, Words: strings.Clone(words),
		})
	}
	return false, nil
}

func (a *app) noEditor() string {
	return "there is no editor here; " + a.keyOf(action.Review, action.Note) + " writes a note"
}

// edit opens the person's editor on a text of its own folder, which only the
// person can read, and takes the text back.
func (a *app) edit(text string) tea.Cmd {
	if a.o.Editor == nil {
		a.say(a.noEditor(), true)
		return nil
	}
	path, err := writeNote(text)
	if err != nil {
		a.report(err)
		return nil
	}
	a.await() // keys that are typed as it ends come behind its note
	c := a.o.Editor(path)
	if l := a.o.inLines; l != nil {
		return func() tea.Msg { return readNote(path, text, l.inTurn(c)) }
	}
	return a.lend(c, func(err error) tea.Msg { return readNote(path, text, err) })
}
