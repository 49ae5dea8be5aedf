package interchange_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGoldenFiles(t *testing.T) {
	for _, g := range []struct {
		file   string
		format interchange.Format
	}{
		{"sample.stet.json", interchange.JSON}, {"sample.jsonl", interchange.JSONL}, {"sample.sentences.csv", interchange.CSV}, {"sample.sentences.tsv", interchange.TSV},
	} {
		t.Run(g.file, func(t *testing.T) {
			e := sample(t)
			got := write(t, g.format, e)
			if err := interchange.Verify(g.format, got, e); err != nil {
				t.Error(err)
			}
			path := filepath.Join("testdata", g.file)
			if *update {
				if err := os.MkdirAll("testdata", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from what is written now; look at the difference, then run with -update", path)
			}
		})
	}
}

// summaryOf reads what a simple client reads.
func summaryOf(t *testing.T, b []byte) map[string]string {
	t.Helper()
	var file struct {
		Articles []struct {
			Sentences []struct {
				ID      string
				Tag     *string
				Decided string
				By      string
			}
		}
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, s := range file.Articles[0].Sentences {
		tag := "null"
		if s.Tag != nil {
			tag = *s.Tag
		}
		out[s.ID] = strings.TrimSpace(tag + " " + s.Decided + " " + s.By)
	}
	return out
}

func TestOneTagASentenceIsGivenWhereThereIsOne(t *testing.T) {
	got := summaryOf(t, write(t, interchange.JSON, sample(t)))
	for id, want := range map[string]string{
		"s001": "null",
		"s002": "sourced agreement",
		"s003": "sourced reviewer ana",
		"s004": "contested ruling lea",
		"s006": "null open",
	} {
		if got[id] != want {
			t.Errorf("%s is %q, want %q", id, got[id], want)
		}
	}
}

func TestAnExportOfOneReviewerGivesHisTags(t *testing.T) {
	e := sample(t)
	e.Documents[0].Reviewers = e.Documents[0].Reviewers[1:]
	e.Documents[0].Rulings = nil
	got := summaryOf(t, write(t, interchange.JSON, e))
	if got["s006"] != "sourced reviewer ben" || got["s004"] != "sourced reviewer ben" || got["s003"] != "null" {
		t.Errorf("got %v", got)
	}
}

func TestVerdictsDecideAsTheyShould(t *testing.T) {
	for _, c := range []struct {
		verdict  annotations.Verdict
		reviewer string
		want     string
	}{
		{annotations.Stet, "ben", "sourced ruling ben"},
		{annotations.Stet, "", "null open"},
		{annotations.Neither, "", "null ruling lea"},
		{annotations.Query, "ana", "null open"},
	} {
		e := sample(t)
		d := &e.Documents[0]
		r := d.Rulings[4]
		r.Verdict, r.Tag, r.Reviewer = c.verdict, "", c.reviewer
		u := d.Article.Units[d.Article.Index(6)]
		r.Words = annotations.HashOf(u.Span.In(d.Article.Body)).Start()
		d.Rulings[6] = r
		if got := summaryOf(t, write(t, interchange.JSON, e))["s006"]; got != c.want {
			t.Errorf("%s on %q: %q, want %q", c.verdict, c.reviewer, got, c.want)
		}
	}
}

func TestConfidentialWordsLeaveOnRequestOnly(t *testing.T) {
	e := sample(t)
	const secret = "called the clerk"
	salt := "01020300000000000000000000000000"
	for _, f := range []interchange.Format{interchange.JSON, interchange.JSONL, interchange.CSV, interchange.TSV} {
		if b := write(t, f, e); bytes.Contains(b, []byte(secret)) || bytes.Contains(b, []byte(salt)) {
			t.Errorf("the %s holds the words or the salt", f)
		}
	}
	key := annotations.ReviewerKey{Sentence: 4, Reviewer: "ana"}
	e.Documents[0].Secrets = map[annotations.ReviewerKey]string{key: secret}
	b := write(t, interchange.JSON, e)
	got, receipt, err := interchange.ReadJSON(bytes.NewReader(b))
	if err != nil || !receipt.Clean() || got.Documents[0].Secrets[key] != secret {
		t.Errorf("asked for, the words do not come back: %v", err)
	}
	if csv := write(t, interchange.CSV, e); bytes.Contains(csv, []byte(secret)) {
		t.Error("the table holds the words")
	}
	e.Documents[0].Secrets[key] = "something else"
	if err := interchange.WriteJSON(&bytes.Buffer{}, e); err == nil {
		t.Error("words that are not the sealed ones are written")
	}
}

func TestTheSameStateGivesTheSameBytes(t *testing.T) {
	a, b := sample(t), sample(t)
	d := &b.Documents[0]
	d.Reviewers[0], d.Reviewers[1] = d.Reviewers[1], d.Reviewers[0]
	if !bytes.Equal(write(t, interchange.JSON, a), write(t, interchange.JSON, b)) {
		t.Error("the order of the reviewers shows in the file")
	}
}
