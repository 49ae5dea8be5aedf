package docx

import (
	"fmt"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// Format is the name on the command line.
const Format interchange.Format = "docx"

type dialect struct{}

// New gives documents with comments. It is safe for concurrent use.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

// Read implements [interchange.Dialect]; it returns [interchange.ErrWriteOnly].
func (dialect) Read([]interchange.File, interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	return nil, nil, interchange.ErrWriteOnly
}

// Write implements [interchange.Dialect]. Ranges counts the comments; there are
// no positions, a comment stands around its words.
func (dialect) Write(e interchange.Export, _ interchange.Options) (interchange.Written, error) {
	pages, err := standoff.Pages(e)
	if err != nil {
		return interchange.Written{}, err
	}
	all := map[annotations.ArticleID]*standoff.Page{}
	for _, p := range pages {
		all[p.Article.ID] = p
	}
	out := interchange.Written{Unit: annotations.Bytes}
	var losses standoff.Ledger
	for _, p := range pages {
		list := comments(p, all)
		data, err := document(p, list)
		if err == nil {
			err = prove(data, p, list)
		}
		if err != nil {
			return interchange.Written{}, fmt.Errorf("docx: article %q: %w", p.Article.Name, err)
		}
		out.Ranges += len(list)
		out.Files = append(out.Files, interchange.File{Name: p.Base + ".comments.docx", Data: data})
		count(&losses, p)
	}
	out.Losses = losses.Losses()
	return out, nil
}

func count(l *standoff.Ledger, p *standoff.Page) {
	for i, u := range p.Article.Units {
		for _, v := range p.Voices(u.ID) {
			l.Record(v.Confidential != nil, false)
			if !commented(&p.Answers[i]) {
				l.Add(1, "annotations on sentences without a tag", "each comment belongs to a tag")
			}
			for _, at := range v.Attributions {
				if len(at.Cue)+len(at.Content) > 0 {
					l.Add(1, "marked words of attributions", "a comment names the source and its words alone")
				}
			}
		}
	}
	l.Add(len(p.Events), "events of the history", "only what holds now is written")
}
