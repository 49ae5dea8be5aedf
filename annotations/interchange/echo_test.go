package interchange_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/brat"
	"stet.example/stet/annotations/interchange/doccano"
	"stet.example/stet/annotations/interchange/interchangetest"
	"stet.example/stet/annotations/interchange/labelstudio"
	"stet.example/stet/annotations/interchange/prodigy"
	"stet.example/stet/annotations/interchange/sheet"
	"stet.example/stet/annotations/interchange/w3c"
	"stet.example/stet/annotations/interchange/webanno"
)

func TestAPoorerFormOfWhatIsThereTakesNothingAway(t *testing.T) {
	marked := annotations.Attribution{Name: "M. Kim", Kind: "named_other", Source: []annotations.Span{{Start: 1, End: 3}}, Count: 1}
	named := annotations.Attribution{Name: "M. Kim"}
	other := annotations.Attribution{Name: "M. Lee"}
	list := func(a ...annotations.Attribution) []annotations.Attribution { return a }
	full := annotations.Evidence{URL: "https://a.example", Quote: "as it\nwas", Fetched: "2026-01-02T00:00:00Z"}
	bare := annotations.Evidence{URL: "https://a.example", Quote: "as it was"}
	more := annotations.Evidence{URL: "https://a.example", Quote: "as it\nwas", Archive: "https://b.example"}
	polish := annotations.Attribution{Name: "M. Wałêsa", Source: []annotations.Span{{Start: 1, End: 3}}}
	quoted := annotations.Evidence{File: "s.txt", Quote: "so → so"}
	asked := annotations.Evidence{File: "s.txt", Quote: "so ? so"}
	items := map[annotations.EvidenceID]*annotations.Evidence{quoted.Identify(): &quoted, asked.Identify(): &asked, full.Identify(): &full, bare.Identify(): &bare, more.Identify(): &more}
	words := annotations.Attribution{Cue: []annotations.Span{{Start: 1, End: 2}}, Hops: 1}
	unseen := annotations.Attribution{Name: "\u2028"}
	echoes := interchange.Echoes{Body: "abc def", Item: func(id annotations.EvidenceID) *annotations.Evidence { return items[id] }}
	use := func(e annotations.Evidence, s annotations.Stance) annotations.Annotation {
		return annotations.Annotation{Evidence: []annotations.Use{{ID: e.ID, Stance: s}}}
	}
	linked := func(note string) annotations.Annotation {
		return annotations.Annotation{Links: []annotations.Link{{Relation: annotations.Supports, To: annotations.Target{Sentence: 2}, Note: note}}}
	}
	both := func(list ...annotations.Evidence) annotations.Annotation {
		var a annotations.Annotation
		for _, e := range list {
			a.Evidence = append(a.Evidence, annotations.Use{ID: e.ID, Stance: annotations.Neutral})
		}
		return a
	}
	for _, c := range []struct {
		story             string
		there, said, want annotations.Annotation
	}{
		{"a note whose line ends became blanks", annotations.Annotation{Note: "a\nb\x1b c"}, annotations.Annotation{Note: "a b␛ c"}, annotations.Annotation{Note: "a\nb\x1b c"}},
		// Saved in windows-1252 by a spreadsheet and loaded again, a table put question
		// marks in the place of names and notes, and took the marked words of sources away.
		{"a note in letters that windows-1252 lacks", annotations.Annotation{Note: "שלום 🚢\x1b."}, annotations.Annotation{Note: "???? ???."}, annotations.Annotation{Note: "שלום 🚢\x1b."}},
		{"the same as a program that knows no surrogates saves it", annotations.Annotation{Verdict: "שלום 🚢"}, annotations.Annotation{Verdict: "???? ?"}, annotations.Annotation{Verdict: "שלום 🚢"}},
		{"a note that asks", annotations.Annotation{Note: "why"}, annotations.Annotation{Note: "???"}, annotations.Annotation{Note: "???"}},
		{"a source in such letters", annotations.Annotation{Attributions: list(polish)}, annotations.Annotation{Attributions: list(annotations.Attribution{Name: "M. Wa?\u00easa"})}, annotations.Annotation{Attributions: list(polish)}},
		{"evidence in such letters", use(quoted, "supports"), use(asked, "supports"), use(quoted, "supports")},
		{"a link whose note lost its line ends", linked("a\r\nb"), linked("a b"), linked("a\r\nb")},
		{"a link with another note", linked("a"), linked("b"), linked("b")},
		{"a note that was changed", annotations.Annotation{Note: "a\nb"}, annotations.Annotation{Note: "a c"}, annotations.Annotation{Note: "a c"}},
		{"no note at all", annotations.Annotation{Note: "a"}, annotations.Annotation{}, annotations.Annotation{}},
		{"a source without its words", annotations.Annotation{Attributions: list(marked)}, annotations.Annotation{Attributions: list(named)}, annotations.Annotation{Attributions: list(marked)}},
		{"another source", annotations.Annotation{Attributions: list(marked)}, annotations.Annotation{Attributions: list(other)}, annotations.Annotation{Attributions: list(other)}},
		{"evidence without its day", use(full, "supports"), use(bare, "supports"), use(full, "supports")},
		{"evidence with another stance", use(full, "supports"), use(bare, "refutes"), use(bare, "refutes")},
		{"evidence that says more", use(bare, "supports"), use(full, "supports"), use(full, "supports")},
		{"evidence that is there twice, once with more", both(bare, full), both(bare), both(bare, full)},
		{"evidence that is there with more in two ways", both(full, more), both(bare), both(full, more)},
		{"a source that only marks words is not in the table", annotations.Annotation{Attributions: list(marked, words)}, annotations.Annotation{Attributions: list(named)}, annotations.Annotation{Attributions: list(marked, words)}},
		{"nor is the first of three", annotations.Annotation{Attributions: list(words, marked, other)}, annotations.Annotation{Attributions: list(named, other)}, annotations.Annotation{Attributions: list(words, marked, other)}},
		{"a name that cannot be seen is not the one that is none", annotations.Annotation{Attributions: list(words, unseen)}, annotations.Annotation{Attributions: list(unseen)}, annotations.Annotation{Attributions: list(words, unseen)}},
		{"a named source was taken off", annotations.Annotation{Attributions: list(marked, other)}, annotations.Annotation{Attributions: list(named)}, annotations.Annotation{Attributions: list(named)}},
		{"a second source", annotations.Annotation{Attributions: list(marked)}, annotations.Annotation{Attributions: list(named, other)}, annotations.Annotation{Attributions: list(named, other)}},
	} {
		got := echoes.Of(c.there, c.said)
		if strings.HasPrefix(c.story, "evidence that is there") {
			got = annotations.Over(c.there, got) // it may be named once where it is there twice
		}
		if !got.Equal(c.want) {
			t.Errorf("%s: %+v, not %+v", c.story, got, c.want)
		}
	}
}

