package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/internal/cell"
	"stet.example/stet/annotations/interchange/internal/standoff/standofftest"
	"stet.example/stet/annotations/interchange/sheet"
)

func written(t rapid.TB, f interchange.Format, e interchange.Export) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := interchange.Write(&b, f, e); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t rapid.TB, data []byte, lib *standofftest.Library) (*interchange.Export, *interchange.Receipt) {
	t.Helper()
	e, r, err := sheet.New().Read([]interchange.File{{Name: "fares.sentences.csv", Data: data}}, lib)
	if err != nil {
		t.Fatal(err)
	}
	return e, r
}

// resaved is the table as a spreadsheet would save it: other separators, quotes
// around every cell, apostrophes before formulas lost.
func resaved(t testing.TB, data []byte, sep rune, dropApostrophes bool) []byte {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, r := range rows {
		for i, c := range r {
			if i > 0 {
				b.WriteRune(sep)
			}
			if dropApostrophes {
				c = strings.TrimPrefix(c, "'")
			}
			b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

func wide(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func TestTheSampleComesBackHoweverItWasSaved(t *testing.T) {
	e := standofftest.Team()
	table := written(t, interchange.CSV, e)
	for story, data := range map[string][]byte{
		"as written":                       table,
		"as tab-separated text":            written(t, interchange.TSV, e),
		"with semicolons":                  resaved(t, table, ';', false),
		"with tabs and quotes":             resaved(t, table, '\t', false),
		"with a line that names the comma": append([]byte("sep=,\n"), bytes.TrimPrefix(table, []byte("\ufeff"))...),
		"without apostrophes":              resaved(t, table, ',', true),
		"in UTF-16":                        wide(string(resaved(t, table, '\t', false))),
	} {
		t.Run(story, func(t *testing.T) {
			got, r := read(t, data, standofftest.Of(e))
			if !r.Clean() {
				t.Fatalf("rejected %v, repaired %v", r.Rejected, r.Repaired)
			}
			a := e.Documents[0].Article.ID
			for _, rev := range e.Documents[0].Reviewers {
				for id, want := range rev.Records {
					have := standofftest.Said(got, a, rev.Name, id)
					if have == nil || have.Tag != want.Tag || have.Rule != want.Rule || have.Note != want.Note || have.Verdict != want.Verdict ||
						have.Unsure != want.Unsure || have.Check != want.Check || len(have.Flags) != len(want.Flags) || len(have.Evidence) != len(want.Evidence) ||
						len(have.Links) != len(want.Links) || len(have.Attributions) != len(want.Attributions) || !have.Time.Equal(want.Time) {
						t.Errorf("%s on %s: %+v, not %+v", rev.Name, id, have, want)
					}
				}
			}
			d := got.Documents[0]
			if d.Rulings[4].Tag != "contested" || d.Rulings[4].By != "lea" || d.Rulings[4].Reason != "see the minutes" {
				t.Errorf("%+v", d.Rulings)
			}
			item := d.Evidence[0]
			if item.URL != "https://council.example/minutes?a=1&b=2" || item.Locator != "item 6" || item.Quote != "the public was not\nheard" {
				t.Errorf("%+v", item)
			}
			four := standofftest.Said(got, a, "ana", 4)
			if l := four.Links[0]; l.Relation != annotations.Disputes || l.Manner != annotations.Direct || l.To.Sentence != 3 || l.Note != "consulted or not" {
				t.Errorf("%+v", l)
			}
			two := standofftest.Said(got, a, "ana", 2)
			if at := two.Attributions[0]; at.Name != "two council aides (unnamed)" || at.Count != 2 || at.Kind != "anonymous_official" {
				t.Errorf("%+v", at)
			}
		})
	}
}

// held is what a table holds of an annotation, in its words.
func held(x annotations.Annotation, items []annotations.Evidence) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %q %q %v %v %v %v", x.Tag, x.Rule, cell.Printable(x.Note), cell.Printable(x.Verdict), x.Unsure, x.Check, x.Inside, x.Flags)
	for _, at := range x.Attributions {
		if at.Name != "" || at.Kind != "" {
			fmt.Fprintf(&b, " by %q %s %d", cell.Printable(at.Name), at.Kind, max(at.Count, 1))
		}
	}
	for _, l := range x.Links {
		fmt.Fprintf(&b, " %s %s %s %s %q", l.Relation, l.Manner, l.To.Article, l.To.Sentence, cell.Printable(l.Note))
	}
	seen := map[string]bool{}
	for _, u := range x.Evidence {
		e := items[slices.IndexFunc(items, func(e annotations.Evidence) bool { return e.ID == u.ID })]
		s := fmt.Sprintf("%q", []string{cell.Printable(e.URL), cell.Printable(e.File), cell.Printable(e.Locator), cell.Printable(e.Quote), cell.Printable(e.Note)})
		if !seen[s] { // what differs in its day and copy alone is one item here
			fmt.Fprintf(&b, " %s %s", u.Stance, s)
		}
		seen[s] = true
	}
	return b.String()
}

func TestWhatATableHoldsComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := interchangetest.Draw(t)
		for i := range e.Documents {
			d := &e.Documents[i]
			maps.DeleteFunc(d.Rulings, func(_ annotations.SentenceID, r annotations.RulingRecord) bool {
				return r.Codebook != d.Article.Codebook
			})
			for _, r := range d.Reviewers {
				maps.DeleteFunc(r.Records, func(_ annotations.SentenceID, r annotations.Record) bool { return r.Codebook != d.Article.Codebook })
			}
		}
		f := rapid.SampledFrom([]interchange.Format{interchange.CSV, interchange.TSV}).Draw(t, "format")
		data := written(t, f, e)
		got, r := read(t, data, standofftest.Of(e))
		for _, p := range r.Rejected {
			if !strings.Contains(p.Msg, "is attached twice") { // with another stance
				t.Fatalf("%s", p)
			}
		}
		for _, d := range e.Documents {
			back := document(got, d.Article.ID)
			for _, rev := range d.Reviewers {
				for id, rec := range rev.Records {
					want := held(rec.Annotation, d.Evidence)
					have := standofftest.Said(got, d.Article.ID, rev.Name, id)
					if have == nil {
						if want != held(annotations.Annotation{}, nil) {
							t.Fatalf("%s by %s of %s is gone: %s\n%s\n%v", id, rev.Name, d.Article.Name, want, data, r.Rejected)
						}
						continue
					}
					if s := held(have.Annotation, back.Evidence); s != want || !have.Time.Equal(rec.Time) {
						t.Fatalf("%s: %s, not\n%s", id, s, want)
					}
				}
			}
			for id, want := range d.Rulings {
				if want.Words == 0xabc { // it was made on other words than those that stand in the table
					want = annotations.RulingRecord{}
				} else { // a table names no words: they are those beside it
					want.Rev, want.Time, want.Reason, want.Words = 1, time.Time{}, cell.Printable(want.Reason), 0
				}
				if have := back.Rulings[id]; have != want {
					t.Fatalf("the ruling on %s: %+v, not %+v", id, have, want)
				}
			}
		}
	})
}

