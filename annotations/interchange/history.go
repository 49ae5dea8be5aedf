package interchange

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"stet.example/stet/annotations"
)

// history reads the events of an article, and reports whether they may be believed:
// where the file says that they are a store's whole history of it, they must prove
// that.
func (l *loader) history(d *draft) bool {
	l.events(d)
	if d.wire.HistoryOf == "" {
		return true
	}
	if err := bytesOf(d.HistoryOf[:], d.wire.HistoryOf, "historyOf"); err != nil {
		return l.tampered(d, err)
	}
	if len(d.Events) < len(d.wire.History) {
		return l.tampered(d, &HistoryError{"history", "cannot be read whole"})
	}
	byPlace, err := ProveHistory(&d.Document, d.HistoryOf)
	if err != nil {
		return l.tampered(d, err)
	}
	l.receipt.Proved += len(d.Events) - byPlace
	l.receipt.ByPlace += byPlace
	return true
}

// tampered says why an article is left out with its history.
func (l *loader) tampered(d *draft, err error) bool {
	path := d.path
	var wrong *HistoryError
	if errors.As(err, &wrong) {
		path, err = path+"."+wrong.At, errors.New(wrong.Msg)
	}
	l.rejectIn(d, path, fmt.Errorf("%w. The article is left out: it or its history was tampered with", err))
	return false
}

func (l *loader) events(d *draft) {
	for i := range d.wire.History {
		path := fmt.Sprintf("%s.history[%d]", d.path, i)
		repairs := len(l.receipt.Repaired)
		e, err := l.event(d, &d.wire.History[i], path)
		if err == nil {
			one := page{Document: Document{Article: d.Article, Events: []annotations.Event{e}}}
			err = one.checkEvents()
		}
		if err != nil {
			l.receipt.Repaired = l.receipt.Repaired[:repairs]
			l.rejectIn(d, path, err)
			continue
		}
		d.Events = append(d.Events, e)
		l.receipt.Events.Out++
	}
}

func (l *loader) event(d *draft, w *wireEvent, path string) (e annotations.Event, err error) {
	e = annotations.Event{
		Pos: w.Pos, Seq: w.Seq, Actor: w.Actor, Article: d.Article.ID, Verb: w.Verb, Reason: w.Reason, Tool: w.Tool, Rev: w.Rev,
		Offered: w.Offered, Assigned: some(w.Assigned),
	}
	if e.Kind, err = parseKind(w.Kind); err != nil {
		return e, err
	}
	if e.Mode, err = parseMode(w.Mode); err != nil {
		return e, err
	}
	if e.Time, err = parseInstant(w.Time); err != nil {
		return e, fmt.Errorf("time: %w", err)
	}
	if e.Act, err = readAct(&w.Act, "act"); err != nil {
		return e, err
	}
	if w.Of != nil {
		if e.Of, err = readAct(w.Of, "of"); err != nil {
			return e, err
		}
	}
	if w.Sentence != "" {
		if e.Sentence, err = annotations.ParseSentenceID(w.Sentence); err != nil {
			return e, err
		}
	}
	if w.Unit != "" {
		if e.Unit, err = annotations.ParseKind(w.Unit); err != nil {
			return e, err
		}
	}
	if w.Recovered {
		e.Recovered = []byte{}
	}
	for _, h := range []struct {
		text, field string
		to          *annotations.Hash
	}{{w.Words, "words", &e.Words}, {w.Codebook, "codebook", &e.Codebook}, {w.Prev, "prev", &e.Prev}, {w.Hash, "hash", &e.Hash}} {
		if err := readHash(h.text, h.to, h.field); err != nil {
			return e, err
		}
	}
	return e, l.eventBody(d, w, &e, path)
}

