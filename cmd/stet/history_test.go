package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations/interchange"
)

// storied is a store in which every sort of event happened, and the export of it
// with its history.
func storied(t *testing.T) (*world, []byte) {
	t.Helper()
	w := newWorld(t)
	w.must("import", "--outlet", "pier", "--title", "The pier 🚢", w.file("pier.txt", story))
	w.must("import", "--outlet", "quay", w.file("quay.txt", "The quay is new, said the board. It was built in 1931. Nobody knows more."))
	for _, line := range []string{
		"tag pier 1 sourced --source officials --cue said --count 2",
		"tag pier 2 contested --disputes 1 --manner direct --evidence https://example.org/a --stance undercuts --quote é",
		"tag pier 2 - --disputes quay:1 --flag numbers --unsure --check wanted --verdict open",
		"tag quay 1-3 contextual", "undo", "redo", "undo",
		"--as bob tag pier 1 contextual", "--as bob tag pier 1 - --confidential whisper", "--as bob tag pier 1 - --note loud",
		"--as lea rule pier 1 amend contested --rule C-d", "--as lea rule pier 2 query --reason why", "--as lea rule pier 2 none",
		"tag quay 2 x", "tag quay 3 sourced", "join quay 2 --tag sourced", "split quay 1 --before said", "kind quay 1 caption",
		"assign quay ana", "finish pier --force", "finish pier --reopen", "tag pier 4 c --inside --reason because",
	} {
		w.must(strings.Fields(line)...)
	}
	w.must("revise", "pier", w.file("pier2.txt", story+"\nIt is closed now, the board said.\n"))
	out := filepath.Join(w.dir, "all.json")
	w.must("export", "--history", "-o", out)
	if s := w.stderr.String(); strings.Contains(s, "without proof") {
		t.Fatal(s)
	}
	return w, []byte(w.must("export", "--history"))
}

// TestAHistoryThatHoldsIsProved: hashes that a real store made are worked out anew
// from the file, for every kind of event that belongs to an article.
func TestAHistoryThatHoldsIsProved(t *testing.T) {
	t.Parallel()
	_, data := storied(t)
	e, r, err := interchange.ReadJSON(bytes.NewReader(data))
	if err != nil || !r.Clean() {
		t.Fatalf("%v, %+v", err, r)
	}
	kinds := map[string]int{}
	for i := range e.Documents {
		d := &e.Documents[i]
		if d.HistoryOf == [16]byte{} {
			t.Errorf("%s: no store vouches for its history", d.Article.Name)
		}
		for k := range d.Events {
			kinds[d.Events[k].Kind.String()]++
		}
	}
	for _, k := range []string{"import", "annotate", "rule", "evidence", "cut", "assign", "finish"} {
		if kinds[k] == 0 {
			t.Errorf("no event of the kind %s is proved: %v", k, kinds)
		}
	}
	if r.ByPlace == 0 || r.Proved < 25 || r.Proved+r.ByPlace != r.Events.In {
		t.Errorf("%d events, %d proved by hash, %d by place", r.Events.In, r.Proved, r.ByPlace)
	}
}

// TestATamperedHistoryIsRefused: whatever is changed in a history, or in what it
// ends with, the article is left out, and the receipt names the place.
func TestATamperedHistoryIsRefused(t *testing.T) {
	t.Parallel()
	_, data := storied(t)
	tried := 0
	for n := 0; ; n += 5 { // all of them take half a minute
		doc, path, ok := tamper(t, data, n)
		if !ok {
			break
		}
		tried++
		e, r, err := interchange.ReadJSON(bytes.NewReader(doc))
		switch {
		case err != nil:
			continue // refused as a whole
		case len(r.Rejected) == 0:
			t.Errorf("%s was changed, and nobody noticed", path)
		case len(e.Documents) == r.Articles.In && strings.Contains(path, "history"):
			t.Errorf("%s was changed, and the article was taken: %v", path, r.Rejected)
		case r.Rejected[0].Path == "" || r.Rejected[0].Line == 0:
			t.Errorf("%s was changed; it says %v, but not where", path, r.Rejected[0])
		}
	}
	if tried < 80 {
		t.Fatalf("only %d places were tried", tried)
	}
}

// tamper changes the n-th value of a file that a history answers for. An event with a
// confidential note has no hash to go by, since its salt is not in the file: there
// only what it links is tried.
func tamper(t *testing.T, data []byte, n int) (doc []byte, path string, ok bool) {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	list, isList := v["articles"].([]any)
	if !isList {
		t.Fatal("there are no articles")
	}
	for i, a := range list {
		m, isMap := a.(map[string]any)
		if !isMap {
			t.Fatalf("article %d is %T", i, a)
		}
		for _, field := range slices.Sorted(maps.Keys(m)) {
			at := fmt.Sprintf("articles[%d].%s", i, field)
			switch field {
			case "history":
				m[field] = alter(m[field], at, &n, &path)
			case "title", "outlet", "url", "language", "imported", "id":
				m[field] = alter(m[field], at, &n, &path)
			}
		}
	}
	doc, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return doc, path, path != ""
}

