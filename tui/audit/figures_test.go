package audit

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/codebook"
)

// busyDesk is a desk on which every list and every figure has something to show.
func busyDesk(t *testing.T) *audit.Desk {
	t.Helper()
	book := codebook.Builtin()
	rnd := rand.New(rand.NewPCG(3, 4))
	in := audit.Input{
		Codebooks: map[annotations.Hash]*annotations.Codebook{book.Hash: book}, Evidence: map[annotations.EvidenceID]annotations.Evidence{},
		Talks: map[annotations.Target]*audit.Talk{},
	}
	at, pos := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), uint64(0)
	tags := []string{"sourced", "contested", "contextual"}
	for n := range 4 {
		a := audit.Article{Meta: annotations.Meta{ID: annotations.ArticleID{byte(n + 1)}, Name: fmt.Sprintf("post-%c", 'a'+n), Codebook: book.Hash, Sentences: 30, Required: 30}}
		var body strings.Builder
		for i := range 30 {
			from := body.Len()
			fmt.Fprintf(&body, "The %s %s the gate near mill %c%c.", pickOf(rnd, "guild", "board"), pickOf(rnd, "closed", "opened"), 'a'+rnd.IntN(4), 'a'+rnd.IntN(6))
			a.Units = append(a.Units, annotations.Sentence{ID: annotations.SentenceID(i + 1), Span: annotations.Span{Start: from, End: body.Len()}})
			body.WriteByte('\n')
		}
		a.Body = body.String()
		for who, name := range []string{"ana", "ben", "eve"} {
			at = at.Add(14 * time.Hour)
			for i := range 24 + 2*who {
				pos++
				at = at.Add(time.Duration(15+rnd.IntN(60)) * time.Second)
				tag := tags[(i+n)%3]
				if rnd.IntN(4) == 0 {
					tag = pickOf(rnd, tags...)
				}
				r := annotations.Record{Annotation: annotations.Annotation{Tag: tag, Codebook: book.Hash, Unsure: rnd.IntN(17) == 0, Inside: rnd.IntN(2) == 0 && tag == "contested"}, Rev: 1, Pos: pos, Time: at}
				if rnd.IntN(5) == 0 {
					r.Flags = []string{"high_stakes", "unsourced"}
				}
				if tag == "sourced" {
					r.Attributions = []annotations.Attribution{{Name: pickOf(rnd, "the guild", "the board"), Kind: "anonymous_official"}}
				}
				a.Rows = append(a.Rows, audit.Row{Sentence: annotations.SentenceID(i + 1), Reviewer: name, Annotation: r})
				in.Moments = append(in.Moments, audit.Moment{Article: a.Meta.ID, Sentence: annotations.SentenceID(i + 1), Reviewer: name, Time: at, After: tag, Offered: pickOf(rnd, tags...)})
			}
		}
		for i := range 9 {
			pos++
			r := annotations.Ruling{Verdict: pickOf(rnd, annotations.Stet, annotations.Neither, annotations.Query), Reason: "look", Codebook: book.Hash}
			s := annotations.SentenceID(3*i + 1)
			a.Rows = append(a.Rows, audit.Row{Sentence: s, Ruling: &annotations.RulingRecord{Ruling: r, By: "lea", Rev: 1, Pos: pos, Time: at}})
			talk := &audit.Talk{}
			talk.Add(&annotations.Event{Kind: annotations.EventRule, Actor: "lea", Time: at, Act: annotations.Act{N: pos}, RuleAfter: &r})
			talk.Add(&annotations.Event{Kind: annotations.EventAnnotate, Actor: "ana", Time: at, Act: annotations.Act{N: pos + 1000}, Verb: audit.VerbAnswer, Reason: "because"})
			in.Talks[annotations.Target{Article: a.Meta.ID, Sentence: s}] = talk
		}
		in.Articles = append(in.Articles, a)
	}
	in.Revised = []audit.Revised{{Key: in.Articles[0].Meta.ID, Article: "post-a", Parent: "post-z", Reviewer: "ana", Asks: 41}}
	seed := [32]byte{7}
	in.Options.Seed = &seed
	d, err := audit.New(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func pickOf[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// numbersIn gathers what a figure on a screen may be taken from: every number of
// a JSON document, how long its lists are, and the numbers inside its words.
func numbersIn(v any, out map[string]bool) {
	const most = 3 // digits after the point that screens show
	add := func(x float64) {
		for digits := range most + 1 {
			out[strconv.FormatFloat(x, 'f', digits, 64)], out[strconv.FormatFloat(100*x, 'f', digits, 64)] = true, true
			out[strconv.FormatFloat(-x, 'f', digits, 64)] = true
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			numbersIn(x, out)
		}
	case []any:
		add(float64(len(v)))
		for _, x := range v {
			numbersIn(x, out)
		}
	case float64:
		add(v)
	case string:
		for _, n := range numberPattern().FindAllString(v, -1) {
			out[n] = true
		}
	}
}

func numberPattern() *regexp.Regexp { return regexp.MustCompile(`\d+(\.\d+)?`) }

// dataOf is what the command prints for the desk, as data.
func dataOf(t *testing.T, d *audit.Desk, i *audit.Intervals) map[string]bool {
	t.Helper()
	b, err := json.Marshal(struct {
		Intervals *audit.Intervals `json:"intervals"`
		*audit.Desk
	}{i, d})
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{"0.999": true} // ">0.999" stands for what rounds to one and is not
	numbersIn(v, out)
	return out
}

// Every figure that the lead's desk shows, in its lists and in what it tells of
// their entries, is in what stet audit --json prints.
func TestEveryFigureOnTheScreenIsInTheData(t *testing.T) {
	d := busyDesk(t)
	i, err := IntervalsOf(d)
	if err != nil {
		t.Fatal(err)
	}
	data := dataOf(t, d, i)
	s := New()
	s.Fill(Doc{Figures: d, Intervals: i}, true)
	looked := 0
	look := func(where, words string) {
		t.Helper()
		for _, phrase := range ruleWords() {
			words = strings.ReplaceAll(words, phrase, "")
		}
		for _, n := range numberPattern().FindAllString(words, -1) {
			looked++
			if !data[n] {
				t.Errorf("%s: %s is in no data: %q", where, n, words)
			}
		}
	}
	heads := map[string]bool{}
	for section := range sections {
		s.turn(section)
		for k := range s.list().all {
			e := &s.list().all[k]
			label, words := e.text()
			where := fmt.Sprintf("section %d, %s", section+1, e.head+label)
			look(where, e.head+" "+label+" "+words)
			if name, _, _ := strings.Cut(e.head, ":"); name != "" {
				heads[name] = true
			}
			if e.facts == nil {
				continue
			}
			for _, f := range e.facts() {
				look(where, f.label+" "+f.text)
			}
		}
		look("tab", fmt.Sprint(s.count(section)))
	}
	if looked < 1000 || len(heads) < 20 {
		t.Errorf("only %d figures under %d headings were looked at: %v", looked, len(heads), heads)
	}
	for _, n := range []string{"77.731", "4811"} { // the test would notice
		if data[n] {
			t.Errorf("%s is in the data", n)
		}
	}
}

// ruleWords are numbers that are rules, not figures: they stand in the words that
// explain.
func ruleWords() []string { return []string{"Under 0.667", "1 is all, 0 is none", "95 % intervals"} }