func document(e *interchange.Export, id annotations.ArticleID) interchange.Document {
	for _, d := range e.Documents {
		if d.Article.ID == id {
			return d
		}
	}
	return interchange.Document{}
}

const head = "article,order,id,text,tag,note,by\n"

func TestRowsThatPeopleChangedAreReadByTheirWords(t *testing.T) {
	e := standofftest.Sample()
	name := e.Documents[0].Article.Name
	for _, c := range []struct{ story, table, tag, says string }{
		{"as it was", head + name + ",1,s001,Ferry fares to rise,contextual,,ben\n", "contextual", ""},
		{"only words and a tag", "Sentence,Tag,Reviewer,Article\nFerry fares to rise,contextual,ben," + name + "\n", "contextual", ""},
		{"the order is another's", head + name + ",2,,Ferry fares to rise,contextual,,ben\n", "contextual", "these are those of sentence 1"},
		{"the tag in other letters", head + name + ",1,s001,Ferry fares to rise,Contextual,,ben\n", "contextual", "was read as the tag"},
		{"an unknown tag", head + name + ",1,s001,Ferry fares to rise,true,,ben\n", "", "it has sourced, contested, contextual"},
		{"words that nobody wrote", head + name + ",1,s001,Ferry fares to fall,contextual,,ben\n", "", "no sentence of article"},
		{"words that stand twice", head + name + ",,,The board did not reply.,contextual,,ben\n", "", "2 sentences have the words"},
		{"a column of their own", "article,text,tag,facts left,by\n" + name + ",Ferry fares to rise,contextual,3,ben\n", "contextual", `"facts_left" is none`},
		{"nobody's words to compare", "article,order,tag,by\n" + name + ",1,contextual,ben\n", "contextual", "unchecked"},
		{"more cells than columns", head + name + ",1,s001,Ferry fares to rise,contextual,,ben,oops\n", "", "has 8 cells"},
		{"a name that is none", head + name + ",1,s001,Ferry fares to rise,contextual,, \u202eben\n", "", "name"},
	} {
		t.Run(c.story, func(t *testing.T) {
			got, r := read(t, []byte(c.table), standofftest.Of(e))
			tag := ""
			if rec := standofftest.Said(got, e.Documents[0].Article.ID, "ben", 1); rec != nil {
				tag = rec.Tag
			}
			var all string
			for _, p := range append(r.Repaired, r.Rejected...) {
				all += p.String() + "\n"
			}
			if tag != c.tag || !strings.Contains(all, c.says) || c.says == "" && all != "" {
				t.Errorf("%q, %s", tag, all)
			}
		})
	}
}

