package store

import (
	"context"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// The rows of an article are worked out in two ways, a fast one and a plain one that names
// what is wrong. What the fast one alone saw was dropped: the plain one found nothing, and
// the check said that all is well.
func TestADifferenceThatOneComparisonSeesIsTold(t *testing.T) {
	s := gateStore(t, t.TempDir(), "stet.db")
	save := newSaver(t, s)
	save.save()
	check := func(differs bool) string {
		t.Helper()
		v := newVerifier(s, skims, s.tree.size, nil)
		if err := v.log(t.Context()); err != nil {
			t.Fatal(err)
		}
		err := v.rowsBy(t.Context(), func() func(context.Context, annotations.ArticleID) (bool, error) {
			e := newExpected(v)
			return func(ctx context.Context, id annotations.ArticleID) (bool, error) {
				same, err := e.article(ctx, id)
				return same && !differs, err
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, p := range v.r.Problems {
			all = append(all, p.String())
		}
		return strings.Join(all, "\n")
	}
	if said := check(false); said != "" {
		t.Errorf("nothing differs: %s", said)
	}
	if said := check(true); !strings.Contains(said, save.article.Name) {
		t.Errorf("one comparison sees a difference, and the check says %q", said)
	}
}
