package brat

import (
	"fmt"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange/internal/standoff"
)

// reader interprets one .ann file.
type reader struct {
	*standoff.Draft
	article *annotations.Article // as it was found, in whatever sentences
	desk    *standoff.Desk
	file    string
	doc     *document
	names   *names
	raw     string // the text that positions count in
	offsets *annotations.Offsets
	carrier *standoff.Carrier

	ballot  standoff.Ballot
	index   []int                         // vote → the one that stands, or -1
	votes   map[string]int                // T line → its vote
	ruled   map[string]bool               // T line → its tag is a lead's
	rulings map[int]bool                  // the same by vote
	parts   map[string][]annotations.Span // Source, Cue or Content line → its words
	kinds   map[string]string             // the same → which of the three
	used    map[string]bool               // the same, named by an attribution
	records map[int]*annotations.Record   // by vote that stands
	links   map[string]*linked            // R line → its link
}

// linked is a link until it is filed.
type linked struct {
	annotations.Link
	vote, line int
}

func (r *reader) reject(line int, format string, args ...any) {
	r.desk.Rejected(r.file, line, format, args...)
}

func (r *reader) read() {
	r.votes, r.parts, r.kinds, r.used = map[string]int{}, map[string][]annotations.Span{}, map[string]string{}, map[string]bool{}
	r.ruled, r.rulings = map[string]bool{}, map[int]bool{}
	r.records, r.links = map[int]*annotations.Record{}, map[string]*linked{}
	who, when := r.reviewers()
	for i := range r.doc.entities {
		r.entity(&r.doc.entities[i], who)
	}
	r.index = r.ballot.Count(r.Draft, r.file)
	for id, v := range r.votes {
		if r.index[v] == v {
			r.records[v] = r.New(r.ballot.Vote(v).Tag, when[id])
			r.rulings[v] = r.ruled[id]
		}
	}
	for i := range r.doc.relations {
		r.relation(&r.doc.relations[i])
	}
	for i := range r.doc.remarks {
		r.remark(&r.doc.remarks[i])
	}
	for i := range r.doc.relations {
		if l := r.links[r.doc.relations[i].id]; l != nil {
			r.fileLink(l)
		}
	}
	r.loose()
	for v := range r.index {
		rec, vote := r.records[v], r.ballot.Vote(v)
		switch {
		case rec == nil:
		case vote.Tag == "" && rec.IsZero():
			r.desk.Receipt.Annotations.In-- // only there for a link to lead to
		case r.rulings[v]:
			if err := r.Rule(vote.By, vote.Unit, rec); err != nil {
				r.reject(vote.Line, "%v", err)
			}
		default:
			if err := r.Put(vote.By, vote.Unit, rec); err != nil {
				r.reject(vote.Line, "%v", err)
			}
		}
	}
}

// reviewers reads who said what and when.
func (r *reader) reviewers() (who map[string]string, when map[string]time.Time) {
	who, when = map[string]string{}, map[string]time.Time{}
	for _, n := range r.doc.remarks {
		if !n.note || n.kind != noteReviewer && n.kind != noteRuling {
			continue
		}
		i := strings.LastIndexByte(n.words, ' ')
		if i < 0 || annotations.CheckName(n.words[:i]) != nil {
			r.reject(n.line, "%q is no NAME TIME; the annotation is read as that of %s", standoff.Clip(n.words, 40), r.desk.Library.Reviewer())
			continue
		}
		who[n.target] = n.words[:i]
		r.ruled[n.target] = n.kind == noteRuling
		if at := n.words[i+1:]; at != "-" {
			t, err := time.Parse(time.RFC3339Nano, at)
			if err != nil {
				r.desk.Repaired(r.file, n.line, "%q is no time; the annotation has none", standoff.Clip(at, 40))
			}
			when[n.target] = t.UTC()
		}
	}
	return who, when
}

// entity reads a T line: a tag for a sentence, or words of an attribution.
func (r *reader) entity(e *entity, who map[string]string) {
	part := e.kind == typeSource || e.kind == typeCue || e.kind == typeContent
	if !part {
		r.desk.Receipt.Annotations.In++
	}
	spans, repair, err := r.desk.Fit(r.offsets, r.raw, e.place, annotations.CodePoints)
	if err == nil {
		spans, err = r.carrier.Into(r.Draft, spans)
	}
	if err != nil {
		r.reject(e.line, "%v", err)
		return
	}
	if repair != "" {
		r.desk.Repaired(r.file, e.line, "%s", repair)
	}
	if e.place.Words == "" {
		r.desk.Repaired(r.file, e.line, "does not quote its words; the position was believed")
	}
	if part {
		r.parts[e.id], r.kinds[e.id] = whole(r.Article.Body, spans), e.kind
		return
	}
	tag, repair, err := r.tag(e.kind)
	if err != nil {
		r.reject(e.line, "%v", err)
		return
	}
	all := annotations.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
	unit, full, err := r.Within(all)
	if err != nil {
		r.reject(e.line, "%v", err)
		return
	}
	by := who[e.id]
	if by == "" {
		by = r.desk.Library.Reviewer()
	}
	r.votes[e.id] = r.ballot.Add(standoff.Vote{Unit: unit, By: by, Tag: tag, Whole: full, Line: e.line, Repair: repair})
}

func (r *reader) tag(kind string) (tag, repair string, err error) {
	if kind == typeUntagged {
		return "", "", nil
	}
	if tag, ok := r.names.types[kind]; ok {
		return tag, "", nil
	}
	return r.Tag(kind)
}

// standing finds the record of the sentence that a T line stands for.
func (r *reader) standing(id string) (vote int, rec *annotations.Record, err error) {
	v, ok := r.votes[id]
	switch {
	case !ok && r.doc.lines[id] == 0:
		return 0, nil, fmt.Errorf("there is no annotation %s", standoff.Clip(id, 40))
	case !ok:
		return 0, nil, fmt.Errorf("%s was left out or stands for no sentence", id)
	case r.index[v] < 0:
		return 0, nil, fmt.Errorf("%s was left out", id)
	}
	return r.index[v], r.records[r.index[v]], nil
}

func (r *reader) relation(x *relation) {
	vote, _, err := r.standing(x.from)
	if err != nil {
		r.reject(x.line, "%v", err)
		return
	}
	if _, words := r.parts[x.to]; words && strings.HasPrefix(x.kind, "Has_") {
		return // an attribution's; see loose
	}
	for _, pair := range relations() {
		if !strings.EqualFold(pair.brat, x.kind) {
			continue
		}
		to, ok := r.votes[x.to]
		if !ok {
			r.reject(x.line, "the link leads to %s, which is no sentence that was read", standoff.Clip(x.to, 40))
			return
		}
		r.links[x.id] = &linked{annotations.Link{Relation: pair.stet, To: r.Target(r.ballot.Vote(to).Unit)}, vote, x.line}
		return
	}
	r.reject(x.line, "%q is not a relation that stet knows: Disputes, Supports, Repeats, Derived_from", standoff.Clip(x.kind, 40))
}

// fileLink adds a link, once its notes are read, to its sentence.
func (r *reader) fileLink(l *linked) {
	err := r.Change(r.ballot.Vote(l.vote).Unit, r.records[l.vote], func(a *annotations.Annotation) { a.Links = append(a.Links, l.Link) })
	if err != nil {
		r.reject(l.line, "%v", err)
	}
}
