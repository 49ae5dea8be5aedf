package interchange

import (
	"errors"
	"fmt"
	"slices"

	"stet.example/stet/annotations"
)

// records gathers annotations by reviewer.
type records struct {
	names []string
	by    map[string]map[annotations.SentenceID]annotations.Record
}

func newRecords() *records {
	return &records{by: map[string]map[annotations.SentenceID]annotations.Record{}}
}

// person makes room for a reviewer.
func (r *records) person(name string) error {
	if err := annotations.CheckName(name); err != nil {
		return err
	}
	if r.by[name] == nil {
		r.by[name] = map[annotations.SentenceID]annotations.Record{}
		r.names = append(r.names, name)
	}
	return nil
}

func (r *records) add(by string, id annotations.SentenceID, rec annotations.Record) error {
	if err := r.person(by); err != nil {
		return err
	}
	if _, twice := r.by[by][id]; twice {
		return fmt.Errorf("%s annotates the sentence twice; the first was taken", by)
	}
	r.by[by][id] = rec
	return nil
}

func (r *records) reviewers() []Reviewer {
	slices.Sort(r.names)
	var out []Reviewer
	for _, n := range r.names {
		out = append(out, Reviewer{n, r.by[n]})
	}
	return out
}

// record reads one annotation and files it.
func (l *loader) record(d *draft, w *wireAnnotation, id annotations.SentenceID, records *records, path string) error {
	a, err := l.annotation(d, w, d.Codebook.Hash, path)
	if err != nil {
		return err
	}
	rec := annotations.Record{Annotation: a, Rev: w.Rev}
	if rec.Time, err = parseInstant(w.Updated); err != nil {
		return fmt.Errorf("updated: %w", err)
	}
	if rec.Words, err = d.judged(w.Words, id); err != nil {
		return err
	}
	if l.book(rec.Codebook.String()) == nil {
		return fmt.Errorf("codebook %s is not in the file", rec.Codebook)
	}
	words, told, err := readSecret(w.Confidential, rec.Confidential)
	if err != nil {
		return err
	}
	if err := l.keep(d, &rec, id, w.By, records); err != nil {
		return err
	}
	if told {
		if d.Secrets == nil {
			d.Secrets = map[annotations.ReviewerKey]string{}
		}
		d.Secrets[annotations.ReviewerKey{Sentence: id, Reviewer: w.By}] = words
	}
	return nil
}

// readSecret reads the words of a confidential note where the file has them,
// and proves them against the digest.
func readSecret(w *wireSealed, sealed *annotations.Sealed) (words string, told bool, err error) {
	if w == nil || w.Salt == "" && w.Text == "" {
		return "", false, nil
	}
	if err := bytesOf(sealed.Salt[:], w.Salt, "confidential.salt"); err != nil {
		return "", false, err
	}
	if !sealed.Opens(w.Text) {
		return "", false, errors.New("confidential: the words are not those that the digest stands for")
	}
	return w.Text, true, checkProse("confidential", w.Text, annotations.MaxNote)
}

