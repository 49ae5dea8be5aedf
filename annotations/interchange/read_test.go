package interchange_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/annotations/interchange"
)

// edited is the sample with old replaced by new, once.
func edited(t *testing.T, old, with string) []byte {
	t.Helper()
	b := write(t, interchange.JSON, sample(t))
	if !bytes.Contains(b, []byte(old)) {
		t.Fatalf("the sample does not hold %s", old)
	}
	return bytes.Replace(b, []byte(old), []byte(with), 1)
}

// editLine is the line on which b first differs from the sample.
func editLine(t *testing.T, b []byte) int {
	t.Helper()
	whole := write(t, interchange.JSON, sample(t))
	i := 0
	for i < min(len(b), len(whole)) && b[i] == whole[i] {
		i++
	}
	return bytes.Count(whole[:i], []byte("\n")) + 1
}

func read(t *testing.T, b []byte) (*interchange.Export, *interchange.Receipt) {
	t.Helper()
	e, receipt, err := interchange.ReadJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return e, receipt
}

func TestFilesThatAreDoubtfulAsAWholeAreRefused(t *testing.T) {
	whole := write(t, interchange.JSON, sample(t))
	for _, c := range []struct {
		name string
		file []byte
		line int // 0: where the edit is
		want string
	}{
		{"empty", nil, 1, "is not JSON here"},
		{"cut off", whole[:len(whole)/2], 8, "the file may be cut off"},
		{"something else", []byte(`{"format":"other","version":1}`), 1, `format: is not "stet-export"`},
		{"a list", []byte(`[]`), 1, "is of the wrong type (array); it must be an object"},
		{"a later version", edited(t, `"version":1,`, `"version":2,`), 4, "version: is 2; this program reads version 1: use a newer one"},
		{"a version beyond numbers", edited(t, `"version":1,`, `"version":1e400,`), 4, "version: is 1e400, not a number"},
		{"no version", edited(t, `"version":1,`, ``), 1, "version: is missing"},
		{"no articles", []byte(`{"format":"stet-export","version":1,"generator":{"name":"x","version":"1"}}`), 1, "articles: is missing"},
		{"null for articles", []byte(`{"format":"stet-export","version":1,"articles":null}`), 1, "articles: is missing"},
		{"no number", edited(t, `"version":1,`, `"version":"1",`), 4, `version: is "1", not a number; this program reads version 1`},
		{"unknown field", edited(t, `"paragraph":1`, `"colour":"red","paragraph":1`), 0, `articles[0].sentences[1].colour: unknown field "colour"`},
		{"field in other letters", edited(t, `"paragraph":1`, `"Paragraph":1`), 0, `articles[0].sentences[1].Paragraph: unknown field`},
		{"field with an escape in its name", edited(t, `"paragraph":1`, `"paragraph":1,"t\u0061g":null`), 0, `articles[0].sentences[1].tag: field "tag" is given twice`},
		{"field given twice", edited(t, `"paragraph":1`, `"paragraph":1,"paragraph":2`), 0, `articles[0].sentences[1].paragraph: field "paragraph" is given twice`},
		{"half a character", edited(t, `"title":"Ferry`, `"title":"\ud83d Ferry`), 0, "articles[0].title: holds half of a surrogate pair"},
		{"a pair of three", edited(t, `"codepoint":[0,19]`, `"codepoint":[0,19,20]`), 0, "articles[0].sentences[0].range.codepoint: has 3 elements, not 2"},
		{"not UTF-8", edited(t, `"title":"Ferry`, "\"title\":\"\xff"), 0, "is not UTF-8 here"},
		{"text for a number", edited(t, `"paragraph":1`, `"paragraph":"1"`), 0, "is of the wrong type (string); it must be a whole number in range"},
		{"no generator", edited(t, `"generator":{"name":"stet",`, `"generator":{"name":"",`), 1, "generator: names no program"},
		{"no time", edited(t, `"exported":"2026-11-20T09:59:30.00025Z"`, `"exported":"2026-11-20T10:59:30+01:00"`), 1, "is no time in UTC"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, receipt, err := interchange.ReadJSON(bytes.NewReader(c.file))
			line := c.line
			if line == 0 {
				line = editLine(t, c.file)
			}
			var file *interchange.FileError
			if !errors.As(err, &file) || e != nil || receipt != nil {
				t.Fatalf("accepted, or another error: %v", err)
			}
			if !strings.Contains(err.Error(), c.want) || file.Problems[0].Line != line {
				t.Errorf("got  %v\nwant line %d: %s", err, line, c.want)
			}
		})
	}
}

