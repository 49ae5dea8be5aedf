package survey

import (
	"context"
	"strings"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/audit"
	"stet.example/stet/store"
)

// apart finds the rows that a merge let stand beside another of the same person,
// as "NAME (2)" beside NAME. Somebody may be called so: the row must come from a
// merge, which the log says.
func (r *Reader) apart(ctx context.Context, id annotations.ArticleID, rows []audit.Row) (map[audit.Statement]string, error) {
	var out map[audit.Statement]string
	from := 0 // the first row of the sentence: rows come sentence by sentence
	for i := range rows {
		row := &rows[i]
		if row.Sentence != rows[from].Sentence {
			from = i
		}
		name := numbered(row.Reviewer)
		if name == "" || row.Annotation.Pos == 0 || !borne(rows[from:], row.Sentence, name) {
			continue
		}
		list, _, err := r.st.Events(ctx, store.Query{Article: id}, row.Annotation.Pos-1, 1)
		if err != nil {
			return nil, err
		}
		if len(list) != 1 || list[0].Pos != row.Annotation.Pos || list[0].Verb != annotations.VerbMerge {
			continue
		}
		if out == nil {
			out = map[audit.Statement]string{}
		}
		out[audit.Statement{Sentence: row.Sentence, Reviewer: row.Reviewer}] = name
	}
	return out, nil
}

// numbered is NAME of "NAME (2)", "" for other names.
func numbered(who string) string {
	i := strings.LastIndex(who, " (")
	if i < 1 || !strings.HasSuffix(who, ")") {
		return ""
	}
	n := who[i+2 : len(who)-1]
	if n == "" || strings.Trim(n, "0123456789") != "" {
		return ""
	}
	return who[:i]
}

// borne reports whether somebody says something of the sentence under the name.
func borne(rows []audit.Row, s annotations.SentenceID, name string) bool {
	for i := range rows {
		if rows[i].Sentence != s {
			return false
		}
		if rows[i].Reviewer == name {
			return true
		}
	}
	return false
}
