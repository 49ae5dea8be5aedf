package foreign

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/internal/find"
)

// Intake gathers what files say.
type Intake struct {
	Receipt interchange.Receipt
	lib     interchange.Library
	byName  map[string]*annotations.Article
	byHash  map[annotations.Hash]*annotations.Article
	docs    map[annotations.ArticleID]*Doc
	texts   map[annotations.ArticleID]*find.Text
	cuts    map[string][]cut // by the key of the article in the file
	settled map[annotations.ArticleID]*annotations.Article
	afar    interchange.Places
	file    string // named in problems when there are several
	faults  int
}

// NewIntake makes an empty one.
func NewIntake(lib interchange.Library) *Intake {
	return &Intake{
		lib: lib, byName: map[string]*annotations.Article{}, byHash: map[annotations.Hash]*annotations.Article{},
		docs: map[annotations.ArticleID]*Doc{}, texts: map[annotations.ArticleID]*find.Text{},
		cuts: map[string][]cut{}, settled: map[annotations.ArticleID]*annotations.Article{},
	}
}

// File says from which file the next statements are; "" when there is only one.
func (in *Intake) File(name string) { in.file = name }

// Reviewer is the name for what names nobody.
func (in *Intake) Reviewer() string { return in.lib.Reviewer() }

// Place is where in a file something stands.
type Place struct {
	Line int
	Path string
}

func (in *Intake) problem(at Place, format string, args ...any) interchange.Problem {
	path := at.Path
	if in.file != "" {
		path = strings.TrimSuffix(in.file+": "+path, ": ")
	}
	return interchange.Problem{Line: at.Line, Path: path, Msg: fmt.Sprintf(format, args...)}
}

// Met counts a statement.
func (in *Intake) Met() { in.Receipt.Annotations.In++ }

// Took counts a statement that was taken.
func (in *Intake) Took() { in.Receipt.Annotations.Out++ }

// full reports that more went wrong than anybody can look through: then
// nothing is taken.
func (in *Intake) full() bool {
	in.faults++
	return in.faults > MaxFaults
}

// Reject leaves a statement out.
func (in *Intake) Reject(at Place, format string, args ...any) {
	if in.full() {
		return
	}
	in.Receipt.Rejected = append(in.Receipt.Rejected, in.problem(at, format, args...))
}

// Leave leaves a statement aside by rule.
func (in *Intake) Leave(at Place, format string, args ...any) {
	if in.full() {
		return
	}
	in.Receipt.Left = append(in.Receipt.Left, in.problem(at, format, args...))
}

// Repair names a correction.
func (in *Intake) Repair(at Place, format string, args ...any) {
	if in.full() {
		return
	}
	in.Receipt.Repaired = append(in.Receipt.Repaired, in.problem(at, format, args...))
}

// Doc is an article with what is said of it.
type Doc struct {
	Article  *annotations.Article
	Codebook *annotations.Codebook
	Offsets  *annotations.Offsets

	in       *Intake
	place    map[annotations.SentenceID]int
	people   map[string]map[annotations.SentenceID]*entry
	rulings  map[annotations.SentenceID]annotations.RulingRecord
	evidence map[annotations.EvidenceID]annotations.Evidence
	answers  map[annotations.SentenceID]*answer
	unpacker *interchange.Unpacker
}

// entry is one reviewer's annotation in the making.
type entry struct {
	annotations.Record
	tagged   Place  // where its tag was said, visibly
	taggedIn string // and in which file
	hasTag   bool
	packed   bool           // it came out of a pack
	changed  bool           // what is visible differs from the pack
	pieces   map[string]int // name of an attribution in the file → its index
	packedAt Place
}

// answer is the one tag that a pack gives for a sentence.
type answer struct {
	tag  string
	seen bool
	at   Place
}

func (in *Intake) doc(a *annotations.Article) (*Doc, error) {
	if d := in.docs[a.ID]; d != nil {
		return d, nil
	}
	book := in.lib.Codebook(a)
	if book == nil {
		return nil, errors.New("there is no codebook to read its tags by")
	}
	if a.Codebook != book.Hash {
		same := *a
		same.Codebook = book.Hash
		a = &same
	}
	d := &Doc{
		Article: a, Codebook: book, Offsets: annotations.NewOffsets(a.Body), in: in,
		place:  make(map[annotations.SentenceID]int, len(a.Units)),
		people: map[string]map[annotations.SentenceID]*entry{}, rulings: map[annotations.SentenceID]annotations.RulingRecord{},
		evidence: map[annotations.EvidenceID]annotations.Evidence{}, answers: map[annotations.SentenceID]*answer{},
	}
	for i, u := range a.Units {
		d.place[u.ID] = i
	}
	d.unpacker = interchange.NewUnpacker(a, book, d.Offsets)
	in.docs[a.ID] = d
	in.Receipt.Articles.In++
	in.Receipt.Articles.Out++
	return d, nil
}