func TestARowWithoutANameIsTheReviewers(t *testing.T) {
	e := standofftest.Sample()
	got, _ := read(t, []byte("article,text,tag\n"+e.Documents[0].Article.Name+",Ferry fares to rise,contextual\n"), standofftest.Of(e))
	if standofftest.Said(got, e.Documents[0].Article.ID, "rita", 1) == nil {
		t.Error("nobody has it")
	}
}

func TestAnArticleThatIsNotThereIsMadeOfItsRows(t *testing.T) {
	lib := &standofftest.Library{}
	got, r := read(t, []byte("article,order,paragraph,text,tag\nx,2,1,It met at noon in the old hall.,sourced\nx,1,1,The board of the harbour voted today.,contested\n"), lib)
	if len(lib.Made) != 1 || lib.Made[0].Body != "The board of the harbour voted today. It met at noon in the old hall." || standofftest.Count(got) != 2 {
		t.Fatalf("%d annotations, %v, %v", standofftest.Count(got), lib.Made, r.Rejected)
	}
	if len(r.Repaired) != 1 || !strings.Contains(r.Repaired[0].Msg, "was made of the words") {
		t.Errorf("%v", r.Repaired)
	}
}

func TestWindowsTextIsReadAndSaid(t *testing.T) {
	lib := &standofftest.Library{}
	got, r := read(t, []byte("article;text;tag\nx;The caf\xe9 on the quay closed \x96 in March.;sourced\n"), lib)
	if standofftest.Count(got) != 1 || lib.Made[0].Body != "The café on the quay closed – in March." || !strings.Contains(r.Repaired[0].Msg+r.Repaired[1].Msg, "windows-1252") {
		t.Errorf("%v %v", r.Repaired, r.Rejected)
	}
}

func TestCharactersThatAnEncodingLacksDoNotLoseTheSentence(t *testing.T) {
	e := standofftest.Sample()
	table := "article;order;id;text;tag;by\n" + e.Documents[0].Article.Name + ";3;s003;\"\x93Nobody asked us ?,\x94 said Dr. M. Okafor,\nwho runs a kiosk?on the quay.\";contested;ben\n"
	got, r := read(t, []byte(table), standofftest.Of(e))
	if rec := standofftest.Said(got, e.Documents[0].Article.ID, "ben", 3); rec != nil || len(r.Rejected) != 1 {
		t.Errorf("other words were taken: %v", rec) // a separator is white space, not a character that is lacking
	}
	got, r = read(t, []byte(strings.Replace(table, "kiosk?on", "kiosk on", 1)), standofftest.Of(e))
	if rec := standofftest.Said(got, e.Documents[0].Article.ID, "ben", 3); rec == nil || rec.Tag != "contested" {
		t.Errorf("%v %v", r.Repaired, r.Rejected)
	}
}

