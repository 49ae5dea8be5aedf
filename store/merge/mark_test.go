package merge

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
)

func drawDot(t *rapid.T) dot {
	var d dot
	copy(d.act.Session[:], rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "session"))
	d.act.N, d.i = rapid.Uint64().Draw(t, "n"), rapid.Uint64Range(0, 9).Draw(t, "i")
	return d
}

func drawDots(t *rapid.T) dots {
	var list []dot
	for range rapid.IntRange(0, 4).Draw(t, "dots") {
		list = append(list, drawDot(t))
	}
	return dotsOf(list...)
}

func TestMarksComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := mark{base: rapid.StringN(0, 20, -1).Draw(rt, "base"), whole: rapid.Bool().Draw(rt, "whole"), row: drawDots(rt), heads: drawDots(rt), seen: drawDots(rt)}
		for range rapid.IntRange(0, 3).Draw(rt, "brought") {
			m.bring = append(m.bring, brought{drawDot(rt), time.UnixMicro(rapid.Int64Range(-1e15, 4e15).Draw(rt, "when")).UTC(), rapid.SliceOfN(rapid.Uint64(), 1, 5).Draw(rt, "past")})
		}
		e := annotations.Event{Verb: Verb, Reason: m.reason(Source{Store: "s"})}
		if got, ok := markOf(&e); !ok || !reflect.DeepEqual(got, m) {
			rt.Fatalf("%+v came back as %+v", m, got)
		}
	})
}

func TestWhatIsNoMarkIsNone(t *testing.T) {
	t.Parallel()
	good := (&mark{row: dots{{i: 1}}}).reason(Source{})
	for name, e := range map[string]annotations.Event{
		"another verb":   {Verb: "tag", Reason: good},
		"an undo":        {Verb: Verb, Mode: annotations.Undo, Reason: good},
		"no reason":      {Verb: Verb},
		"words":          {Verb: Verb, Reason: "I merged this [by hand]"},
		"cut short":      {Verb: Verb, Reason: good[:len(good)-3] + "]"},
		"more behind":    {Verb: Verb, Reason: strings.TrimSuffix(good, "]") + "AAAA]"},
		"a later format": {Verb: Verb, Reason: "[AgAAAAAAAA]"},
	} {
		if m, ok := markOf(&e); ok {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if _, ok := markOf(&annotations.Event{Verb: Verb, Reason: good}); !ok {
		t.Error("a sound mark is none")
	}
}

// FuzzMark feeds the reader bytes from elsewhere: it must not panic, and what it
// takes must come back the same.
func FuzzMark(f *testing.F) {
	seeds := []mark{{}, {base: "ana", whole: true, heads: dots{{i: 3}}, seen: dots{{i: 1}, {i: 2}}}, {bring: []brought{{past: []uint64{1, 2}, when: start}}, row: dots{{}}}}
	for i := range seeds {
		text := seeds[i].text()
		if _, err := parseMark(text); err != nil {
			f.Fatalf("seed %d is no mark: %v", i, err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parseMark(text)
		if err != nil {
			return
		}
		again, err := parseMark(m.text())
		if err != nil || !reflect.DeepEqual(m, again) {
			t.Errorf("%+v, then %+v: %v", m, again, err)
		}
		h := newHistory()
		for _, who := range []string{"ana", "ana (2)"} {
			a := annotations.Annotation{Tag: "sourced"}
			h.apply(&annotations.Event{Kind: annotations.EventAnnotate, Sentence: 1, Actor: who, Verb: Verb, Rev: 1, After: &a, Reason: "[" + text + "]"})
		}
		for _, r := range h.registers {
			r.show()
		}
	})
}

// TestLongHistoriesFitIntoReasons brings a register that hundreds of sessions
// have touched, and a person with the longest of names.
func TestLongHistoriesFitIntoReasons(t *testing.T) {
	t.Parallel()
	a := article(t, "harbour")
	name := strings.Repeat("é", annotations.MaxName/2)
	x := newDesk(t, "x")
	x.bring(a)
	y := x.copied("y")
	for i := range 300 {
		delete(y.people, name) // another run of the program
		y.say(name, a.ID, 1, annotations.Annotation{Note: fmt.Sprint(i)})
	}
	x.tag(name, a.ID, 1, "sourced")
	r := x.merge(y)
	if len(r.LeftOut) > 0 || len(r.Conflicts) != 1 || len(x.standing()) != 2 {
		t.Fatalf("%+v", r)
	}
	second := r.Conflicts[0].Names[1]
	if len(second) > annotations.MaxName || !strings.HasSuffix(second, " (2)") {
		t.Errorf("the second version stands under %q", second)
	}
	before := x.size()
	if x.merge(y); x.size() != before {
		t.Error("merging again stored something")
	}
	z := x.copied("z")
	z.say(second, a.ID, 1, annotations.Annotation{})
	if x.merge(z); len(x.standing()) != 1 {
		t.Errorf("settled there, it stands here: %v", keysOf(x.standing()))
	}
}

func TestContentsAreComparedByWhatTheySay(t *testing.T) {
	t.Parallel()
	a := annotations.Annotation{Tag: "sourced", Note: "x"}
	b := a.Clone()
	if contentOf(&a, 1) != contentOf(&b, 1) || contentOf(&a, 1) == contentOf(&a, 2) {
		t.Error("the same content, or the same of other words")
	}
	b.Note = "y"
	if x, y := contentOf(&a, 1), contentOf(&b, 1); bytes.Equal(x[:], y[:]) {
		t.Error("two notes are one content")
	}
	if c := contentOf(&annotations.Annotation{Codebook: annotations.HashOf("b")}, 7); !c.IsZero() {
		t.Error("nothing is something")
	}
}
