package foreign

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// Losses counts what a file does not carry, in the order in which it was first met.
type Losses struct{ list []interchange.Loss }

// Add counts n more; nothing for none.
func (l *Losses) Add(n int, what, why string) {
	if n <= 0 {
		return
	}
	for i := range l.list {
		if l.list[i].What == what && l.list[i].Why == why {
			l.list[i].Count += n
			return
		}
	}
	l.list = append(l.list, interchange.Loss{What: what, Count: n, Why: why})
}

// List is what was counted.
func (l *Losses) List() []interchange.Loss { return l.list }

// Prepare checks an export and makes its documents ready. A foreign file names
// no codebooks, so everything is judged by the one in force: what was judged by
// another is written as if by this one where it allows it, and left out where
// it does not.
func Prepare(e *interchange.Export, losses *Losses) ([]*interchange.Sheet, error) {
	if _, err := interchange.Sheets(e); err != nil {
		return nil, err
	}
	same := *e
	same.Documents = slices.Clone(e.Documents)
	for i := range same.Documents {
		rejudge(&same.Documents[i], losses)
	}
	sheets, err := interchange.Sheets(&same)
	for _, s := range sheets {
		losses.Add(s.Secrets(), "words of confidential notes", "they leave in the native format only; their digests travel")
		for _, u := range s.Article().Units {
			for _, v := range s.Voices(u.ID) {
				if v.OfOtherWords(u.Span.In(s.Article().Body)) {
					losses.Add(1, "annotations of sentences that were cut since", "they stand with the words of now, which were not those that were judged")
				}
			}
		}
		losses.Add(s.Events(), "entries of the history", "other programs have no place for it")
	}
	return sheets, err
}

func rejudge(doc *interchange.Document, losses *Losses) {
	const older, why = "codebooks that annotations were judged by", "the file names none; they are written as judged by the one in force"
	d := &Doc{Article: doc.Article, place: map[annotations.SentenceID]int{}, evidence: map[annotations.EvidenceID]annotations.Evidence{}}
	for i, u := range doc.Article.Units {
		d.place[u.ID] = i
	}
	for _, item := range doc.Evidence {
		d.evidence[item.ID] = item
	}
	doc.Reviewers = slices.Clone(doc.Reviewers)
	for i := range doc.Reviewers {
		r := &doc.Reviewers[i]
		records := maps.Clone(r.Records)
		for id, rec := range records {
			if rec.Codebook == doc.Codebook.Hash || rec.IsZero() {
				continue
			}
			rec.Codebook = doc.Codebook.Hash
			self := annotations.Target{Article: doc.Article.ID, Sentence: id}
			if err := annotations.CheckAnnotation(&rec.Annotation, self, doc.Codebook, d); err != nil {
				losses.Add(1, "annotations by another codebook", "the one in force does not have their tags, rules or flags")
				delete(records, id)
				continue
			}
			losses.Add(1, older, why)
			records[id] = rec
		}
		r.Records = records
	}
	doc.Rulings = maps.Clone(doc.Rulings)
	for id, r := range doc.Rulings {
		if r.Codebook == doc.Codebook.Hash || r.Verdict == "" {
			continue
		}
		r.Codebook = doc.Codebook.Hash
		if err := annotations.CheckRuling(&r.Ruling, doc.Codebook); err != nil {
			losses.Add(1, "rulings by another codebook", "the one in force does not have their tags or rules")
			delete(doc.Rulings, id)
			continue
		}
		losses.Add(1, older, why)
		doc.Rulings[id] = r
	}
}

// shelf is the library of an export itself.
type shelf map[string]*interchange.Sheet

// Article implements [interchange.Library].
func (s shelf) Article(text annotations.Hash, name string) (*annotations.Article, error) {
	for _, x := range s {
		if a := x.Article(); a.Text == text || a.Name == name || a.ID.String() == name {
			return a, nil
		}
	}
	return nil, nil
}

// Tell implements [interchange.Library]: all is known.
func (shelf) Tell(string, interchange.About) {}

// Make implements [interchange.Library]: nothing new may come up.
func (s shelf) Make(_ string, _ interchange.About, file string) (*annotations.Article, error) {
	return nil, fmt.Errorf("%s holds a text that is not in the export", file)
}

// Fresh implements [interchange.Library].
func (shelf) Fresh(*annotations.Article) bool { return false }

// Codebook implements [interchange.Library].
func (s shelf) Codebook(a *annotations.Article) *annotations.Codebook {
	if a == nil || s[a.Name] == nil {
		return nil
	}
	return s[a.Name].Codebook()
}

// Reviewer implements [interchange.Library].
func (s shelf) Reviewer() string { return "somebody else" }

// ReadBack reads what was written with the dialect's own reader and tells why
// it is not what was meant, or how many spans were found in their texts.
func ReadBack(d interchange.Dialect, files []interchange.File, sheets []*interchange.Sheet) (ranges int, err error) {
	lib := shelf{}
	for _, s := range sheets {
		lib[s.Article().Name] = s
	}
	got, receipt, err := d.Read(files, lib)
	if err != nil {
		return 0, fmt.Errorf("interchange: what was written as %s does not read back: %w", d.Format(), err)
	}
	for _, p := range slices.Concat(receipt.Rejected, receipt.Repaired) {
		return 0, fmt.Errorf("interchange: what was written as %s does not read back: %s", d.Format(), p)
	}
	docs := map[string]*interchange.Document{}
	for i := range got.Documents {
		docs[got.Documents[i].Article.Name] = &got.Documents[i]
	}
	for _, s := range sheets {
		if err := proveCuts(s); err != nil {
			return 0, fmt.Errorf("interchange: what was written as %s does not read back: %w", d.Format(), err)
		}
		if err := same(s, docs[s.Article().Name]); err != nil {
			return 0, fmt.Errorf("interchange: what was written as %s reads back otherwise: article %s: %w", d.Format(), s.Article().Name, err)
		}
	}
	return receipt.Ranges, nil
}

// same compares what was meant with what came back.
func same(s *interchange.Sheet, doc *interchange.Document) error {
	back := map[annotations.ReviewerKey]annotations.Record{}
	var rulings map[annotations.SentenceID]annotations.RulingRecord
	if doc != nil {
		rulings = doc.Rulings
		for _, r := range doc.Reviewers {
			for id, rec := range r.Records {
				back[annotations.ReviewerKey{Sentence: id, Reviewer: r.Name}] = rec
			}
		}
	}
	n := 0
	for _, u := range s.Article().Units {
		for _, v := range s.Voices(u.ID) {
			n++
			rec := back[annotations.ReviewerKey{Sentence: u.ID, Reviewer: v.By}]
			want := v.Clone()
			if want.Confidential != nil {
				want.Confidential.Salt = [16]byte{}
			}
			if !rec.Equal(want) || rec.Rev != v.Rev || !rec.Time.Equal(v.Time) {
				return fmt.Errorf("%s by %s", u.ID, v.By)
			}
		}
		was, had := s.Ruling(u.ID)
		now, has := rulings[u.ID]
		if had != has || had && (!was.Same(now.Ruling) || was.By != now.By) {
			return fmt.Errorf("the ruling on %s", u.ID)
		}
	}
	if n != len(back) {
		return errors.New("there are more annotations than were written")
	}
	return nil
}

// Files gives the written files their base name.
func Files(s *interchange.Sheet, ending string, data []byte) interchange.File {
	return interchange.File{Name: s.Base() + ending, Data: data}
}
