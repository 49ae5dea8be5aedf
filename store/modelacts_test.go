package store_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
	"stet.example/stet/store/storetest"
)

// rarely is true about once in n times.
func (p *pair) rarely(n int, what string) bool { return rapid.IntRange(1, n).Draw(p.rt, what) == n }

// change draws a change; about one in six cannot be.
func (p *pair) change(id annotations.ArticleID, who string) annotations.Change {
	sent := annotations.SentenceID(rapid.IntRange(1, 3).Draw(p.rt, "sentence"))
	if p.rarely(20, "no such sentence") {
		sent = rapid.SampledFrom([]annotations.SentenceID{0, 6, math.MaxUint32}).Draw(p.rt, "which")
	}
	switch rapid.IntRange(0, 19).Draw(p.rt, "kind") {
	case 0:
		return annotations.Change{Kind: annotations.EventRule, Sentence: sent, Rev: p.rev(id, sent, ""), Verb: "rule", Ruling: rapid.SampledFrom([]*annotations.Ruling{
			nil, {Verdict: annotations.Stet}, {Verdict: annotations.Amend, Tag: "contested", Reason: "two sides"}, {Verdict: "perhaps"},
		}).Draw(p.rt, "ruling")}
	case 1:
		ev := annotations.Evidence{URL: fmt.Sprintf("https://harbour.example/%d", rapid.IntRange(0, 4).Draw(p.rt, "item"))}
		p.items = append(p.items, ev.Identify())
		return annotations.Change{Kind: annotations.EventEvidence, Evidence: &ev}
	case 2:
		return annotations.Change{Kind: annotations.EventCodebook, Codebook: rapid.SampledFrom([]annotations.Hash{codebook.Builtin().Hash, {1}}).Draw(p.rt, "book")}
	case 3:
		return rapid.SampledFrom([]annotations.Change{
			{Kind: 99}, {}, {Kind: annotations.EventEvidence}, {Kind: annotations.EventImport}, {Kind: annotations.EventAnnotate, Sentence: 1},
			{Kind: annotations.EventRule, Sentence: 1, Secret: "hush"}, {Kind: annotations.EventAnnotate, Sentence: 1, Annotation: &annotations.Annotation{}, Verb: "\x1b[2J"},
			{Kind: annotations.EventAnnotate, Sentence: 1, Annotation: &annotations.Annotation{}, Reason: "\xff"},
		}).Draw(p.rt, "odd")
	}
	return p.annotation(id, sent, who)
}

func (p *pair) annotation(id annotations.ArticleID, sent annotations.SentenceID, who string) annotations.Change {
	a := &annotations.Annotation{
		Tag:    rapid.SampledFrom([]string{"", "sourced", "contested", "contextual"}).Draw(p.rt, "tag"),
		Note:   rapid.SampledFrom([]string{"", "see “page 3”"}).Draw(p.rt, "note"),
		Unsure: rapid.Bool().Draw(p.rt, "unsure"),
	}
	a.Inside = a.Tag == "contested" || p.rarely(20, "inside nothing")
	if p.rarely(30, "what cannot be") {
		a.Tag, a.Note = rapid.SampledFrom([]string{"true", ""}).Draw(p.rt, "no tag"), "\xff"
	}
	c := annotations.Change{Kind: annotations.EventAnnotate, Verb: "tag", Sentence: sent, Rev: p.rev(id, sent, who), Annotation: a}
	if len(p.items) > 0 && rapid.Bool().Draw(p.rt, "evidence") {
		a.Evidence = []annotations.Use{{ID: rapid.SampledFrom(p.items).Draw(p.rt, "use"), Stance: annotations.Refutes}}
	}
	if rapid.IntRange(0, 3).Draw(p.rt, "secret") == 0 {
		c.Secret = fmt.Sprintf("hush %d", rapid.IntRange(0, 999).Draw(p.rt, "hush"))
		a.Confidential = annotations.Seal([16]byte{byte(sent), 9}, c.Secret)
		p.secrets = append(p.secrets, *a.Confidential)
	}
	if rapid.IntRange(0, 3).Draw(p.rt, "link") == 0 {
		a.Links = []annotations.Link{{Relation: annotations.Supports, To: annotations.Target{Article: p.article().ID, Sentence: sent%3 + 1}}}
	}
	return c
}

func (p *pair) step() {
	p.now = p.now.Add(time.Duration(rapid.IntRange(-2, 5).Draw(p.rt, "s")) * time.Second)
	switch rapid.IntRange(0, 24).Draw(p.rt, "op") {
	case 0:
		p.reopen()
	case 1, 2:
		p.importOne()
	case 3, 4, 5:
		p.revert(rapid.SampledFrom([]annotations.Mode{annotations.Undo, annotations.Undo, annotations.Redo}).Draw(p.rt, "mode"))
	case 6:
		if p.last != nil { // the same act again: it may be old by now
			_ = p.append(*p.last)
		}
	case 7:
		p.odd()
	case 9, 10:
		p.cut()
	case 11:
		p.arrange()
	case 8:
		p.both("seal", func(s store.Store) (any, error) { return s.Seal(context.Background()) })
	default:
		who, at := p.who(), p.article().ID
		if p.rarely(10, "desk") {
			at = annotations.Desk
		}
		var changes []annotations.Change
		for range rapid.IntRange(1, 3).Draw(p.rt, "changes") {
			changes = append(changes, p.change(at, who))
		}
		_ = p.do(who, at, annotations.Do, annotations.Act{}, changes...)
	}
}

