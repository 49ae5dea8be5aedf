package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/interchange"
)

// sharedTexts are the articles' texts that were given beside annotations, as an
// export lays them there: with one, a file that names its article or quotes it
// can be read where the store does not have the article yet.
type sharedTexts struct {
	files []interchange.File
	made  map[string]*annotations.Article // by the file's name; nil = it cannot be an article
}

// article finds the text that has a hash, or belongs to an article of a name or
// key, and makes it an article.
func (s *sharedTexts) article(text annotations.Hash, name string, make func(text string, about interchange.About, file string) (*annotations.Article, error)) *annotations.Article {
	for _, f := range s.files {
		a, tried := s.made[f.Name]
		if !tried {
			a, _ = make(string(f.Data), interchange.About{}, f.Name) //nolint:errcheck // then it is no article, and whoever needs it says so
			s.made[f.Name] = a
		}
		if a == nil {
			continue
		}
		base, _, _ := strings.Cut(strings.TrimSuffix(f.Name, filepath.Ext(f.Name)), interchange.Another)
		if a.Text == text || name != "" && (base == name || a.Name == name || a.ID.String() == name) {
			return a
		}
	}
	return nil
}

// has reports whether an article is the one that was made of one of the texts, and
// not the store's own of the same words.
func (s *sharedTexts) has(a *annotations.Article) bool {
	for _, made := range s.made {
		if made == a {
			return true
		}
	}
	return false
}

// shareTexts takes the texts among the files out of the groups: for SLATE and
// W3C, which find theirs by name, and for all others as texts to look up. brat
// keeps those that have an .ann beside them.
func shareTexts(groups []*loadGroup) ([]*loadGroup, *sharedTexts) {
	texts := &sharedTexts{made: map[string]*annotations.Article{}}
	base := func(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
	isText := func(f interchange.File) bool { return strings.EqualFold(filepath.Ext(f.Name), ".txt") }
	var out []*loadGroup
	for _, g := range groups {
		if !g.is("brat") {
			out = append(out, g)
			continue
		}
		kept := &loadGroup{dialect: g.dialect}
		for i, f := range g.files {
			own := slices.ContainsFunc(g.files, func(x interchange.File) bool {
				return strings.EqualFold(filepath.Ext(x.Name), ".ann") && base(x.Name) == base(f.Name)
			})
			if isText(f) {
				texts.files = append(texts.files, f)
			}
			if !isText(f) || own {
				kept.files, kept.names = append(kept.files, f), append(kept.names, g.names[i])
			}
		}
		if len(kept.files) > 0 {
			out = append(out, kept)
		}
	}
	for _, g := range out {
		if g.is("slate") || g.is("w3c") {
			for _, f := range texts.files {
				if slices.ContainsFunc(g.files, func(x interchange.File) bool { return strings.HasPrefix(x.Name, base(f.Name)+".") }) {
					g.files, g.names = append(g.files, f), append(g.names, f.Name)
				}
			}
		}
	}
	return out, texts
}

func (g *loadGroup) is(format interchange.Format) bool {
	return g.dialect != nil && g.dialect.Format() == format
}

// errOnlyTexts says that nothing but texts was given.
var errOnlyTexts = errors.New("only texts were given, and nothing that is said of them. Nothing was loaded. stet import takes articles; give .ann, .json or other annotations with them")