func TestOneWrongPieceLeavesTheRestStanding(t *testing.T) {
	for _, c := range []struct {
		name, old, with string
		line            int // 0: where the edit is
		want            string
		out             [4]int // articles, annotations, rulings, evidence that are taken
	}{
		{"the text was changed", `Ferry fares to rise\n\nPORT`, `Ferry fares to fall\n\nPORT`, 11, "articles[0]: textSHA256 is not that of the text", [4]int{}},
		{"another key", `"key":"c8`, `"key":"d8`, 11, "articles[0]: key is not that of the text", [4]int{}},
		{"a sentence is gone", `"id":"s005","index":4`, `"id":"s005","index":5`, 11, "articles[0]: sentences[4]: index is 5, its place is 4", [4]int{}},
		{"an id twice", `"id":"s005"`, `"id":"s004"`, 11, "has the ID 4, which is zero or taken", [4]int{}},
		{"a name with a slash", `"id":"ellery-post`, `"id":"../ellery-post`, 11, "its name is not made of ASCII letters", [4]int{}},
		{"words that are not there", `"text":"The board did not reply.","range":{"codepoint":[253`, `"text":"The board replied.","range":{"codepoint":[253`, 11, "sentences[4]: no range leads to its words", [4]int{}},
		{"unknown codebook", `"codebook":"ff`, `"codebook":"aa`, 11, "it is judged by codebook aa", [4]int{}},
		{"unknown tag", `{"by":"ben","tag":"sourced","rule":"S-1","rev"`, `{"by":"ben","tag":"sorced","rule":"S-1","rev"`, 0, `articles[0].sentences[1].annotations[1]: tag: "sorced" is not a tag of codebook "stet"`, [4]int{1, 6, 1, 1}},
		{"rule of another tag", `{"by":"ben","tag":"sourced","rule":"S-1","rev"`, `{"by":"ben","tag":"sourced","rule":"X-1","rev"`, 0, `rule: X-1 decides for "contextual"`, [4]int{1, 6, 1, 1}},
		{"a link to nowhere", `"to":"s003","note"`, `"to":"s033","note"`, 0, "links[0]: s033 of article", [4]int{1, 6, 1, 1}},
		{"a cue that is not there", `"text":"aides said"`, `"text":"aides sad"`, 0, "attributions[0]: cue[0]: no range leads to its words", [4]int{1, 6, 1, 1}},
		{"an item that was altered", `"locator":"item 6"`, `"locator":"item 7"`, 0, `articles[0].evidence[0]: id "ea08255c40b151b14" is not the key of what it says`, [4]int{1, 6, 1, 0}},
		{"a verdict unheard of", `"verdict":"amend"`, `"verdict":"maybe"`, 0, `articles[0].sentences[3].ruling: ruling: verdict "maybe"`, [4]int{1, 7, 0, 1}},
		{"a reviewer with an escape", `{"by":"ben","tag":"sourced","rule":"S-1","rev"`, `{"by":"ben\u001b","tag":"sourced","rule":"S-1","rev"`, 0, "holds a control or invisible character", [4]int{1, 6, 1, 1}},
		{"a reviewer twice", `{"by":"ben","tag":"sourced","rule":"S-1","rev"`, `{"by":"ana","tag":"sourced","rule":"S-1","rev"`, 0, "ana annotates the sentence twice", [4]int{1, 6, 1, 1}},
		{"local time", `"rev":1,"updated":"2026-11-20T09:06:30.00025Z"`, `"rev":1,"updated":"2026-11-20T09:06:30+02:00"`, 0, "updated: ", [4]int{1, 6, 1, 1}},
		{"a digest that is none", `"digest":"31`, `"digest":"XX`, 0, "confidential.digest: is not 64 hexadecimal digits", [4]int{1, 6, 1, 1}},
		{"only the tag was edited", `"tag":"sourced","decided":"reviewer","by":"ana"`, `"tag":"contextual","decided":"reviewer","by":"ana"`, 0, "articles[0].sentences[2]: tag, decided, by, updated, note and evidence do not follow", [4]int{1, 6, 1, 1}},
		{"only the list of links was edited", `"to":"s003","type":"disputes"`, `"to":"s002","type":"disputes"`, 36, "articles[0].links: is not the list that follows", [4]int{1, 7, 1, 1}},
		{"a codebook whose lists were edited", `"letter":"S"`, `"letter":"Z"`, 0, "codebooks[0]: its name, version or lists are not those of its source", [4]int{1, 7, 1, 1}},
		{"a codebook with another hash", `"hash":"ff`, `"hash":"aa`, 0, "codebooks[0]: hash is not the SHA-256", [4]int{1, 7, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := edited(t, c.old, c.with)
			line := c.line
			if line == 0 {
				line = editLine(t, b)
			}
			e, r := read(t, b)
			i := slices.IndexFunc(r.Rejected, func(p interchange.Problem) bool { return strings.Contains(p.String(), c.want) })
			if i < 0 {
				t.Fatalf("rejected %v\nwant %s", r.Rejected, c.want)
			}
			if r.Rejected[i].Line != line {
				t.Errorf("line %d, want %d: %s", r.Rejected[i].Line, line, r.Rejected[i])
			}
			if out := [4]int{r.Articles.Out, r.Annotations.Out, r.Rulings.Out, r.Evidence.Out}; out != c.out && c.name != "an item that was altered" {
				t.Errorf("took %v, want %v; rejected %v", out, c.out, r.Rejected)
			}
			if r.Articles.In != 1 || r.Annotations.In != 7 || r.Rulings.In != 1 || r.Evidence.In != 1 || r.Sentences.In != 7 {
				t.Errorf("counts what came in as %+v", r)
			}
			if err := interchange.WriteJSON(&bytes.Buffer{}, *e); err != nil {
				t.Errorf("what was taken cannot be written: %v", err)
			}
		})
	}
}

