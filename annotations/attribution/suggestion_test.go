package attribution

import (
	"slices"
	"testing"
)

func TestAScreenIsToldTagRuleCuesAndSources(t *testing.T) {
	text := "The harbour board said the port was closed. “We wait,” Anna Berg said. “We will wait in May.” The gate is blue."
	got := Advise(text, nil, "en")
	if len(got) != 4 {
		t.Fatalf("%d suggestions", len(got))
	}
	for i, want := range []struct{ tag, rule, cues, who string }{
		{sourcedTag, "S-1", "said", "harbour board"},
		{sourcedTag, "S-1", "said", "Anna Berg"},
		{sourcedTag, "S-2", "said", "Anna Berg"},
		{contextualTag, "X-2", "", ""},
	} {
		s := got[i]
		who := ""
		if len(s.Sources) > 0 {
			who = s.Sources[0].Who
		}
		if s.Tag != want.tag || s.Rule != want.rule || words(text, s.Cues) != want.cues || who != want.who || s.Confidence < sure || s.Confidence > 1 {
			t.Errorf("unit %d: %+v, want %v", i+1, s, want)
		}
	}
	if s := got[1].Sources[0].Span.In(text); s != "Anna Berg" {
		t.Errorf("the source stands at %q", s)
	}
	if s := got[2].Sources[0].Span; s.Len() != 0 {
		t.Errorf("a source carried over has a place in the unit: %v", s)
	}
}

func TestNothingIsSuggestedWithoutAnIdea(t *testing.T) {
	for _, c := range []struct{ name, lang, text string }{
		{"a language without a file", "pl", "Port był zamknięty w maju."},
		{"a verb of saying that was not understood", "en", "Saying so was never easy in Portsea."},
		{"quoted words of nobody", "en", "The port was a “quiet place for all of us” in May."},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, s := range Advise(c.text, nil, c.lang) {
				if s.Tag != "" || s.Rule != "" || len(s.Cues) > 0 || len(s.Sources) > 0 || s.Partner != -1 {
					t.Errorf("suggested %+v", s)
				}
			}
		})
	}
}

func TestSuggestionsOfUnitsThatSpeakAgainstEachOther(t *testing.T) {
	text := "According to the harbour board, the island ships no uranium cargo. But officials still say some uranium cargo goes through the island."
	got := Advise(text, nil, "en")
	if !slices.Equal(got[0].Counter, []int{1}) || !slices.Equal(got[1].Counter, []int{0}) || got[1].Partner != 0 {
		t.Errorf("got %+v", got)
	}
}

// Where the package is sure, it must be right more often than where it is not.
func TestConfidenceTellsRightFromWrong(t *testing.T) {
	var high, low share
	gold, texts := seeds(t)
	for file, units := range gold {
		for i, tag := range suggestFor(units, texts[file]).Tags {
			ok := tag.ID == units[i].Tag || tag.ID == units[i].Alt
			if tag.Confidence < sure {
				low.count(ok)
			} else {
				high.count(ok)
			}
		}
	}
	for _, s := range readStories(t) {
		for _, p := range s.passages {
			for u, tag := range p.suggest().Tags {
				if tag.Confidence < sure {
					low.count(tag.ID == p.tags[u])
				} else {
					high.count(tag.ID == p.tags[u])
				}
			}
		}
	}
	t.Logf("sure: %.1f%% of %d right; not sure: %.1f%% of %d", high.percent(), high.all, low.percent(), low.all)
	if high.percent() < 95 || low.percent() >= high.percent() {
		t.Errorf("sure: %.1f%% right; not sure: %.1f%%", high.percent(), low.percent())
	}
}
