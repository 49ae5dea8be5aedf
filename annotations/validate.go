package annotations

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on what a person may write, in bytes. They keep one change well under
// what a store takes in one batch.
const (
	MaxName   = 128       // a person's name, a source kind, a verb
	MaxField  = 4 << 10   // a source's name, a locator, a URL, a reason
	MaxNote   = 64 << 10  // a note, a confidential note, a quotation
	MaxList   = 1 << 10   // attributions, links, uses of evidence on one sentence; pieces of a span list
	MaxSource = 1_000_000 // a count of sources
	MaxHops   = 9         // on the way from who said it to this outlet
)

// InvalidError says why something cannot be stored.
type InvalidError struct {
	Field string // what is wrong: "tag", "attributions[1].cue"
	Why   string
}

// Error implements error.
func (e *InvalidError) Error() string { return e.Field + ": " + e.Why }

func invalid(field, format string, args ...any) error {
	return &InvalidError{Field: field, Why: fmt.Sprintf(format, args...)}
}

// World answers what a check must know of the store around an annotation.
type World interface {
	// TextBytes is the length of the article's text.
	TextBytes() int
	// Border reports whether byte offset i of the article's text is a rune border.
	Border(i int) bool
	// HasSentence reports whether the sentence exists.
	HasSentence(Target) bool
	// HasEvidence reports whether the item exists.
	HasEvidence(EvidenceID) bool
}

// CheckAnnotation tells why a cannot be stored as the annotation of sentence
// self under codebook c, or nil. It is what makes impossible states
// unstorable: unknown tags, rules of another tag, spans that cut characters,
// links to nowhere.
func CheckAnnotation(a *Annotation, self Target, c *Codebook, w World) error {
	if !w.HasSentence(self) {
		return invalid("sentence", "%s does not exist in this article", self.Sentence)
	}
	if err := checkScheme(a, c); err != nil {
		return err
	}
	if len(a.Attributions) > MaxList || len(a.Links) > MaxList || len(a.Evidence) > MaxList {
		return invalid("annotation", "more than %d attributions, links or evidence items on one sentence", MaxList)
	}
	for i := range a.Attributions {
		if err := checkAttribution(&a.Attributions[i], fmt.Sprintf("attributions[%d]", i), c, w); err != nil {
			return err
		}
	}
	for i, u := range a.Evidence {
		field := fmt.Sprintf("evidence[%d]", i)
		switch {
		case !slices.Contains([]Stance{EvidenceSupports, Undercuts, Refutes, Neutral}, u.Stance):
			return invalid(field, "stance %q is not one of supports, undercuts, refutes, neutral", u.Stance)
		case !w.HasEvidence(u.ID):
			return invalid(field, "no evidence item %s", u.ID)
		case slices.ContainsFunc(a.Evidence[:i], func(v Use) bool { return v.ID == u.ID }):
			return invalid(field, "item %s is attached twice", u.ID)
		}
	}
	for i, l := range a.Links {
		if err := checkLink(l, self, a.Links[:i], fmt.Sprintf("links[%d]", i), w); err != nil {
			return err
		}
	}
	if err := checkText("verdict", a.Verdict, MaxField); err != nil {
		return err
	}
	return checkText("note", a.Note, MaxNote)
}

func checkScheme(a *Annotation, c *Codebook) error {
	if a.Codebook != c.Hash {
		return invalid("codebook", "the annotation names codebook %s, the article is judged by %s (%s)", a.Codebook.Short(), c.Name, c.Hash.Short())
	}
	if a.Tag != "" && c.Tag(a.Tag) == nil {
		return invalid("tag", "%q is not a tag of codebook %q; it has %s", a.Tag, c.Name, strings.Join(tagIDs(c), ", "))
	}
	if a.Rule != "" {
		r := c.Rule(a.Rule)
		switch {
		case r == nil:
			return invalid("rule", "%q is not a rule of codebook %q", a.Rule, c.Name)
		case r.Tag != a.Tag:
			return invalid("rule", "%s decides for %q, the tag is %q", r.ID, r.Tag, a.Tag)
		}
	}
	for i, f := range a.Flags {
		if c.Flag(f) == nil {
			return invalid("flags", "%q is not a flag of codebook %q", f, c.Name)
		}
		if i > 0 && a.Flags[i-1] >= f {
			return invalid("flags", "must be sorted, each once")
		}
	}
	if int(a.Check) >= len(checkNames) {
		return invalid("check", "state %d is unknown", a.Check)
	}
	if a.Inside && a.Tag == "" {
		return invalid("inside", "the other side can stand inside a tagged sentence only")
	}
	return nil
}

func tagIDs(c *Codebook) []string {
	var ids []string
	for _, t := range c.Tags {
		ids = append(ids, t.ID)
	}
	return ids
}

func checkAttribution(at *Attribution, field string, c *Codebook, w World) error {
	for _, part := range []struct {
		name string
		list []Span
	}{{"source", at.Source}, {"cue", at.Cue}, {"content", at.Content}} {
		if err := checkSpans(part.list, field+"."+part.name, w); err != nil {
			return err
		}
	}
	switch {
	case len(at.Source) == 0 && len(at.Cue) == 0 && len(at.Content) == 0 && at.Name == "" && at.Kind == "":
		return invalid(field, "says nothing: no span, no name, no kind")
	case at.Kind != "" && c.SourceKind(at.Kind) == nil:
		return invalid(field+".kind", "%q is not a source kind of codebook %q", at.Kind, c.Name)
	case at.Count < 0 || at.Count > MaxSource:
		return invalid(field+".count", "%d is not between 0 and %d", at.Count, MaxSource)
	case at.Hops < 0 || at.Hops > MaxHops:
		return invalid(field+".hops", "%d is not between 0 and %d", at.Hops, MaxHops)
	}
	if err := checkText(field+".name", at.Name, MaxField); err != nil {
		return err
	}
	return checkText(field+".terms", at.Terms, MaxField)
}

