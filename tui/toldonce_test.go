package tui_test

import (
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store/storetest"
	"stet.example/stet/tui"
)

// What is wrong with a file of keys was told anew at each article, and hid what was said
// of that.
func TestAFaultOfTheKeysFileIsToldOnce(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 5))
	wrong := func(o *tui.Options) {
		o.KeysAt, o.Keys = "config.toml", []byte("[keys.review]\nnote = \"s\"\n")
	}
	for _, first := range []bool{true, false} {
		at := id
		if !first {
			at = annotations.Desk
		}
		d := show(t, st, at, 100, 24, wrong)
		if !first {
			d.WaitFor("1 article")
			d.Type("<enter>")
		}
		d.WaitFor("config.toml", "of 4 tagged")
		d.Type("jq")
		d.WaitFor("1 article")
		d.WaitGone("config.toml")
		d.Type("<enter>")
		d.WaitFor("of 4 tagged", "> ")
		if text := d.Text(); strings.Contains(text, "config.toml") {
			t.Errorf("it is told again:\n%s", text)
		}
		d.Type("<ctrl+c>")
		d.WaitEnd()
	}
}

// In lines: “Smith” was told to stand there twice, the second time in “Smithsonian”; who
// said that a source spoke to the outlet got no answer; of a source of which only words
// are marked a dot was told; and a kind was called by its inner name.
func TestMarkingInLinesSaysWhatIsMeant(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), read(t, "The Smithsonian is old, Smith said.\n\nIt is green, Berg said.\n"))
	var out strings.Builder
	err := tui.RunPlain(t.Context(), tui.Options{
		Store: st, Session: storetest.Session(t, "ana"), Article: id, Output: &out,
		Input: strings.NewReader("v\nSmith\nsaid\n\np\n1\n\ns\nv\n\n\nIt is green\n+\n\n\nBerg said\n\n\no\nBerg\nb\nq\n"),
	}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"source “Smith”, cue “said”", "spoke to this outlet", "not named, only its words are marked · ", "source Berg, named other. Saved."} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not said", want)
		}
	}
	if strings.Contains(out.String(), "stands there 2 times") || strings.Contains(out.String(), "named_other") {
		t.Error("what is not so is said")
	}
	if a := (&desk{t: t, st: st}).said(id, 1); len(a.Attributions) != 1 || len(a.Attributions[0].Source) != 1 || a.Attributions[0].Source[0].Start != 24 || a.Attributions[0].Hops != 1 {
		t.Errorf("1 is %+v", a)
	}
	if t.Failed() {
		t.Log(out.String())
	}
}

// By mouse alone words could be said to be the source, by the hint, but neither the cue nor
// the content.
func TestThePartsOfASourceAreClicked(t *testing.T) {
	d, id := open(t, ferries(t, 6), 100, 30)
	d.Type("v")
	d.WaitFor("Source 1 of 1 of sentence 2")
	for _, part := range [][2]string{{"Sentence 2", "o source"}, {"says", "c cue"}, {"no.", "t content"}} {
		y, row := rowOf(d.Text(), "> 2")
		x := len([]rune(row[:strings.Index(row, part[0])]))
		if part[0] == "no." {
			x++ // the ship is two cells wide
		}
		d.Click(x, y)
		d.WaitFor(" marked ")
		x, y = spotOf(d, part[1])
		d.Click(x+3, y)
		d.WaitGone(part[1] + strings.Repeat(" ", 9-len(part[1][2:])) + "-")
	}
	x, y := spotOf(d, "enter save")
	d.Click(x, y)
	d.WaitFor("2 source Sentence. Saved.")
	at := d.said(id, 2).Attributions[0]
	body := ferries(t, 6).Body
	if at.Source[0].In(body) != "Sentence" || at.Cue[0].In(body) != "says" || at.Content[0].In(body) != "no" {
		t.Errorf("%+v", at)
	}
}
