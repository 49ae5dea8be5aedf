package webanno_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/standoff/standofftest"
	"stet.example/stet/annotations/interchange/webanno"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func write(t rapid.TB, e interchange.Export) interchange.Written {
	t.Helper()
	w, err := webanno.New().Write(e, interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestGoldenFiles(t *testing.T) {
	standofftest.Golden(t, write(t, standofftest.Sample()).Files, *update)
}

func TestLayoutIsTheTools(t *testing.T) {
	lines := strings.Split(string(write(t, standofftest.Sample()).Files[0].Data), "\n")
	if lines[0] != "#FORMAT=WebAnno TSV 3.3" || !strings.HasPrefix(lines[1], "#T_SP=webanno.custom.FactCheck|tag|note|") || !strings.HasSuffix(lines[2], "|relation|BT_webanno.custom.FactCheck") || lines[3] != "" || lines[4] != "" {
		t.Errorf("the head is\n%s", strings.Join(lines[:6], "\n"))
	}
	for i, l := range lines[5:] {
		if l != "" && l[0] != '#' && !strings.HasSuffix(l, "\t") {
			t.Errorf("line %d does not end with a tab: %q", i+6, l)
		}
	}
}

// fold is what the format keeps of an annotation.
func fold(a *annotations.Article, x annotations.Annotation) annotations.Annotation {
	x = x.Clone()
	x.Confidential, x.Verdict, x.Attributions = nil, "", nil
	x.Note = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(x.Note) // it ends a line too
	x.Links = slices.DeleteFunc(x.Links, func(l annotations.Link) bool { return l.To.Article != a.ID })
	slices.SortStableFunc(x.Links, byTarget(a))
	for i := range x.Links {
		x.Links[i].Note = ""
	}
	if len(x.Links) == 0 {
		x.Links = nil
	}
	return x
}

// byTarget is the order in which a file gives links: by the rows they lead to.
func byTarget(a *annotations.Article) func(x, y annotations.Link) int {
	return func(x, y annotations.Link) int { return a.Index(x.To.Sentence) - a.Index(y.To.Sentence) }
}

func TestWhatTheFormatHoldsComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := standofftest.Single(t, interchangetest.Draw(t))
		w := write(t, e)
		got, receipt, err := webanno.New().Read(w.Files, standofftest.Of(e))
		if err != nil {
			t.Fatalf("%v\n%q", err, w.Files[0].Data)
		}
		if !receipt.Clean() {
			t.Fatalf("rejected %v, repaired %v\n%s", receipt.Rejected, receipt.Repaired, w.Files[0].Data)
		}
		for _, d := range e.Documents {
			for _, r := range d.Reviewers {
				for id, rec := range r.Records {
					want := fold(d.Article, rec.Annotation)
					have := standofftest.Said(got, d.Article.ID, r.Name, id)
					if have == nil {
						if !want.IsZero() {
							t.Fatalf("%s of %s is gone: %+v", id, d.Article.Name, want)
						}
						continue
					}
					if !have.Equal(want) || !have.Time.Equal(rec.Time) {
						t.Fatalf("%s came back as\n%+v, not\n%+v", id, have.Annotation, want)
					}
				}
			}
		}
		if again := write(t, e); !bytes.Equal(again.Files[0].Data, w.Files[0].Data) {
			t.Fatal("written again, the bytes differ")
		}
	})
}

const example = `#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.FactCheck|tag|note


#Text=UNODC says X 😀.
1-1	0-5	UNODC	contested[1]	see UNODC 2024 p. 12[1]	
1-2	6-10	says	contested[1]	see UNODC 2024 p. 12[1]	
1-3	11-12	X	contested[1]	see UNODC 2024 p. 12[1]	
1-4	13-15	😀	contested[1]	see UNODC 2024 p. 12[1]	
1-5	15-16	.	contested[1]	see UNODC 2024 p. 12[1]	

#Text=The ministry says Y.
2-1	17-20	The	sourced[2]	*[2]	
2-2	21-29	ministry	sourced[2]	*[2]	
2-3	30-34	says	sourced[2]	*[2]	
2-4	35-36	Y	sourced[2]	*[2]	
2-5	36-37	.	sourced[2]	*[2]	
`