// alter changes the n-th leaf below v and notes where that was. What is not hashed,
// or follows from what is, it passes over.
func alter(v any, at string, n *int, path *string) any {
	switch x := v.(type) {
	case map[string]any:
		sealed := holdsSeal(x["before"]) || holdsSeal(x["after"])
		for _, k := range slices.Sorted(maps.Keys(x)) {
			if k != "pos" && k != "range" && (!sealed || slices.Contains([]string{"seq", "prev", "hash", "before", "after"}, k)) {
				x[k] = alter(x[k], at+"."+k, n, path)
			}
		}
		return x
	case []any:
		for i := range x {
			x[i] = alter(x[i], fmt.Sprintf("%s[%d]", at, i), n, path)
		}
		return x
	}
	*n--
	if *n != -1 {
		return v
	}
	*path = at
	switch x := v.(type) {
	case string:
		return forged(x)
	case float64:
		return x + 1
	case bool:
		return !x
	}
	return "sourced" // null: an annotation without a tag
}

func holdsSeal(v any) bool {
	m, ok := v.(map[string]any)
	return ok && m["confidential"] != nil
}

// forged changes a text so that it is still of the same sort: a digit for a digit,
// a letter for a letter.
func forged(s string) string {
	if s == "" {
		return "x"
	}
	b := []byte(s)
	for i := len(b) - 1; i >= 0; i-- {
		switch c := b[i]; {
		case c >= '0' && c < '9', c >= 'a' && c < 'f':
			b[i]++
			return string(b)
		case c == '9' || c == 'f':
			b[i]--
			return string(b)
		}
	}
	return s + "x"
}

// TestAnEventThatIsMissingIsNoticed: taken out, put in twice, or exchanged; and what
// somebody says taken out of the file, but not of its history.
func TestAnEventThatIsMissingIsNoticed(t *testing.T) {
	t.Parallel()
	_, data := storied(t)
	for name, change := range map[string]func(m map[string]any, history []any){
		"the last event":   func(m map[string]any, h []any) { m["history"] = h[:len(h)-1] },
		"the first event":  func(m map[string]any, h []any) { m["history"] = h[1:] },
		"one of them":      func(m map[string]any, h []any) { m["history"] = slices.Delete(h, 3, 4) },
		"one comes twice":  func(m map[string]any, h []any) { m["history"] = slices.Insert(h, 3, h[3]) },
		"two change place": func(_ map[string]any, h []any) { h[3], h[4] = h[4], h[3] },
		"all of them":      func(m map[string]any, _ []any) { m["history"] = []any{} },
		"what bob says": func(m map[string]any, _ []any) {
			s := m["sentences"].([]any)[0].(map[string]any) //nolint:forcetypeassert // the test fails, as it should
			s["annotations"] = s["annotations"].([]any)[:1]
		},
		"the ruling": func(m map[string]any, _ []any) {
			delete(m["sentences"].([]any)[0].(map[string]any), "ruling") //nolint:forcetypeassert // the test fails, as it should
		},
	} {
		var v struct {
			Rest     map[string]any   `json:"-"`
			Articles []map[string]any `json:"articles"`
		}
		if err := errorsOf(json.Unmarshal(data, &v.Rest), json.Unmarshal(data, &v)); err != nil {
			t.Fatal(err)
		}
		one := v.Articles[slices.IndexFunc(v.Articles, func(m map[string]any) bool { return strings.HasPrefix(m["id"].(string), "pier") && m["parent"] == nil })] //nolint:forcetypeassert // as above
		change(one, one["history"].([]any))                                                                                                                       //nolint:forcetypeassert // as above
		v.Rest["articles"] = v.Articles
		doc, err := json.Marshal(v.Rest)
		if err != nil {
			t.Fatal(err)
		}
		_, r, err := interchange.ReadJSON(bytes.NewReader(doc))
		if err != nil || len(r.Rejected) == 0 {
			t.Errorf("%s: %v, nothing was rejected", name, err)
		}
	}
}

func errorsOf(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestLoadTellsOfATamperedHistory: exit code 1, the place, and nothing of the article
// in the store.
func TestLoadTellsOfATamperedHistory(t *testing.T) {
	t.Parallel()
	w, data := storied(t)
	bad := bytes.Replace(data, []byte(`"reason":"because"`), []byte(`"reason":"believe"`), 1)
	if bytes.Equal(bad, data) {
		t.Fatal("nothing was changed")
	}
	path := w.file("bad.json", string(bad))
	empty := filepath.Join(w.dir, "empty.db")
	if code := w.run("--db", empty, "load", path); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	if s := w.stderr.String(); !strings.Contains(s, "].hash: is not that of what the event says") || !strings.Contains(s, "The article is left out") {
		t.Errorf("it says %q", s)
	}
	if list := w.must("--db", empty, "list"); strings.Count(list, "\npier-") != 1 || !strings.Contains(list, "quay") {
		t.Errorf("the store has %q", list)
	}
	good := w.file("good.json", string(data))
	w.must("--db", filepath.Join(w.dir, "good.db"), "load", good)
	if s := w.stderr.String(); !strings.Contains(s, "they hold") {
		t.Errorf("it says %q", s)
	}
}
