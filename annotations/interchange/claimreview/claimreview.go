package claimreview

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
	"stet.example/stet/annotations/interchange/foreign"
)

// Format is the name of this dialect.
const Format interchange.Format = "claimreview"

// ErrNothing says that there is nothing to publish. What was written is empty.
var ErrNothing = errors.New("no contested sentence has a verdict, so there is no claim review to write; give one with the sentence's verdict")

type dialect struct{}

// New returns the dialect of ClaimReview. It writes only.
func New() interchange.Dialect { return dialect{} }

// Format implements [interchange.Dialect].
func (dialect) Format() interchange.Format { return Format }

// Read implements [interchange.Dialect].
func (dialect) Read([]interchange.File, interchange.Library) (*interchange.Export, *interchange.Receipt, error) {
	return nil, nil, interchange.ErrWriteOnly
}

const vocabulary = "https://schema.org"

type graph struct {
	Context string   `json:"@context"`
	Graph   []review `json:"@graph"`
}

type review struct {
	Context   string `json:"@context,omitempty"`
	Type      string `json:"@type"`
	URL       string `json:"url"`
	Published string `json:"datePublished,omitempty"`
	Author    agent  `json:"author"`
	Claim     string `json:"claimReviewed"`
	Item      claim  `json:"itemReviewed"`
	Rating    rating `json:"reviewRating"`
}

type agent struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type claim struct {
	Type       string   `json:"@type"`
	Author     *agent   `json:"author,omitempty"`
	Published  string   `json:"datePublished,omitempty"`
	Appearance *article `json:"appearance,omitempty"`
}

type article struct {
	Type      string `json:"@type"`
	URL       string `json:"url"`
	Headline  string `json:"headline,omitempty"`
	Published string `json:"datePublished,omitempty"`
	Publisher *agent `json:"publisher,omitempty"`
}

type rating struct {
	Type string `json:"@type"`
	Name string `json:"alternateName"`
}

// Write implements [interchange.Dialect]. With nothing to write the error is
// [ErrNothing], and what is returned still says what was left out.
func (dialect) Write(e interchange.Export, o interchange.Options) (interchange.Written, error) {
	home, err := pageOf(o.Page)
	if err != nil {
		return interchange.Written{}, err
	}
	var losses foreign.Losses
	sheets, err := foreign.Prepare(&e, &losses)
	if err != nil {
		return interchange.Written{}, err
	}
	w := interchange.Written{Unit: annotations.CodePoints}
	for _, s := range sheets {
		x := writer{sheet: s, page: home, publisher: o.Publisher, losses: &losses, several: len(sheets) > 1}
		list := x.reviews()
		if len(list) == 0 {
			continue
		}
		data, err := encode(list)
		if err != nil {
			return interchange.Written{}, err
		}
		n, err := verify(data, s)
		if err != nil {
			return interchange.Written{}, fmt.Errorf("claimreview: article %s: what was written does not read back: %w", s.Article().Name, err)
		}
		w.Ranges += n
		w.Files = append(w.Files, foreign.Files(s, ".claimreview.jsonld", data))
	}
	w.Losses = losses.List()
	if len(w.Files) == 0 {
		return w, ErrNothing
	}
	return w, nil
}

// pageOf checks the address of the checker's page.
func pageOf(s string) (*url.URL, error) {
	if s == "" {
		return nil, errors.New("claimreview: the address of your own page is missing: a claim review must say where it can be read, and stet invents no address")
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("claimreview: %.200q is no web address of a page, such as https://checks.example/harbour", s)
	}
	return u, nil
}

func encode(list []review) ([]byte, error) {
	var v any = graph{vocabulary, list}
	if len(list) == 1 {
		list[0].Context = vocabulary
		v = list[0]
	}
	b, err := foreign.EncodeIndented(v)
	return append(b, '\n'), err
}

// writer writes one article.
type writer struct {
	sheet     *interchange.Sheet
	page      *url.URL
	publisher string
	losses    *foreign.Losses
	several   bool // the page is of several articles
}

func (x *writer) reviews() []review {
	var out []review
	for _, u := range x.sheet.Article().Units {
		a := x.sheet.Answer(u.ID)
		voices := x.sheet.Voices(u.ID)
		for _, v := range voices {
			if v.Verdict != "" && (v.Tag != a.Tag || !x.contested(a.Tag)) {
				x.losses.Add(1, "verdicts on other sentences", "a claim review is written only where the sentence's one tag is contested and the verdict's author gave it")
			}
		}
		if !x.contested(a.Tag) {
			if a.Tag != "" {
				x.losses.Add(1, "sentences that are not contested", "a claim review judges a disputed claim; sourced and contextual are no verdicts")
			}
			continue
		}
		v, ok := x.verdict(voices, a.Tag, u.Span.In(x.sheet.Article().Body))
		if !ok {
			continue
		}
		if v.Note != "" {
			x.losses.Add(1, "notes", "they are for the desk, not for publication")
		}
		x.losses.Add(len(v.Links), "links", "schema.org has no relation between claims")
		x.losses.Add(len(v.Evidence), "uses of evidence", "the review itself, on your page, cites them")
		out = append(out, x.review(u, v))
	}
	return out
}

