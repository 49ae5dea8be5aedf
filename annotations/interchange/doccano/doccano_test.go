package doccano_test

import (
	"flag"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/interchangetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestRoundTrip(t *testing.T) {
	for _, shape := range []string{"relations", "spans", "class"} {
		t.Run(shape, func(t *testing.T) {
			interchangetest.RoundTrip(t, doccano.New(), interchange.Options{Shape: shape})
		})
	}
}

func TestGoldenFiles(t *testing.T) {
	for _, shape := range []string{"relations", "spans", "class"} {
		w, err := doccano.New().Write(interchangetest.Sample(t), interchange.Options{Shape: shape})
		if err != nil {
			t.Fatal(err)
		}
		if w.Unit != annotations.UTF16 || w.Ranges == 0 || len(w.Losses) == 0 {
			t.Errorf("%s: %d ranges in %s, losses %v", shape, w.Ranges, w.Unit, w.Losses)
		}
		interchangetest.Golden(t, w, *update)
	}
}

func TestFilesAreASCII(t *testing.T) {
	w, err := doccano.New().Write(interchangetest.Sample(t), interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range w.Files[0].Data {
		if c >= 0x80 {
			t.Fatal("a byte beyond ASCII: doccano would guess the encoding")
		}
	}
}

func TestAnUnknownShapeIsRefused(t *testing.T) {
	if _, err := doccano.New().Write(interchangetest.Sample(t), interchange.Options{Shape: "tree"}); err == nil {
		t.Error("no error")
	}
}

// foreignCases are lines as doccano exports them. In the text the ship takes
// two UTF-16 units.
var foreignCases = []interchangetest.Foreign{
	{
		Story: "spans, with the id and the comments that doccano adds", In: `{"id": 7, "text": "The ship 🚢 left. Nobody said why.", "label": [[0, 17, "sourced"], [18, 34, "Contextual"]], "Comments": ["why?"], "outlet": {"x": [1]}}`,
		Want:     []string{"cleo: s001 sourced", "cleo: s002 contextual"},
		Repaired: []string{`"Contextual" was read as the tag "contextual"`},
		Rejected: []string{`line 1: the comment "why?" is on the whole text`},
	},
	{
		Story: "entities with relations", In: `{"id":1,"text":"The ship left. Nobody said why.","entities":[{"id":4,"label":"contested","start_offset":0,"end_offset":14},{"id":9,"label":"sourced","start_offset":15,"end_offset":31}],"relations":[{"id":3,"from_id":9,"to_id":4,"type":"disputes"},{"id":4,"from_id":9,"to_id":5,"type":"disputes"},{"id":5,"from_id":9,"to_id":4,"type":"likes"}],"Comments":[]}`,
		Want:     []string{"cleo: s001 contested", "cleo: s002 sourced disputes>s001"},
		Rejected: []string{"an entity that was not taken", `"likes" is no relation`},
	},
	{
		Story: "intent and slots", In: `{"text":"The ship left.","entities":[[4,8,"source"]],"cats":["sourced"]}`,
		Want: []string{`cleo: s001 sourced source="ship"`},
	},
	{
		Story: "a class as a single string, then as a list, with a comment", In: "{\"text\":\"The ship left.\",\"label\":\"sourced\"}\n\n{\"text\":\"Nobody said why.\",\"label\":[\"contextual\",\"contested\"],\"Comments\":[\"see p. 4\"]}\n",
		Want:     []string{"cleo: s001 sourced", "cleo: s001 contextual (see p. 4)"},
		Rejected: []string{`line 3: s001 has the tag "contextual"`},
	},
	{
		Story: "a list of objects", In: "[\n{\"text\":\"The ship left.\",\"label\":[\"sourced\"]},\n3]",
		Want:     []string{"cleo: s001 sourced"},
		Rejected: []string{"line 3: is a number, not an object"},
	},
	{
		Story: "code points instead of UTF-16", In: `{"text":"A ship 🚢 left. Nobody said why.","label":[[0,14,"sourced"],[15,31,"contextual"]]}`,
		Want:     []string{"cleo: s001 sourced", "cleo: s002 contextual"},
		Repaired: []string{"positions were read as codepoint"},
	},
	{
		Story: "grapheme clusters", In: `{"text":"A ship 👨‍👩‍👧 left. Nobody said why.","label":[[0,14,"sourced"],[15,31,"contextual"]]}`,
		Want:     []string{"cleo: s001 sourced", "cleo: s002 contextual"},
		Repaired: []string{"positions were read as grapheme"},
	},
	{
		Story: "a part of a sentence, two sentences, and a cut through both", In: `{"text":"The ship left. Nobody said why. It rains.","label":[[4,8,"sourced"],[15,41,"contextual"],[10,20,"contested"]]}`,
		Want:     []string{"cleo: s001 sourced", "cleo: s002 contextual", "cleo: s003 contextual"},
		Repaired: []string{"a part of s001", "s002 to s003"},
		Rejected: []string{"begins in s001 and ends in s002"},
	},
	{
		Story: "labels that cannot be read", In: `{"text":"The ship left.","label":[["0",14,"sourced"],[0,1e99,"sourced"],[-1,14,"sourced"],[0,15,"sourced"],[14,0,"sourced"],[0,14,"dubious"],[0,14],7,[0,14,"contested"]]}`,
		Want:     []string{"cleo: s001 contested"},
		Rejected: []string{"start of the span is a string", "end of the span is a number", "do not fit", "do not fit", "do not fit", "it has sourced, contested, contextual", "a label is a list", "a label is a number"},
	},
	{
		Story: "no text, a text of another type, an empty one", In: "{\"label\":[]}\n{\"text\":3}\n{\"text\":\" \"}\nnot json\n{\"text\":\"The ship left.\",\"label\":[\"sourced\"]}",
		Want:     []string{"cleo: s001 sourced"},
		Rejected: []string{"line 1: text is nothing", "line 2: text is a number", "line 3: the text is empty", "line 4: is not JSON"},
	},
	{Story: "a sentence of an article that is not here", In: `{"text":"The ship left.","label":["sourced"],"stet_key":"00","stet_sentence":"s001"}`, Rejected: []string{"import it first"}},
	{Story: "half a surrogate pair", In: `{"text":"The ship \ud83d left.","label":["sourced"]}`, Rejected: []string{"line 1: holds half of a surrogate pair"}},
	{Story: "a member that stands twice", In: `{"text":"The ship left.","label":[],"label":["sourced"]}`, Rejected: []string{"stands twice"}},
	{Story: "a damaged pack", In: `{"text":"The ship left.","label":["sourced"],"stet":"{\"sentence\":\"s009\"}"}`, Want: []string{"cleo: s001 sourced"}, Rejected: []string{"s009 is no sentence"}},
	{Story: "labels of an old doccano", In: `{"text":"The ship left.","annotations":[{"label":3,"start_offset":0,"end_offset":5}]}`, Rejected: []string{"name labels by numbers"}},
	{Story: "no JSONL at all", In: strings.Repeat("a,b\n", 200), Refused: "no JSONL file"},
}

func TestWhatDoccanoExportsIsRead(t *testing.T) {
	interchangetest.Read(t, doccano.New(), interchangetest.EmptyDesk, append(foreignCases, interchangetest.Hostile()...))
}

func written(t testing.TB, shape string) string {
	t.Helper()
	w, err := doccano.New().Write(interchangetest.Sample(t), interchange.Options{Shape: shape})
	if err != nil {
		t.Fatal(err)
	}
	return string(w.Files[0].Data)
}

func TestALabelThatWasChangedInDoccanoIsTheReadersTag(t *testing.T) {
	src := strings.Replace(written(t, "spans"), `"contested"]`, `"contextual"]`, 1)
	e, r, err := doccano.New().Read([]interchange.File{{Name: "x.jsonl", Data: []byte(src)}}, interchangetest.SampleDesk(t)())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Repaired) != 1 || !strings.Contains(r.Repaired[0].Msg, `the label of s004 is "contextual", stet wrote "contested"`) || len(r.Rejected) > 0 {
		t.Errorf("repaired %v, rejected %v", r.Repaired, r.Rejected)
	}
	said := strings.Join(interchangetest.Said(e), "\n")
	for _, want := range []string{"ana: s004 contested", "ben: s004 sourced", "cleo: s004 contextual"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is missing in\n%s", want, said)
		}
	}
}

