package interchange_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// cutAt is an article of one text, cut at some bytes; the IDs count up from
// first.
func cutAt(t *testing.T, body string, first annotations.SentenceID, at ...int) *annotations.Article {
	t.Helper()
	a := &annotations.Article{Body: body}
	at = append(at, len(body))
	for i := range len(at) - 1 {
		end := at[i] + len(strings.TrimSpace(body[at[i]:at[i+1]]))
		a.Units = append(a.Units, annotations.Sentence{ID: first + annotations.SentenceID(i), Span: annotations.Span{Start: at[i], End: end}})
	}
	if err := a.Seal(); err != nil {
		t.Fatal(err)
	}
	return a
}

// Where a store cut one sentence of an article otherwise, nothing that stet's own format
// said of all the others came in.
func TestWhatIsSaidOfSentencesThatStandInBothIsBrought(t *testing.T) {
	const body = "One. Two and three. Four. Five."
	from := cutAt(t, body, 1, 0, 5, 13, 20, 26) // One | Two and | three | Four | Five
	there := cutAt(t, body, 11, 0, 5, 20, 26)   // One | Two and three | Four | Five
	there.Units[1].ID = 2                       // which "Two and" kept when it was split
	words := func(s string) uint64 { return annotations.HashOf(s).Start() }
	link := func(to annotations.SentenceID) annotations.Link {
		return annotations.Link{Relation: annotations.Disputes, To: annotations.Target{Article: from.ID, Sentence: to}}
	}
	say := func(tag string, on uint64, links ...annotations.Link) annotations.Record {
		return annotations.Record{Annotation: annotations.Annotation{Tag: tag, Links: links}, Words: on}
	}
	afar := annotations.Link{Relation: annotations.Supports, To: annotations.Target{Article: annotations.ArticleID{9}, Sentence: 2}}
	d := interchange.Document{
		Article: from,
		Reviewers: []interchange.Reviewer{
			{Name: "ana", Records: map[annotations.SentenceID]annotations.Record{
				1: say("sourced", words("One."), link(3), link(4), afar), 2: say("contested", words("Two and")), 3: say("sourced", 0), 5: say("", 0, link(2)),
			}},
			{Name: "ben", Records: map[annotations.SentenceID]annotations.Record{2: say("contextual", words("Two and three.")), 4: say("sourced", words("of another text"))}},
		},
		Rulings: map[annotations.SentenceID]annotations.RulingRecord{3: {By: "lea"}, 4: {By: "lea"}},
		Secrets: map[annotations.ReviewerKey]string{{Sentence: 1, Reviewer: "ana"}: "a", {Sentence: 3, Reviewer: "ana"}: "b"},
	}
	lost := d.Recut(there)
	want := []interchange.Homeless{{1, "ana", 3}, {2, "ana", 0}, {3, "ana", 0}, {3, "", 0}, {5, "ana", 2}}
	if !slices.Equal(lost, want) {
		t.Errorf("lost is %v, want %v", lost, want)
	}
	ana, ben := d.Reviewers[0].Records, d.Reviewers[1].Records
	if got := slices.Collect(maps.Keys(ana)); !slices.Equal(got, []annotations.SentenceID{11}) {
		t.Errorf("ana speaks of %v", got)
	} else if got := ana[11].Links; !slices.Equal(got, []annotations.Link{link(13), afar}) {
		t.Errorf("her links lead to %v", got)
	}
	if ben[2].Tag != "contextual" || ben[13].Tag != "sourced" || len(ben) != 2 {
		t.Errorf("ben, who judged the whole sentence that stands there still, says %v", ben)
	}
	if len(d.Rulings) != 1 || d.Rulings[13].By != "lea" || len(d.Secrets) != 1 || d.Secrets[annotations.ReviewerKey{Sentence: 11, Reviewer: "ana"}] != "a" {
		t.Errorf("rulings %v, secrets %v", d.Rulings, d.Secrets)
	}
	if d.Article != from {
		t.Error("links of other documents are found by the article as the file cuts it")
	}
}
