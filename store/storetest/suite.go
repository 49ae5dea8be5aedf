package storetest

import (
	"testing"

	"stet.example/stet/annotations"
	"stet.example/stet/store"
)

// Suite runs every conformance test on stores that open makes; each test gets
// an empty one.
func Suite(t *testing.T, open func(t *testing.T) store.Store) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, store.Store)
	}{
		{"an import is found by key, name and prefix", importIsFound},
		{"the same text twice is one article", sameTextTwice},
		{"a name that is taken is told from other conflicts", takenName},
		{"later revisions are listed by the text they were made of", revised},
		{"articles are listed by name, by what was said lately, by rulings", listed},
		{"blobs come back whole and in part", blobs},
		{"the same act twice is one act", exactlyOnce},
		{"an act out of turn is refused", outOfTurn},
		{"a change over an old revision is refused", staleRevision},
		{"a change over an old head is refused", staleHead},
		{"a batch is all or nothing", allOrNothing},
		{"what cannot be is not stored", impossible},
		{"undo and redo, newest first", undoRedo},
		{"undo takes a whole act back", undoWholeAct},
		{"undo stays with its person", undoIsOnesOwn},
		{"state comes in order and in pages", statePages},
		{"events are found by article, sentence and person", eventQueries},
		{"many writers lose nothing", manyWriters},
		{"what several see at once fits one order", oneOrder},
		{"a tail sees every end", tail},
		{"places are remembered", places},
		{"confidential notes stay out of the log", secrets},
		{"evidence is shared", evidence},
		{"rulings stand beside annotations", rulings},
		{"sentences are cut anew and back", cuts},
		{"a ruling remembers the words it was made on", ruledWords},
		{"a ruling that comes back is of who made it", ruledBy},
		{"an older ruling is looked up in the log", ruledBefore},
		{"undo brings a tag back with the words it was said of", saidWords},
		{"a team makes rules", teams},
		{"articles are dealt out and finished", dealtOut},
		{"what was finished before stays so after undo", finishUndone},
		{"seals give the same root again", seals},
		{"an export rebuilds the store", exports},
		{"after close there is nothing", closed},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			test.run(t, s)
			if test.name != "after close there is nothing" {
				MustCheck(t, s)
			}
		})
	}
}

func oneOrder(t *testing.T, s store.Store) {
	if ok, err := Linearizable(t, s, 1); err != nil || !ok {
		t.Errorf("no order of the acts explains what the clients saw (%v)", err)
	}
}

func mustDo(t *testing.T, s store.Store, who *store.Session, id annotations.ArticleID, c ...annotations.Change) {
	t.Helper()
	if _, err := store.Do(t.Context(), s, who, id, c...); err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, s store.Store, id annotations.ArticleID) []store.Row {
	t.Helper()
	rows, err := s.State(t.Context(), id, 0, ^annotations.SentenceID(0), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
