package clients

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"stet.example/stet/annotations/interchange"
)

type claimReview struct {
	Context   string        `json:"@context"`
	Type      string        `json:"@type"`
	Graph     []claimReview `json:"@graph"`
	URL       string
	Published string `json:"datePublished"`
	Author    struct {
		Type string `json:"@type"`
		Name string
	}
	Claim string `json:"claimReviewed"`
	Item  *struct {
		Type string `json:"@type"`
	} `json:"itemReviewed"`
	Rating map[string]any `json:"reviewRating"`
}

// Claim is a published verdict.
type Claim struct{ Words, Verdict, By, URL string }

// ClaimReviews reads NAME.claimreview.jsonld.
func ClaimReviews(files []interchange.File) ([]Claim, error) {
	var out []Claim
	_, err := each(files, ".claimreview.jsonld", func(_ string, data []byte) (*Reading, error) {
		var top claimReview
		if err := json.Unmarshal(data, &top); err != nil {
			return nil, err
		}
		if top.Context != "https://schema.org" {
			return nil, fmt.Errorf("the context is %q", top.Context)
		}
		list := top.Graph
		if list == nil {
			list = []claimReview{top}
		}
		for _, r := range list {
			if r.Type != "ClaimReview" || r.Claim == "" || !iri(r.URL) || r.Item == nil || r.Item.Type != "Claim" || r.Author.Name == "" {
				return nil, fmt.Errorf("a required member is missing: %+v", r)
			}
			if _, err := time.Parse(time.DateOnly, r.Published); r.Published != "" && err != nil {
				return nil, err
			}
			words, ok := r.Rating["alternateName"].(string)
			if !ok || words == "" || r.Rating["@type"] != "Rating" || len(r.Rating) != 2 {
				return nil, fmt.Errorf("the rating %v is not the checker's words alone", r.Rating)
			}
			for _, c := range out {
				if c.URL == r.URL {
					return nil, errors.New("two reviews have one address")
				}
			}
			out = append(out, Claim{r.Claim, words, r.Author.Name, r.URL})
		}
		return &Reading{}, nil
	})
	return out, err
}
