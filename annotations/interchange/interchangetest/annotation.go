package interchangetest

import (
	"slices"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

// annotation draws what somebody could say of sentence id.
func (d *drawer) annotation(a *annotations.Article, id annotations.SentenceID, items []annotations.Evidence) annotations.Annotation {
	book := pick(d.T, d.books, "judged by")
	out := annotations.Annotation{
		Codebook: book.Hash, Note: Prose(d.T, 3, "note"), Verdict: Prose(d.T, 2, "verdict"), Unsure: rapid.Bool().Draw(d.T, "unsure"),
		Check: annotations.Check(rapid.IntRange(0, 2).Draw(d.T, "check")),
	}
	if rapid.Bool().Draw(d.T, "tagged") {
		out.Tag = pick(d.T, book.Tags, "tag").ID
		out.Inside = rapid.Bool().Draw(d.T, "inside")
		if rules := book.RulesFor(out.Tag); len(rules) > 0 && rapid.Bool().Draw(d.T, "with rule") {
			out.Rule = pick(d.T, rules, "rule").ID
		}
	}
	for _, f := range book.Flags {
		if sometimes(d.T, 5, "flag") {
			out.ToggleFlag(f.ID)
		}
	}
	for range rapid.IntRange(0, 2).Draw(d.T, "attributions") {
		out.Attributions = append(out.Attributions, d.attribution(a.Body, book))
	}
	for _, item := range items {
		if rapid.Bool().Draw(d.T, "used") {
			stance := rapid.SampledFrom([]annotations.Stance{annotations.EvidenceSupports, annotations.Undercuts, annotations.Refutes, annotations.Neutral}).Draw(d.T, "stance")
			out.Evidence = append(out.Evidence, annotations.Use{ID: item.ID, Stance: stance})
		}
	}
	for range rapid.IntRange(0, 3).Draw(d.T, "links") {
		l := d.link(a)
		same := func(m annotations.Link) bool { return m.To == l.To && m.Relation == l.Relation }
		if l.To != (annotations.Target{Article: a.ID, Sentence: id}) && !slices.ContainsFunc(out.Links, same) {
			out.Links = append(out.Links, l)
		}
	}
	if sometimes(d.T, 4, "confidential") {
		out.Confidential = &annotations.Sealed{Digest: hash(d.T, "digest")}
	}
	return out
}

func (d *drawer) attribution(body string, book *annotations.Codebook) annotations.Attribution {
	at := annotations.Attribution{
		Name: Prose(d.T, 2, "who"), Hops: rapid.SampledFrom([]int{0, 1, 2, 9}).Draw(d.T, "hops"),
		Count: rapid.SampledFrom([]int{0, 1, 2, 3, annotations.MaxSource}).Draw(d.T, "count"),
	}
	if rapid.Bool().Draw(d.T, "of a kind") {
		at.Kind = pick(d.T, book.SourceKinds, "source kind").ID
	}
	at.Terms = rapid.SampledFrom([]string{"", "on record", "background", "off; \"the\" record\n"}).Draw(d.T, "terms")
	at.Source, at.Cue, at.Content = d.spans(body, "source"), d.spans(body, "cue"), d.spans(body, "content")
	if at.Name == "" && at.Kind == "" && len(at.Source)+len(at.Cue)+len(at.Content) == 0 {
		at.Kind = book.SourceKinds[0].ID // it has to say something
	}
	return at
}

// spans draws up to two pieces of body, in order, on rune borders.
func (d *drawer) spans(body, label string) []annotations.Span {
	var borders []int
	for i := range body {
		borders = append(borders, i)
	}
	borders = append(borders, len(body))
	n := rapid.IntRange(0, 2).Draw(d.T, label+" pieces")
	at := rapid.SliceOfN(rapid.IntRange(0, utf8.RuneCountInString(body)), 2*n, 2*n).Draw(d.T, label)
	slices.Sort(at)
	var out []annotations.Span
	for i := 0; i+1 < len(at); i += 2 {
		if s := (annotations.Span{Start: borders[at[i]], End: borders[at[i+1]]}); !s.Empty() {
			out = append(out, s)
		}
	}
	return out
}

// link draws a link to a sentence of this article, of another one in the
// export, or of one that is not in it.
func (d *drawer) link(a *annotations.Article) annotations.Link {
	l := annotations.Link{
		Relation: rapid.SampledFrom([]annotations.Relation{annotations.Disputes, annotations.Supports, annotations.Repeats, annotations.DerivedFrom}).Draw(d.T, "relation"),
		Note:     Prose(d.T, 2, "link note"),
	}
	if l.Relation == annotations.Disputes {
		l.Manner = rapid.SampledFrom([]annotations.Manner{"", annotations.Direct, annotations.Rhetorical, annotations.Partial}).Draw(d.T, "manner")
	}
	switch to := a; rapid.IntRange(0, 3).Draw(d.T, "whither") {
	case 0:
		l.To = annotations.Target{Article: annotations.ArticleID{1, 2, 3}, Sentence: annotations.SentenceID(rapid.Uint32Range(1, 2000).Draw(d.T, "far"))}
	case 1:
		to = pick(d.T, d.articles, "other article")
		fallthrough
	default:
		l.To = annotations.Target{Article: to.ID, Sentence: pick(d.T, to.Units, "to").ID}
	}
	return l
}

func (d *drawer) ruling(a *annotations.Article) annotations.Ruling {
	book := pick(d.T, d.books, "ruled by")
	r := annotations.Ruling{
		Verdict:  rapid.SampledFrom([]annotations.Verdict{annotations.Stet, annotations.Amend, annotations.Query, annotations.Neither}).Draw(d.T, "verdict"),
		Codebook: book.Hash, Reason: Prose(d.T, 2, "reason"),
	}
	if rapid.Bool().Draw(d.T, "on one reviewer") {
		r.Reviewer = pick(d.T, d.people, "judged")
	}
	if r.Verdict == annotations.Amend {
		r.Tag = pick(d.T, book.Tags, "amended").ID
	}
	if rapid.Bool().Draw(d.T, "ruling by rule") {
		r.Rule = pick(d.T, book.Rules, "ruling rule").ID
	}
	return r
}

// events draws a history, of kinds of a later version too. It is well formed,
// not true.
func (d *drawer) events(a *annotations.Article, items []annotations.Evidence) []annotations.Event {
	var out []annotations.Event
	for i := range rapid.IntRange(1, 5).Draw(d.T, "events") {
		e := annotations.Event{
			Pos: uint64(3*i + 1), Seq: uint64(i + 1), Kind: annotations.EventKind(rapid.SampledFrom([]int{1, 2, 3, 4, 5, 6, 8, 9, 99, 255}).Draw(d.T, "event kind")),
			Time: time.Date(2026, 1, 2, 3, 4, 5, 1000*i, time.UTC), Actor: pick(d.T, d.people, "actor"), Act: annotations.Act{Session: annotations.SessionID{9}, N: uint64(i)},
			Mode: annotations.Mode(rapid.IntRange(0, 2).Draw(d.T, "mode")), Article: a.ID, Verb: "tag", Reason: Prose(d.T, 2, "why"), Tool: "stet 1",
			Codebook: a.Codebook, Hash: hash(d.T, "event hash"),
		}
		if sometimes(d.T, 5, "salvaged") {
			e.Recovered = []byte{} // its bytes never leave the store
		}
		if e.Mode != annotations.Do {
			e.Of = annotations.Act{Session: annotations.SessionID{8}, N: 1}
		}
		switch e.Kind {
		case annotations.EventImport:
			m := a.Meta
			m.Next = 0 // a store keeps it, an export does not
			e.Meta = &m
		case annotations.EventAnnotate:
			e.Unit = a.Units[0].Kind
			e.Sentence, e.Words, e.Rev, e.Prev = a.Units[0].ID, hash(d.T, "words"), 2, hash(d.T, "prev")
			before, after := annotations.Annotation{}, d.annotation(a, e.Sentence, items)
			e.Before, e.After, e.Offered = &before, &after, rapid.SampledFrom([]string{"", "sourced"}).Draw(d.T, "offered")
		case annotations.EventRule:
			e.Sentence, e.Rev = a.Units[0].ID, 1
			r := d.ruling(a)
			r.Words = rapid.SampledFrom([]uint64{0, 0xabc}).Draw(d.T, "ruled on")
			r.Author = rapid.SampledFrom([]string{"", "lena"}).Draw(d.T, "brought back")
			e.RuleAfter = &r
		case annotations.EventCut:
			e.Cut = &annotations.Cut{
				Was: annotations.Table{Hash: hash(d.T, "was"), Units: 2, Needed: 1}, Now: annotations.Table{Hash: hash(d.T, "now"), Units: 2}, Next: 7,
				Touched: []annotations.UnitChange{{ID: 3, Was: annotations.Absent, Now: annotations.KindHeading}, {ID: 4, Now: annotations.Absent}},
			}
		case annotations.EventAssign:
			e.Assigned = d.someOf(d.people, "dealt to")
		case annotations.EventFinish:
			e.Finish = &annotations.Finish{Reviewer: "ana", Done: rapid.Bool().Draw(d.T, "done")}
		case annotations.EventEvidence:
			if len(items) > 0 {
				item := items[0]
				e.Evidence = &item
			}
		}
		out = append(out, e)
	}
	return out
}
