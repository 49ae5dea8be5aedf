package interchange

import (
	"fmt"
	"io"

	"stet.example/stet/annotations"
)

// wireLine is one sentence with what is needed to understand it alone.
type wireLine struct {
	Article    string `json:"article"`
	ArticleKey string `json:"articleKey"`
	Title      string `json:"title,omitempty"`
	Outlet     string `json:"outlet,omitempty"`
	Published  string `json:"published,omitempty"`
	URL        string `json:"url,omitempty"`
	Language   string `json:"language,omitempty"`
	Revision   int    `json:"revision"`
	Codebook   string `json:"codebook"`

	wireSentence

	Items []wireEvidence `json:"items,omitempty"` // what the annotations' evidence refers to
}

// WriteJSONL writes one sentence a line, each a JSON object that can be
// understood alone: the article's description, then the sentence as in the
// native format, then the evidence items that its annotations use. As with
// [WriteJSON], an export that is not sound writes nothing.
func WriteJSONL(w io.Writer, e Export) error {
	list, err := pages(&e)
	if err != nil {
		return err
	}
	if err := writeLines(io.Discard, list); err != nil {
		return err
	}
	for _, p := range list {
		p.proved = true
	}
	return writeLines(w, list)
}

func writeLines(w io.Writer, list []*page) error {
	f := newFrame(w)
	for _, p := range list {
		for i := range p.Article.Units {
			line, err := p.line(i)
			if err != nil {
				return fmt.Errorf("interchange: article %q: %w", p.Article.Name, err)
			}
			f.bytes(f.encode(line))
			f.text("\n")
		}
	}
	return f.flush()
}

func (p *page) line(i int) (wireLine, error) {
	a := p.Article
	s, err := p.sentence(i)
	w := wireLine{
		Article: a.Name, ArticleKey: a.ID.String(), Title: a.Title, Outlet: a.Outlet, Published: a.Published, URL: a.URL,
		Language: a.Language, Revision: a.Revision, Codebook: a.Codebook.String(), wireSentence: s,
	}
	seen := map[annotations.EvidenceID]bool{}
	for _, v := range p.voices(a.Units[i].ID) {
		for _, u := range v.Evidence {
			if item := p.items[u.ID]; item != nil && !seen[u.ID] {
				seen[u.ID] = true
				w.Items = append(w.Items, wireItem(item))
			}
		}
	}
	return w, err
}
