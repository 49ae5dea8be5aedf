package store_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// compare asks everything there is to ask.
func (p *pair) compare() {
	ctx, big := context.Background(), math.MaxInt
	for _, who := range []string{"ana", "ben", ""} {
		p.both("articles", func(s store.Store) (any, error) {
			v, err := s.Articles(ctx, who, annotations.Desk, big)
			return tidy(v), err
		})
		for _, m := range []annotations.Mode{annotations.Undo, annotations.Redo} {
			p.both("undoable", func(s store.Store) (any, error) { d, e, err := s.Undoable(ctx, who, m); return undoable{d, e}, err })
		}
	}
	p.both("articles, none", func(s store.Store) (any, error) {
		v, err := s.Articles(ctx, "ana", annotations.Desk, -1)
		return len(v), err
	})
	for _, by := range []store.Order{store.ByName, store.Lately, store.Ruled, 9} {
		for _, after := range []store.Listed{{}, {ID: p.articles[1].ID, Name: p.articles[1].Name}} {
			for _, n := range []int{-1, 1, big} {
				p.both(fmt.Sprintf("list %d after %q", by, after.Name), func(s store.Store) (any, error) {
					v, err := s.List(ctx, by, after, n)
					return append([]store.Listed{}, v...), err
				})
			}
		}
	}
	for _, of := range []annotations.ArticleID{annotations.Desk, p.articles[0].ID, p.articles[1].ID, {9}} {
		for _, n := range []int{-1, 1, big} {
			p.both(fmt.Sprintf("revisions of %s", of), func(s store.Store) (any, error) {
				v, err := s.Revisions(ctx, of, n)
				return append([]store.Listed{}, v...), err
			})
		}
	}
	for _, a := range p.articles {
		p.compareArticle(a)
	}
	for _, name := range []string{"", "harbour", "harbour-post-2026", p.articles[0].Name, p.articles[0].ID.String(), p.articles[0].ID.String() + "0", strings.ToUpper(p.articles[1].ID.String()), "\xff"} {
		p.both("lookup "+name, func(s store.Store) (any, error) { return s.Lookup(ctx, name) })
	}
	p.both("evidence", func(s store.Store) (any, error) {
		v, err := s.Evidence(ctx, annotations.EvidenceID{}, 3)
		return len(v) == 0 || len(v) > 0, err
	})
	p.both("evidence, all", func(s store.Store) (any, error) {
		v, err := s.Evidence(ctx, annotations.EvidenceID{}, big)
		return append([]annotations.Evidence{}, v...), err
	})
	for _, sealed := range p.secrets {
		p.both("secret", func(s store.Store) (any, error) { return s.Secret(ctx, sealed) })
		sealed.Salt[1] ^= 1
		p.both("secret under another salt", func(s store.Store) (any, error) { return s.Secret(ctx, sealed) })
	}
	for _, from := range []uint64{0, 3, math.MaxUint64} {
		for _, n := range []int{-1, 0, 1, big} {
			p.both("seals", func(s store.Store) (any, error) {
				v, err := s.Seals(ctx, from, n)
				return append([]store.Seal{}, v...), err
			})
		}
	}
	for _, q := range []store.Query{{}, {Article: p.articles[0].ID}, {Actor: "ana"}, {Article: p.articles[1].ID, Sentence: 2, Actor: "ben"}, {Article: annotations.ArticleID{9}}} {
		for _, after := range []uint64{0, 1, 7, math.MaxUint64} {
			p.both(fmt.Sprintf("events %+v after %d", q, after), func(s store.Store) (any, error) { return everyEvent(s, q, after) })
		}
	}
	for _, after := range []uint64{0, 2, 1 << 40, math.MaxUint64} {
		p.both("export", func(s store.Store) (any, error) {
			var b bytes.Buffer
			info, err := s.Export(ctx, &b, after)
			return fmt.Sprintf("%+v %s", info, annotations.HashOf(b.String())), err
		})
	}
	p.both("stat", func(s store.Store) (any, error) { v, err := s.Stat(ctx); v.Path, v.Bytes = "", 0; return v, err })
	p.both("verify", func(s store.Store) (any, error) {
		r, err := s.Verify(ctx, nil)
		for _, bad := range r.Problems {
			p.rt.Errorf("verify: %s", bad)
		}
		return fmt.Sprint(r.Events, r.Seal.Root), err
	})
	if n := p.bolt.OpenReads(); n > 1 { // the mirror may be at it
		p.rt.Fatalf("%d read transactions are open after all calls have returned", n)
	}
}

func (p *pair) compareArticle(a *annotations.Article) {
	ctx := context.Background()
	p.both("summary", func(s store.Store) (any, error) {
		v, err := s.Summary(ctx, "ben", a.ID)
		return tidy([]store.Summary{v}), err
	})
	p.both("load", func(s store.Store) (any, error) { return store.Load(ctx, s, a.ID) })
	for _, r := range [][2]annotations.SentenceID{{0, math.MaxUint32}, {2, 4}, {4, 2}, {math.MaxUint32, math.MaxUint32}} {
		for _, n := range []int{-1, 0, 2, math.MaxInt} {
			p.both("state", func(s store.Store) (any, error) {
				v, err := s.State(ctx, a.ID, r[0], r[1], n)
				return append([]store.Row{}, v...), err
			})
		}
	}
	for _, c := range [][2]int{{0, -1}, {3, 4}, {len(a.Body), 9}, {len(a.Body) + 1, 1}, {-1, 2}, {2, math.MaxInt}, {5, 0}} {
		p.both("blob", func(s store.Store) (any, error) { return s.Blob(ctx, a.Text, c[0], c[1]) })
	}
}

// tidy makes empty maps nil, which callers cannot tell apart.
func tidy(list []store.Summary) []store.Summary {
	out := append([]store.Summary{}, list...)
	for i := range out {
		if len(out[i].Progress.ByTag) == 0 {
			out[i].Progress.ByTag = nil
		}
		for who, p := range out[i].Others {
			if len(p.ByTag) == 0 {
				p.ByTag = nil
				out[i].Others[who] = p
			}
		}
	}
	return out
}

// everyEvent pages through a query.
func everyEvent(s store.Store, q store.Query, after uint64) ([]annotations.Event, error) {
	all := []annotations.Event{}
	for {
		page, next, err := s.Events(context.Background(), q, after, 3)
		if err != nil || len(page) == 0 {
			return all, err
		}
		if next < after || next < page[len(page)-1].Pos {
			return nil, fmt.Errorf("after %d comes %d", after, next)
		}
		all, after = append(all, page...), next
	}
}
