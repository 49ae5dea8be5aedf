package standoff

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// Page is one document of an export, proved and ready to be written.
type Page struct {
	interchange.Document
	Base    string // for file names: the article's name, without dots, unlike all others
	Offsets *annotations.Offsets
	Answers []Answer // one for each unit, in reading order
	Items   map[annotations.EvidenceID]*annotations.Evidence
	voices  map[annotations.SentenceID][]Voice
}

// Answer is the one thing that a file says of a sentence.
type Answer struct {
	Tag    string
	How    string // reviewer, agreement, ruling, open; "" = nobody has tagged it
	By     string // who decided, or whose annotation goes with the tag; "" = nobody
	When   time.Time
	Rule   string
	Record *annotations.Record // the annotation that goes with the tag; nil = none
}

// Voice is what one reviewer says of one sentence.
type Voice struct {
	By string
	*annotations.Record
}

// Says reports whether there is anything to write.
func (a *Answer) Says() bool { return a.Tag != "" || a.Record != nil }

// Ruled reports whether the tag is a lead's own, and no reviewer's.
func (a *Answer) Ruled() bool { return a.How == "ruling" && a.Record == nil }

// Note is the note that goes with the tag, or "".
func (a *Answer) Note() string {
	if a.Record == nil {
		return ""
	}
	return a.Record.Note
}

// Instant gives t as RFC 3339 in UTC, or "" for no time.
func Instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// Pages proves the export and returns its documents in the order of their
// articles' names.
func Pages(e interchange.Export) ([]*Page, error) {
	sink := &answerSink{answers: map[answerKey]answerLine{}}
	if err := interchange.WriteJSONL(sink, e); err != nil {
		return nil, err
	}
	var out []*Page
	for i := range e.Documents {
		d := &e.Documents[i]
		p := &Page{Document: *d, Offsets: annotations.NewOffsets(d.Article.Body), Items: map[annotations.EvidenceID]*annotations.Evidence{}, voices: voicesOf(d)}
		for k := range p.Evidence {
			p.Items[p.Evidence[k].ID] = &p.Evidence[k]
		}
		for _, u := range p.Article.Units {
			line, ok := sink.answers[answerKey{p.Article.Name, u.ID.String()}]
			if !ok {
				return nil, fmt.Errorf("interchange: the native format has no line for %s of article %q", u.ID, p.Article.Name)
			}
			p.Answers = append(p.Answers, p.answer(u.ID, line))
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *Page) int { return cmp.Compare(a.Article.Name, b.Article.Name) })
	nameBases(out)
	return out, nil
}

// dotless stands for a dot in the base of a file name; no article has it in its
// name, so that the way back is plain.
const dotless = "+"

// nameBases gives each page a base for file names: tools part a name at its
// first dot.
func nameBases(list []*Page) {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = strings.ReplaceAll(p.Article.Name, ".", dotless)
	}
	for i, base := range interchange.Apart(names) {
		list[i].Base = base
	}
}

// called lists the names that a base of a file's name may stand for: itself, and
// that of the article for which [nameBases] made it.
func called(base string) []string {
	name, _, _ := strings.Cut(base, interchange.Another)
	return slices.Compact([]string{base, strings.ReplaceAll(name, dotless, ".")})
}

func voicesOf(d *interchange.Document) map[annotations.SentenceID][]Voice {
	out := map[annotations.SentenceID][]Voice{}
	for _, r := range d.Reviewers {
		for id, rec := range r.Records {
			if !rec.IsZero() {
				out[id] = append(out[id], Voice{r.Name, &rec})
			}
		}
	}
	for _, v := range out {
		slices.SortFunc(v, func(a, b Voice) int { return cmp.Compare(a.By, b.By) })
	}
	return out
}

// Voices lists what reviewers say of a sentence, by name.
func (p *Page) Voices(id annotations.SentenceID) []Voice { return p.voices[id] }

// CutSince says of an annotation that is not of the sentence's words of now; it is
// what reports put beside one.
const CutSince = "said of other words: the sentence was cut since"

// RuledSince says of a ruling that it was made on other words than the sentence has
// now, about which it decides nothing.
const RuledSince = "made on other words: the sentence was cut since"

// Ruling returns the ruling on a sentence unless there is none or it was taken
// back.
func (p *Page) Ruling(id annotations.SentenceID) (annotations.RulingRecord, bool) {
	r, ok := p.Rulings[id]
	return r, ok && r.Verdict != ""
}

// answer finds the annotation that goes with the tag of a sentence.
func (p *Page) answer(id annotations.SentenceID, line answerLine) Answer {
	a := Answer{Tag: line.Tag, How: line.Decided, By: line.By, When: line.Updated}
	ruling, ruled := p.Ruling(id)
	if a.How == "ruling" && ruled && ruling.Verdict != annotations.Stet {
		if r := p.Codebook.Rule(ruling.Rule); r != nil && r.Tag == a.Tag {
			a.Rule = r.ID // a rule of another tag says why that is wrong, which no format can tell
		}
		return a
	}
	for _, v := range p.voices[id] {
		if a.How == "open" || a.By != "" && v.By != a.By || v.Tag != a.Tag || a.By == "" && a.Tag == "" {
			continue
		}
		a.By, a.When, a.Record, a.Rule = v.By, v.Time, v.Record, v.Rule
		break
	}
	return a
}

// answerSink reads the one answers out of the lines of the native format, so
// that there is one law for them.
type answerSink struct {
	rest    []byte
	answers map[answerKey]answerLine
}

type answerKey struct{ article, id string }

type answerLine struct {
	Article string
	ID      string
	Tag     string
	Decided string
	By      string
	Updated time.Time
}

// Write implements io.Writer.
func (s *answerSink) Write(b []byte) (int, error) {
	n := len(b)
	for {
		line, after, ok := bytes.Cut(b, []byte("\n"))
		s.rest = append(s.rest, line...)
		if !ok {
			return n, nil
		}
		var l answerLine
		if err := json.Unmarshal(s.rest, &l); err != nil {
			return 0, fmt.Errorf("interchange: a line of the native format: %w", err)
		}
		s.answers[answerKey{l.Article, l.ID}] = l
		s.rest, b = s.rest[:0], after
	}
}
