package store

import (
	"fmt"
	"strings"

	"stet.example/stet/annotations"
)

// mostFit is how many articles are looked at that a name fits; of more it is said that
// there are as many or more.
const mostFit = 100

// mostNamed is how many of them are named: those that a line has room for.
const mostNamed = 5

// onlyFit is the article of fit, those that name may stand for: the only one, or the
// error that says there is none, or names the candidates. One article may be in fit
// twice, by its name and by its key.
func onlyFit(name string, fit []Listed) (annotations.ArticleID, error) {
	seen, names := map[annotations.ArticleID]bool{}, []string{}
	for _, f := range fit {
		if !seen[f.ID] {
			seen[f.ID] = true
			names = append(names, annotations.Visible(f.Name))
		}
	}
	switch n := len(names); {
	case n == 0:
		return annotations.Desk, notFound("no article %q in this store; `stet list` shows what there is", annotations.Visible(name))
	case n == 1:
		return fit[0].ID, nil
	case n >= mostFit:
		return annotations.Desk, fitsMany(name, fmt.Sprintf("%d articles or more, among them ", mostFit), names)
	case n > mostNamed:
		return annotations.Desk, fitsMany(name, fmt.Sprintf("%d articles, among them ", n), names)
	default:
		return annotations.Desk, fitsMany(name, fmt.Sprintf("%d articles: ", n), names)
	}
}

func fitsMany(name, how string, names []string) error {
	return &Error{
		Kind: ErrInvalid, What: fmt.Sprintf("%q fits %s%s", annotations.Visible(name), how, strings.Join(names[:min(len(names), mostNamed)], ", ")),
		Next: "Give more of the name; `stet list` shows them",
	}
}
