package interchange

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"stet.example/stet/annotations"
)

// Homeless is a statement of which nothing, or a link, found no sentence in an article
// that is cut otherwise.
type Homeless struct {
	Sentence annotations.SentenceID // in the file
	By       string                 // whose annotation; "" for the ruling
	Link     annotations.SentenceID // to which sentence of the file the link leads that was taken off; 0 where the whole statement was
}

// String says why it was left out.
func (h Homeless) String() string {
	if h.Link != 0 {
		return fmt.Sprintf("the link to %s: %v, and no sentence begins and ends as that one does", h.Link, ErrOtherCut)
	}
	return fmt.Sprintf("%v: no sentence begins and ends as that one does", ErrOtherCut)
}

// Recut brings what d says to the sentences of there, which holds the same text and cuts
// it otherwise: each statement to the sentence that begins and ends as its own does, or,
// where it was made on other words than that has, to the one with its ID that has those
// words still. What finds none is taken out and listed, in reading order. The article
// of d stays as it was: links of other documents are found by it.
func (d *Document) Recut(there *annotations.Article) []Homeless {
	r := recutting{there: there, bySpan: make(map[annotations.Span]annotations.SentenceID, len(there.Units)), from: d.Article}
	for _, u := range there.Units {
		r.bySpan[u.Span] = u.ID
	}
	secrets := map[annotations.ReviewerKey]string{}
	for i := range d.Reviewers {
		who := &d.Reviewers[i]
		moved := make(map[annotations.SentenceID]annotations.Record, len(who.Records))
		for _, id := range slices.Sorted(maps.Keys(who.Records)) {
			rec := who.Records[id]
			to := r.home(id, rec.Words)
			if _, taken := moved[to]; to == 0 || taken {
				r.lost = append(r.lost, Homeless{Sentence: id, By: who.Name})
				continue
			}
			said := !rec.IsZero()
			rec.Links = r.links(id, who.Name, rec.Links)
			if said && rec.IsZero() {
				continue // there was nothing but links, which are listed
			}
			moved[to] = rec
			if words, told := d.Secrets[annotations.ReviewerKey{Sentence: id, Reviewer: who.Name}]; told {
				secrets[annotations.ReviewerKey{Sentence: to, Reviewer: who.Name}] = words
			}
		}
		who.Records = moved
	}
	rulings := make(map[annotations.SentenceID]annotations.RulingRecord, len(d.Rulings))
	for _, id := range slices.Sorted(maps.Keys(d.Rulings)) {
		ruling := d.Rulings[id]
		to := r.home(id, ruling.Words)
		if _, taken := rulings[to]; to == 0 || taken {
			r.lost = append(r.lost, Homeless{Sentence: id})
			continue
		}
		rulings[to] = ruling
	}
	d.Rulings = rulings
	if d.Secrets != nil {
		d.Secrets = secrets
	}
	slices.SortStableFunc(r.lost, func(x, y Homeless) int { return cmp.Compare(d.Article.Index(x.Sentence), d.Article.Index(y.Sentence)) })
	return r.lost
}

// recutting is one [Document.Recut].
type recutting struct {
	from, there *annotations.Article
	bySpan      map[annotations.Span]annotations.SentenceID
	lost        []Homeless
}

// home is the sentence that a statement on id of the file goes to, made on words of that
// hash; 0 for none.
func (r *recutting) home(id annotations.SentenceID, words uint64) annotations.SentenceID {
	i := r.from.Index(id)
	if i < 0 {
		return 0
	}
	span := r.from.Units[i].Span
	if words != 0 && words != annotations.HashOf(span.In(r.from.Body)).Start() {
		if k := r.there.Index(id); k >= 0 && annotations.HashOf(r.there.Units[k].Span.In(r.there.Body)).Start() == words {
			return id
		}
	}
	return r.bySpan[span]
}

// links brings links within the article to where they lead now. Those to other articles
// stay.
func (r *recutting) links(id annotations.SentenceID, by string, list []annotations.Link) []annotations.Link {
	out := make([]annotations.Link, 0, len(list))
	for _, l := range list {
		if l.To.Article == r.from.ID {
			to := r.home(l.To.Sentence, 0)
			if to == 0 {
				r.lost = append(r.lost, Homeless{id, by, l.To.Sentence})
				continue
			}
			l.To.Sentence = to
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
