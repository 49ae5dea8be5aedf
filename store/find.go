package store

import (
	"context"
	"errors"
	"strings"

	"stet.example/stet/annotations"
)

// Find is the article that a name stands for: by its name, by the start of its name or of
// its key, else by the end of its name, which is what people copy of it: the date, and the
// start of the key. It fails as Lookup does.
func Find(ctx context.Context, st Store, name string) (annotations.ArticleID, error) {
	id, err := st.Lookup(ctx, name)
	if !errors.Is(err, ErrNotFound) || name == "" {
		return id, err
	}
	fit, failed := endIn(ctx, st, "-"+strings.TrimPrefix(name, "-"))
	if failed != nil || len(fit) == 0 {
		return id, errors.Join(err, failed)
	}
	return onlyFit(name, fit)
}

// endIn lists the articles whose names end so.
func endIn(ctx context.Context, st Store, end string) (fit []Listed, err error) {
	const at = 4096
	for after := (Listed{}); ; {
		list, err := st.List(ctx, ByName, after, at)
		if err != nil {
			return nil, err
		}
		for _, l := range list {
			if strings.HasSuffix(l.Name, end) {
				fit = append(fit, l)
			}
		}
		if len(list) < at {
			return fit, nil
		}
		after = list[len(list)-1]
	}
}
