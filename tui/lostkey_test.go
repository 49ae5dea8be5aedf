package tui_test

import (
	"testing"

	"stet.example/stet/store/storetest"
)

// A team's codebook has a tag with the key r. The list of keys showed the action that r is
// for elsewhere with no key and no word why; who knew it from before tagged the sentence.
func TestTheListOfKeysSaysWhichTagHasAnActionsKey(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 5))
	rejudged(t, st, id, teamBook)
	d := show(t, st, id, 110, 60)
	d.WaitFor("r fact", "w view")
	d.Type("?")
	d.WaitFor("Keys. Type to search", "no key, w is view; set or clear work flags", "no key, r is fact; tag the sentence first")
}

// The same in lines, where the list said "no key" and nothing else.
func TestTheKeysInLinesSayWhichTagHasAnActionsKey(t *testing.T) {
	st := storetest.New(t)
	id := storetest.Import(t, st, storetest.Session(t, "ana"), ferries(t, 5))
	rejudged(t, st, id, teamBook)
	l := newLines(t, st, id)
	l.Expect("Sentence 2 of 5", "What is it?")
	l.Press("?")
	l.Expect("no key, w is view: flags. Set or clear work flags")
}
