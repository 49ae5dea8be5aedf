package labelstudio_test

import (
	"encoding/xml"
	"flag"
	"io"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/labelstudio"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestRoundTrip(t *testing.T) {
	interchangetest.RoundTrip(t, labelstudio.New(), interchange.Options{})
}

func write(t testing.TB, o interchange.Options) interchange.Written {
	t.Helper()
	w, err := labelstudio.New().Write(interchangetest.Sample(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestGoldenFiles(t *testing.T) {
	w := write(t, interchange.Options{})
	if w.Unit != annotations.CodePoints || w.Ranges == 0 || len(w.Losses) == 0 || len(w.Files) != 2 {
		t.Errorf("%d files, %d ranges in %s, losses %v", len(w.Files), w.Ranges, w.Unit, w.Losses)
	}
	interchangetest.Golden(t, w, *update)
}

func TestTheConfigurationKnowsEveryLabelAndIsXML(t *testing.T) {
	w := write(t, interchange.Options{})
	config := string(w.Files[1].Data)
	d := xml.NewDecoder(strings.NewReader(config))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, label := range []string{`<Label value="contested"`, `<Label value="cue"`, `<Choice value="C-b"`, `<Relation value="derived from"`, `<TextArea name="verdict"`} {
		if !strings.Contains(config, label) {
			t.Errorf("%s is missing", label)
		}
	}
}

func TestSuggestionsArePredictionsAndNeverComeBackAsAnnotations(t *testing.T) {
	w := write(t, interchange.Options{Suggest: true})
	if !strings.Contains(string(w.Files[0].Data), `"model_version": "stet 0.0.0-test"`) {
		t.Fatal("there is no prediction")
	}
	_, r, err := labelstudio.New().Read(w.Files, interchangetest.SampleDesk(t)())
	if err != nil || len(r.Left) != 1 || !strings.Contains(r.Left[0].Msg, "prediction") || !r.Clean() {
		t.Errorf("%v, left %v", err, r)
	}
}

// task wraps results as Label Studio exports them.
func task(text, annotation string) string {
	return `[{"id":1,"data":{"text":"` + text + `"},"annotations":[{"id":5,` + annotation + `}],"drafts":[],"predictions":[],"meta":{},"created_at":"2026-11-20T09:00:00Z"}]`
}

func region(id, from, kind, value string) string {
	return `{"id":"` + id + `","from_name":"` + from + `","to_name":"text","type":"` + kind + `","origin":"manual","value":{` + value + `}}`
}

var foreignCases = []interchangetest.Foreign{
	{
		Story: "labels with notes, a relation and an e-mail",
		In: task(`The ship 🚢 left.\nNobody said why.`, `"completed_by":{"id":3,"email":"mia@desk.example"},"updated_at":"2026-11-20T10:30:00.5Z","was_cancelled":false,"lead_time":3.5,"result":[`+
			region("a", "tag", "labels", `"start":0,"end":16,"text":"The ship 🚢 left.","labels":["sourced"]`)+","+
			region("b", "tag", "labels", `"start":17,"end":33,"labels":["CONTESTED"]`)+","+
			region("c", "who", "labels", `"start":4,"end":8,"text":"ship","labels":["Speaker"]`)+","+
			region("a", "note", "textarea", `"start":0,"end":16,"text":["see p. 4","twice"]`)+","+
			`{"from_id":"b","to_id":"a","type":"relation","direction":"right","labels":["counters"]},`+
			`{"from_id":"b","to_id":"zz","type":"relation","direction":"right","labels":["counters"]}]`),
		Want:     []string{"mia@desk.example: s001 sourced (see p. 4\ntwice) source=\"ship\" at 10:30", "mia@desk.example: s002 contested disputes>s001 at 10:30"},
		Repaired: []string{`"CONTESTED" was read as the tag "contested"`},
		Rejected: []string{"a region that was not taken"},
	},
	{
		Story: "two annotators known by numbers, one cancelled", In: `[{"data":{"text":"The ship left."},"annotations":[{"completed_by":7,"result":[` + region("a", "label", "labels", `"start":0,"end":14,"labels":["sourced"]`) +
			`]},{"completed_by":8,"result":[` + region("a", "label", "labels", `"start":0,"end":14,"labels":["contextual"]`) + `]},{"completed_by":9,"was_cancelled":true,"result":[]}],"predictions":[{"model_version":"x","result":[{"id":"p"}]}],"drafts":[{"result":[]}]}]`,
		Want: []string{"Label Studio user 7: s001 sourced", "Label Studio user 8: s001 contextual"},
		Left: []string{"cancelled", "prediction", "draft"},
	},
	{
		Story:    "line ends as the editor writes them, and positions in UTF-16 of an old file",
		In:       task(`It 🚢 left.\n\nWhy not now?`, `"result":[`+region("a", "tag", "labels", `"start":0,"end":25,"text":"It 🚢 left.\\n\\nWhy not now?","labels":["sourced"]`)+`]`),
		Want:     []string{"cleo: s001 sourced", "cleo: s002 sourced"},
		Repaired: []string{"read as utf16", "s001 to s002"},
	},
	{
		Story: "choices for the whole text and for a region", In: task("The ship left.", `"result":[`+region("q", "veracity", "choices", `"choices":["sourced"]`)+","+region("r", "other", "choices", `"start":0,"end":14,"choices":["contested"]`)+`]`),
		Want: []string{"cleo: s001 sourced"}, Rejected: []string{"cannot be \"contested\" too"},
	},
	{
		Story: "JSON-MIN: regions, a choice, and members that are data",
		In: `[{"id":5,"text":"The ship left. Why not?","label":[{"start":0,"end":14,"text":"The ship left.","labels":["sourced"]},{"start":90,"end":99,"labels":["sourced"]}],` +
			`"outlet":"Post","annotator":7,"annotation_id":3,"created_at":"2026-01-02T03:04:05Z"},` +
			`{"text":"It sank.","verdict":"contested","annotator":"ana@x.example","annotation_id":4},` +
			`{"text":"It rose.","verdict":{"choices":["sourced","contested"]},"annotation_id":5}]`,
		Want:     []string{"Label Studio user 7: s001 sourced at 03:04", "ana@x.example: s001 contested", "cleo: s001 sourced"},
		Rejected: []string{"positions 90 to 99", "cannot be"},
	},
	{
		Story: "what cannot be read", In: task("The ship left. Why not?", `"result":[`+
			region("a", "tag", "hypertextlabels", `"start":"/div[1]/text()[1]","startOffset":1,"labels":["sourced"]`)+","+
			region("b", "tag", "labels", `"start":"/div[1]","end":"/div[1]","labels":["sourced"]`)+","+
			region("c", "tag", "labels", `"start":0,"end":14,"text":"The boat left.","labels":["sourced"]`)+","+
			region("d", "tag", "labels", `"start":0,"end":99,"labels":["sourced"]`)+","+
			region("e", "tag", "labels", `"start":0,"end":14,"labels":["dubious"]`)+","+
			region("f", "tag", "labels", `"start":0,"end":14,"labels":[]`)+","+
			region("g", "tag", "labels", `"start":0,"end":14,"labels":["sourced","sourced"]`)+","+
			region("h", "note", "textarea", `"text":["on all of it"]`)+`,7]`),
		Want:     []string{"cleo: s001 sourced"},
		Rejected: []string{"path", `lead to "The ship left."`, "do not fit", "it has sourced, contested, contextual", "no label", "already", `type "hypertextlabels"`, "the text holds s001 to s002", `type ""`},
	},
	{Story: "one task alone, its text under another name", In: `{"data":{"body":"The ship left.","n":3},"annotations":[{"result":[` + region("a", "tag", "labels", `"start":0,"end":14,"labels":["sourced"]`) + `]}]}`, Want: []string{"cleo: s001 sourced"}},
	{Story: "JSON-MIN", In: `[{"text":"The ship left.","tag":[{"start":0,"end":14,"labels":["sourced"]}]}]`, Rejected: []string{"the task has no data"}},
	{Story: "tasks without text", In: "[{\"data\":{\"text\":3}},\n{\"data\":{\"a\":\"x\",\"b\":\"y\"}},\n{\"data\":{\"image\":7}},5]", Rejected: []string{"line 1: data.text is a number", "line 2: data has no text, and more than one", "line 3: data has no text", "line 3: a task is a number"}},
	{Story: "a file that breaks off", In: `[{"data":{"text":"The`, Refused: "cut off"},
}

func TestWhatLabelStudioExportsIsRead(t *testing.T) {
	interchangetest.Read(t, labelstudio.New(), interchangetest.EmptyDesk, append(foreignCases, interchangetest.Hostile()...))
}

func TestATagThatWasChangedIsAChangeByItsReviewer(t *testing.T) {
	src := string(write(t, interchange.Options{}).Files[0].Data)
	i := strings.Index(src, `"contested"`)
	src = src[:i] + `"contextual"` + src[i+len(`"contested"`):]
	e, _, err := labelstudio.New().Read([]interchange.File{{Name: "x.json", Data: []byte(src)}}, interchangetest.SampleDesk(t)())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range e.Documents[0].Reviewers {
		if rec := r.Records[4]; r.Name == "ana" && (rec.Tag != "contextual" || rec.Rev != 2 || rec.Verdict == "" || rec.Note == "") {
			t.Errorf("ana's annotation of s004 is %+v", rec)
		}
	}
}

func FuzzRead(f *testing.F) {
	var seeds []string
	for _, c := range foreignCases {
		seeds = append(seeds, c.In)
	}
	interchangetest.Fuzz(f, labelstudio.New(), "x.json", interchangetest.SampleDesk(f), seeds)
}
