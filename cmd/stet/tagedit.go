package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// editor carries one tag command out: it works out once what the flags mean,
// and applies that to what stands on each sentence now.
type editor struct {
	*desk
	o      *tagOptions
	sum    *store.Summary
	book   *annotations.Codebook
	adopts bool // the article is to be judged by book from this act on
	first  int  // places of the sentences, from 1
	last   int
	tag    string // "-" keeps what is there
	links  []annotations.Link
	drop   []annotations.Target // links to take off
	items  []annotations.Evidence
}

func (d *desk) editor(ctx context.Context, o *tagOptions, sum *store.Summary, n, tag string) (*editor, error) {
	e := &editor{desk: d, o: o, sum: sum}
	named, err := d.adoptedCodebook()
	if err != nil {
		return nil, err
	}
	if e.book, e.adopts = named, named != nil && named.Hash != sum.Codebook; !e.adopts {
		if e.book, err = d.book(ctx, sum.Codebook); err != nil {
			return nil, err
		}
	}
	if e.first, e.last, err = parseRange(n, sum.Sentences); err != nil {
		return nil, err
	}
	if e.tag, err = tagNamed(e.book, tag); err != nil {
		return nil, err
	}
	if err := e.checkWords(); err != nil {
		return nil, err
	}
	if count := (e.last - e.first + 1) + len(o.evidence) + 1; count > store.MaxChanges {
		return nil, usage("that is %d changes in one act; the limit is %d. Nothing was changed. Take a shorter range", count-1, store.MaxChanges-1)
	}
	for _, l := range []struct {
		words    []string
		relation annotations.Relation
	}{{o.disputes, annotations.Disputes}, {o.supports, annotations.Supports}, {o.repeats, annotations.Repeats}, {o.derived, annotations.DerivedFrom}} {
		for _, word := range l.words {
			to, err := d.target(ctx, sum, word)
			if err != nil {
				return nil, err
			}
			e.links = append(e.links, annotations.Link{Relation: l.relation, To: to})
		}
	}
	for _, word := range o.noLink {
		if word == "all" {
			continue
		}
		to, err := d.target(ctx, sum, word)
		if err != nil {
			return nil, err
		}
		e.drop = append(e.drop, to)
	}
	return e, e.collect(ctx)
}

// tagNamed finds a tag by id, name, key or number.
func tagNamed(book *annotations.Codebook, word string) (string, error) {
	if book.Tag(word) != nil || word == "-" {
		return word, nil
	}
	if word == "none" {
		return "", nil
	}
	var have []string
	for i, t := range book.Tags {
		if t.Key == word || strings.EqualFold(t.Name, word) || strconv.Itoa(i+1) == word {
			return t.ID, nil
		}
		have = append(have, fmt.Sprintf("%s (%s)", t.ID, t.Key))
	}
	return "", fmt.Errorf("%q is no tag of codebook %q. Nothing was changed. It has %s; none takes a tag away, - keeps it", word, book.Name, strings.Join(have, ", "))
}

// target reads "5" or "article:5".
func (d *desk) target(ctx context.Context, sum *store.Summary, word string) (annotations.Target, error) {
	at := sum
	if i := strings.LastIndexByte(word, ':'); i >= 0 {
		other, err := d.find(ctx, word[:i])
		if err != nil {
			return annotations.Target{}, err
		}
		at, word = &other, word[i+1:]
	}
	_, unit, err := d.oneSentence(ctx, &at.Meta, word, "a link leads to")
	return annotations.Target{Article: at.ID, Sentence: unit.ID}, err
}

// collect makes the evidence items, and stores copies of files.
func (e *editor) collect(ctx context.Context) error {
	for _, word := range e.o.evidence {
		if word == "" {
			return usage("--evidence names nothing. Nothing was changed. Give a URL with its https://, or a file")
		}
		item := annotations.Evidence{Locator: e.o.locator, Quote: e.o.quote}
		if strings.Contains(word, "://") {
			item.URL = word
		} else {
			h, text, err := store.KeepCopy(ctx, e.Store, word)
			if err != nil {
				return fmt.Errorf("the evidence %s cannot be kept: %w. Nothing was changed", show(word), err)
			}
			item.File, item.Copy = filepath.Base(word), h
			if _, found := annotations.QuoteIn(text, item.Quote); item.Quote != "" && !found {
				e.say("note: the quotation is not in %s, letter by letter", show(word))
			}
		}
		item.Identify()
		e.items = append(e.items, item)
	}
	return nil
}

