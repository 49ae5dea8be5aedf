package interchange

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"stet.example/stet/annotations"
)

// Export is what goes into one file, or came out of one.
type Export struct {
	Generator string    // name of the program, not empty
	Version   string    // its version, not empty
	Exported  time.Time // when; written in UTC. Two exports of one state differ in it only
	// Codebooks holds the ones that annotations or rulings name besides the
	// codebooks of the documents. Those that stand in both are written once.
	Codebooks []*annotations.Codebook
	Documents []Document // written in the order of the article names
	// Afar says where the sentences stand that links to articles outside the
	// export lead to, so that they can be found where a text is cut otherwise.
	Afar map[annotations.Target]Whereabouts
}

// Document is one article with what was said of it.
type Document struct {
	Article   *annotations.Article
	Codebook  *annotations.Codebook // in force; Article.Codebook is its hash
	Reviewers []Reviewer            // whose annotations are exported
	Rulings   map[annotations.SentenceID]annotations.RulingRecord
	Evidence  []annotations.Evidence // at least what the annotations use
	// Secrets holds the words of confidential notes. Nil, which is the rule,
	// writes their digests only: neither the words nor the salt.
	Secrets map[annotations.ReviewerKey]string
	Events  []annotations.Event // the article's history; nil leaves it out
	// HistoryOf is the identity of the store whose whole history of the article
	// Events is; [ProveHistory] holds. Zero where they are a part of it.
	HistoryOf [16]byte
}

// Reviewer is one person's annotations of one article. A record that says
// nothing (see [annotations.Annotation.IsZero]) is not written.
type Reviewer struct {
	Name    string
	Records map[annotations.SentenceID]annotations.Record
}

// voice is what one reviewer says of one sentence.
type voice struct {
	by string
	annotations.Record
}

// page is a document made ready for writing: checked, sorted, with its offsets.
type page struct {
	Document
	offsets   *annotations.Offsets
	proved    bool // each span has been to every unit and back
	codebooks map[annotations.Hash]*annotations.Codebook
	items     map[annotations.EvidenceID]*annotations.Evidence
	heard     struct {
		id     annotations.SentenceID // no sentence is 0
		voices []voice
	}
	afar func(annotations.Target) (Whereabouts, bool)
}

// voices is what each reviewer says of a sentence, by name, without those who say
// nothing. Those of the sentence that was asked for last are kept, and no others: all of
// them together take as much as the export.
func (p *page) voices(id annotations.SentenceID) []voice {
	if p.heard.id != id {
		p.heard.id, p.heard.voices = id, make([]voice, 0, len(p.Reviewers))
		for i := range p.Reviewers {
			if rec, ok := p.Reviewers[i].Records[id]; ok && !rec.IsZero() {
				p.heard.voices = append(p.heard.voices, voice{p.Reviewers[i].Name, rec})
			}
		}
	}
	return p.heard.voices
}

// codebooksOf returns every codebook of e once, by name, version and hash.
func codebooksOf(e *Export) []*annotations.Codebook {
	all := map[annotations.Hash]*annotations.Codebook{}
	for _, c := range e.Codebooks {
		all[c.Hash] = c
	}
	for i := range e.Documents {
		if c := e.Documents[i].Codebook; c != nil {
			all[c.Hash] = c
		}
	}
	return slices.SortedFunc(maps.Values(all), func(a, b *annotations.Codebook) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Hash.String(), b.Hash.String()))
	})
}

// targets knows which sentences the articles of a file have.
type targets map[annotations.ArticleID]map[annotations.SentenceID]int

func targetsOf(e *Export) targets {
	t := targets{}
	for i := range e.Documents {
		if a := e.Documents[i].Article; a != nil {
			t.add(a)
		}
	}
	return t
}

func (t targets) add(a *annotations.Article) {
	place := make(map[annotations.SentenceID]int, len(a.Units))
	for i, u := range a.Units {
		place[u.ID] = i
	}
	t[a.ID] = place
}

// world answers [annotations.World] for one article of a file. Sentences of
// articles outside the file are taken to exist: the file cannot know.
type world struct {
	article  *annotations.Article
	targets  targets
	afar     map[annotations.Target]Whereabouts // found by their places, not by their IDs
	evidence map[annotations.EvidenceID]bool
}

func newWorld(d *Document, t targets) *world {
	w := &world{article: d.Article, targets: t, evidence: map[annotations.EvidenceID]bool{}}
	for _, e := range d.Evidence {
		w.evidence[e.ID] = true
	}
	return w
}

// TextBytes implements [annotations.World].
func (w *world) TextBytes() int { return len(w.article.Body) }

// Border implements [annotations.World].
func (w *world) Border(i int) bool { return annotations.RuneBorder(w.article.Body, i) }

// HasSentence implements [annotations.World].
func (w *world) HasSentence(t annotations.Target) bool {
	place, here := w.targets[t.Article]
	if _, told := w.afar[t]; !here || told && t.Article != w.article.ID {
		return true
	}
	_, ok := place[t.Sentence]
	return ok
}

// HasEvidence implements [annotations.World].
func (w *world) HasEvidence(id annotations.EvidenceID) bool { return w.evidence[id] }

// pages checks the whole export and makes its documents ready. Nothing that
// fails here is ever written.
func pages(e *Export) ([]*page, error) {
	if e.Generator == "" || e.Version == "" {
		return nil, fmt.Errorf("interchange: the export names no generator or no version of it")
	}
	if err := checkTime("exported", e.Exported); err != nil {
		return nil, fmt.Errorf("interchange: %w", err)
	}
	books := map[annotations.Hash]*annotations.Codebook{}
	for _, c := range codebooksOf(e) {
		if annotations.HashOf(string(c.Source)) != c.Hash {
			return nil, fmt.Errorf("interchange: codebook %q: its hash is not that of its source", c.Name)
		}
		books[c.Hash] = c
	}
	all := targetsOf(e)
	out := make([]*page, 0, len(e.Documents))
	names, keys := map[string]bool{}, map[annotations.ArticleID]bool{}
	for i := range e.Documents {
		d := &e.Documents[i]
		p := &page{Document: *d, codebooks: books, afar: e.Where}
		if err := p.check(all, e.Afar); err != nil {
			return nil, fmt.Errorf("interchange: article %s: %w", nameOf(d), err)
		}
		if names[d.Article.Name] || keys[d.Article.ID] {
			return nil, fmt.Errorf("interchange: article %s stands twice in the export", nameOf(d))
		}
		names[d.Article.Name], keys[d.Article.ID] = true, true
		p.ready()
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *page) int { return cmp.Compare(a.Article.Name, b.Article.Name) })
	return out, nil
}

// ready sorts what the document holds and indexes it.
func (p *page) ready() {
	p.offsets = annotations.NewOffsets(p.Article.Body)
	p.heard.id, p.heard.voices = 0, nil
	p.Reviewers = slices.SortedFunc(slices.Values(p.Reviewers), func(a, b Reviewer) int { return cmp.Compare(a.Name, b.Name) })
	p.Evidence = slices.SortedFunc(slices.Values(p.Evidence), func(a, b annotations.Evidence) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	p.items = make(map[annotations.EvidenceID]*annotations.Evidence, len(p.Evidence))
	for i := range p.Evidence {
		p.items[p.Evidence[i].ID] = &p.Evidence[i]
	}
}

func nameOf(d *Document) string {
	if d.Article == nil {
		return "(none)"
	}
	return fmt.Sprintf("%q", d.Article.Name)
}