func checkSpans(list []Span, field string, w World) error {
	if len(list) > MaxList {
		return invalid(field, "more than %d pieces", MaxList)
	}
	end := 0
	for _, s := range list {
		switch {
		case s.Start < 0 || s.End > w.TextBytes() || s.Empty():
			return invalid(field, "bytes %d to %d do not fit a text of %d bytes", s.Start, s.End, w.TextBytes())
		case s.Start < end:
			return invalid(field, "the piece at byte %d overlaps the one before or stands ahead of it", s.Start)
		case !w.Border(s.Start) || !w.Border(s.End):
			return invalid(field, "bytes %d to %d cut a character in two", s.Start, s.End)
		}
		end = s.End
	}
	return nil
}

func checkLink(l Link, self Target, before []Link, field string, w World) error {
	switch l.Relation {
	case Disputes:
		if l.Manner != "" && l.Manner != Direct && l.Manner != Rhetorical && l.Manner != Partial {
			return invalid(field, "manner %q is not one of direct, rhetorical, partial", l.Manner)
		}
	case Supports, Repeats, DerivedFrom:
		if l.Manner != "" {
			return invalid(field, "only a dispute has a manner")
		}
	default:
		return invalid(field, "relation %q is not one of disputes, supports, repeats, derived from", l.Relation)
	}
	switch {
	case l.To == self:
		return invalid(field, "a sentence cannot be linked to itself; say \"inside\" when both sides stand in it")
	case !w.HasSentence(l.To):
		return invalid(field, "%s of article %s does not exist in this store", l.To.Sentence, l.To.Article)
	case slices.ContainsFunc(before, func(m Link) bool { return m.To == l.To && m.Relation == l.Relation }):
		return invalid(field, "is there twice")
	}
	return checkText(field+".note", l.Note, MaxField)
}

// CheckRuling tells why r cannot be stored, or nil.
func CheckRuling(r *Ruling, c *Codebook) error {
	switch r.Verdict {
	case Amend:
		if c.Tag(r.Tag) == nil {
			return invalid("ruling", "amend to %q, which is not a tag of codebook %q; it has %s", r.Tag, c.Name, strings.Join(tagIDs(c), ", "))
		}
	case Stet, Query, Neither:
		if r.Tag != "" {
			return invalid("ruling", "only amend names a tag")
		}
	default:
		return invalid("ruling", "verdict %q is not one of stet, amend, query, neither", r.Verdict)
	}
	if r.Codebook != c.Hash {
		return invalid("ruling", "names codebook %s, the article is judged by %s", r.Codebook.Short(), c.Hash.Short())
	}
	if r.Rule != "" && c.Rule(r.Rule) == nil {
		return invalid("ruling", "%q is not a rule of codebook %q", r.Rule, c.Name)
	}
	if r.Reviewer != "" {
		if err := CheckName(r.Reviewer); err != nil {
			return err
		}
	}
	if r.Author != "" {
		if err := CheckName(r.Author); err != nil {
			return err
		}
	}
	return checkText("ruling.reason", r.Reason, MaxField)
}

// CheckEvidence tells why e cannot be stored, or nil.
func CheckEvidence(e *Evidence) error {
	for _, f := range []struct {
		name, text string
		limit      int
	}{
		{"url", e.URL, MaxField}, {"file", e.File, MaxField}, {"locator", e.Locator, MaxField}, {"quote", e.Quote, MaxNote},
		{"fetched", e.Fetched, MaxName}, {"archive", e.Archive, MaxField}, {"note", e.Note, MaxNote},
	} {
		if err := checkText("evidence."+f.name, f.text, f.limit); err != nil {
			return err
		}
		if strings.ContainsRune(f.text, 0) { // it parts the fields in the item's key
			return invalid("evidence."+f.name, "holds a zero byte")
		}
	}
	if e.URL == "" && e.File == "" && e.Quote == "" && e.Note == "" {
		return invalid("evidence", "says nothing: no URL, no file, no quotation, no note")
	}
	same := *e
	if same.Identify() != e.ID {
		return invalid("evidence.id", "%s is not the key of what it says (%s)", e.ID, same.ID)
	}
	return nil
}

// CheckName tells why name cannot be a person's name, or nil.
func CheckName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return invalid("name", "is empty")
	case name != strings.TrimSpace(name):
		return invalid("name", "%q starts or ends with a blank", name)
	case len(name) > MaxName:
		return invalid("name", "is %d bytes long, the limit is %d", len(name), MaxName)
	case !utf8.ValidString(name) || Visible(name) != name:
		return invalid("name", "%q holds a control or invisible character", name)
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) && r != ' ' }):
		return invalid("name", "%q holds white space other than a blank", name)
	}
	return nil
}

func checkText(field, s string, limit int) error {
	switch {
	case len(s) > limit:
		return invalid(field, "is %d bytes long, the limit is %d", len(s), limit)
	case !utf8.ValidString(s):
		return invalid(field, "is not valid UTF-8")
	}
	return nil
}
