package interchange

import (
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"stet.example/stet/annotations"
)

// article reads text, sentences and description. Without them nothing else of
// the article can be read.
func (l *loader) article(w *wireArticle, path string, names map[string]bool) {
	l.receipt.Articles.In++
	l.receipt.Sentences.In += len(w.Sentences)
	for i := range w.Sentences {
		l.receipt.Annotations.In += len(w.Sentences[i].Annotations)
		if w.Sentences[i].Ruling != nil {
			l.receipt.Rulings.In++
		}
		if w.Sentences[i].short() {
			l.receipt.Annotations.In++
		}
	}
	l.receipt.Evidence.In += len(w.Evidence)
	l.receipt.Events.In += len(w.History)

	before := len(l.receipt.Repaired)
	a, err := l.body(w, path)
	if err == nil {
		_, twice := l.targets[a.ID]
		switch {
		case names[a.Name] || twice:
			err = errors.New("the article stands twice in the file; the first one was read")
		case l.book(w.Codebook) == nil:
			err = fmt.Errorf("it is judged by codebook %s, which the file does not hold", w.Codebook)
		}
	}
	if err != nil {
		l.receipt.Repaired = l.receipt.Repaired[:before]
		l.reject(path, "%v", err)
		return
	}
	book := l.book(w.Codebook)
	a.Codebook = book.Hash
	names[a.Name] = true
	l.targets.add(a)
	l.receipt.Articles.Out++
	l.receipt.Sentences.Out += len(a.Units)
	d := &draft{wire: w, path: path, simple: map[annotations.SentenceID]string{}}
	d.page = &page{Document: Document{Article: a, Codebook: book}, offsets: annotations.NewOffsets(a.Body)}
	l.pages = append(l.pages, d)
}

// body reads the article itself and proves it against its hash.
func (l *loader) body(w *wireArticle, path string) (*annotations.Article, error) {
	hash := annotations.HashOf(w.Text)
	if hash.String() != w.TextHash {
		return nil, fmt.Errorf("textSHA256 is not that of the text, which is %s: the text was changed", hash)
	}
	a := &annotations.Article{Body: w.Text, Meta: annotations.Meta{
		Name: w.ID, Title: w.Title, Outlet: w.Outlet, Byline: w.Byline, Published: w.Published, URL: w.URL,
		Language: w.Language, Revision: w.Revision, Assigned: some(w.Assigned),
	}}
	if w.Revision < 0 {
		return nil, fmt.Errorf("revision %d is below 1", w.Revision)
	}
	if w.Parent != "" {
		if err := a.Parent.UnmarshalText([]byte(w.Parent)); err != nil {
			return nil, fmt.Errorf("parent: %w", err)
		}
	}
	if err := readOriginal(w.Imported, &a.Original); err != nil {
		return nil, err
	}
	offsets := annotations.NewOffsets(w.Text)
	at := 0
	for i := range w.Sentences {
		u, err := l.unit(&w.Sentences[i], i, offsets, w.Text, at, fmt.Sprintf("%s.sentences[%d]", path, i))
		if err != nil {
			return nil, fmt.Errorf("sentences[%d]: %w", i, err)
		}
		a.Units = append(a.Units, u)
		at = u.Span.End
	}
	if err := a.Seal(); err != nil {
		return nil, err
	}
	if w.Key != "" && w.Key != a.ID.String() {
		return nil, fmt.Errorf("key is not that of the text, which is %s", a.ID)
	}
	if w.ID == "" {
		return nil, errors.New("it has no id")
	}
	return a, checkArticle(a)
}

func readOriginal(w *wireOriginal, o *annotations.Original) error {
	if w == nil {
		return nil
	}
	*o = annotations.Original{File: w.File, Format: w.Format, Encoding: w.Encoding, Bytes: w.Bytes}
	return readHash(w.SHA256, &o.SHA256, "imported.sha256")
}

