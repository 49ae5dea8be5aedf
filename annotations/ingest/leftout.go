package ingest

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"stet.example/stet/annotations"
)

// MaxPassages bounds [Result.LeftOut].
const MaxPassages = 256

// Passage is running text of a page that is not in the article: a box beside it,
// a note of the editors, a teaser in sentences. Menus and lists of links are none.
type Passage struct {
	Text  string // its first words, white space folded; at most 200 bytes
	Words int    // how many words it has in all
	After int    // bytes of the article's text behind which it stood; 0: before all of it
}

const (
	maxPassageText = 200
	maxCompared    = 4 << 20 // bytes of a page's text; a longer one is no article
	window         = 5       // words by which a piece of text is found again

	// Running text has so many words outside links: within the article, and before
	// or behind it, where footers and banners stand.
	minInside, minOutside = 8, 20
	minSentence           = 3 // within the article, when a full stop or the like ends it
)

// visible is all that a reader sees of a page.
type visible struct {
	text  string
	links []annotations.Span // where links stand in it, in their order
}

func allVisible(doc *html.Node) visible {
	b := &builder{all: true}
	walkTree(b, doc)
	text, _ := b.finish()
	return visible{text, b.anchors}
}

// leftOut notes what of a page is not in body.
func (j *job) leftOut(page *visible, body string) {
	if len(page.text) > maxCompared {
		return
	}
	known := j.facts // what repeats a field is not missing
	repeated := repeats(&known)
	kept := indexWords(body)
	var m missing
	at, link := 0, 0
	for _, block := range strings.SplitAfter(page.text, "\n\n") {
		start := at
		at += len(block)
		linked := 0
		for ; link < len(page.links) && page.links[link].Start < at; link++ {
			s := page.links[link]
			if from, to := max(s.Start, start), min(s.End, at); from < to { // blanks at the end of a line were taken back
				linked += len(strings.Fields(page.text[from:to]))
			}
		}
		words := strings.FieldsFunc(block, unicode.IsSpace)
		if len(words) == 0 || repeated(strings.TrimSpace(block)) {
			continue
		}
		if end, ok := kept.find(words); ok {
			m.settle(m.after > 0)
			m.after = max(m.after, end)
			continue
		}
		m.block(block, len(words), linked)
	}
	m.settle(false)
	j.res.LeftOut = m.passages
	if m.total == 0 {
		return
	}
	what := "menus, links and the like"
	if m.running > 0 {
		what = fmt.Sprintf("%d of them are running text", m.running)
	}
	j.note(TopicText, fmt.Sprintf("%d %s left out: %s", m.total, plural(m.total, "word of the page was", "words of the page were"), what))
}

// missing gathers what is not in the article.
type missing struct {
	passages []Passage
	gap      []Passage // blocks of running text since the last block that was kept
	after    int       // byte behind which that ended; 0: nothing was kept yet
	total    int       // words that are missing
	running  int       // those of them that are running text
}

// block takes a block that is not in the article; so many of its words are links.
func (m *missing) block(text string, words, linked int) {
	m.total += words
	own := words - linked
	if own > linked && (own >= minInside || own >= minSentence && endsSentence(strings.TrimSpace(text))) {
		m.gap = append(m.gap, Passage{Text: foldField(text, maxPassageText), Words: words})
	}
}

// settle makes the blocks of a gap one passage. Outside the article only long ones
// count: banners and footers stand there.
func (m *missing) settle(inside bool) {
	least := minOutside
	if inside {
		least = 0
	}
	p := Passage{After: m.after}
	for _, x := range m.gap {
		if x.Words >= least {
			p.Text = firstOf(p.Text, x.Text)
			p.Words += x.Words
		}
	}
	m.gap = m.gap[:0]
	m.running += p.Words
	if p.Words > 0 && len(m.passages) < MaxPassages {
		m.passages = append(m.passages, p)
	}
}

// wordIndex finds words of a page in the article that was made of it. Both run in
// the same order, so most are found where the last ones ended.
type wordIndex struct {
	words []string
	ends  []int // byte behind each word
	runs  []run // of window words, by their hash
	seed  maphash.Seed
	next  int // word behind the last ones that were found
}

type run struct {
	hash uint64
	at   int // word with which it begins
}

func indexWords(body string) *wordIndex {
	x := &wordIndex{seed: maphash.MakeSeed()}
	at := 0
	for w := range strings.FieldsFuncSeq(body, unicode.IsSpace) {
		at += strings.Index(body[at:], w) + len(w)
		x.words, x.ends = append(x.words, w), append(x.ends, at)
	}
	for i := range max(len(x.words)-window+1, 0) {
		x.runs = append(x.runs, run{x.hash(x.words[i : i+window]), i})
	}
	slices.SortFunc(x.runs, func(a, b run) int {
		switch {
		case a.hash < b.hash, a.hash == b.hash && a.at < b.at:
			return -1
		case a.hash > b.hash, a.at > b.at:
			return 1
		}
		return 0
	})
	return x
}

func (x *wordIndex) hash(words []string) uint64 {
	var h maphash.Hash
	h.SetSeed(x.seed)
	for _, w := range words {
		_, _ = h.WriteString(w) // never fails
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// find reports whether a block is in the article, whole or for the larger part, and
// behind which byte it ends there.
func (x *wordIndex) find(words []string) (end int, ok bool) {
	if n := x.next + len(words); n <= len(x.words) && slices.Equal(x.words[x.next:n], words) {
		x.next = n
		return x.ends[n-1], true
	}
	found, last := 0, -1
	for i := range max(len(words)-window+1, 0) {
		h := x.hash(words[i : i+window])
		k, _ := slices.BinarySearchFunc(x.runs, h, func(r run, h uint64) int {
			if r.hash < h {
				return -1
			}
			return 1
		})
		if k < len(x.runs) && x.runs[k].hash == h && slices.Equal(x.words[x.runs[k].at:x.runs[k].at+window], words[i:i+window]) {
			found++
			last = x.runs[k].at + window
		}
	}
	if 2*found < len(words)-window+1 || found == 0 {
		return 0, false
	}
	x.next = last
	return x.ends[last-1], true
}
