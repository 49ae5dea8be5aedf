package standoff

import (
	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// Ledger counts what a format does not hold. Its zero value is empty.
type Ledger struct{ list []interchange.Loss }

// Add counts n more losses of a kind; none for n = 0.
func (l *Ledger) Add(n int, what, why string) {
	if n == 0 {
		return
	}
	for i := range l.list {
		if l.list[i].What == what {
			l.list[i].Count += n
			return
		}
	}
	l.list = append(l.list, interchange.Loss{What: what, Count: n, Why: why})
}

// Losses lists what was counted, in the order in which it was first met.
func (l *Ledger) Losses() []interchange.Loss { return l.list }

// OneAnswer counts what is lost by giving one answer a sentence.
func (l *Ledger) OneAnswer(p *Page) {
	for i, u := range p.Article.Units {
		a := &p.Answers[i]
		others := len(p.voices[u.ID])
		if a.Record != nil {
			others--
		}
		if a.How == "open" {
			l.Add(1, "sentences on which reviewers differ", "the file has one answer a sentence, and there is none")
		}
		l.Add(others, "annotations beside the one answer", "the file has one answer a sentence; export one reviewer at a time to keep each")
		if r, ruled := p.Ruling(u.ID); ruled && !l.RuledSince(&r.Ruling, u.Span.In(p.Article.Body)) {
			l.Add(1, "rulings", "the file has the tag that follows from them; reasons, rules of another tag, and rulings that leave no tag of their own, are not in it")
		}
		if a.Record == nil {
			continue
		}
		if a.Record.Codebook != p.Article.Codebook {
			l.Add(1, "annotations by another codebook", "the file does not name codebooks; they are read by the article's")
		}
		l.Record(a.Record.Confidential != nil, a.Record.Verdict != "")
		l.Cut(a.Record, u.Span.In(p.Article.Body))
	}
}

// Record counts what of one annotation no format here writes.
func (l *Ledger) Record(confidential, verdict bool) {
	if confidential {
		l.Add(1, "confidential notes", "neither their words nor their digests leave the store in this format")
	}
	if verdict {
		l.Add(1, "verdicts", "the format has no place for the checker's verdict")
	}
}

// Cut counts an annotation that stands with words which are not those that were
// judged.
func (l *Ledger) Cut(r *annotations.Record, words string) {
	if r.OfOtherWords(words) {
		l.Add(1, "annotations of sentences that were cut since", "they stand with the words of now, which were not those that were judged")
	}
}

// RuledSince reports whether a ruling was made on other words than these, and counts it
// then: a format that cannot say so leaves it out.
func (l *Ledger) RuledSince(r *annotations.Ruling, words string) bool {
	since := r.Verdict != "" && r.OfOtherWords(words)
	if since {
		l.Add(1, "rulings on sentences that were cut since", "they were made on other words, and would stand beside these")
	}
	return since
}

// Details counts what is known of an article besides its text and its name.
func (l *Ledger) Details(a *annotations.Article) {
	n := 0
	for _, s := range []string{a.Title, a.Outlet, a.Byline, a.Published, a.URL, a.Language} {
		if s != "" {
			n++
		}
	}
	l.Add(n, "details of articles", "title, outlet, byline, date, URL and language have no place in the format")
}

// Surroundings counts what stands around the annotations of a document and that
// formats for labels have no place for.
func (l *Ledger) Surroundings(p *Page) {
	l.Details(p.Article)
	used := map[string]bool{}
	for i := range p.Answers {
		if r := p.Answers[i].Record; r != nil {
			for _, u := range r.Evidence {
				used[u.ID.String()] = true
			}
		}
	}
	unused := 0
	for i := range p.Evidence {
		if !used[p.Evidence[i].ID.String()] {
			unused++
		}
	}
	l.Add(unused, "evidence items without a sentence", "the format attaches evidence to sentences")
	l.Add(len(p.Events), "events of the history", "only what holds now is written")
}
