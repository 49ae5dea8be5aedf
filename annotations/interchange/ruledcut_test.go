package interchange_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/w3c"
)

// ruledThenCut is the sample, in which the sentence that a lead ruled on was cut
// otherwise since.
func ruledThenCut(t *testing.T) (e interchange.Export, id annotations.SentenceID) {
	t.Helper()
	e = interchangetest.Sample(t)
	for at, r := range e.Documents[0].Rulings {
		r.Words, id = 0xabc, at
		e.Documents[0].Rulings[at] = r
	}
	return e, id
}

// A lead amended a sentence to "contested", and it was split afterwards. The export gave
// the tag of the ruling to what is left of it, as decided by a lead who never read that.
func TestARulingOnOtherWordsDecidesNothing(t *testing.T) {
	e, id := ruledThenCut(t)
	sheets, err := interchange.Sheets(&e)
	if err != nil {
		t.Fatal(err)
	}
	if a := sheets[0].Answer(id); a.How == "ruling" || a.Tag == "contested" && a.By == "lea" {
		t.Errorf("the one answer is %+v", a)
	}
	var out bytes.Buffer
	if err := interchange.WriteJSON(&out, e); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Contains(got, `"decided":"ruling"`) || !strings.Contains(got, `"words":"0000000000000abc"`) {
		t.Errorf("the native format has the ruling as one of these words")
	}
	back, receipt, err := interchange.ReadJSON(bytes.NewReader(out.Bytes()))
	if err != nil || len(receipt.Rejected) > 0 || !reflect.DeepEqual(back.Documents[0].Rulings, e.Documents[0].Rulings) {
		t.Errorf("read back: %+v, %+v, %v", back.Documents[0].Rulings, receipt.Rejected, err)
	}
	out.Reset()
	if err := interchange.WriteCSV(&out, e); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "amend to contested") {
		t.Errorf("a table shows the ruling beside words that it was not made on")
	}
}

// Of a ruling that was made before stores wrote it down, and that undo brought back, nobody
// knows the words. A file says so: read as one on the words of now, it would be another
// ruling than the one that is in the store, each time the file is loaded.
func TestARulingOnUnknownWordsStaysThat(t *testing.T) {
	e := interchangetest.Sample(t)
	for id, r := range e.Documents[0].Rulings {
		r.Words = 0
		e.Documents[0].Rulings[id] = r
	}
	var out bytes.Buffer
	if err := interchange.WriteJSON(&out, e); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"decided":"ruling"`) {
		t.Error("where the words are not known, it is taken to be of those of now")
	}
	back, receipt, err := interchange.ReadJSON(&out)
	if err != nil || len(receipt.Rejected) > 0 || !reflect.DeepEqual(back.Documents[0].Rulings, e.Documents[0].Rulings) {
		t.Errorf("read back: %+v, %+v, %v", back.Documents[0].Rulings, receipt.Rejected, err)
	}
}

// Programs that know one label a sentence get none from such a ruling; where it travels
// with the file, it comes back as one on other words.
func TestARulingOnOtherWordsTravels(t *testing.T) {
	for _, d := range []interchange.Dialect{brat.New(), w3c.New(), prodigy.New(), doccano.New()} {
		t.Run(string(d.Format()), func(t *testing.T) {
			e, id := ruledThenCut(t)
			w, err := d.Write(e, interchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			got, r, err := d.Read(w.Files, interchangetest.SampleDesk(t)())
			if err != nil || len(r.Rejected) > 0 {
				t.Fatal(err, r.Rejected)
			}
			now, has := got.Documents[0].Rulings[id]
			if has && now.Words != 0xabc {
				t.Errorf("it came back as %+v", now)
			}
			if d.Format() == "brat" == has {
				t.Errorf("it came back: %v", has)
			}
		})
	}
}
