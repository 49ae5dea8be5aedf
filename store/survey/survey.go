package survey

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/annotations/codebook"
	"stet.example/stet/store"
)

// Options say what to read.
type Options struct {
	Keep     func(store.Summary) bool // which articles; nil: all
	Moments  bool                     // what the log says of tags, of rulings and answers too, which costs the most
	Progress func(done, total uint64) // told after each article; may be nil
	Audit    audit.Options            // put into the input as they are
}

// Survey is what was read.
type Survey struct {
	Input     audit.Input
	Summaries []store.Summary // of the same articles, in the same order
	// TakenBack are the revisions of rulings that were taken back: a ruling made
	// there next builds on them, and the input does not show them.
	TakenBack map[annotations.Target]uint64
}

// Reader reads a store for one person, and remembers what it read. It is safe
// for concurrent use; calls wait for each other.
type Reader struct {
	st  store.Store
	who string

	mu       sync.Mutex
	articles map[annotations.ArticleID]kept
	books    map[annotations.Hash]*annotations.Codebook
	copies   map[annotations.Hash]string // "" for those that cannot be searched
	moments  []audit.Moment
	talks    map[annotations.Target]*audit.Talk
	sight    sight
	after    uint64 // the log was read up to here
	revised  map[annotations.ArticleID]revision
}

// kept is an article as it was at a head of its chain.
type kept struct {
	head annotations.Head
	art  audit.Article
}

// New makes a reader that sees what who sees.
func New(st store.Store, who string) *Reader {
	return &Reader{
		st: st, who: who, articles: map[annotations.ArticleID]kept{}, books: map[annotations.Hash]*annotations.Codebook{}, copies: map[annotations.Hash]string{},
		talks: map[annotations.Target]*audit.Talk{}, revised: map[annotations.ArticleID]revision{},
		sight: sight{done: map[reading]bool{}, finished: map[reading]bool{}},
	}
}

// Read reads what o asks for. Its errors are the store's.
func (r *Reader) Read(ctx context.Context, o Options) (*Survey, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	total, err := 0, error(nil)
	if o.Progress != nil {
		if total, err = store.Count(ctx, r.st); err != nil {
			return nil, err
		}
	}
	s := &Survey{TakenBack: map[annotations.Target]uint64{}}
	s.Input = audit.Input{Codebooks: map[annotations.Hash]*annotations.Codebook{}, Options: o.Audit}
	err = everyArticle(ctx, r.st, r.who, func(sum store.Summary) error {
		if o.Keep != nil && !o.Keep(sum) {
			return nil
		}
		a, err := r.article(ctx, &sum)
		if err != nil {
			return err
		}
		s.add(&sum, a)
		if o.Progress != nil {
			o.Progress(uint64(len(s.Summaries)), uint64(total))
		}
		return r.booksOf(ctx, a, s.Input.Codebooks)
	})
	if err != nil {
		return nil, err
	}
	if err := r.evidence(ctx, &s.Input); err != nil {
		return nil, err
	}
	if o.Moments {
		if err := r.readLog(ctx); err != nil {
			return nil, err
		}
		s.Input.Moments, s.Input.Talks = slices.Clip(r.moments), maps.Clone(r.talks)
	}
	s.Input.Revised = r.revisions(&s.Input)
	return s, nil
}

func (s *Survey) add(sum *store.Summary, a audit.Article) {
	s.Input.Articles = append(s.Input.Articles, a)
	s.Summaries = append(s.Summaries, *sum)
	for i := range a.Rows {
		if row := &a.Rows[i]; row.Ruling != nil && row.Ruling.Verdict == "" {
			s.TakenBack[annotations.Target{Article: sum.ID, Sentence: row.Sentence}] = row.Ruling.Rev
		}
	}
}

// everyArticle calls fn with each article, in key order.
func everyArticle(ctx context.Context, st store.Store, who string, fn func(store.Summary) error) error {
	const at = 256
	for after := annotations.Desk; ; {
		list, err := st.Articles(ctx, who, after, at)
		if err != nil {
			return err
		}
		for _, s := range list {
			after = s.ID
			if err := fn(s); err != nil {
				return err
			}
		}
		if len(list) < at {
			return nil
		}
	}
}

