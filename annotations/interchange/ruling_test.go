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
					Verdict: annotations.Amend, Tag: was.Tag, Rule: was.Rule, Codebook: was.Codebook,
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
