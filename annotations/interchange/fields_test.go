package interchange_test

import (
	"reflect"
	"slices"
	"testing"

	"stet.example/stet/annotations"
)

// A field that the domain gains is lost in exports until somebody decides how
// it is written. This test fails on that day: extend the format, the schema and
// the generator, then the list here.
func TestTheFormatKnowsEveryFieldOfTheDomain(t *testing.T) {
	for _, c := range []struct {
		of     reflect.Type
		fields []string
	}{
		{reflect.TypeFor[annotations.Meta](), []string{"ID", "Name", "Title", "Outlet", "Byline", "Published", "URL", "Language", "Revision", "Parent", "Original", "Text", "TextBytes", "Sentences", "Required", "Table", "Codebook", "Next", "Assigned"}},
		{reflect.TypeFor[annotations.Original](), []string{"File", "Format", "Encoding", "Bytes", "SHA256"}},
		{reflect.TypeFor[annotations.Article](), []string{"Meta", "Body", "Units"}},
		{reflect.TypeFor[annotations.Sentence](), []string{"ID", "Span", "Kind", "Paragraph", "Dateline"}},
		{reflect.TypeFor[annotations.Annotation](), []string{"Tag", "Rule", "Codebook", "Attributions", "Evidence", "Links", "Inside", "Flags", "Note", "Confidential", "Unsure", "Check", "Verdict"}},
		{reflect.TypeFor[annotations.Attribution](), []string{"Source", "Cue", "Content", "Name", "Kind", "Count", "Hops", "Terms"}},
		{reflect.TypeFor[annotations.Link](), []string{"Relation", "Manner", "To", "Note"}},
		{reflect.TypeFor[annotations.Use](), []string{"ID", "Stance"}},
		{reflect.TypeFor[annotations.Evidence](), []string{"ID", "URL", "File", "Locator", "Quote", "Fetched", "Copy", "Archive", "Note"}},
		{reflect.TypeFor[annotations.Ruling](), []string{"Verdict", "Tag", "Rule", "Codebook", "Reason", "Reviewer", "Words", "Author"}},
		{reflect.TypeFor[annotations.Record](), []string{"Annotation", "Rev", "Pos", "Time", "Words"}},
		{reflect.TypeFor[annotations.RulingRecord](), []string{"Ruling", "By", "Rev", "Pos", "Time"}},
		{reflect.TypeFor[annotations.Event](), []string{"Pos", "Kind", "Time", "Actor", "Act", "Mode", "Of", "Article", "Seq", "Sentence", "Unit", "Words", "Verb", "Reason", "Tool", "Codebook", "Rev", "Before", "After", "RuleBefore", "RuleAfter", "Evidence", "Meta", "Offered", "Cut", "Team", "Assigned", "Finish", "Recovered", "Prev", "Hash"}},
		{reflect.TypeFor[annotations.Codebook](), []string{"Name", "Version", "Language", "Hash", "Source", "Unit", "Questions", "Tags", "Rules", "Flags", "SourceKinds", "Examples"}},
	} {
		var got []string
		for i := range c.of.NumField() {
			got = append(got, c.of.Field(i).Name)
		}
		if !slices.Equal(got, c.fields) {
			t.Errorf("%s has the fields %q, the format knows %q", c.of, got, c.fields)
		}
	}
}
