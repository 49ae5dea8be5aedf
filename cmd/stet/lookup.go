package main

import (
	"context"
	"errors"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// find looks an article up by its name, by the start or the end of its name, or by the
// start of its key.
func (d *desk) find(ctx context.Context, name string) (store.Summary, error) {
	id, err := d.lookUp(ctx, name)
	if err != nil {
		return store.Summary{}, err
	}
	return d.Summary(ctx, d.session.Actor, id)
}

// lookUp is find for who needs the key alone. What is at the end of a name tells articles
// of one outlet apart, and is what people copy of it: the date, and the start of the key.
func (d *desk) lookUp(ctx context.Context, name string) (annotations.ArticleID, error) {
	id, err := d.Lookup(ctx, name)
	if !errors.Is(err, store.ErrNotFound) || name == "" {
		return id, err
	}
	fit, failed := d.endIn(ctx, "-"+strings.TrimPrefix(name, "-"))
	if failed != nil || len(fit) == 0 {
		return id, errors.Join(err, failed)
	}
	return store.OnlyFit(name, fit)
}

// endIn lists the articles whose names end so.
func (d *desk) endIn(ctx context.Context, end string) (fit []store.Listed, err error) {
	const at = 4096
	for after := (store.Listed{}); ; {
		list, err := d.List(ctx, store.ByName, after, at)
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