// contested reports whether a tag says that a claim is disputed.
func (x *writer) contested(id string) bool {
	t := x.sheet.Codebook().Tag(id)
	return t != nil && (t.ID == "contested" || slices.Contains(t.Needs, annotations.NeedOtherSide))
}

// verdict finds the words to publish: those of all who gave the tag and wrote
// any, when they are the same. What was said before the sentence was cut is of
// another claim than the one that would stand beside it.
func (x *writer) verdict(voices []interchange.Voice, tag, claim string) (*interchange.Voice, bool) {
	var found *interchange.Voice
	for i := range voices {
		v := &voices[i]
		if v.Tag != tag || strings.TrimSpace(v.Verdict) == "" {
			continue
		}
		if v.OfOtherWords(claim) {
			x.losses.Add(1, "verdicts on sentences that were cut since", "the claim would stand in words that their author did not judge")
			continue
		}
		if found != nil && found.Verdict != v.Verdict {
			x.losses.Add(1, "sentences with different verdicts", "nobody has said which of them is published")
			return nil, false
		}
		if found == nil {
			found = v
		}
	}
	if found == nil {
		x.losses.Add(1, "contested sentences without a verdict", "a tag is no verdict; write one to publish")
	}
	return found, found != nil
}

func (x *writer) review(u annotations.Sentence, v *interchange.Voice) review {
	a := x.sheet.Article()
	address := *x.page
	if address.Fragment == "" {
		address.Fragment = u.ID.String()
		if x.several {
			address.Fragment = a.Name + "-" + address.Fragment
		}
	}
	home := url.URL{Scheme: x.page.Scheme, Host: x.page.Host, Path: "/"}
	r := review{
		Type: "ClaimReview", URL: address.String(), Claim: u.Span.In(a.Body),
		Author: agent{Type: "Person", Name: v.By}, Rating: rating{"Rating", v.Verdict},
		Item: claim{Type: "Claim", Author: x.claimant(v), Published: day(a.Published)},
	}
	if x.publisher != "" {
		r.Author = agent{Type: "Organization", Name: x.publisher, URL: home.String()}
	}
	if !v.Time.IsZero() {
		r.Published = v.Time.UTC().Format(time.DateOnly)
	}
	if _, err := pageOf(a.URL); err != nil {
		x.losses.Add(1, "places where claims appear", "the article has no web address")
		return r
	}
	r.Item.Appearance = &article{Type: "NewsArticle", URL: a.URL, Headline: a.Title, Published: day(a.Published)}
	if a.Outlet != "" {
		r.Item.Appearance.Publisher = &agent{Type: "Organization", Name: a.Outlet}
	}
	return r
}

// claimant is who makes the claim.
func (x *writer) claimant(v *interchange.Voice) *agent {
	for i := range v.Attributions {
		at := &v.Attributions[i]
		if at.Name == "" {
			continue
		}
		if strings.HasPrefix(at.Kind, "named") || strings.HasPrefix(at.Kind, "anonymous") {
			return &agent{Type: "Person", Name: at.Name}
		}
		return &agent{Type: "Organization", Name: at.Name}
	}
	a := x.sheet.Article()
	switch {
	case a.Byline != "":
		return &agent{Type: "Person", Name: a.Byline}
	case a.Outlet != "":
		return &agent{Type: "Organization", Name: a.Outlet}
	}
	return nil
}

// day is s when it is an ISO date, or the date of an ISO time.
func day(s string) string {
	if len(s) < len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)]); err != nil {
		return ""
	}
	return s[:len(time.DateOnly)]
}

// verify reads back what was written: each claim must be a sentence of the
// article, at its id, no rating may have a number.
func verify(data []byte, s *interchange.Sheet) (int, error) {
	n, err := foreign.Parse(data, 1)
	if err != nil {
		return 0, err
	}
	list := n.Get("@graph").Each()
	if list == nil {
		list = []*foreign.Node{n}
	}
	words := map[string]bool{}
	for _, u := range s.Article().Units {
		words[u.Span.In(s.Article().Body)] = true
	}
	for _, r := range list {
		rating := r.Get("reviewRating")
		switch {
		case !words[r.Get("claimReviewed").Str()]:
			return 0, fmt.Errorf("line %d: the claim is no sentence of the article", r.Line)
		case rating.Get("alternateName").Str() == "" || len(rating.Items) != 2:
			return 0, fmt.Errorf("line %d: the rating is not the verdict's words alone", r.Line)
		}
	}
	return len(list), nil
}
