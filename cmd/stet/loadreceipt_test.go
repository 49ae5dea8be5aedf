package main

import "testing"

// Several files are read together, and one line of one of them is wrong: whoever has
// to mend it needs that file's name.
func TestAReceiptNamesTheFileThatIsAtFault(t *testing.T) {
	t.Parallel()
	several := &loadReceipt{File: "out/a.ann out/a.b.ann", files: []string{"out/a.ann", "out/a.b.ann"}}
	for _, c := range []struct {
		of   *loadReceipt
		p    problemJSON
		want string
	}{
		{several, problemJSON{Line: 4, Path: "a.b.ann", Msg: "no tab"}, "out/a.b.ann|line 4: no tab"},
		{several, problemJSON{Line: 4, Path: "a.ann: s003.range", Msg: "no words"}, "out/a.ann|line 4: s003.range: no words"},
		{several, problemJSON{Path: "article harbour", Msg: "cut otherwise"}, "out/a.ann out/a.b.ann|article harbour: cut otherwise"},
		{&loadReceipt{File: "a.ann"}, problemJSON{Line: 4, Msg: "no tab"}, "a.ann|line 4: no tab"},
	} {
		file, what := c.of.in(c.p)
		if got := file + "|" + what.String(); got != c.want {
			t.Errorf("%+v: %q, not %q", c.p, got, c.want)
		}
	}
}