// TextBytes implements [annotations.World].
func (d *Doc) TextBytes() int { return len(d.Article.Body) }

// Border implements [annotations.World].
func (d *Doc) Border(i int) bool { return annotations.RuneBorder(d.Article.Body, i) }

// HasSentence implements [annotations.World]; what other articles have, the
// file cannot know.
func (d *Doc) HasSentence(t annotations.Target) bool {
	if t.Article != d.Article.ID {
		return true
	}
	_, ok := d.place[t.Sentence]
	return ok
}

// HasEvidence implements [annotations.World].
func (d *Doc) HasEvidence(id annotations.EvidenceID) bool {
	_, ok := d.evidence[id]
	return ok
}

// Over returns the sentences that s lies over; whole says that it covers them
// exactly, give or take white space. It fails when s lies over none, or cuts
// more than one.
func (d *Doc) Over(s annotations.Span) (ids []annotations.SentenceID, whole bool, err error) {
	// Between sentences stands white space only, so an end there changes nothing.
	units := d.Article.Units
	first := sort.Search(len(units), func(i int) bool { return units[i].Span.End > s.Start })
	last := sort.Search(len(units), func(i int) bool { return units[i].Span.Start >= s.End }) - 1
	if last < first {
		return nil, false, errors.New("the span lies over no sentence")
	}
	whole = s.Start <= units[first].Span.Start && s.End >= units[last].Span.End
	if last > first && !whole {
		return nil, false, fmt.Errorf("the span begins in %s and ends in %s without covering both: nobody can say which is meant", units[first].ID, units[last].ID)
	}
	for _, u := range units[first : last+1] {
		ids = append(ids, u.ID)
	}
	return ids, whole, nil
}

// mutate changes one annotation and keeps the change when a store would.
func (d *Doc) mutate(by string, id annotations.SentenceID, change func(e *entry) error) error {
	if err := annotations.CheckName(by); err != nil {
		return err
	}
	if _, ok := d.place[id]; !ok {
		return fmt.Errorf("there is no sentence %s", id)
	}
	next := &entry{Record: annotations.Record{Rev: 1, Annotation: annotations.Annotation{Codebook: d.Codebook.Hash}}}
	if old := d.people[by][id]; old != nil {
		*next = *old
		next.Annotation = old.Clone()
	}
	if err := change(next); err != nil {
		return err
	}
	self := annotations.Target{Article: d.Article.ID, Sentence: id}
	if err := annotations.CheckAnnotation(&next.Annotation, self, d.Codebook, d); err != nil {
		return err
	}
	if d.people[by] == nil {
		d.people[by] = map[annotations.SentenceID]*entry{}
	}
	d.people[by][id] = next
	return nil
}

// touch marks that what is visible differs from what was packed.
func (e *entry) touch(when time.Time) {
	switch {
	case e.packed && !e.changed:
		e.changed = true
		e.Rev++
		e.Time = when
	case !e.packed && when.After(e.Time):
		e.Time = when
	}
}

// Unpack takes the pack of one sentence, and says what it holds; nil when it
// was refused. No text is no pack.
func (d *Doc) Unpack(text string, at Place) *interchange.Packed {
	if text == "" {
		return nil
	}
	p, err := d.unpacker.Unpack(text)
	if err != nil {
		d.in.Met()
		fault := "is damaged"
		if errors.Is(err, interchange.ErrOtherCut) {
			fault = "has no place"
		}
		d.in.Reject(at, "what stet said of the sentence %s, only what is visible was read: %v", fault, err)
		return nil
	}
	for _, r := range p.Repaired {
		d.in.Repair(at, "%s", r)
	}
	for _, v := range p.Voices {
		for i, l := range v.Links {
			if w, told := p.Afar[l.To]; told {
				v.Links[i].To = d.in.afar.Add(l.To, w)
			}
		}
	}
	for _, item := range p.Items {
		d.evidence[item.ID] = item
	}
	for _, v := range p.Voices {
		d.in.Met()
		err := d.mutate(v.By, p.Sentence, func(e *entry) error {
			if e.packed && !e.changed && e.says(&v.Record) {
				return nil // an article that was written in two forms, and both given
			}
			if e.packed {
				return fmt.Errorf("%s annotates %s twice; the first was taken", v.By, p.Sentence)
			}
			*e = entry{Record: v.Record, packed: true, packedAt: at}
			return nil
		})
		if err != nil {
			d.in.Reject(at, "%s: %v", p.Sentence, err)
			continue
		}
		d.in.Took()
	}
	if p.Ruling != nil {
		d.rule(p.Sentence, p.Ruling, at)
	}
	return p
}