// Somebody exports, looks at the file, and loads it again: nothing that the
// format could not hold may be lost to the store by that.
func TestAFileThatComesBackUnchangedChangesNothing(t *testing.T) {
	tables := func(e interchange.Export, t *rapid.T) []interchange.File {
		return []interchange.File{{Name: "desk.csv", Data: write(t, interchange.CSV, e)}}
	}
	for _, d := range []interchange.Dialect{brat.New(), webanno.New(), doccano.New(), labelstudio.New(), prodigy.New(), w3c.New(), sheet.New()} {
		t.Run(string(d.Format()), func(t *testing.T) {
			compared := 0
			interchangetest.Until(t, func() bool { return compared > 0 }, func(t *rapid.T) {
				e := interchangetest.Draw(t)
				files := tables(e, t)
				if d.Format() != sheet.New().Format() {
					w, err := d.Write(e, interchange.Options{})
					if err != nil {
						t.Fatal(err)
					}
					files = w.Files
				}
				var given []interchange.File
				for _, f := range files {
					if f.Name != "label_config.xml" {
						given = append(given, f)
					}
				}
				back, _, err := d.Read(given, &interchangetest.Desk{Export: e})
				if err != nil {
					t.Fatal(err)
				}
				compared += unchanged(t, e, back)
			})
		})
	}
}

// unchanged asks that each annotation that came back, laid over the one it is of,
// is that one.
func unchanged(t *rapid.T, e interchange.Export, back *interchange.Export) int {
	t.Helper()
	n := 0
	for i := range back.Documents {
		got := &back.Documents[i]
		var doc *interchange.Document
		for k := range e.Documents {
			if e.Documents[k].Article.ID == got.Article.ID {
				doc = &e.Documents[k]
			}
		}
		if doc == nil {
			t.Fatalf("article %q came of nothing", got.Article.Name)
		}
		echoes := interchange.Echoes{Body: got.Article.Body, Item: func(id annotations.EvidenceID) *annotations.Evidence {
			for _, list := range [][]annotations.Evidence{doc.Evidence, got.Evidence} {
				for k := range list {
					if list[k].ID == id {
						return &list[k]
					}
				}
			}
			return nil
		}}
		records := map[annotations.ReviewerKey]annotations.Record{}
		for _, r := range doc.Reviewers {
			for id, rec := range r.Records {
				records[annotations.ReviewerKey{Sentence: id, Reviewer: r.Name}] = rec
			}
		}
		for _, r := range got.Reviewers {
			for id, said := range r.Records {
				there, ok := records[annotations.ReviewerKey{Sentence: id, Reviewer: r.Name}]
				if !ok {
					t.Fatalf("%s said nothing of %s, and now %+v", r.Name, id, said.Annotation)
				}
				if there.Codebook != doc.Codebook.Hash {
					continue // the files name no codebooks
				}
				n++
				now := annotations.Over(there.Annotation, echoes.Of(there.Annotation, said.Annotation))
				if !sameBesides(&now, &there.Annotation) {
					t.Fatalf("%s by %s: was %+v, is %+v; the file said %+v", id, r.Name, there.Annotation, now, said.Annotation)
				}
			}
		}
	}
	return n
}

// sameBesides compares two annotations but for the salts of confidential notes,
// which no file need hold.
func sameBesides(a, b *annotations.Annotation) bool {
	x, y := a.Clone(), b.Clone()
	x.Confidential, y.Confidential = nil, nil
	return x.Equal(y)
}