// Excel puts two question marks for a character of two UTF-16 units: the row was left
// out. And who is called Łucja came back as ?ucja, a second person who agreed with the
// first in everything.
func TestATableInWindows1252KeepsItsRowsAndMakesNobodyNew(t *testing.T) {
	e := standofftest.Sample()
	table := "article;order;id;text;tag;by\n" + e.Documents[0].Article.Name + ";3;s003;\"\x93Nobody asked us ??,\x94 said Dr. M. Okafor,\nwho runs a kiosk on the quay.\";contested;%s\n"
	got, r := read(t, []byte(fmt.Sprintf(table, "ben")), standofftest.Of(e))
	if rec := standofftest.Said(got, e.Documents[0].Article.ID, "ben", 3); rec == nil || rec.Tag != "contested" {
		t.Errorf("the row was not found: %v %v", r.Repaired, r.Rejected)
	}
	got, r = read(t, []byte(fmt.Sprintf(table, "?ucja")), standofftest.Of(e))
	if standofftest.Count(got) != 0 || len(r.Rejected) != 1 || !strings.Contains(r.Rejected[0].Msg, `"?ucja", a name that lost letters`) {
		t.Errorf("%d annotations, %v", standofftest.Count(got), r.Rejected)
	}
	ruled := strings.Replace(fmt.Sprintf(strings.Replace(table, ";by", ";by;ruling", 1), "ben"), ";ben", ";ben;stet, by ?ucja", 1)
	if got, r = read(t, []byte(ruled), standofftest.Of(e)); len(got.Documents[0].Rulings) != 0 || len(r.Rejected) != 1 || !strings.Contains(r.Rejected[0].Msg, "ruling: who says it is") {
		t.Errorf("a ruling by nobody was taken: %v", r.Rejected)
	}
}

// A note with an escape in it went out with its picture, and a program that read the
// table had other words than were written; nobody was told.
func TestControlCharactersThatBecomePicturesAreTold(t *testing.T) {
	e := standofftest.Sample()
	told := func() bool {
		return slices.ContainsFunc(sheet.Losses(&e), func(l interchange.Loss) bool { return l.What == "texts with control characters" && l.Count == 1 })
	}
	if told() {
		t.Error("there are none")
	}
	rec := e.Documents[0].Reviewers[0].Records[2]
	rec.Note = "red \x1b[31m"
	e.Documents[0].Reviewers[0].Records[2] = rec
	if !told() {
		t.Errorf("%v", sheet.Losses(&e))
	}
}

// An item of evidence in two rows was told as two that came in and one that came out, as
// if one had been lost.
func TestEvidenceOfTwoRowsIsOneItem(t *testing.T) {
	e := standofftest.Sample()
	table := "article,order,tag,evidence\n" + e.Documents[0].Article.Name + ",1,sourced,supports: https://a.example/x\n" + e.Documents[0].Article.Name + ",2,sourced,refutes: https://a.example/x\n"
	if _, r := read(t, []byte(table), standofftest.Of(e)); r.Evidence.In != 1 || r.Evidence.Out != 1 {
		t.Errorf("%+v, %v", r.Evidence, r.Rejected)
	}
}