func TestRangesInTheWrongUnitAreRepairedAndNamed(t *testing.T) {
	const third = `"range":{"codepoint":[117,187],"utf16":[117,188],"byte":[119,196]}`
	for _, c := range []struct{ name, old, with, path, want string }{
		{"code points given as bytes", third, `"range":{"codepoint":[0,0],"utf16":[0,0],"byte":[117,187]}`, ".range", "the range in byte leads to the words when it is read as codepoint"},
		{"UTF-16 given as code points", third, `"range":{"codepoint":[117,188],"utf16":[0,0],"byte":[0,0]}`, ".range", "the range in codepoint leads to the words when it is read as utf16"},
		{"bytes alone", third, `"range":{"codepoint":[0,0],"utf16":[0,0],"byte":[119,196]}`, ".range", "the range in codepoint and utf16 does not lead to the words; another unit does"},
		{"no range at all", third + `,`, ``, ".range", "no range leads to the words; they were found by their place in the text"},
		{"an emoji in a quotation", `"text":"“Nobody asked us 🚢,”","range":{"codepoint":[117,137],"utf16":[117,138],"byte":[119,146]}`, `"text":"“Nobody asked us 🚢,”","range":{"codepoint":[117,138],"utf16":[117,138],"byte":[117,138]}`, ".annotations[0].attributions[0].content[0].range", "the range in byte and codepoint does not lead"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := edited(t, c.old, c.with)
			e, r := read(t, b)
			if len(r.Rejected) > 0 || len(r.Repaired) != 1 {
				t.Fatalf("rejected %v, repaired %v", r.Rejected, r.Repaired)
			}
			p := r.Repaired[0]
			if p.Path != "articles[0].sentences[2]"+c.path || !strings.Contains(p.Msg, c.want) {
				t.Errorf("got %s", p)
			}
			if c.name != "no range at all" && p.Line != editLine(t, b) {
				t.Errorf("line %d", p.Line)
			}
			if !bytes.Equal(write(t, interchange.JSON, *e), write(t, interchange.JSON, sample(t))) {
				t.Error("what was repaired is not what it was")
			}
		})
	}
}

func TestTheSecondOfTwoEqualSentencesStaysTheSecond(t *testing.T) {
	const seventh = `"range":{"codepoint":[306,330],"utf16":[307,331],"byte":[321,345]}`
	e, r := read(t, edited(t, seventh, `"range":{"codepoint":[253,277],"utf16":[254,278],"byte":[262,286]}`))
	if len(r.Rejected) > 0 || len(r.Repaired) != 1 {
		t.Fatalf("rejected %v, repaired %v", r.Rejected, r.Repaired)
	}
	if got := e.Documents[0].Article.Units[6].Span; got != (annotations.Span{Start: 321, End: 345}) {
		t.Errorf("span %v", got)
	}
}

// shortForm is what another program might write.
const shortForm = `{"format":"stet-export","version":1,"generator":{"name":"other","version":"1"},"exported":"2026-01-01T00:00:00Z","articles":[
{"id":"a1","text":"It rains 🚢. It does not.","textSHA256":"%s","sentences":[
{"id":"s001","index":0,"paragraph":0,"text":"It rains 🚢.","range":{"codepoint":[0,11],"utf16":[0,12],"byte":[0,14]},"tag":"sourced","by":"bot","note":"looked","evidence":[{"url":"https://weather.example/"}]},
{"id":"s002","index":1,"paragraph":0,"text":"It does not.","range":{"codepoint":[12,24],"utf16":[13,25],"byte":[15,27]},"tag":"contested","by":"bot"}],
"links":[{"id":"x1","from":"s002","to":"s001","type":"disputes","manner":"direct"}]}]}`