// annotation reads what was said, without who and when. A codebook that is not
// named is base.
func (l *loader) annotation(d *draft, w *wireAnnotation, base annotations.Hash, path string) (annotations.Annotation, error) {
	a := annotations.Annotation{Rule: w.Rule, Codebook: base, Inside: w.Inside, Flags: w.Flags, Note: w.Note, Verdict: w.Verdict, Unsure: w.Unsure}
	if len(a.Flags) == 0 {
		a.Flags = nil
	}
	if w.Tag != nil {
		a.Tag = *w.Tag
	}
	if err := readHash(w.Codebook, &a.Codebook, "codebook"); err != nil {
		return a, err
	}
	if w.Check != "" {
		var ok bool
		if a.Check, ok = annotations.ParseCheck(w.Check); !ok {
			return a, fmt.Errorf("check: %q is not one of none, wanted, done", w.Check)
		}
	}
	for i := range w.Attributions {
		at, err := l.attribution(d, &w.Attributions[i], fmt.Sprintf("%s.attributions[%d]", path, i))
		if err != nil {
			return a, fmt.Errorf("attributions[%d]: %w", i, err)
		}
		a.Attributions = append(a.Attributions, at)
	}
	for i, u := range w.Evidence {
		use := annotations.Use{Stance: annotations.Stance(u.Stance)}
		if err := use.ID.UnmarshalText([]byte(u.ID)); err != nil {
			return a, fmt.Errorf("evidence[%d]: %w", i, err)
		}
		a.Evidence = append(a.Evidence, use)
	}
	for i := range w.Links {
		link, err := d.link(&w.Links[i])
		if err != nil {
			return a, fmt.Errorf("links[%d]: %w", i, err)
		}
		if err := l.located(&w.Links[i], link.To); err != nil {
			return a, fmt.Errorf("links[%d]: %w", i, err)
		}
		a.Links = append(a.Links, link)
	}
	if w.Confidential != nil {
		a.Confidential = &annotations.Sealed{}
		if err := bytesOf(a.Confidential.Digest[:], w.Confidential.Digest, "confidential.digest"); err != nil {
			return a, err
		}
	}
	return a, nil
}

func (d *draft) link(w *wireTo) (annotations.Link, error) {
	link := annotations.Link{
		Relation: annotations.Relation(w.Type), Manner: annotations.Manner(w.Manner), Note: w.Note,
		To: annotations.Target{Article: d.Article.ID},
	}
	if w.ToArticle != "" {
		if err := link.To.Article.UnmarshalText([]byte(w.ToArticle)); err != nil {
			return link, fmt.Errorf("toArticle: %w", err)
		}
	}
	var err error
	link.To.Sentence, err = annotations.ParseSentenceID(w.To)
	return link, err
}

func (l *loader) attribution(d *draft, w *wireAttribution, path string) (annotations.Attribution, error) {
	at := annotations.Attribution{Name: w.Name, Kind: w.Kind, Count: w.Count, Hops: w.Hops, Terms: w.Terms}
	for _, part := range []struct {
		name string
		in   []wireSpan
		out  *[]annotations.Span
	}{{"source", w.Source, &at.Source}, {"cue", w.Cue, &at.Cue}, {"content", w.Content, &at.Content}} {
		for i := range part.in {
			s, wrong, ok := fit(d.offsets, d.Article.Body, part.in[i].Text, part.in[i].Range)
			if !ok {
				return at, fmt.Errorf("%s[%d]: no range leads to its words, in no unit", part.name, i)
			}
			if wrong != "" {
				l.repaired(fmt.Sprintf("%s.%s[%d].range", path, part.name, i), "%s", wrong)
			}
			*part.out = append(*part.out, s)
		}
	}
	return at, nil
}

func (l *loader) ruling(d *draft, w *wireRuling, id annotations.SentenceID) (annotations.RulingRecord, error) {
	r, err := readRuling(w, d.Codebook.Hash)
	if err != nil {
		return r, err
	}
	if err := annotations.CheckName(r.By); err != nil {
		return r, err
	}
	if r.Words, err = d.judged(w.Words, id); err != nil {
		return r, err
	}
	book := l.book(r.Codebook.String())
	if book == nil {
		return r, fmt.Errorf("codebook %s is not in the file", r.Codebook)
	}
	return r, annotations.CheckRuling(&r.Ruling, book)
}

func readRuling(w *wireRuling, base annotations.Hash) (annotations.RulingRecord, error) {
	r := annotations.RulingRecord{By: w.By, Rev: w.Rev, Ruling: annotations.Ruling{
		Verdict: annotations.Verdict(w.Verdict), Tag: w.Tag, Rule: w.Rule, Codebook: base, Reason: w.Reason, Reviewer: w.Reviewer,
	}}
	if err := readHash(w.Codebook, &r.Codebook, "codebook"); err != nil {
		return r, err
	}
	var err error
	if r.Time, err = parseInstant(w.Updated); err != nil {
		return r, fmt.Errorf("updated: %w", err)
	}
	return r, nil
}
