package w3c_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/w3c"
)

const source = `"source":"https://news.example/2026/fares?a=1&b=2"`

// annotation makes one about the sample's article.
func annotation(rest, selector string) string {
	return `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation",` + rest + `,"target":{` + source + `,"selector":` + selector + `}}`
}

func quote(exact, prefix, suffix string) string {
	return `{"type":"TextQuoteSelector","exact":"` + exact + `","prefix":"` + prefix + `","suffix":"` + suffix + `"}`
}

const (
	board   = "But the harbour board still says that passengers were consulted."
	silence = "The board did not reply."
	nobody  = "“Nobody asked us 🚢,” said Dr. M. Okafor, who runs a kiosk on the quay."
)

var foreignCases = []interchangetest.Foreign{
	{
		Story: "one annotation by quotation alone, with a note and a page",
		In: annotation(`"motivation":"tagging","creator":{"type":"Person","name":"Mia"},"created":"2026-11-20T10:30:00+01:00","body":["https://council.example/minutes",`+
			`{"type":"TextualBody","value":"contested"},{"type":"TextualBody","value":"see p. 4","purpose":"commenting"},{"type":"SpecificResource","purpose":"linking","source":"https://council.example/minutes","selector":`+quote("not heard", "", "")+`}]`, quote(board, "", "")),
		Want:     []string{"Mia: s004 contested (see p. 4) neutral at 09:30"},
		Rejected: []string{`"minutes" is no tag`},
	},
	{
		Story: "a page of two, by position in either unit", In: `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[` +
			annotation(`"creator":"acct:joe@desk.example","bodyValue":"hm"`, `{"type":"TextPositionSelector","start":0,"end":19}`) + ",\n" +
			annotation(`"motivation":"classifying","body":{"type":"TextualBody","value":"Sourced"}`, `[`+quote(board, "", "")+`,{"type":"TextPositionSelector","start":189,"end":253}]`) + "],\n\"next\":\"https://x.example/2\"}",
		Want:     []string{"joe: s001  (hm)", "cleo: s004 sourced"},
		Repaired: []string{"when they are read as utf16", "read as the tag"},
		Rejected: []string{"line 3: the next page is not in the file"},
	},
	{
		Story: "a sentence that stands twice", In: "[" + annotation(`"motivation":"tagging","body":{"type":"TextualBody","value":"contextual"}`, quote(silence, "", "")) + ",\n" +
			annotation(`"motivation":"tagging","body":{"type":"TextualBody","value":"contextual"}`, quote(silence, "5,40 €” ", "")) + "]",
		Want:     []string{"cleo: s007 contextual"},
		Rejected: []string{"line 1: \"The board did not reply.\" stands in the text more than once"},
	},
	{
		Story: "selectors that cannot be read, are wrong or missing", In: "[" +
			annotation(`"bodyValue":"a"`, `{"type":"XPathSelector","value":"/p[1]"}`) + ",\n" +
			annotation(`"bodyValue":"a"`, `[{"type":"CssSelector","value":"p"},{"type":"RangeSelector"}]`) + ",\n" +
			annotation(`"bodyValue":"a"`, `{"type":"TextPositionSelector","start":0,"end":19,"refinedBy":{"type":"XPathSelector"}}`) + ",\n" +
			annotation(`"bodyValue":"a"`, `{"type":"TextPositionSelector","start":5,"end":1e9}`) + ",\n" +
			annotation(`"bodyValue":"a"`, `{"type":"TextPositionSelector","start":"5","end":9}`) + ",\n" +
			annotation(`"bodyValue":"a"`, quote("Not a word of it.", "", "")) + ",\n" +
			`{"type":"Annotation","bodyValue":"a","target":"https://news.example/2026/fares?a=1&b=2"},` + "\n" +
			`{"type":"Annotation","bodyValue":"a","target":"https://elsewhere.example/"},` + "\n" +
			`{"type":"Annotation","bodyValue":"a"},` + "\n7," + "\n" +
			`{"type":"Annotation","http://www.w3.org/ns/oa#hasTarget":[]}]`,
		Rejected: []string{
			"line 1: selectors of the type XPathSelector", "line 2: selectors of the type CssSelector, RangeSelector", "line 3: selectors of the type one that is refined",
			"line 4: positions 5 to 1000000000 do not fit", "line 5: the start of the span is a string", "line 6: \"Not a word of it.\" does not stand", "line 7: it is about the whole article",
			"line 8: no article \"https://elsewhere.example/\" is in this store", "line 9: the annotation has no target", "line 10: an annotation is a number", "line 11: the JSON-LD is expanded",
		},
	},
	{
		Story: "a char fragment and a source inside a sentence", In: "[" + `{"type":"Annotation","motivation":"oa:commenting","bodyValue":"head","target":"https://news.example/2026/fares?a=1&b=2#char=0,19"},` +
			annotation(`"body":{"type":"TextualBody","purpose":"tagging","value":"speaker"}`, quote("Dr. M. Okafor", "", "")) + "]",
		Want: []string{"cleo: s001  (head)", `cleo: s003  source="Dr. M. Okafor"`},
	},
	{
		Story: "a link between two annotations, one that says nothing, one to nowhere", In: "[" +
			strings.Replace(annotation(`"motivation":"tagging","body":{"type":"TextualBody","value":"contested"}`, quote(board, "", "")), `"type":"Annotation"`, `"id":"urn:x:1","type":"Annotation"`, 1) + ",\n" +
			annotation(`"motivation":"linking","body":[{"type":"SpecificResource","source":"urn:x:1"},{"type":"TextualBody","purpose":"describing","value":"counters: says otherwise"}]`, quote(nobody, "", "")) + ",\n" +
			annotation(`"motivation":"linking","body":"urn:x:1"`, quote(nobody, "", "")) + ",\n" +
			annotation(`"motivation":"linking","body":"urn:x:2"`, quote(nobody, "", "")) + ",\n" +
			annotation(`"motivation":"linking","body":{"source":"https://council.example/"}`, quote(nobody, "", "")) + "]",
		Want:     []string{"cleo: s003  disputes>s004 neutral", "cleo: s004 contested"},
		Rejected: []string{"line 3: the link does not say which relation", "line 4: the body \"urn:x:2\" is no web address"},
	},
	{
		Story: "purposes without a place, a doubt, no body", In: "[" +
			annotation(`"body":[{"type":"TextualBody","purpose":"moderating","value":"spam"},{"type":"TextualBody","purpose":"questioning","value":"Is it so?"},7]`, quote(board, "", "")) + ",\n" +
			annotation(`"motivation":"highlighting"`, quote(board, "", "")) + "]",
		Want:     []string{"cleo: s004  (Is it so?) unsure"},
		Rejected: []string{`purpose "moderating"`, "a body is a number"},
		Left:     []string{"line 2: the annotation has no body"},
	},
	{
		Story: "rows of the Hypothesis service", In: `{"total":1,"rows":[{"id":"Ab","user":"acct:mia@hypothes.is","updated":"2026-11-20T10:30:00.123456+00:00","uri":"https://news.example/2026/fares?a=1&b=2","text":"look","tags":["contested","odd"],"target":[{` + source + `,"selector":[{"type":"RangeSelector"},{"type":"TextPositionSelector","start":189,"end":253},` + quote(board, "on the quay. ", " The board") + `]}]}]}`,
		Want:     []string{"mia: s004 contested (look) at 10:30"},
		Rejected: []string{`"odd" is no tag`}, Repaired: []string{"when they are read as utf16"},
	},
	{
		// The service hands out twenty when it is not asked for more; nothing said that there were others.
		Story: "the first rows of many of the Hypothesis service", In: `{"total":57,"rows":[{"user":"acct:mia@hypothes.is","text":"look","target":[{` + source + `,"selector":[` + quote(board, "", "") + `]}]}]}`,
		Want: []string{"mia: s004  (look)"}, Rejected: []string{"line 1: the file counts 57 annotations and has 1 of them"},
	},
	{Story: "a collection that lost its page", In: `{"type":"AnnotationCollection","total":3}`, Rejected: []string{"counts 3 annotations and has 0"}},
	{Story: "a page of a collection that says less than it has", In: `{"type":"AnnotationCollection","total":0,"first":{"type":"AnnotationPage","items":[]}}`},
	{Story: "pages that lie elsewhere", In: `{"type":"AnnotationCollection","total":3,"first":"https://x.example/1"}`, Rejected: []string{"not in the file"}},
	{Story: "an empty collection", In: `{"type":"AnnotationCollection","total":0}`},
	{Story: "something else", In: `"x"`, Rejected: []string{"neither an annotation nor a list"}},
	{Story: "a file that breaks off", In: `[{"type":"Annot`, Refused: "cut off"},
}

