package review

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/segment"
	"stet.example/stet/tui/action"
)

// made is the screen of a text of which nothing is said.
func made(t *testing.T, text string) *Screen {
	t.Helper()
	art := &annotations.Article{Body: text, Units: segment.Append(nil, text, segment.Options{Lang: "en"})}
	if err := art.Seal(); err != nil {
		t.Fatal(err)
	}
	return New(Doc{Article: art, Book: codebook.Builtin(), Reviewer: "ana"})
}

func typed(key string) tea.KeyPressMsg {
	return tea.KeyPressMsg{Code: []rune(key)[0], Text: key}
}

func enter() tea.KeyPressMsg { return tea.KeyPressMsg{Code: tea.KeyEnter} }

// A team put the article under another codebook, without the flags, rules and kinds of
// source of the old one. Whoever tagged a sentence anew that had some was refused, and
// could take none of them away; a note was refused after it was written.
func TestATagIsGivenAnewUnderAnotherCodebook(t *testing.T) {
	s := made(t, "Berg said so. It rained.")
	a := annotations.Annotation{
		Tag: "sourced", Rule: "S-1", Flags: []string{"unsourced"}, Note: "kept",
		Attributions: []annotations.Attribution{{Name: "Berg", Kind: "named_other"}, {Kind: "document"}},
	}
	s.put(0, &annotations.Record{Annotation: a, Rev: 1, Words: annotations.HashOf(s.text(0)).Start()})
	book, err := codebook.Parse("team.toml", []byte("name = \"team\"\nversion = \"2\"\n[[questions]]\nask = \"What?\"\nthen = \"That.\"\n"+
		"[[tags]]\nid = \"fact\"\nkey = \"r\"\nletter = \"F\"\ndefinition = \"A fact.\"\n[[tags]]\nid = \"view\"\nkey = \"w\"\nletter = \"W\"\ndefinition = \"A view.\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	s.Reload(Doc{Book: book, Mine: map[annotations.SentenceID]*annotations.Record{s.sentence(0).ID: s.record(0)}})
	for _, id := range []action.ID{
		action.Unsure, action.Check, action.Inside, action.Spans, action.Verdict, action.Source, action.Evidence, action.Link, action.Rule,
		action.Flags, action.Note, action.Confidential, action.Editor, action.Split, action.Join,
	} {
		if why := s.Why(id); !strings.Contains(why, "no longer has the tag “sourced”: tag 1 anew first") {
			t.Errorf("%s: %q", id, why)
		}
	}
	s.Do(action.Next, "")
	s.Do(action.Range, "")
	s.Do(action.Prev, "")
	if out := s.Do(action.Unsure, ""); len(out) != 1 || !strings.Contains(out[0].(action.Say).Words, "tag 1 anew first") {
		t.Errorf("%+v", out)
	}
	s.Cancel()
	out := s.Do(action.Tag+"-fact", "fact")
	save, ok := out[0].(action.Save)
	if !ok {
		t.Fatalf("%+v", out)
	}
	got := save.Changes[0].Annotation
	if got.Tag != "fact" || got.Rule != "" || len(got.Flags) != 0 || got.Note != "kept" || len(got.Attributions) != 1 || got.Attributions[0].Kind != "" {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(save.Words, "1 fact; what the codebook no longer has was left out") {
		t.Errorf("%q", save.Words)
	}
	if why := s.Why(action.Note); why != "" {
		t.Errorf("a note: %q", why)
	}
}
