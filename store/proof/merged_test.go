package proof_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
	"stet.example/stet/store/merge"
	"stet.example/stet/store/proof"
	"stet.example/stet/store/storetest"
)

// A lead who merges stores what another lead settled elsewhere under the own name;
// the other's stands in the entry all the same, in no form that a reader sees. Who
// is left out of a bundle is left out there, too.
func TestWhoSettledSomethingElsewhereCanBeLeftOut(t *testing.T) {
	ours, theirs := storetest.New(t), storetest.New(t)
	lea, zoe := storetest.Session(t, "lea"), storetest.Session(t, "zoe elsewhere")
	id := storetest.Import(t, ours, lea, storetest.Article(t, "ferries", 4))
	storetest.Import(t, theirs, storetest.Session(t, "lea"), storetest.Article(t, "ferries", 4))
	assign := annotations.Change{Kind: annotations.EventAssign, Verb: "assign", Assigned: []string{"ana"}}
	if _, err := store.Do(t.Context(), theirs, zoe, id, assign); err != nil {
		t.Fatal(err)
	}
	if _, err := merge.Merge(t.Context(), ours, theirs, merge.Options{Lead: "lea", Tool: "stet test"}); err != nil {
		t.Fatal(err)
	}
	shown := func(words ...string) (named, records int, sum proof.Summary) {
		t.Helper()
		r, err := proof.ParseRedaction(words)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		order := proof.Order{Articles: []annotations.ArticleID{id}, Time: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC), Redact: r}
		if sum, err = proof.Write(t.Context(), &out, ours, order); err != nil {
			t.Fatal(err)
		}
		for l := range strings.Lines(out.String()) {
			var line struct {
				Line string
				Pos  uint64
				Data []byte
			}
			if err := json.Unmarshal([]byte(l), &line); err != nil {
				t.Fatal(err)
			}
			if line.Line != "record" {
				continue
			}
			records++
			e, err := store.DecodeRecord(line.Pos, append(line.Data, make([]byte, 32)...))
			if err != nil {
				t.Fatal(err)
			}
			_, mark, _ := strings.Cut(e.Reason, "[")
			b, err := base64.RawURLEncoding.DecodeString(strings.TrimSuffix(mark, "]"))
			if err != nil {
				t.Fatal(err)
			}
			if e.Actor == "zoe elsewhere" || bytes.Contains(b, []byte("zoe elsewhere")) {
				named++
			}
		}
		return named, records, sum
	}
	if named, _, _ := shown("confidential"); named == 0 {
		t.Fatal("no entry names zoe: there is nothing to leave out")
	}
	named, records, sum := shown("by:zoe elsewhere")
	if named > 0 || records == 0 || len(sum.Unfound) > 0 {
		t.Errorf("%d of %d records that are shown name her; not found: %q", named, records, sum.Unfound)
	}
}
