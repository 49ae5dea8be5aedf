package interchange_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
)

func TestASentenceIsWhereItsPlaceSays(t *testing.T) {
	a := interchangetest.Article(t)
	there, ok := interchange.WhereIs(a, a.Units[2].ID)
	if !ok {
		t.Fatal("the third sentence is nowhere")
	}
	for _, c := range []struct {
		story string
		w     interchange.Whereabouts
		want  string // "" = the third sentence
	}{
		{"as it was written", there, ""},
		{"words that were not told", interchange.Whereabouts{Span: there.Span}, ""},
		{"a lie about the words", interchange.Whereabouts{Span: there.Span, Words: there.Words + 1}, "other words"},
		{"a part of a sentence", interchange.Whereabouts{Span: annotations.Span{Start: there.Span.Start, End: there.Span.End - 1}}, "no sentence"},
		{"back to front", interchange.Whereabouts{Span: annotations.Span{Start: there.Span.End, End: there.Span.Start}}, "no sentence"},
		{"below zero", interchange.Whereabouts{Span: annotations.Span{Start: -5, End: 3}, Words: 7}, "no sentence"},
		{"beyond the end", interchange.Whereabouts{Span: annotations.Span{Start: math.MaxInt - 1, End: math.MaxInt}, Words: 7}, "no sentence"},
		{"beyond all bounds", interchange.Whereabouts{Span: annotations.Span{Start: math.MinInt, End: math.MaxInt}, Words: 7}, "no sentence"},
	} {
		id, err := c.w.In(a)
		switch {
		case c.want == "" && (err != nil || id != a.Units[2].ID):
			t.Errorf("%s: %s, %v", c.story, id, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || errors.Is(err, interchange.ErrOtherCut) != (c.want == "no sentence")):
			t.Errorf("%s: %v; it should say %q", c.story, err, c.want)
		}
	}
}

func TestOneIDForTwoPlacesIsTwoTargets(t *testing.T) {
	at := func(start int) interchange.Whereabouts {
		return interchange.Whereabouts{Span: annotations.Span{Start: start, End: start + 5}}
	}
	third := annotations.Target{Article: annotations.ArticleID{1}, Sentence: 3}
	highest := annotations.Target{Article: annotations.ArticleID{1}, Sentence: math.MaxUint32}
	var p interchange.Places
	if p.Add(highest, at(90)) != highest || p.Add(third, at(10)) != third || p.Add(third, at(10)) != third {
		t.Fatal("a target that nobody else has was changed")
	}
	other := p.Add(third, at(20))
	if other == third || other == highest || p.Of[other].Span != at(20).Span || p.Of[other].Called != 3 {
		t.Errorf("the second place is at %v: %+v", other, p.Of)
	}
	if again := p.Add(third, at(20)); again != other {
		t.Errorf("and then at %v", again)
	}
	if p.Of[third].Span != at(10).Span || p.Of[highest].Span != at(90).Span || len(p.Of) != 3 {
		t.Errorf("%+v", p.Of)
	}
}