func TestALabelThatWasTakenAwayIsNamedAndTheTagStays(t *testing.T) {
	src := strings.Replace(written(t, "class"), `"label":["contested"]`, `"label":[]`, 1)
	e, r, err := doccano.New().Read([]interchange.File{{Name: "x.jsonl", Data: []byte(src)}}, interchangetest.SampleDesk(t)())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Repaired) != 1 || !strings.Contains(r.Repaired[0].String(), `line 4: the label "contested" of s004 was taken away`) {
		t.Errorf("repaired %v", r.Repaired)
	}
	if said := strings.Join(interchangetest.Said(e), "\n"); !strings.Contains(said, "ana: s004 contested") {
		t.Error(said)
	}
}

func TestSeveralFilesAreOfTheAnnotatorsTheyAreNamedFor(t *testing.T) {
	line := []byte(`{"text":"The ship left.","label":["sourced"]}`)
	e, _, err := doccano.New().Read([]interchange.File{{Name: "mia.jsonl", Data: line}, {Name: "all.jsonl", Data: line}}, interchangetest.EmptyDesk())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(interchangetest.Said(e), ", "); got != "cleo: s001 sourced, mia: s001 sourced" {
		t.Error(got)
	}
}

func FuzzRead(f *testing.F) {
	var seeds []string
	for _, c := range foreignCases {
		seeds = append(seeds, c.In)
	}
	seeds = append(seeds, written(f, "class"), written(f, "spans"))
	interchangetest.Fuzz(f, doccano.New(), "x.jsonl", interchangetest.SampleDesk(f), seeds)
}
