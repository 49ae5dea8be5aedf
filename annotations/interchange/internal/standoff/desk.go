package standoff

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/find"
)

// searchBudget is how many bytes one load may search for misplaced words.
const searchBudget = 256 << 20

// Desk reads the files of one load. It keeps the receipt and a draft of each
// article that they speak of.
type Desk struct {
	Library interchange.Library
	Receipt *interchange.Receipt
	Afar    interchange.Places // of sentences of other articles that links lead to
	drafts  []*Draft
	cuts    map[annotations.ArticleID][]Cutting // as files say, in their order
	budget  int
	text    *find.Text // that words were looked for in last
}

// NewDesk starts a load.
func NewDesk(lib interchange.Library) *Desk {
	return &Desk{Library: lib, Receipt: &interchange.Receipt{}, cuts: map[annotations.ArticleID][]Cutting{}, budget: searchBudget}
}

// Repaired notes something that was taken after a correction.
func (d *Desk) Repaired(file string, line int, format string, args ...any) {
	d.Receipt.Repaired = append(d.Receipt.Repaired, interchange.Problem{Line: line, Path: file, Msg: fmt.Sprintf(format, args...)})
}

// maxRejected is how much may be wrong with the files of one load. With more
// they are of another format, or made to cost time.
const maxRejected = 10_000

// spent reports whether more was rejected than a load may hold.
func (d *Desk) spent() bool { return len(d.Receipt.Rejected) > maxRejected }

// Rejected notes something that was left out.
func (d *Desk) Rejected(file string, line int, format string, args ...any) {
	if d.spent() {
		return
	}
	d.Receipt.Rejected = append(d.Receipt.Rejected, interchange.Problem{Line: line, Path: file, Msg: fmt.Sprintf(format, args...)})
}

// Known finds an article of the store by its text or, failing that, its name;
// either may be empty. It returns nil when there is none.
func (d *Desk) Known(text, name string) (*annotations.Article, error) {
	if text != "" {
		a, err := d.Library.Article(annotations.HashOf(text), "")
		if a != nil || err != nil {
			return a, err
		}
	}
	if name == "" {
		return nil, nil
	}
	for _, n := range called(name) {
		a, err := d.Library.Article(annotations.Hash{}, n)
		if a != nil || err != nil {
			return a, err
		}
	}
	return nil, nil
}

// maxCuts is how many cuts of one text are tried: each costs a walk through it.
const maxCuts = 8

// Cutting is how one file says that an article's text is cut. Make gives the article
// cut so, nil where the file does not say it of the whole text, or why it does not fit.
type Cutting struct {
	File string
	Line int
	Make func(*annotations.Article) (*annotations.Article, error)
}

// Cuts notes how a file says that the text of a is cut; it counts where the store does
// not have the text yet, and nothing of it was drafted. All files say theirs before the
// first is read: what is said first stands, where it fits the text.
func (d *Desk) Cuts(a *annotations.Article, c Cutting) {
	if a != nil && len(d.cuts[a.ID]) < maxCuts && d.Library.Fresh(a) {
		d.cuts[a.ID] = append(d.cuts[a.ID], c)
	}
}

// AsWritten gives an article that the store does not have yet the sentences that it
// had where a file was written: the first of those noted that fit. The others in
// front of it are named, each at its line.
func (d *Desk) AsWritten(a *annotations.Article) *annotations.Article {
	if a == nil {
		return nil
	}
	for _, x := range d.drafts {
		if x.Article.ID == a.ID {
			return x.Article
		}
	}
	var bad []Cutting
	var why []error
	done, instead := a, interchange.CutByRules
	for _, c := range d.cuts[a.ID] {
		b, err := c.Make(a)
		if err != nil {
			bad, why = append(bad, c), append(why, err)
			continue
		}
		if b != nil {
			done, instead = b, interchange.CutByAnother
			break
		}
	}
	for i, c := range bad {
		d.Repaired(c.File, c.Line, interchange.MisfitWords, a.Name, instead, why[i])
	}
	return done
}

