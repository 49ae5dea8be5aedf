package prodigy_test

import (
	"encoding/json"
	"flag"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/prodigy"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestRoundTrip(t *testing.T) {
	interchangetest.RoundTrip(t, prodigy.New(), interchange.Options{})
}

func TestGoldenFiles(t *testing.T) {
	w, err := prodigy.New().Write(interchangetest.Sample(t), interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if w.Unit != annotations.CodePoints || w.Ranges == 0 || len(w.Losses) == 0 {
		t.Errorf("%d ranges in %s, losses %v", w.Ranges, w.Unit, w.Losses)
	}
	interchangetest.Golden(t, w, *update)
}

// task is what a client of Prodigy's format reads.
type task struct {
	Text   string
	Tokens []struct {
		Text       string
		Start, End int
		ID         int
		WS         bool
	}
	Spans []struct {
		Start, End           int
		TokenStart, TokenEnd *int
	}
	Input    int64  `json:"_input_hash"`
	Task     int64  `json:"_task_hash"`
	Sentence string `json:"stet_sentence"`
	Article  string `json:"stet_article"`
}

func TestTokensMakeUpTheTextAndSpansLieOnThem(t *testing.T) {
	spans, twice := 0, 0
	interchangetest.Until(t, func() bool { return spans > 0 }, func(t *rapid.T) {
		w, err := prodigy.New().Write(interchangetest.Draw(t), interchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		inputs := map[int64]string{}
		for _, f := range w.Files {
			for _, line := range strings.Split(strings.TrimSuffix(string(f.Data), "\n"), "\n") {
				var x task
				fixed := strings.NewReplacer(`"token_start"`, `"TokenStart"`, `"token_end"`, `"TokenEnd"`).Replace(line)
				if err := json.Unmarshal([]byte(fixed), &x); err != nil {
					t.Fatal(err)
				}
				runes := []rune(x.Text)
				var whole strings.Builder
				for i, k := range x.Tokens {
					if k.ID != i || string(runes[k.Start:k.End]) != k.Text {
						t.Fatalf("token %d of %q is %+v", i, x.Text, k)
					}
					whole.WriteString(k.Text)
					if k.WS {
						whole.WriteByte(' ')
					}
				}
				if whole.String() != x.Text {
					t.Fatalf("the tokens make %q of %q", whole.String(), x.Text)
				}
				for _, s := range x.Spans {
					spans++
					if x.Tokens[*s.TokenStart].Start != s.Start || x.Tokens[*s.TokenEnd].End != s.End {
						t.Fatalf("%+v does not lie on the tokens of %q", s, x.Text)
					}
				}
				where := x.Article + x.Sentence
				if was, ok := inputs[x.Input]; ok && was != where {
					twice++
				}
				if x.Input != int64(int32(x.Input)) || x.Task != int64(int32(x.Task)) {
					t.Fatalf("the hash %d or %d is no 32-bit number", x.Input, x.Task)
				}
				inputs[x.Input] = where
			}
		}
	})
	if twice > 1 { // one may be chance: 32 bits meet once in some 100,000 runs
		t.Errorf("%d input hashes are of two sentences", twice)
	}
}

var foreignCases = []interchangetest.Foreign{
	{
		Story: "choices of two annotators", In: `{"text":"The ship left.","options":[{"id":"sourced","text":"Sourced"}],"accept":["sourced"],"answer":"accept","_input_hash":1,"_task_hash":-2,"_session_id":"news-mia","_annotator_id":"news-mia","_timestamp":1763760000,"_view_id":"choice"}
{"text":"The ship left.","accept":["Contextual"],"answer":"accept","_annotator_id":"news-joe"}
{"text":"The ship left.","accept":["contested"],"answer":"accept","_session_id":"news-2026-01-02_10-00-00"}`,
		Want:     []string{"cleo: s001 contested", "joe: s001 contextual", "mia: s001 sourced at 21:20"},
		Repaired: []string{`"Contextual" was read as the tag`},
	},
	{
		Story: "answers that are no", In: "{\"text\":\"The ship left.\",\"accept\":[\"sourced\"],\"answer\":\"reject\"}\n{\"text\":\"The ship left.\",\"label\":\"sourced\",\"answer\":\"ignore\"}\n{\"text\":\"The ship left.\",\"answer\":\"accept\"}\n{\"text\":\"The ship left.\",\"label\":\"sourced\",\"answer\":\"maybe\"}",
		Left: []string{"line 1: the answer is \"reject\"", "line 2: the answer is \"ignore\"", "line 3: the line says nothing", "line 4: the answer is \"maybe\""},
	},
	{
		Story: "a single label, accepted", In: `{"text":"The ship left.","label":"sourced","answer":"accept"}`,
		Want: []string{"cleo: s001 sourced"},
	},
	{
		Story: "spans with tokens, astray and right", In: `{"text":"Ann 🚢 said so.","tokens":[{"text":"Ann","start":0,"end":3,"id":0},{"text":"🚢","start":4,"end":5,"id":1},{"text":"said","start":6,"end":10,"id":2}],"spans":[{"start":0,"end":5,"token_start":0,"token_end":1,"label":"SPEAKER"},{"start":6,"end":10,"token_start":2,"token_end":2,"label":"cue"},{"start":6,"end":10,"token_start":1,"token_end":2,"label":"cue"},{"start":0,"end":3,"token_start":0,"token_end":9,"label":"SOURCE"},{"start":0,"end":3,"label":"PERSON"},{"start":0,"end":3}],"answer":"accept"}`,
		Want:     []string{`cleo: s001  source="Ann 🚢" cue="said"`},
		Rejected: []string{"its tokens at 4 to 10", "tokens 0 to 9 are not among", "it has sourced, contested, contextual", "no label"},
	},
	{
		Story: "a relation between two sentences", In: `{"text":"The ship left. No, it stayed.","spans":[{"start":0,"end":14,"label":"contested"},{"start":15,"end":29,"label":"contested"}],"relations":[{"head":3,"child":8,"head_span":{"start":15,"end":29},"child_span":{"start":0,"end":14},"label":"disputes"},{"head_span":{"start":15,"end":29},"child_span":{"start":0,"end":99},"label":"disputes"}],"answer":"accept"}`,
		Want: []string{"cleo: s001 contested", "cleo: s002 contested disputes>s001"}, Rejected: []string{"child_span"},
	},
	{Story: "a task about an image", In: `{"image":"x.png","answer":"accept"}`, Rejected: []string{"only tasks about text"}},
	{Story: "an option known by its text only", In: `{"text":"The ship left.","options":[{"id":2,"text":"sourced"}],"accept":[2],"answer":"accept"}`, Want: []string{"cleo: s001 sourced"}},
	{Story: "one label for a text of two sentences", In: `{"text":"The ship left. Why?","label":"sourced","answer":"accept"}`, Rejected: []string{"the text holds s001 to s002"}},
}

func TestWhatProdigyExportsIsRead(t *testing.T) {
	interchangetest.Read(t, prodigy.New(), interchangetest.EmptyDesk, append(foreignCases, interchangetest.Hostile()...))
}

func FuzzRead(f *testing.F) {
	var seeds []string
	for _, c := range foreignCases {
		seeds = append(seeds, c.In)
	}
	interchangetest.Fuzz(f, prodigy.New(), "x.jsonl", interchangetest.SampleDesk(f), seeds)
}
