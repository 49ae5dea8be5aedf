package interchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"stet.example/stet/annotations"
)

// MaxPack is the longest text that [Unpacker.Unpack] reads, in bytes.
const MaxPack = 16 << 20

// Unpacker reads what [Sheet.Pack] wrote about one article.
type Unpacker struct {
	loader loader
	draft  draft
	units  *unitIndex // made when first asked for
}

// Packed is what was said of one sentence.
type Packed struct {
	Sentence annotations.SentenceID
	Voices   []Voice // in the order of the text that was read
	Ruling   *annotations.RulingRecord
	Items    []annotations.Evidence
	Answer   Answer   // the one tag that follows
	Repaired []string // what was taken after a correction
	// Afar says where the sentences of other articles stand that links lead to.
	Afar map[annotations.Target]Whereabouts
}

// NewUnpacker prepares for reading about a, judged by book.
func NewUnpacker(a *annotations.Article, book *annotations.Codebook, o *annotations.Offsets) *Unpacker {
	t := targets{}
	t.add(a)
	u := &Unpacker{draft: draft{page: &page{Document: Document{Article: a, Codebook: book}, offsets: o}}}
	u.draft.world = newWorld(&u.draft.Document, t)
	return u
}

// Unpack reads one text. It proves that each span holds its words; whether a
// store would take what was said is for the caller to check. What was judged by
// another codebook is read by the one at hand. Where the article is cut otherwise
// than the one that was packed, what was said goes to the sentence with the same
// words; a link to a sentence that is not there is left out, and [ErrOtherCut]
// says that the sentence itself is not.
func (u *Unpacker) Unpack(text string) (*Packed, error) {
	if len(text) > MaxPack {
		return nil, fmt.Errorf("is longer than %d bytes", MaxPack)
	}
	b := []byte(text)
	if !json.Valid(b) {
		return nil, errors.New("is no JSON")
	}
	if problems := strict(b, reflect.TypeFor[wirePacked]()); len(problems) > 0 {
		return nil, errors.New(Problem{Path: problems[0].Path, Msg: problems[0].Msg}.String())
	}
	var w wirePacked
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, err
	}
	return u.read(&w)
}

func (u *Unpacker) read(w *wirePacked) (*Packed, error) {
	lost, err := u.replace(w)
	if err != nil {
		return nil, err
	}
	id, err := annotations.ParseSentenceID(w.Sentence)
	if err != nil {
		return nil, err
	}
	if _, ok := u.draft.world.targets[u.draft.Article.ID][id]; !ok {
		return nil, fmt.Errorf("%s is no sentence of the article", id)
	}
	p := &Packed{Sentence: id, Repaired: lost}
	for i := range w.Items {
		item, err := readItem(&w.Items[i])
		if err == nil {
			err = annotations.CheckEvidence(&item)
		}
		if err != nil {
			return nil, fmt.Errorf("items[%d]: %w", i, err)
		}
		p.Items = append(p.Items, item)
	}
	u.loader.receipt, u.loader.out.Afar = Receipt{}, nil
	book := u.draft.Codebook.Hash
	for i := range w.Annotations {
		v, err := u.voice(&w.Annotations[i], id)
		if err != nil {
			return nil, fmt.Errorf("annotations[%d]: %w", i, err)
		}
		if v.Codebook != book {
			p.Repaired = append(p.Repaired, fmt.Sprintf("%s judged it by codebook %s; read by the one in force", v.By, v.Codebook.Short()))
			v.Codebook = book
		}
		p.Voices = append(p.Voices, v)
	}
	p.Afar = u.loader.out.Afar
	for _, r := range u.loader.receipt.Repaired {
		p.Repaired = append(p.Repaired, r.String())
	}
	if w.Ruling != nil {
		r, err := readRuling(w.Ruling, book)
		if err != nil {
			return nil, fmt.Errorf("ruling: %w", err)
		}
		if r.Words, err = u.draft.judged(w.Ruling.Words, id); err != nil {
			return nil, fmt.Errorf("ruling: %w", err)
		}
		r.Codebook = book
		p.Ruling = &r
	}
	var voices []voice
	for _, v := range p.Voices {
		voices = append(voices, voice{v.By, v.Record})
	}
	inForce := p.Ruling
	if a := u.draft.Article; inForce != nil && inForce.OfOtherWords(a.Units[a.Index(id)].Span.In(a.Body)) {
		inForce = nil
	}
	p.Answer = answerOf(voices, inForce)
	return p, nil
}

func (u *Unpacker) voice(w *wireAnnotation, id annotations.SentenceID) (v Voice, err error) {
	if v.Annotation, err = u.loader.annotation(&u.draft, w, u.draft.Codebook.Hash, fmt.Sprintf("%s (%s)", id, w.By)); err != nil {
		return v, err
	}
	v.By, v.Rev = w.By, w.Rev
	if v.Words, err = u.draft.judged(w.Words, id); err != nil {
		return v, err
	}
	v.Time, err = parseInstant(w.Updated)
	return v, err
}
