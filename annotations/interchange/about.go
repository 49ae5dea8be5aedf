package interchange

import (
	"encoding/json"

	"stet.example/stet/annotations"
)

// About is what is known of an article besides its text. Formats of other programs
// carry it beside their own fields, for a store that does not have the article yet.
type About struct {
	Title     string `json:"title,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Published string `json:"published,omitempty"` // YYYY-MM-DD, or RFC 3339
	URL       string `json:"url,omitempty"`
	Language  string `json:"language,omitempty"` // BCP 47
}

// AboutOf is what is known of an article.
func AboutOf(m *annotations.Meta) About {
	return About{Title: m.Title, Outlet: m.Outlet, Byline: m.Byline, Published: m.Published, URL: m.URL, Language: m.Language}
}

// Pack writes it as one string, which other programs leave alone; "" for nothing.
func (a About) Pack() string {
	if a == (About{}) {
		return ""
	}
	b, err := json.Marshal(a)
	if err != nil {
		return "" // strings alone: it cannot fail
	}
	return string(b)
}

// ReadAbout reads what [About.Pack] wrote. What is no such thing says nothing.
func ReadAbout(words string) (a About) {
	if json.Unmarshal([]byte(words), &a) != nil {
		return About{}
	}
	return a
}

// Or takes from b what is not known.
func (a About) Or(b About) About {
	for _, f := range [][2]*string{{&a.Title, &b.Title}, {&a.Outlet, &b.Outlet}, {&a.Byline, &b.Byline}, {&a.Published, &b.Published}, {&a.URL, &b.URL}, {&a.Language, &b.Language}} {
		if *f[0] == "" {
			*f[0] = *f[1]
		}
	}
	return a
}
