package interchange_test

import (
	"fmt"
	"testing"

	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/labelstudio"
)

// Positions that are one off and words that stand there twice: one format took the copy
// next to the place, the other refused the same span. What stands once is found by both,
// and of copies neither guesses.
func TestAShiftedSpanMeansTheSameInEveryFormat(t *testing.T) {
	for _, c := range []struct{ text, words string }{
		{"Fares rise. Nobody asked us.", "Fares rise."},
		{"Fares rise. Nobody asked us. Fares rise.", "Fares rise."},
	} {
		formats := map[interchange.Format][]interchange.File{
			brat.New().Format(): {
				{Name: "doc.txt", Data: []byte(c.text)}, {Name: "annotation.conf"},
				{Name: "doc.ann", Data: fmt.Appendf(nil, "T1\tSourced 1 12\t%s\n", c.words)},
			},
			labelstudio.New().Format(): {{Name: "tasks.json", Data: fmt.Appendf(nil, `[{"data":{"text":%q},"annotations":[{"result":[`+
				`{"id":"a","from_name":"tag","to_name":"text","type":"labels","value":{"start":1,"end":12,"text":%q,"labels":["sourced"]}}]}]}]`, c.text, c.words)}},
		}
		for _, d := range []interchange.Dialect{brat.New(), labelstudio.New()} {
			_, r, err := d.Read(formats[d.Format()], interchangetest.EmptyDesk())
			if err != nil {
				t.Fatal(d.Format(), err)
			}
			want := 1
			if len(c.text) > 30 {
				want = 0
			}
			if r.Annotations.Out != want || len(r.Rejected) != 1-want {
				t.Errorf("%s, %q in %q: %d taken, want %d; rejected %v, repaired %v", d.Format(), c.words, c.text, r.Annotations.Out, want, r.Rejected, r.Repaired)
			}
		}
	}
}
