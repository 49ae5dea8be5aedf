package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// unit reads the n-th unit of an article, from 1, and nothing else of it.
func (d *desk) unit(ctx context.Context, m *annotations.Meta, n int) (annotations.Sentence, error) {
	if n > m.Sentences {
		return annotations.Sentence{}, noSentence(n, m.Sentences)
	}
	rec, err := d.Blob(ctx, m.Table, (n-1)*annotations.TableRecord, annotations.TableRecord)
	if err != nil {
		return annotations.Sentence{}, err
	}
	if len(rec) < annotations.TableRecord {
		return annotations.Sentence{}, fmt.Errorf("sentence %d cannot be read. Nothing was changed. Run `stet check`", n)
	}
	return annotations.TableAt([]byte(rec)), nil
}

// noSentence says that an article has fewer sentences.
func noSentence(n, of int) error {
	return fmt.Errorf("there is no sentence %d: the article has %d. Nothing was changed. `stet show` numbers them", n, of)
}

// oneSentence reads "7" as a sentence of the article; what says what it is for.
func (d *desk) oneSentence(ctx context.Context, m *annotations.Meta, word, what string) (int, annotations.Sentence, error) {
	n, last, err := parseRange(word, m.Sentences)
	if err == nil && n != last {
		err = usage("%s one sentence, not %s", what, word)
	}
	if err != nil {
		return 0, annotations.Sentence{}, err
	}
	u, err := d.unit(ctx, m, n)
	return n, u, err
}

// number is the place of a sentence in reading order, from 1: what people call
// it by. It is 0 for one that is gone. IDs are places until a sentence of the
// article is split or joined. Where that cannot be read, the command ends with the error.
func (d *desk) number(ctx context.Context, article annotations.ArticleID, id annotations.SentenceID) int {
	units, ok := d.cuts[article]
	if !ok {
		var err error
		if units, err = d.cutOf(ctx, article); err != nil {
			if d.unread == nil && ctx.Err() == nil {
				d.unread = fmt.Errorf("how an article is cut could not be read, so some sentences may not have the numbers that `stet show` gives them: %w", err)
			}
			return int(id)
		}
		d.cuts[article] = units
	}
	if units == nil {
		return int(id)
	}
	return annotations.IndexOf(units, id) + 1
}

// cutOf reads how an article is cut; nil where its IDs are its places, or the store
// does not have it.
func (d *desk) cutOf(ctx context.Context, article annotations.ArticleID) ([]annotations.Sentence, error) {
	sum, err := d.Summary(ctx, "", article)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil || sum.Next == 0 {
		return nil, err
	}
	table, err := d.Blob(ctx, sum.Table, 0, -1)
	if err != nil {
		return nil, err
	}
	return annotations.ParseTable([]byte(table))
}

// placeWords is what people call a sentence by.
func placeWords(n int, id annotations.SentenceID) string {
	if n == 0 {
		return id.String() + " (no longer there)"
	}
	return strconv.Itoa(n)
}
