package interchange

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"stet.example/stet/annotations"
)

// fill reads what was said of an article, and reports whether the article stays: one
// whose history was tampered with is left out whole.
func (l *loader) fill(d *draft) bool {
	before := l.receipt
	d.world = newWorld(&d.Document, l.targets)
	for i := range d.wire.Evidence {
		path := fmt.Sprintf("%s.evidence[%d]", d.path, i)
		e, err := readItem(&d.wire.Evidence[i])
		if err == nil {
			err = d.addItem(e, false)
		}
		if err != nil {
			l.rejectIn(d, path, err)
			continue
		}
		l.receipt.Evidence.Out++
	}
	records := newRecords()
	for i, name := range d.wire.Reviewers {
		if err := records.person(name); err != nil {
			l.rejectIn(d, fmt.Sprintf("%s.reviewers[%d]", d.path, i), err)
		}
	}
	for i := range d.wire.Sentences {
		l.said(d, i, records)
	}
	d.Reviewers = records.reviewers()
	l.simpleLinks(d)
	d.ready()
	l.summaries(d)
	d.ready()
	l.listedLinks(d)
	if !l.history(d) {
		r := &l.receipt
		r.Articles.Out--
		r.Sentences.Out -= len(d.Article.Units)
		r.Annotations.Out, r.Rulings.Out, r.Evidence.Out, r.Events.Out = before.Annotations.Out, before.Rulings.Out, before.Evidence.Out, before.Events.Out
		return false
	}
	l.receipt.Outside += d.outside()
	return true
}

func (l *loader) rejectIn(d *draft, path string, err error) {
	d.damaged = true
	l.reject(path, "%v", err)
}

// addItem adds an evidence item; the same one again is refused unless agreed.
func (d *draft) addItem(e annotations.Evidence, again bool) error {
	if err := annotations.CheckEvidence(&e); err != nil {
		return err
	}
	if d.world.evidence[e.ID] {
		if again {
			return nil
		}
		return fmt.Errorf("item %s stands twice", e.ID)
	}
	d.Evidence = append(d.Evidence, e)
	d.world.evidence[e.ID] = true
	return nil
}

func readItem(w *wireEvidence) (annotations.Evidence, error) {
	e := annotations.Evidence{
		URL: w.URL, File: w.File, Locator: w.Locator, Quote: w.Quote, Fetched: w.Accessed, Archive: w.Archived, Note: w.Note,
	}
	if err := readHash(w.Copy, &e.Copy, "copySHA256"); err != nil {
		return e, err
	}
	e.Identify()
	if w.ID != "" && w.ID != e.ID.String() {
		return e, fmt.Errorf("id %q is not the key of what it says, which is %s", w.ID, e.ID)
	}
	return e, nil
}

// said reads the annotations and the ruling of sentence i.
func (l *loader) said(d *draft, i int, records *records) {
	w := &d.wire.Sentences[i]
	id := d.Article.Units[i].ID
	path := fmt.Sprintf("%s.sentences[%d]", d.path, i)
	if w.short() {
		if err := l.simple(d, w, id, records); err != nil {
			l.rejectIn(d, path, err)
		}
		return
	}
	for k := range w.Annotations {
		at := fmt.Sprintf("%s.annotations[%d]", path, k)
		repairs := len(l.receipt.Repaired)
		if err := l.record(d, &w.Annotations[k], id, records, at); err != nil {
			l.receipt.Repaired = l.receipt.Repaired[:repairs]
			l.rejectIn(d, at, err)
			continue
		}
		l.receipt.Annotations.Out++
	}
	if w.Ruling != nil {
		r, err := l.ruling(d, w.Ruling, id)
		if err != nil {
			l.rejectIn(d, path+".ruling", err)
			return
		}
		if d.Rulings == nil {
			d.Rulings = map[annotations.SentenceID]annotations.RulingRecord{}
		}
		d.Rulings[id] = r
		l.receipt.Rulings.Out++
	}
}

// simple reads a sentence in the short form, which other programs write.
func (l *loader) simple(d *draft, w *wireSentence, id annotations.SentenceID, records *records) error {
	if w.By == "" {
		return errors.New("by is missing: say whose tag it is")
	}
	if w.Decided != "" && w.Decided != byReviewer {
		return fmt.Errorf("decided is %q, but neither annotations nor a ruling bear it out", w.Decided)
	}
	var rec annotations.Record
	var err error
	rec.Codebook, rec.Rev, rec.Note = d.Codebook.Hash, 1, w.Note
	rec.Words = annotations.HashOf(w.Text).Start()
	if w.Tag != nil {
		rec.Tag = *w.Tag
	}
	if rec.Time, err = parseInstant(w.Updated); err != nil {
		return fmt.Errorf("updated: %w", err)
	}
	for k := range w.Evidence {
		e, err := readItem(&w.Evidence[k])
		if err == nil {
			err = d.addItem(e, true)
		}
		if err != nil {
			return fmt.Errorf("evidence[%d]: %w", k, err)
		}
		use := annotations.Use{ID: e.ID, Stance: annotations.Stance(w.Evidence[k].Stance)}
		if use.Stance == "" {
			use.Stance = annotations.Neutral
		}
		rec.Evidence = append(rec.Evidence, use)
	}
	if err := l.keep(d, &rec, id, w.By, records); err != nil {
		return err
	}
	d.simple[id] = w.By
	l.receipt.Annotations.Out++
	return nil
}