// says reports whether e is r, as a pack gave it.
func (e *entry) says(r *annotations.Record) bool {
	return e.Equal(r.Annotation) && e.Time.Equal(r.Time) && e.Words == r.Words
}

func (d *Doc) rule(id annotations.SentenceID, r *annotations.RulingRecord, at Place) {
	if old, there := d.rulings[id]; there && old.Ruling == r.Ruling && old.By == r.By && old.Time.Equal(r.Time) {
		return
	}
	d.in.Receipt.Rulings.In++
	err := annotations.CheckRuling(&r.Ruling, d.Codebook)
	if err == nil {
		err = annotations.CheckName(r.By)
	}
	if _, twice := d.rulings[id]; err == nil && twice {
		err = errors.New("the sentence has a ruling already")
	}
	if err != nil {
		d.in.Reject(at, "ruling on %s: %v", id, err)
		return
	}
	d.rulings[id] = *r
	d.in.Receipt.Rulings.Out++
}

// Export closes the intake.
func (in *Intake) Export(from interchange.Format) (*interchange.Export, *interchange.Receipt, error) {
	if in.faults > MaxFaults {
		return nil, nil, Refuse("", 0, "more than %d parts cannot be read as they stand; nothing was taken: is this a %s file?", MaxFaults, from)
	}
	e := &interchange.Export{Generator: string(from), Version: "unknown", Afar: in.afar.Of}
	docs := slices.SortedFunc(maps.Values(in.docs), func(a, b *Doc) int { return cmp.Compare(a.Article.Name, b.Article.Name) })
	for _, d := range docs {
		d.unseen()
		doc := interchange.Document{Article: d.Article, Codebook: d.Codebook}
		for _, by := range slices.Sorted(maps.Keys(d.people)) {
			r := interchange.Reviewer{Name: by, Records: map[annotations.SentenceID]annotations.Record{}}
			for id, x := range d.people[by] {
				if !x.IsZero() {
					if x.Words == 0 {
						x.Words = annotations.HashOf(d.words(id)).Start()
					}
					r.Records[id] = x.Record
				}
			}
			doc.Reviewers = append(doc.Reviewers, r)
		}
		if len(d.rulings) > 0 {
			doc.Rulings = d.rulings
		}
		doc.Evidence = slices.SortedFunc(maps.Values(d.evidence), func(a, b annotations.Evidence) int { return bytes.Compare(a.ID[:], b.ID[:]) })
		in.Receipt.Evidence.In += len(doc.Evidence)
		in.Receipt.Evidence.Out += len(doc.Evidence)
		e.Documents = append(e.Documents, doc)
	}
	if _, err := interchange.Sheets(e); err != nil {
		return nil, nil, Refuse("", 0, "%v", err)
	}
	return e, &in.Receipt, nil
}

func (d *Doc) words(id annotations.SentenceID) string {
	return d.Article.Units[d.place[id]].Span.In(d.Article.Body)
}

// unseen names the tags of packs that the visible part does not show any more.
func (d *Doc) unseen() {
	for _, id := range slices.Sorted(maps.Keys(d.answers)) {
		if a := d.answers[id]; !a.seen && a.tag != "" {
			d.in.Repair(a.at, "the label %q of %s was taken away; the tag was kept: take it off in stet", a.tag, id)
		}
	}
	for _, by := range slices.Sorted(maps.Keys(d.people)) {
		for _, id := range slices.Sorted(maps.Keys(d.people[by])) {
			e := d.people[by][id]
			if _, one := d.answers[id]; e.packed && !one && !e.hasTag && e.Tag != "" {
				d.in.Repair(e.packedAt, "the label %q by %s on %s was taken away; the tag was kept: take it off in stet", e.Tag, by, id)
			}
		}
	}
}