// article reads an article with all that was said of it, or takes it from
// memory when its chain is as long as it was.
func (r *Reader) article(ctx context.Context, sum *store.Summary) (audit.Article, error) {
	if k, ok := r.articles[sum.ID]; ok && k.head == sum.Head {
		return k.art, nil
	}
	art, err := store.Load(ctx, r.st, sum.ID)
	if err != nil {
		return audit.Article{}, err
	}
	const most = 1 << 30 // State copies in short reads; an article's rows are all needed
	rows, err := r.st.State(ctx, sum.ID, 1, ^annotations.SentenceID(0), most)
	if err != nil {
		return audit.Article{}, err
	}
	a := audit.Article{Meta: art.Meta, Body: art.Body, Units: art.Units, Rows: make([]audit.Row, len(rows)), Finished: StandingOf(sum, r.who, nil).Finished}
	for i := range rows {
		a.Rows[i] = audit.Row(rows[i])
	}
	if a.Apart, err = r.apart(ctx, sum.ID, a.Rows); err != nil {
		return audit.Article{}, err
	}
	r.articles[sum.ID] = kept{sum.Head, a}
	return a, nil
}

// booksOf adds the codebooks that an article and its annotations name.
func (r *Reader) booksOf(ctx context.Context, a audit.Article, books map[annotations.Hash]*annotations.Codebook) error {
	add := func(h annotations.Hash) error {
		if h.IsZero() || books[h] != nil {
			return nil
		}
		b, err := r.book(ctx, h)
		books[h] = b
		return err
	}
	if err := add(a.Meta.Codebook); err != nil {
		return err
	}
	for i := range a.Rows {
		if err := add(a.Rows[i].Annotation.Codebook); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) book(ctx context.Context, h annotations.Hash) (*annotations.Codebook, error) {
	if b := r.books[h]; b != nil {
		return b, nil
	}
	src, err := r.st.Blob(ctx, h, 0, -1)
	if err != nil {
		return nil, err
	}
	b, err := codebook.Reparse("codebook "+h.Short(), []byte(src))
	if err == nil {
		r.books[h] = b
	}
	return b, err
}

// searchedCopy is the size of a stored copy up to which it is searched, in bytes.
const searchedCopy = 8 << 20

// evidence reads all evidence items, and the copies in which a quotation can be
// looked up: text that the store holds, and no markup.
func (r *Reader) evidence(ctx context.Context, in *audit.Input) error {
	const at = 512
	in.Evidence, in.Copies = map[annotations.EvidenceID]annotations.Evidence{}, map[annotations.Hash]string{}
	var after annotations.EvidenceID
	for {
		list, err := r.st.Evidence(ctx, after, at)
		if err != nil {
			return err
		}
		for i := range list {
			e := &list[i]
			in.Evidence[e.ID], after = *e, e.ID
			if e.Copy.IsZero() || e.Quote == "" {
				continue
			}
			text, err := r.copied(ctx, e.Copy)
			if err != nil {
				return err
			}
			if text != "" {
				in.Copies[e.Copy] = text
			}
		}
		if len(list) < at {
			return nil
		}
	}
}

// copied is the text of a stored copy, "" for one that is not there or no text.
func (r *Reader) copied(ctx context.Context, h annotations.Hash) (string, error) {
	if text, ok := r.copies[h]; ok {
		return text, nil
	}
	text, err := r.st.Blob(ctx, h, 0, searchedCopy)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "", nil // it may come later
	case err != nil:
		return "", err
	case len(text) == searchedCopy || !utf8.ValidString(text) || strings.ContainsAny(text, "<\x00"):
		text = ""
	}
	r.copies[h] = text
	return text, nil
}

// hear takes an event into the talk about its sentence. What was handed out is not
// changed.
func (r *Reader) hear(e *annotations.Event) {
	at := annotations.Target{Article: e.Article, Sentence: e.Sentence}
	talk := r.talks[at]
	switch {
	case talk == nil && e.Kind != annotations.EventRule:
		return // nobody has ruled there
	case talk == nil:
		talk = &audit.Talk{}
	default:
		talk = talk.Clone()
	}
	talk.Add(e)
	r.talks[at] = talk
}

// readLog reads the decisions on tags, the rulings and the answers from the log's
// new end.
func (r *Reader) readLog(ctx context.Context) error {
	const at = 2048
	for {
		list, next, err := r.st.Events(ctx, store.Query{}, r.after, at)
		if err != nil {
			return err
		}
		for i := range list {
			r.sight.take(&list[i])
			if m, ok := audit.MomentOf(&list[i]); ok {
				m.Seen = r.sight.has(&list[i])
				r.moments = append(r.moments, m)
			}
			r.hear(&list[i])
		}
		if len(list) > 0 {
			r.after = next
		}
		if len(list) < at {
			return nil
		}
	}
}
