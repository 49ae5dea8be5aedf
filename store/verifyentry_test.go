package store

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

// An article's entry could say that its text is a petabyte long, or has a billion
// sentences, and the check called the store whole: text and table were what they hash to.
func TestTheCheckHoldsAnEntryAgainstItsText(t *testing.T) {
	for what, c := range map[string]struct {
		forge func(m *annotations.Meta)
		says  string
	}{
		"nothing":         {func(*annotations.Meta) {}, ""},
		"more bytes":      {func(m *annotations.Meta) { m.TextBytes = 1 << 50 }, "its entry says 1125899906842624 in 2"},
		"fewer sentences": {func(m *annotations.Meta) { m.Sentences = -1 }, "its entry says 9 in -1"},
	} {
		m := sample(t)
		events, _, err := m.Events(t.Context(), Query{}, 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		e := events[0]
		meta := *e.Meta
		c.forge(&meta)
		e.Meta = &meta
		codec, err := newCodec()
		if err != nil {
			t.Fatal(err)
		}
		rec, err := codec.encode(m.id, &e)
		if err != nil {
			t.Fatal(err)
		}
		var journal []byte
		for f := newFrames(bytes.NewReader(journalOf(t, m))); ; {
			x, err := f.next()
			if err != nil {
				t.Fatal(err)
			}
			if x.kind == frameEvent {
				journal = appendFrame(journal, frameEvent, u64(1), rec)
				break
			}
			journal = appendFrame(journal, x.kind, x.payload)
		}
		path := filepath.Join(t.TempDir(), "forged.db")
		if _, err := Rebuild(t.Context(), path, "test", bytes.NewReader(journal)); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), Options{Path: path, NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		rep, err := s.Verify(t.Context(), nil)
		if err != nil || rep.OK() != (c.says == "") || c.says != "" && !strings.Contains(rep.Problems[0].String(), c.says) {
			t.Errorf("%s: %v, %v", what, rep.Problems, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