// apply reads what stands on the sentences, changes it and saves it as one act.
func (e *editor) apply(ctx context.Context) (tagged, error) {
	var done tagged
	changes, err := e.newItems(ctx)
	if err != nil {
		return done, err
	}
	if e.adopts {
		c, err := e.adoption(ctx, e.sum, e.book)
		if err != nil {
			return done, err
		}
		changes = append([]annotations.Change{c}, changes...)
	}
	for n := e.first; n <= e.last; n++ {
		unit, err := e.unit(ctx, &e.sum.Meta, n)
		if err != nil {
			return done, err
		}
		id := unit.ID
		was, err := e.mine(ctx, e.sum.ID, id)
		if err != nil {
			return done, err
		}
		now, err := e.edit(ctx, n, was.Annotation)
		if err != nil {
			return done, err
		}
		done.numbers = append(done.numbers, n)
		done.before = append(done.before, was.Annotation)
		same := now.Clone()
		same.Codebook = was.Codebook
		if same.Equal(was.Annotation) {
			done.after = append(done.after, was)
			continue
		}
		c := annotations.Change{Kind: annotations.EventAnnotate, Verb: verb(&was.Annotation, &now), Sentence: id, Rev: was.Rev, Annotation: &now, Reason: e.o.reason}
		if e.o.confidential != "" && now.Confidential.Opens(e.o.confidential) {
			c.Secret = e.o.confidential
		}
		changes = append(changes, c)
		done.after = append(done.after, annotations.Record{Annotation: now, Rev: was.Rev + 1})
		done.saved = true
	}
	if !done.saved && e.adopts {
		return done, e.adopt(ctx, e.sum.ID, e.book)
	}
	if !done.saved {
		return done, nil
	}
	done.receipt, err = e.do(ctx, e.session, e.sum.ID, changes...)
	for i := range done.after {
		if done.after[i].Time.IsZero() && done.after[i].Rev > 0 {
			done.after[i].Time = done.receipt.Time
		}
	}
	return done, err
}

// mine is what the reviewer says of a sentence.
func (d *desk) mine(ctx context.Context, article annotations.ArticleID, id annotations.SentenceID) (annotations.Record, error) {
	rows, err := d.State(ctx, article, id, id+1, 1<<20)
	for _, r := range rows {
		if r.Reviewer == d.session.Actor {
			return r.Annotation, err
		}
	}
	return annotations.Record{}, err
}

// newItems are the evidence items that the store does not have yet.
func (e *editor) newItems(ctx context.Context) ([]annotations.Change, error) {
	var out []annotations.Change
	for i := range e.items {
		known, err := e.hasEvidence(ctx, e.items[i].ID)
		if err != nil {
			return nil, err
		}
		again := slices.ContainsFunc(out, func(c annotations.Change) bool { return c.Evidence.ID == e.items[i].ID })
		if !known && !again {
			out = append(out, annotations.Change{Kind: annotations.EventEvidence, Verb: "evidence", Evidence: &e.items[i]})
		}
	}
	return out, nil
}

// verb names the foremost thing that an edit did.
func verb(before, after *annotations.Annotation) string {
	switch {
	case before.Tag != after.Tag:
		return "tag"
	case !slices.Equal(before.Links, after.Links) || before.Inside != after.Inside:
		return "link"
	case !slices.EqualFunc(before.Attributions, after.Attributions, annotations.Attribution.Equal):
		return "source"
	case !slices.Equal(before.Evidence, after.Evidence):
		return "evidence"
	case before.Rule != after.Rule:
		return "rule"
	case !slices.Equal(before.Flags, after.Flags):
		return "flag"
	case before.Note != after.Note:
		return "note"
	case before.Verdict != after.Verdict:
		return "verdict"
	case before.Unsure != after.Unsure:
		return "unsure"
	case before.Check != after.Check:
		return "check"
	}
	return "confidential"
}

// report says what was done.
func (e *editor) report(ctx context.Context, done *tagged) error {
	if e.flags.json {
		return e.reportJSON(ctx, done)
	}
	w := e.wordsFor(ctx, e.sum.ID)
	if !done.saved {
		e.say("%s %s says that already; nothing was changed", e.sum.Name, numbers(done.numbers))
	} else if !e.flags.quiet {
		byWords, order := map[string][]int{}, []string{}
		for i, n := range done.numbers {
			words := w.change(&done.before[i], &done.after[i].Annotation)
			if byWords[words] == nil {
				order = append(order, words)
			}
			byWords[words] = append(byWords[words], n)
		}
		for _, words := range order {
			line := saved(words)
			if words == nothingNew {
				line = "said that already."
			}
			if err := e.print("%s %s %s", e.sum.Name, numbers(byWords[words]), line); err != nil {
				return err
			}
		}
	}
	for i, n := range done.numbers {
		if needs := unfinished(e.book, &done.after[i].Annotation); needs != "" && !e.flags.quiet {
			if err := e.print("unfinished: %d %s", n, needs); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *editor) reportJSON(ctx context.Context, done *tagged) error {
	type stateJSON struct {
		N int `json:"n"`
		annotationJSON
	}
	out := struct {
		Article   string       `json:"article"`
		Key       string       `json:"key"`
		Saved     bool         `json:"saved"` // false: it said so already
		Receipt   *receiptJSON `json:"receipt"`
		Sentences []stateJSON  `json:"sentences"`
	}{Article: e.sum.Name, Key: e.sum.ID.String(), Saved: done.saved}
	if done.saved {
		r := receiptOf(done.receipt)
		out.Receipt = &r
	}
	for i, n := range done.numbers {
		x, err := e.annotationOf(ctx, e.session.Actor, &done.after[i], e.book)
		if err != nil {
			return err
		}
		out.Sentences = append(out.Sentences, stateJSON{n, x})
	}
	return e.printJSON(out)
}
