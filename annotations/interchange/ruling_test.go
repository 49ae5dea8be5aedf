package interchange_test

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/webanno"
)

// A lead's tag comes back as a ruling, and not as if the lead had tagged the
// sentence as a reviewer.
func TestARulingComesBackAsARuling(t *testing.T) {
	for _, d := range []interchange.Dialect{brat.New(), webanno.New()} {
		t.Run(string(d.Format()), func(t *testing.T) {
			sample := interchangetest.Sample(t)
			w, err := d.Write(sample, interchange.Options{})
			if err != nil {
				t.Fatal(err)
			}
			e, r, err := d.Read(w.Files, interchangetest.SampleDesk(t)())
			if err != nil || len(r.Rejected) > 0 {
				t.Fatal(err, r.Rejected)
			}
			if r.Rulings.In != 1 || r.Rulings.Out != 1 {
				t.Errorf("rulings: %+v", r.Rulings)
			}
			doc := &e.Documents[0]
			for id, was := range sample.Documents[0].Rulings {
				want := annotations.RulingRecord{By: was.By, Rev: 1, Time: was.Time, Ruling: annotations.Ruling{
					Verdict: annotations.Amend, Tag: was.Tag, Rule: was.Rule, Codebook: was.Codebook, Words: was.Words,
				}}
				if got := doc.Rulings[id]; got != want {
					t.Errorf("%s: %+v, not %+v", id, got, want)
				}
				for _, who := range doc.Reviewers {
					if who.Name == was.By {
						t.Errorf("%s became a reviewer", was.By)
					}
				}
			}
		})
	}
}

func TestARulingIsRepeatedByItsPoorerForm(t *testing.T) {
	there := annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Rule: "C-c", Codebook: annotations.HashOf("x"), Reason: "see\r\nthe minutes\x1b", Reviewer: "ana"}
	same := annotations.Ruling{Verdict: annotations.Amend, Tag: "contested", Rule: "C-c", Reason: "see\nthe minutes␛", Reviewer: "ana"}
	if !interchange.RepeatsRuling(there, same) {
		t.Error("white space and pictures make it another")
	}
	for story, change := range map[string]func(r *annotations.Ruling){
		"another verdict":  func(r *annotations.Ruling) { r.Verdict, r.Tag = annotations.Neither, "" },
		"another tag":      func(r *annotations.Ruling) { r.Tag = "sourced" },
		"another rule":     func(r *annotations.Ruling) { r.Rule = "" },
		"another person's": func(r *annotations.Ruling) { r.Reviewer = "" },
		"another reason":   func(r *annotations.Ruling) { r.Reason = "see the records" },
	} {
		other := same
		if change(&other); interchange.RepeatsRuling(there, other) {
			t.Errorf("%s is taken for the same", story)
		}
	}
}

// A lead may amend a tag and cite the rule of the one that is wrong.
func TestARuleOfAnotherTagIsNoPartOfAnAnswer(t *testing.T) {
	for _, d := range []interchange.Dialect{brat.New(), webanno.New()} {
		sample := interchangetest.Sample(t)
		r := sample.Documents[0].Rulings[4]
		r.Rule = "S-1"
		sample.Documents[0].Rulings[4] = r
		w, err := d.Write(sample, interchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		back, receipt, err := d.Read(w.Files, interchangetest.SampleDesk(t)())
		if err != nil || !receipt.Clean() {
			t.Fatalf("%s: %v, rejected %v", d.Format(), err, receipt.Rejected)
		}
		if got := back.Documents[0].Rulings[4]; got.Tag != "contested" || got.Rule != "" {
			t.Errorf("%s: %+v", d.Format(), got)
		}
	}
}