// cut splits or joins a sentence as the model has it, and judges what came of it
// in the same act.
func (p *pair) cut() {
	ctx := context.Background()
	a, err := store.Load(ctx, p.model, p.article().ID)
	if err != nil {
		return
	}
	u := rapid.SampledFrom(a.Units).Draw(p.rt, "unit")
	var now []annotations.Sentence
	next := a.NextID()
	if p.rarely(8, "an old name") {
		next = 1
	}
	if rapid.Bool().Draw(p.rt, "split") {
		now, err = annotations.SplitUnit(a.Body, a.Units, u.ID, u.Span.Start+rapid.IntRange(0, u.Span.Len()).Draw(p.rt, "at"), next)
	} else {
		now, err = annotations.JoinUnits(a.Units, u.ID)
	}
	if err != nil {
		return
	}
	who := p.who()
	got, err := p.both("recut", func(s store.Store) (any, error) { return store.Recut(ctx, s, a, now, "split", u.ID) })
	if err != nil {
		return
	}
	changes := []annotations.Change{got.(annotations.Change), p.annotation(a.ID, rapid.SampledFrom(now).Draw(p.rt, "judged").ID, who)}
	if p.rarely(6, "another table") {
		other := *changes[0].Cut
		other.Was.Hash[0] ^= 1
		changes[0].Cut = &other
	}
	_ = p.do(who, a.ID, annotations.Do, annotations.Act{}, changes...)
}

// arrange sets a team, deals an article out, or finishes it.
func (p *pair) arrange() {
	who, at := p.who(), p.article().ID
	c := rapid.SampledFrom([]annotations.Change{
		{Kind: annotations.EventTeam, Team: &annotations.Team{}}, {Kind: annotations.EventTeam, Team: &annotations.Team{}},
		{Kind: annotations.EventTeam, Team: &annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}, {Name: "lea", Role: annotations.Lead}}}},
		{Kind: annotations.EventTeam, Team: &annotations.Team{Members: []annotations.Member{{Name: "ana", Role: annotations.Reviewer}}}}, {Kind: annotations.EventTeam},
		{Kind: annotations.EventAssign, Assigned: []string{"ana", "ben"}}, {Kind: annotations.EventAssign}, {Kind: annotations.EventAssign, Assigned: []string{"b", "a"}},
		{Kind: annotations.EventFinish, Finish: &annotations.Finish{Reviewer: who, Done: true}}, {Kind: annotations.EventFinish, Finish: &annotations.Finish{Reviewer: "ben"}},
		{Kind: annotations.EventFinish}, {Kind: annotations.EventCut},
	}).Draw(p.rt, "arranged")
	if (c.Kind == annotations.EventTeam) != p.rarely(10, "filed wrongly") {
		at = annotations.Desk
	}
	_ = p.do(who, at, annotations.Do, annotations.Act{}, c)
}

func (p *pair) importOne() {
	a, book := p.article(), codebook.Builtin()
	for _, blob := range []string{string(book.Source), string(annotations.AppendTable(nil, a.Units)), a.Body} {
		p.both("blob", func(s store.Store) (any, error) { return s.PutBlob(context.Background(), blob) })
		if p.rarely(20, "forget") {
			break
		}
	}
	m := a.Meta
	m.Codebook = book.Hash
	m.Title = rapid.SampledFrom([]string{m.Title, m.Title, m.Title, "\xff", strings.Repeat("x", 5000)}).Draw(p.rt, "title")
	_ = p.do(p.who(), m.ID, annotations.Do, annotations.Act{}, annotations.Change{Kind: annotations.EventImport, Verb: "import", Meta: &m})
}

type undoable struct {
	Done   annotations.Done
	Events []annotations.Event
}

func (p *pair) revert(mode annotations.Mode) {
	who := p.who()
	got, err := p.both("undoable", func(s store.Store) (any, error) {
		d, e, err := s.Undoable(context.Background(), who, mode)
		return undoable{d, e}, err
	})
	if err != nil {
		return
	}
	u := got.(undoable)
	s := &store.Session{ID: p.session(who).id, Actor: who, Tool: "test"}
	want, _, wantErr := store.Reverting(context.Background(), p.model, s, mode)
	have, _, haveErr := store.Reverting(context.Background(), p.bolt, s, mode)
	want.Act, have.Act = annotations.Act{}, annotations.Act{}
	p.same("reverting", want, have, wantErr, haveErr)
	if wantErr == nil {
		_ = p.do(who, want.Article, mode, u.Done.Act, want.Changes...)
	}
}

// odd asks for what cannot be.
func (p *pair) odd() {
	at, s := p.article().ID, p.session("ana")
	b := store.Batch{
		Act: annotations.Act{Session: s.id, N: s.n + 1}, Actor: "ana", Tool: "test", Article: at,
		Changes: []annotations.Change{storetest.Tag(1, p.rev(at, 1, "ana"), "sourced")},
	}
	switch rapid.IntRange(0, 8).Draw(p.rt, "odd") {
	case 0:
		b.Act.N += 2
	case 1:
		b.Act = annotations.Act{}
	case 2:
		b.Actor = "a\nb"
	case 3:
		b.Mode, b.Of = 7, annotations.Act{Session: s.id, N: s.n}
	case 4:
		b.Of = annotations.Act{Session: s.id, N: s.n}
	case 5:
		b.Expect = &annotations.Head{N: 3}
	case 6:
		b.Changes = nil
	case 7:
		b.Tool = "\xff"
	case 8:
		b.Article[3] ^= 1
	}
	if err := p.append(b); err == nil {
		p.rt.Fatalf("%+v was stored", b)
	}
}
