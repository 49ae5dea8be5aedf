package tui

import (
	"fmt"
	"testing"

	"stet.example/stet/store/storetest"
)

// No more than so many articles are read to find those that share text. Where the one at
// hand came behind them, in the order of the store, nothing was known of its own words, and
// each of the others "shares no words".
func TestTheWordsOfAnArticleAreKnownWhereverItStandsInTheStore(t *testing.T) {
	st := storetest.New(t)
	who := storetest.Session(t, "ana")
	l := loader{ctx: t.Context(), store: st, who: "ana"}
	for i := range 8 {
		storetest.Import(t, st, who, storetest.Article(t, fmt.Sprintf("ferries%d", i), 6))
	}
	page, err := st.Articles(t.Context(), "ana", [16]byte{}, 10)
	if err != nil || len(page) != 8 {
		t.Fatal(len(page), err)
	}
	for at := range page {
		m, ok := l.candidates(page[at].ID, 3).(pairsFound)
		if !ok || m.err != nil || len(m.list) != 3 || !m.more {
			t.Fatalf("%d: %+v", at, m)
		}
		for _, c := range m.list {
			if c.id == page[at].ID || c.score == 0 {
				t.Errorf("of %d: %s shares %v of its words", at, c.meta.Name, c.score)
			}
		}
	}
	if m, ok := l.candidates(page[0].ID, 7).(pairsFound); !ok || len(m.list) != 7 || m.more {
		t.Errorf("of all: %+v", m)
	}
}