func (l *loader) eventBody(d *draft, w *wireEvent, e *annotations.Event, path string) error {
	for _, x := range []struct {
		name string
		in   *wireAnnotation
		out  **annotations.Annotation
	}{{"before", w.Before, &e.Before}, {"after", w.After, &e.After}} {
		if x.in != nil {
			a, err := l.annotation(d, x.in, annotations.Hash{}, path+"."+x.name)
			if err != nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
			*x.out = &a
		}
	}
	for _, x := range []struct {
		name string
		in   *wireRuling
		out  **annotations.Ruling
	}{{"rulingBefore", w.RulingBefore, &e.RuleBefore}, {"rulingAfter", w.RulingAfter, &e.RuleAfter}} {
		if x.in != nil {
			r, err := readRuling(x.in, annotations.Hash{})
			if err != nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
			r.Author = r.By
			if r.Words, err = readWords(x.in.Words); err != nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
			*x.out = &r.Ruling
		}
	}
	if w.Finish != nil {
		e.Finish = &annotations.Finish{Reviewer: w.Finish.Reviewer, Done: w.Finish.Done}
	}
	if w.Cut != nil {
		c, err := readCut(w.Cut)
		if err != nil {
			return fmt.Errorf("cut: %w", err)
		}
		e.Cut = &c
	}
	if w.Evidence != nil {
		item, err := readItem(w.Evidence)
		if err != nil {
			return fmt.Errorf("evidence: %w", err)
		}
		e.Evidence = &item
	}
	if w.Meta != nil {
		m, err := readMeta(w.Meta)
		if err != nil {
			return fmt.Errorf("meta: %w", err)
		}
		e.Meta = &m
	}
	return nil
}

func readMeta(w *wireMeta) (annotations.Meta, error) {
	m := annotations.Meta{
		Name: w.ID, Title: w.Title, Outlet: w.Outlet, Byline: w.Byline, Published: w.Published, URL: w.URL, Language: w.Language,
		Revision: w.Revision, TextBytes: w.TextBytes, Sentences: w.Sentences, Required: w.Required,
		Assigned: some(w.Assigned),
	}
	if w.Next != "" {
		var err error
		if m.Next, err = annotations.ParseSentenceID(w.Next); err != nil {
			return m, fmt.Errorf("next: %w", err)
		}
	}
	if err := bytesOf(m.ID[:], w.Key, "key"); err != nil {
		return m, err
	}
	if w.Parent != "" {
		if err := bytesOf(m.Parent[:], w.Parent, "parent"); err != nil {
			return m, err
		}
	}
	for _, h := range []struct {
		text, field string
		to          *annotations.Hash
	}{{w.Codebook, "codebook", &m.Codebook}, {w.TextHash, "textSHA256", &m.Text}, {w.Table, "tableSHA256", &m.Table}} {
		if err := readHash(h.text, h.to, h.field); err != nil {
			return m, err
		}
	}
	return m, readOriginal(w.Imported, &m.Original)
}

func readAct(w *wireAct, field string) (annotations.Act, error) {
	a := annotations.Act{N: w.N}
	return a, bytesOf(a.Session[:], w.Session, field+".session")
}

// parseKind is the inverse of [annotations.EventKind.String], for kinds of later
// versions too.
func parseKind(s string) (annotations.EventKind, error) {
	for k := annotations.EventImport; k.Known(); k++ {
		if k.String() == s {
			return k, nil
		}
	}
	digits, _ := strings.CutPrefix(s, "kind-")
	n, err := strconv.ParseUint(digits, 10, 8)
	if k := annotations.EventKind(n); err == nil && k.String() == s {
		return k, nil
	}
	return 0, fmt.Errorf("kind: %q is unknown", s)
}

func parseMode(s string) (annotations.Mode, error) {
	for _, m := range []annotations.Mode{annotations.Do, annotations.Undo, annotations.Redo} {
		if modeText(m) == s {
			return m, nil
		}
	}
	return 0, fmt.Errorf("mode: %q is not one of do, undo, redo", s)
}