// keep checks a record as a store would and files it.
func (l *loader) keep(d *draft, rec *annotations.Record, id annotations.SentenceID, by string, records *records) error {
	if rec.IsZero() {
		return errors.New("the annotation says nothing")
	}
	self := annotations.Target{Article: d.Article.ID, Sentence: id}
	if err := annotations.CheckAnnotation(&rec.Annotation, self, l.books[rec.Codebook.String()], d.world); err != nil {
		return err
	}
	return records.add(by, id, *rec)
}

// simpleLinks gives the links that start at sentences in the short form to the
// reviewers of those.
func (l *loader) simpleLinks(d *draft) {
	if len(d.simple) == 0 {
		return
	}
	for i := range d.wire.Links {
		w := &d.wire.Links[i]
		from, err := annotations.ParseSentenceID(w.From)
		by, ok := d.simple[from]
		if err != nil || !ok {
			continue
		}
		if err := l.simpleLink(d, w, from, by); err != nil {
			l.rejectIn(d, fmt.Sprintf("%s.links[%d]", d.path, i), err)
		}
	}
}

func (l *loader) simpleLink(d *draft, w *wireLink, from annotations.SentenceID, by string) error {
	link, err := d.link(&wireTo{Type: w.Type, Manner: w.Manner, To: w.To, ToArticle: w.ToArticle, Note: w.Note})
	if err != nil {
		return err
	}
	for _, r := range d.Reviewers {
		if r.Name != by {
			continue
		}
		rec := r.Records[from]
		rec.Annotation = rec.Clone()
		rec.Links = append(rec.Links, link)
		self := annotations.Target{Article: d.Article.ID, Sentence: from}
		if err := annotations.CheckAnnotation(&rec.Annotation, self, d.Codebook, d.world); err != nil {
			return err
		}
		r.Records[from] = rec
	}
	return nil
}

// summaries compares the one answer that the file gives for each sentence with
// the one that follows from the annotations. Where they differ nobody can say
// which was meant, and what was said of the sentence is left out.
func (l *loader) summaries(d *draft) {
	rejected := map[string]bool{}
	for _, p := range l.receipt.Rejected {
		rejected[p.Path] = true
	}
	for i := range d.wire.Sentences {
		w, id := &d.wire.Sentences[i], d.Article.Units[i].ID
		path := fmt.Sprintf("%s.sentences[%d]", d.path, i)
		told := rejected[path] || rejected[path+".ruling"]
		for k := range w.Annotations {
			told = told || rejected[fmt.Sprintf("%s.annotations[%d]", path, k)]
		}
		if _, short := d.simple[id]; short || told || d.lostEvidence(w) {
			continue
		}
		if want := d.summary(id); !reflect.DeepEqual(normal(want), normal(w.wireSummary)) {
			l.rejectIn(d, path, errors.New("tag, decided, by, updated, note and evidence do not follow from annotations and ruling; change both or leave the list of annotations out"))
			l.receipt.Annotations.Out -= d.forget(id)
			if _, ok := d.Rulings[id]; ok {
				delete(d.Rulings, id)
				l.receipt.Rulings.Out--
			}
		}
	}
}

// normal makes an empty list and none the same.
func normal(w wireSummary) wireSummary {
	if len(w.Evidence) == 0 {
		w.Evidence = nil
	}
	return w
}

// lostEvidence reports whether the summary shows an item that the file lists and
// that was rejected.
func (d *draft) lostEvidence(w *wireSentence) bool {
	for i := range w.Evidence {
		var id annotations.EvidenceID
		listed := func(e wireEvidence) bool { return e.ID == w.Evidence[i].ID }
		if err := id.UnmarshalText([]byte(w.Evidence[i].ID)); err == nil && d.items[id] == nil && slices.ContainsFunc(d.wire.Evidence, listed) {
			return true
		}
	}
	return false
}

// forget drops every record of a sentence and returns how many there were.
func (d *draft) forget(id annotations.SentenceID) int {
	n := 0
	for _, r := range d.Reviewers {
		if _, ok := r.Records[id]; ok {
			delete(r.Records, id)
			n++
		}
		delete(d.Secrets, annotations.ReviewerKey{Sentence: id, Reviewer: r.Name})
	}
	return n
}

// listedLinks compares the article's lists of links with the annotations they
// follow from. A list that differs is not read.
func (l *loader) listedLinks(d *draft) {
	if d.damaged || len(d.simple) > 0 {
		return
	}
	inside, across := d.links()
	for _, x := range []struct {
		field     string
		want, got []wireLink
	}{{"links", inside, d.wire.Links}, {"crossLinks", across, d.wire.CrossLinks}} {
		if len(x.want)+len(x.got) > 0 && !reflect.DeepEqual(x.want, x.got) {
			l.rejectIn(d, d.path+"."+x.field, errors.New("is not the list that follows from the annotations; theirs was taken"))
		}
	}
}

// outside counts links to articles that the file does not hold.
func (d *draft) outside() int {
	n := 0
	for i := range d.Reviewers {
		for _, rec := range d.Reviewers[i].Records {
			for _, link := range rec.Links {
				if _, here := d.world.targets[link.To.Article]; !here {
					n++
				}
			}
		}
	}
	return n
}