func TestTheShortFormOfOtherProgramsIsRead(t *testing.T) {
	hash := annotations.HashOf("It rains 🚢. It does not.")
	src := fmt.Sprintf(shortForm, hash)
	if err := validate(t, compiledSchema(t), []byte(src)); err != nil {
		t.Errorf("the schema does not allow it: %v", err)
	}
	e, r := read(t, []byte(src))
	if !r.Clean() || r.Annotations != (interchange.Tally{In: 2, Out: 2}) {
		t.Fatalf("receipt %+v", r)
	}
	d := e.Documents[0]
	if d.Codebook.Hash != codebook.Builtin().Hash || len(d.Reviewers) != 1 || d.Reviewers[0].Name != "bot" {
		t.Fatalf("document %+v", d)
	}
	one, two := d.Reviewers[0].Records[1], d.Reviewers[0].Records[2]
	if one.Tag != "sourced" || one.Note != "looked" || len(one.Evidence) != 1 || one.Evidence[0].Stance != annotations.Neutral {
		t.Errorf("first: %+v", one)
	}
	want := annotations.Link{Relation: annotations.Disputes, Manner: annotations.Direct, To: annotations.Target{Article: d.Article.ID, Sentence: 1}}
	if two.Tag != "contested" || !slices.Equal(two.Links, []annotations.Link{want}) {
		t.Errorf("second: %+v", two)
	}
	if err := interchange.Verify(interchange.JSON, write(t, interchange.JSON, *e), *e); err != nil {
		t.Error(err)
	}

	_, r = read(t, []byte(strings.Replace(src, `"by":"bot"}]`, `"note":"whose?"}]`, 1)))
	if len(r.Rejected) != 1 || !strings.Contains(r.Rejected[0].String(), "by is missing: say whose tag it is") {
		t.Errorf("a tag of nobody: %v", r.Rejected)
	}
}

func TestLinksThatLeaveTheFileAreCounted(t *testing.T) {
	if _, r := read(t, write(t, interchange.JSON, sample(t))); r.Outside != 1 {
		t.Errorf("%d links lead outside, want 1", r.Outside)
	}
}

func TestAFileThatIsTooLongIsRefused(t *testing.T) {
	whole := write(t, interchange.JSON, sample(t))
	if _, _, err := interchange.ReadLimited(bytes.NewReader(whole), int64(len(whole))); err != nil {
		t.Errorf("as long as the limit: %v", err)
	}
	_, _, err := interchange.ReadLimited(bytes.NewReader(whole), int64(len(whole))-1)
	if err == nil || !strings.Contains(err.Error(), "split it by article") {
		t.Errorf("a byte longer: %v", err)
	}
}

func FuzzReadJSON(f *testing.F) {
	e := sample(f)
	d := &e.Documents[0]
	d.Secrets = map[annotations.ReviewerKey]string{{Sentence: 4, Reviewer: "ana"}: "called the clerk"}
	d.Events = []annotations.Event{{Pos: 1, Seq: 1, Kind: annotations.EventImport, Article: d.Article.ID, Meta: &d.Article.Meta, Time: e.Exported}}
	// Short seeds go further: the built-in codebook is known without its source.
	short := func(e interchange.Export) []byte {
		b := write(f, interchange.JSON, e)
		before, rest, _ := bytes.Cut(b, []byte("\n{\"name\":\"stet\""))
		_, after, ok := bytes.Cut(rest, []byte("\n]"))
		if !ok {
			f.Fatal("the file is laid out in another way")
		}
		return slices.Concat(before, []byte("]"), after)
	}
	seeds := [][]byte{
		short(e), short(sample(f)), write(f, interchange.JSON, sample(f)),
		fmt.Appendf(nil, shortForm, annotations.HashOf("It rains 🚢. It does not.")),
		[]byte(`{"format":"stet-export","version":1}`), []byte(`{"format":"stet-export","version":1,"articles":[{"sentences":[{}]}],"x":[]}`), {},
	}
	if len(seeds) < 7 || len(seeds[0]) < 1000 {
		f.Fatal("the seeds are gone")
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, receipt, err := interchange.ReadJSON(bytes.NewReader(b))
		if err != nil {
			var file *interchange.FileError
			if !errors.As(err, &file) || len(file.Problems) == 0 {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		for _, x := range []interchange.Tally{receipt.Articles, receipt.Sentences, receipt.Annotations, receipt.Rulings, receipt.Evidence, receipt.Events} {
			if x.Out < 0 || x.Out > x.In {
				t.Fatalf("%d of %d were taken: %+v", x.Out, x.In, receipt)
			}
		}
		for i := range e.Documents {
			a := e.Documents[i].Article
			if err := annotations.CheckUnits(a.Body, a.Units); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range []interchange.Format{interchange.JSON, interchange.JSONL, interchange.CSV, interchange.TSV} {
			if err := interchange.Verify(f, write(t, f, *e), *e); err != nil {
				t.Fatal(err)
			}
		}
	})
}