// others is what INCEpTION writes with other layers about: parts of speech,
// slots, a chain, stacked entities, relations and a part of a word.
const others = `#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=webanno.custom.Frame|Name|ROLE_webanno.custom.Frame:args_webanno.custom.FrameArgsLink|uima.tcas.Annotation
#T_SP=webanno.custom.Claims|Kind|Comment
#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation
#T_RL=webanno.custom.Against|Role|BT_webanno.custom.Claims


#Sentence.id=s1
#Text=UNODC says X.
1-1	0-5	UNODC	NNP	says	A0;*	1-1;1-3[4]	Sourced[1]|Contested[2]	a\_b\|c[1]|*[2]	person[1]	*->1-1	disputes	2-1[3_1]	
1-1.1	0-2	UN	_	_	_	_	_	_	_	_	_	_	
1-2	6-10	says	VBZ	_	_	_	Sourced[1]	a\_b\|c[1]	_	_	_	_	
1-3	11-12	X	_	_	_	_	Sourced[1]	a\_b\|c[1]	_	_	_	_	
1-4	12-13	.	_	_	_	_	Sourced[1]	a\_b\|c[1]	_	_	_	_	

#Text=The ministry says Y.
2-1	14-17	The	_	_	_	_	contextual[3]	_	_	_	_	_	
2-2	18-26	ministry	_	_	_	_	contextual[3]	_	_	_	_	_	
2-3	27-31	says	_	_	_	_	contextual[3]	_	_	_	_	_	
2-4	32-33	Y	_	_	_	_	contextual[3]	_	_	_	_	_	
2-5	33-34	.	_	_	_	_	contextual[3]	_	_	_	_	_	
`

func load(t *testing.T, data string) (*interchange.Export, *interchange.Receipt) {
	t.Helper()
	e, r, err := webanno.New().Read([]interchange.File{{Name: "doc.tsv", Data: []byte(data)}}, &standofftest.Library{})
	if err != nil {
		t.Fatal(err)
	}
	return e, r
}

func TestTheRunningExampleIsRead(t *testing.T) {
	e, r := load(t, example)
	if !r.Clean() || standofftest.Count(e) != 2 {
		t.Fatalf("%d annotations, %v %v", standofftest.Count(e), r.Repaired, r.Rejected)
	}
	d := e.Documents[0]
	one := standofftest.Said(e, d.Article.ID, "rita", 1)
	if d.Article.Body != "UNODC says X 😀.\nThe ministry says Y." || one.Tag != "contested" || one.Note != "see UNODC 2024 p. 12" {
		t.Errorf("%q %+v", d.Article.Body, one)
	}
}

func TestPositionsInCodePointsAreRepaired(t *testing.T) {
	s := strings.NewReplacer("13-15", "13-14", "15-16\t.", "14-15\t.", "17-20", "16-19", "21-29", "20-28", "30-34", "29-33", "35-36", "34-35", "36-37", "35-36").Replace(example)
	e, r := load(t, s)
	if standofftest.Count(e) != 2 || len(r.Repaired) != 1 || !strings.Contains(r.Repaired[0].Msg, "codepoint") {
		t.Errorf("%d annotations, %v %v", standofftest.Count(e), r.Repaired, r.Rejected)
	}
}

func TestOtherLayersAreSteppedOverAndCounted(t *testing.T) {
	e, r := load(t, others)
	a := e.Documents[0].Article.ID
	one, two := standofftest.Said(e, a, "rita", 1), standofftest.Said(e, a, "rita", 2)
	if one == nil || one.Tag != "sourced" || one.Note != "a_b|c" {
		t.Fatalf("%+v", one)
	}
	if two == nil || two.Tag != "contextual" || len(two.Links) != 1 || two.Links[0].Relation != annotations.Disputes || two.Links[0].To.Sentence != 1 {
		t.Fatalf("%+v", two)
	}
	// A stacked "contested" on the first word loses against the whole sentence.
	if len(r.Rejected) != 4 || !strings.Contains(r.Rejected[0].Msg+r.Rejected[1].Msg+r.Rejected[2].Msg+r.Rejected[3].Msg, "CoreferenceLink") {
		t.Errorf("%v", r.Rejected)
	}
	if len(r.Repaired) != 1 {
		t.Errorf("%v", r.Repaired)
	}
}