// readHash reads a hash; "" is none.
func readHash(s string, h *annotations.Hash, field string) error {
	if s == "" {
		return nil
	}
	if s != strings.ToLower(s) {
		return fmt.Errorf("%s: write the digits a to f in lower case", field)
	}
	if err := h.UnmarshalText([]byte(s)); err != nil {
		return fmt.Errorf("%s: %w", field, err)
	}
	return nil
}

// unit reads sentence i, which must follow byte offset at.
func (l *loader) unit(w *wireSentence, i int, o *annotations.Offsets, text string, at int, path string) (annotations.Sentence, error) {
	var u annotations.Sentence
	id, err := annotations.ParseSentenceID(w.ID)
	if err != nil {
		return u, err
	}
	u = annotations.Sentence{ID: id, Paragraph: w.Paragraph}
	if w.Kind != "" {
		if u.Kind, err = annotations.ParseKind(w.Kind); err != nil {
			return u, err
		}
	}
	if w.Index != i {
		return u, fmt.Errorf("index is %d, its place is %d", w.Index, i)
	}
	next := at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
	span, wrong, ok := fit(o, text, w.Text, w.Range)
	if (!ok || span.Start != next) && w.Text != "" && strings.HasPrefix(text[next:], w.Text) {
		span, wrong, ok = annotations.Span{Start: next, End: next + len(w.Text)}, "no range leads to the words; they were found by their place in the text", true
	}
	switch {
	case !ok:
		return u, errors.New("no range leads to its words, in no unit")
	case wrong != "":
		l.repaired(path+".range", "%s", wrong)
	}
	u.Span = span
	if w.Dateline != nil {
		d, wrong, ok := fit(o, text, w.Dateline.Text, w.Dateline.Range)
		if !ok || d.Start != span.Start || d.End > span.End {
			return u, errors.New("the dateline is not the beginning of the sentence")
		}
		if wrong != "" {
			l.repaired(path+".dateline", "%s", wrong)
		}
		u.Dateline = d.Len()
	}
	return u, nil
}

// fit finds the span of text that r means and that holds words. When not all
// three units lead there, wrong says what was done about it.
func fit(o *annotations.Offsets, text, words string, r wireRange) (span annotations.Span, wrong string, ok bool) {
	given := r.units()
	try := func(p [2]int, u annotations.Unit) bool {
		s, err := spanIn(o, text, p, u)
		if err != nil || s.In(text) != words || ok && s != span {
			return false
		}
		span, ok = s, true
		return true
	}
	var astray []string
	for _, g := range given {
		if !try(g.pair, g.unit) {
			astray = append(astray, string(g.unit))
		}
	}
	if ok {
		if len(astray) > 0 {
			wrong = "the range in " + strings.Join(astray, " and ") + " does not lead to the words; another unit does"
		}
		return span, wrong, true
	}
	for _, g := range given {
		for _, u := range given {
			if u.unit != g.unit && try(g.pair, u.unit) {
				return span, fmt.Sprintf("the range in %s leads to the words when it is read as %s", g.unit, u.unit), true
			}
		}
	}
	return span, "", false
}

// spanIn is [annotations.Offsets.Span] with rune borders checked for bytes too.
func spanIn(o *annotations.Offsets, text string, p [2]int, u annotations.Unit) (annotations.Span, error) {
	s, err := o.Span(p, u)
	if err != nil {
		return s, err
	}
	return s, s.Check(text)
}

// short reports whether the sentence is in the short form: one reviewer's tag,
// note and evidence in the summary, and no list of annotations.
func (w *wireSentence) short() bool {
	return len(w.Annotations) == 0 && w.Ruling == nil && !reflect.DeepEqual(w.wireSummary, wireSummary{})
}

// bytesOf reads hexadecimal digits into dst, all of it.
func bytesOf(dst []byte, s, field string) error {
	if len(s) != 2*len(dst) || !utf8.ValidString(s) || s != strings.ToLower(s) {
		return fmt.Errorf("%s: is not %d hexadecimal digits in lower case", field, 2*len(dst))
	}
	if _, err := hex.Decode(dst, []byte(s)); err != nil {
		return fmt.Errorf("%s: %w", field, err)
	}
	return nil
}