// A download that broke off inside a row gave the rest of the row's cells to
// nobody and its annotation to a reviewer with half a name, without a word.
func TestARowInWhichTheFileBreaksOffIsLeftOut(t *testing.T) {
	e := standofftest.Team()
	name := e.Documents[0].Article.Name
	whole := "article,order,tag,note,by,updated\n" + name + ",1,sourced,seen,bea,2026-11-20T10:30:00Z\n" + name + ",2,contested,denied,bea,2026-11-20T10:31:00Z"
	last := strings.LastIndex(whole, "\n") + 1
	for cut := last + 1; cut <= len(whole); cut++ {
		got, r := read(t, []byte(whole[:cut]), standofftest.Of(e))
		cells := strings.Count(whole[last:cut], ",") + 1
		told := slices.ContainsFunc(r.Rejected, func(p interchange.Problem) bool {
			return p.Line == 3 && strings.Contains(p.Msg, fmt.Sprintf("ends inside this row: it has %d cells of 6", cells))
		})
		taken := standofftest.Said(got, e.Documents[0].Article.ID, "bea", 2) != nil
		if told != (cells < 6) || taken != (cells == 6) {
			t.Errorf("%q: told %v, taken %v: %v", whole[last:cut], told, taken, r.Rejected)
		}
	}
	for story, data := range map[string]string{
		"every row is short":       "order,tag,note\n1,sourced\n2,sourced",
		"the last row is whole":    "order,tag,note\n1,sourced,\n2,sourced,a",
		"a line end closes it":     "order,tag,note\n1,sourced,\n2,sourced\r\n",
		"there are only the names": "order,tag,note",
	} {
		if _, r := read(t, []byte(data), standofftest.Of(e)); slices.ContainsFunc(r.Rejected, func(p interchange.Problem) bool { return strings.Contains(p.Msg, "ends inside") }) {
			t.Errorf("%s: %v", story, r.Rejected)
		}
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	for story, c := range map[string]struct{ data, says string }{
		"nothing":             {"", "none of the table's columns"},
		"prose":               {"Dear all,\nhere it is.\n", "none of the table's columns"},
		"no tag":              {"article,text\n", "no column tag"},
		"no sentence":         {"article,tag\n", "nothing tells which sentence"},
		"a column twice":      {"text,tag,tag\n", "twice"},
		"an open quote":       {"text,tag\n\"abc,sourced\n", "no row of a table"},
		"bytes of a workbook": {"PK\x03\x04\x00\x00\xff\xff", "neither UTF-8"},
	} {
		t.Run(story, func(t *testing.T) {
			_, _, err := sheet.New().Read([]interchange.File{{Name: "a.csv", Data: []byte(c.data)}}, &standofftest.Library{})
			var wrong *interchange.FileError
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v does not say %q", err, c.says)
			}
		})
	}
}

func TestWritingIsTheTableWithItsLosses(t *testing.T) {
	w, err := sheet.New().Write(standofftest.Team(), interchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Files) != 1 || !bytes.Equal(w.Files[0].Data, written(t, interchange.CSV, standofftest.Team())) || w.Ranges != 7 || len(w.Losses) != 5 || w.Losses[0].What != "details of articles" {
		t.Errorf("%d files, %d ranges, %v", len(w.Files), w.Ranges, w.Losses)
	}
}

func FuzzRead(f *testing.F) {
	seed := written(f, interchange.CSV, standofftest.Team())
	if len(seed) == 0 {
		f.Fatal("no seeds")
	}
	f.Add(seed)
	f.Add(written(f, interchange.TSV, standofftest.Team()))
	f.Add([]byte("sep=;\nSentence;Tag;evidence;links\nAbc.;sourced;refutes: https://a.example, “x”;disputes 1: y\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, r, err := sheet.New().Read([]interchange.File{{Name: "a.csv", Data: data}}, standofftest.Of(standofftest.Sample()))
		if err != nil {
			return
		}
		if n := standofftest.Count(e); n != r.Annotations.Out || n > r.Annotations.In {
			t.Fatalf("%d annotations, the receipt says %+v", n, r.Annotations)
		}
		e.Generator, e.Version = "stet", "1"
		if err := interchange.WriteCSV(&bytes.Buffer{}, *e); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	})
}

// A table alone is an article whose sentences are its rows: another cut of their
// words would leave most of them without a place.
func TestTheRowsOfAnUnknownArticleAreItsSentences(t *testing.T) {
	table := "text,tag,order,paragraph,kind,note\nHalf of,sourced,2,0,,\nA heading,contextual,1,0,heading,\na sentence. And more.,contested,3,0,,twice\na sentence. And more.,sourced,4,1,,\n"
	e, r, err := sheet.New().Read([]interchange.File{{Name: "new.csv", Data: []byte(table)}}, interchangetest.EmptyDesk())
	if err != nil || len(r.Rejected) > 0 {
		t.Fatal(err, r.Rejected)
	}
	a := e.Documents[0].Article
	if a.Body != "A heading Half of a sentence. And more.\n\na sentence. And more." || len(a.Units) != 4 || a.Units[0].Kind != annotations.KindHeading || a.Units[3].Paragraph != 1 {
		t.Fatalf("%q in %+v", a.Body, a.Units)
	}
	var tags []string
	for _, u := range a.Units {
		tags = append(tags, e.Documents[0].Reviewers[0].Records[u.ID].Tag)
	}
	if got := strings.Join(tags, " "); got != "contextual sourced contested sourced" {
		t.Errorf("the tags are %s", got)
	}
}
