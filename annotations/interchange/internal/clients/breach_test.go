package clients_test

import (
	"bytes"
	"strings"
	"testing"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/docx"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/clients"
	"stet.example/stet/annotations/interchange/labelstudio"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/w3c"
	"stet.example/stet/annotations/interchange/webanno"
)

// A client that takes everything proves nothing: each must notice what its
// program would refuse, drop or show wrongly.
func TestEachClientNoticesAPlantedBreach(t *testing.T) {
	sample := interchangetest.Sample(t)
	body := sample.Documents[0].Article.Body
	web := func(files []interchange.File) error {
		_, err := clients.WebAnnotations(files, map[string]string{strings.TrimSuffix(files[0].Name, ".anno.jsonld"): body})
		return err
	}
	only := func(read func([]interchange.File) ([]clients.Reading, error)) func([]interchange.File) error {
		return func(files []interchange.File) error { _, err := read(files); return err }
	}
	for _, c := range []struct {
		story    string
		dialect  interchange.Dialect
		options  interchange.Options
		read     func([]interchange.File) error
		old, new string
	}{
		{"brat: words that do not stand there", brat.New(), interchange.Options{}, only(clients.Brat), "two council aides said", "two council aids said"},
		{"brat: a type that is not declared", brat.New(), interchange.Options{}, only(clients.Brat), "\nSourced\n", "\nSaucy\n"},
		{"brat: an ID twice", brat.New(), interchange.Options{}, only(clients.Brat), "T2\t", "T1\t"},
		{"brat: a relation to nothing", brat.New(), interchange.Options{}, only(clients.Brat), "Arg2:T", "Arg2:T9"},
		{"brat: a value that is not declared", brat.New(), interchange.Options{}, only(clients.Brat), "Value:C-a|C-b|C-c|C-d|S-1", "Value:C-a"},
		{"doccano: a letter that it would guess at", doccano.New(), interchange.Options{}, only(clients.DoccanoRelations), `\u2014`, "—"},
		{"doccano: a span over another", doccano.New(), interchange.Options{}, only(clients.DoccanoRelations), `"end_offset":`, `"end_offset":1`},
		{"doccano: an id twice", doccano.New(), interchange.Options{}, only(clients.DoccanoRelations), `{"id":3,`, `{"id":2,`},
		{"doccano: a span inside a character", doccano.New(), interchange.Options{Shape: "spans"}, only(clients.DoccanoSpans), `[[21,`, `[[21.5,`},
		{"doccano: two labels of one class", doccano.New(), interchange.Options{Shape: "class"}, only(clients.DoccanoClasses), `"label":["sourced"]`, `"label":["sourced","contested"]`},
		{"Label Studio: a label that is not declared", labelstudio.New(), interchange.Options{}, only(clients.LabelStudio), `<Label value="sourced"`, `<Label value="saucy"`},
		{"Label Studio: other words", labelstudio.New(), interchange.Options{}, only(clients.LabelStudio), `"text": "PORT`, `"text": "FORT`},
		{"Label Studio: a direction that there is not", labelstudio.New(), interchange.Options{}, only(clients.LabelStudio), `"direction": "right"`, `"direction": "up"`},
		{"Prodigy: a token at another place", prodigy.New(), interchange.Options{}, only(clients.Prodigy), `"end":5,"id":0`, `"end":4,"id":0`},
		{"Prodigy: an answer that there is not", prodigy.New(), interchange.Options{}, only(clients.Prodigy), `"answer":"accept"`, `"answer":"yes"`},
		{"WebAnno: a row too short", webanno.New(), interchange.Options{}, only(clients.WebAnno), "\t*[1]\t", "\t"},
		{"WebAnno: a second blank line", webanno.New(), interchange.Options{}, only(clients.WebAnno), "\n\n#Sentence.id=s003", "\n\n\n#Sentence.id=s003"},
		{"WebAnno: a mark without an escape", webanno.New(), interchange.Options{}, only(clients.WebAnno), `\_source`, "_source"},
		{"Web Annotation: a position off by one", w3c.New(), interchange.Options{}, web, `"start": 21,`, `"start": 22,`},
		{"Web Annotation: a suffix that does not follow", w3c.New(), interchange.Options{}, web, `"suffix": "`, `"suffix": "x`},
		{"Web Annotation: a time that is not UTC", w3c.New(), interchange.Options{}, web, `Z",`, `+01:00",`},
		{"Web Annotation: a purpose that the context lacks", w3c.New(), interchange.Options{}, web, `"purpose": "tagging"`, `"purpose": "assessing"`},
	} {
		t.Run(c.story, func(t *testing.T) {
			w, err := c.dialect.Write(sample, c.options)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.read(w.Files); err != nil {
				t.Fatalf("before: %v", err)
			}
			planted := false
			for i := range w.Files {
				if mended := bytes.Replace(w.Files[i].Data, []byte(c.old), []byte(c.new), 1); !planted && !bytes.Equal(mended, w.Files[i].Data) && !strings.HasSuffix(w.Files[i].Name, ".txt") {
					w.Files[i].Data, planted = mended, true
				}
			}
			if !planted {
				t.Fatalf("%q is not in the files: nothing was planted", c.old)
			}
			if err := c.read(w.Files); err == nil {
				t.Error("it went unnoticed")
			}
		})
	}
}

func TestTheDocumentReaderNoticesACutArchive(t *testing.T) {
	w, err := docx.New().Write(interchangetest.Sample(t), interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := clients.Document(w.Files); err != nil {
		t.Fatal(err)
	}
	w.Files[0].Data = w.Files[0].Data[:len(w.Files[0].Data)-40]
	if _, err := clients.Document(w.Files); err == nil {
		t.Error("it went unnoticed")
	}
}

func TestTheTableReaderNoticesBreaches(t *testing.T) {
	for story, data := range map[string]string{
		"no mark":           "a,b\r\n",
		"a formula":         "\ufeffa,=1+1\r\n",
		"a bare line feed":  "\ufeffa,b\nc,d\r\n",
		"a row too short":   "\ufeffa,b\r\nc\r\n",
		"a quotation mark":  "\ufeffa\"b,c\r\n",
		"an open quotation": "\ufeff\"a,b\r\n",
		"a control":         "\ufeffa\x1b,b\r\n",
	} {
		if _, err := clients.Table([]byte(data)); err == nil {
			t.Errorf("%s went unnoticed", story)
		}
	}
	rows, err := clients.Table([]byte("\ufeffa,\"b \"\"c\"\"\nd\"\r\n,e\r\n"))
	if err != nil || len(rows) != 2 || rows[0][1] != "b \"c\"\nd" {
		t.Errorf("%q, %v", rows, err)
	}
}