func TestUnknownTagsAreNamedWithTheirLine(t *testing.T) {
	_, r := load(t, strings.ReplaceAll(example, "contested", "disputed"))
	if len(r.Rejected) != 1 || r.Rejected[0].Line != 6 || !strings.Contains(r.Rejected[0].Msg, "it has sourced, contested, contextual") {
		t.Errorf("%v", r.Rejected)
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	for _, c := range []struct{ story, data, says string }{
		{"another format", "hello\n", "is no WebAnno TSV 3 file"},
		{"nothing", "", "is no WebAnno TSV 3 file"},
		{"a gap as large as the world", "#FORMAT=WebAnno TSV 3.3\n\n#Text=a\n1-1\t2000000000-2000000001\ta\t\n", "the sentence begins at 2000000000"},
		{"a row without its columns", "#FORMAT=WebAnno TSV 3.3\n#T_SP=x|y|z\n\n#Text=a\n1-1\t0-1\ta\t\n", "is no row"},
		{"a word twice", "#FORMAT=WebAnno TSV 3.3\n\n#Text=a\n1-1\t0-1\ta\t\n1-1\t0-1\ta\t\n", "stands twice"},
		{"a word in no sentence", "#FORMAT=WebAnno TSV 3.3\n\n1-1\t0-1\ta\t\n", "stands in no sentence"},
		{"sentences backwards", "#FORMAT=WebAnno TSV 3.3\n\n#Text=abc\n1-1\t0-3\tabc\t\n\n#Text=b\n2-1\t1-2\tb\t\n", "the sentence begins at 1"},
		{"words that stand nowhere", "#FORMAT=WebAnno TSV 3.3\n\n#Text=abc\n1-1\t0-3\txyz\t\n", "no word stands"},
		{"not UTF-8", "#FORMAT=WebAnno TSV 3.3\n\xff", "not valid UTF-8"},
	} {
		t.Run(c.story, func(t *testing.T) {
			_, _, err := webanno.New().Read([]interchange.File{{Name: "doc.tsv", Data: []byte(c.data)}}, &standofftest.Library{})
			var wrong *interchange.FileError
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v does not say %q", err, c.says)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	w, err := webanno.New().Write(standofftest.Sample(), interchange.Options{})
	if err != nil || len(w.Files) != 1 {
		f.Fatalf("no seeds: %v", err)
	}
	f.Add(string(w.Files[0].Data))
	f.Add(example)
	f.Add(others)
	f.Fuzz(func(t *testing.T, data string) {
		e, r, err := webanno.New().Read([]interchange.File{{Name: "a.tsv", Data: []byte(data)}}, &standofftest.Library{})
		if err != nil {
			return
		}
		if n := standofftest.Count(e); n != r.Annotations.Out || n > r.Annotations.In {
			t.Fatalf("%d annotations, the receipt says %+v", n, r.Annotations)
		}
		e.Generator, e.Version = "stet", "1"
		if _, err := webanno.New().Write(*e, interchange.Options{}); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	})
}

// A few rows can name positions far apart: the white space between them is not
// made up to any length.
func TestPositionsFarApartAreRefusedBeforeTheyCostMemory(t *testing.T) {
	var b strings.Builder
	b.WriteString("#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.FactCheck|tag\n\n")
	for i := range 200 {
		fmt.Fprintf(&b, "\n#Text=O\n%d-1\t%d-%d\tO\tsourced\t\n", i+1, i*60_000, i*60_000+1)
	}
	_, _, err := webanno.New().Read([]interchange.File{{Name: "far.tsv", Data: []byte(b.String())}}, interchangetest.EmptyDesk())
	var file *interchange.FileError
	if !errors.As(err, &file) || !strings.Contains(err.Error(), "more white space") {
		t.Errorf("the error is %v", err)
	}
}