// Draft gives the draft of an article, which it starts when it is new.
func (d *Desk) Draft(a *annotations.Article) *Draft {
	for _, x := range d.drafts {
		if x.Article.ID == a.ID {
			return x
		}
	}
	x := &Draft{
		Document: interchange.Document{Article: a, Codebook: d.Library.Codebook(a)},
		Offsets:  annotations.NewOffsets(a.Body), desk: d,
		place: make(map[annotations.SentenceID]int, len(a.Units)), items: map[annotations.EvidenceID]bool{},
		said: map[string]map[annotations.SentenceID]annotations.Record{},
	}
	for i, u := range a.Units {
		x.place[u.ID] = i
	}
	d.drafts = append(d.drafts, x)
	d.Receipt.Articles.In++
	d.Receipt.Articles.Out++
	d.Receipt.Sentences.In += len(a.Units)
	d.Receipt.Sentences.Out += len(a.Units)
	return x
}

// Export is what was read, in the order of the articles' names. It fails when so
// much was rejected that the files cannot be what they are taken for.
func (d *Desk) Export(generator string) (*interchange.Export, *interchange.Receipt, error) {
	if d.spent() {
		p := d.Receipt.Rejected[0]
		return nil, nil, Refuse(p.Path, p.Line, "%s; and more than %d others are wrong. Nothing was taken", p.Msg, maxRejected)
	}
	e := &interchange.Export{Generator: generator, Version: "0", Afar: d.Afar.Of}
	for _, x := range d.drafts {
		doc := x.Document
		for _, name := range slices.Sorted(maps.Keys(x.said)) {
			doc.Reviewers = append(doc.Reviewers, interchange.Reviewer{Name: name, Records: x.said[name]})
		}
		slices.SortFunc(doc.Evidence, func(a, b annotations.Evidence) int { return slices.Compare(a.ID[:], b.ID[:]) })
		e.Documents = append(e.Documents, doc)
	}
	slices.SortStableFunc(e.Documents, func(a, b interchange.Document) int { return cmp.Compare(a.Article.Name, b.Article.Name) })
	byLine := func(a, b interchange.Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	}
	slices.SortStableFunc(d.Receipt.Repaired, byLine)
	slices.SortStableFunc(d.Receipt.Rejected, byLine)
	return e, d.Receipt, nil
}

// Find finds the article that a whole text belongs to, and makes it when nobody
// knows it. Line ends may be those of another system, and white space at the
// end may differ: editors add and take away.
func (d *Desk) Find(raw, name, file string) (*annotations.Article, error) {
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(raw)
	for _, t := range slices.Compact([]string{text, strings.TrimSuffix(text, "\n"), text + "\n"}) {
		a, err := d.Known(t, "")
		if err != nil || a != nil {
			return a, err
		}
	}
	a, err := d.Known("", name)
	if err != nil {
		return nil, err
	}
	if a != nil && strings.TrimRightFunc(a.Body, Blank) == strings.TrimRightFunc(text, Blank) {
		return a, nil
	}
	if a, err = d.Library.Make(text, interchange.About{}, file); err != nil {
		return nil, Refuse(file, 0, "cannot become an article: %v", err)
	}
	return a, nil
}

// Carrier takes spans of a text as a file has it to the article's text, whose
// line ends are line feeds.
type Carrier struct {
	raw   string
	feeds []int // places of the carriage returns that are no longer there
}

// NewCarrier looks through a text once.
func NewCarrier(raw string) *Carrier {
	c := &Carrier{raw: raw}
	for i := 0; ; i++ {
		k := strings.Index(raw[i:], "\r\n")
		if k < 0 {
			return c
		}
		i += k
		c.feeds = append(c.feeds, i)
	}
}

// Into gives the same spans in the article of a draft, or the reason why one
// does not fit there.
func (c *Carrier) Into(d *Draft, spans []annotations.Span) ([]annotations.Span, error) {
	out := make([]annotations.Span, len(spans))
	for i, s := range spans {
		out[i] = annotations.Span{Start: s.Start - sort.SearchInts(c.feeds, s.Start), End: s.End - sort.SearchInts(c.feeds, s.End)}
		if err := out[i].Check(d.Article.Body); err != nil {
			return nil, err
		}
	}
	return out, nil
}