func TestWebAnnotationsOfOthersAreRead(t *testing.T) {
	interchangetest.Read(t, w3c.New(), interchangetest.SampleDesk(t), append(foreignCases, interchangetest.Hostile()...))
}

func TestATextBesideTheFileIsItsArticle(t *testing.T) {
	files := []interchange.File{
		{Name: "tide.txt", Data: []byte("The ship 🚢 left.\r\nNobody said why.\r\n")},
		{Name: "tide.utf16.anno.jsonld", Data: []byte(`{"type":"Annotation","motivation":"tagging","body":{"type":"TextualBody","value":"sourced"},"target":{"source":"https://x.example/","selector":{"type":"TextPositionSelector","start":0,"end":17}}}`)},
	}
	desk := &interchangetest.Desk{}
	e, r, err := w3c.New().Read(files, desk)
	if err != nil || !r.Clean() {
		t.Fatal(err, r)
	}
	if got := interchangetest.Said(e); len(got) != 1 || got[0] != "cleo: s001 sourced" || len(desk.Made) != 1 {
		t.Errorf("%q, %d articles made", got, len(desk.Made))
	}
}

func FuzzRead(f *testing.F) {
	var seeds []string
	for _, c := range foreignCases {
		seeds = append(seeds, c.In)
	}
	interchangetest.Fuzz(f, w3c.New(), "x.anno.jsonld", interchangetest.SampleDesk(f), seeds)
}

func TestAChangedTagIsAChangeByItsCreator(t *testing.T) {
	w, err := w3c.New().Write(interchangetest.Sample(t), interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	src := strings.Replace(string(w.Files[0].Data), `"value": "contested"`, `"value": "contextual"`, 1)
	e, r, err := w3c.New().Read([]interchange.File{{Name: "x.anno.jsonld", Data: []byte(src)}}, interchangetest.SampleDesk(t)())
	if err != nil || len(r.Rejected) > 0 {
		t.Fatal(err, r)
	}
	for _, v := range e.Documents[0].Reviewers {
		rec := v.Records[4]
		if v.Name == "ana" && (rec.Tag != "contextual" || rec.Rule != "" || rec.Rev != 2 || rec.Verdict == "" || len(rec.Links) != 2 || len(rec.Evidence) != 1) {
			t.Errorf("ana's annotation of s004 is %+v", rec)
		}
	}
}
