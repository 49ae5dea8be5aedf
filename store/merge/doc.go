// Package merge joins the histories of two stores that were worked on apart.
//
// # What it promises
//
// Merging is commutative, associative and idempotent: stores that merged the same
// stores, in whatever order and grouping and however often, say the same of every
// sentence that they all have. No statement wins because it is later. A statement
// gives way only to one that was made in knowledge of it; where two were made apart,
// both stand and a lead decides. The other store is only read. The log of the one that
// merges grows by ordinary events and is never rewritten, so both logs stay
// verifiable: ours by its own chain, the other by the size and root that the reason of
// every merged event names.
//
// # Versions
//
// What one person says of one sentence is a register. Each change of it is a version,
// named by a dot: the act (drawn at random per run of the program, see
// [annotations.Act]) and its place among the act's changes of that register. A copy of
// a store has the same dots for what was said before the copy. A register is the set
// of versions that nobody replaced (heads) with the set of all dots it has ever seen.
// Two registers join as a multi-value register with a causal context does: a head
// stays if the other has it too, or has never seen it. That join is what gives the
// three laws.
//
// The context is kept as a version vector by session. That is sound because a session
// is one run of one program on one store: whoever has seen a later change of a
// register by a session has seen the earlier ones.
//
// # What is shown
//
// What a joined register shows is a function of it, so it does not touch the laws.
// Heads that say the same are one. A head whose words another head's author replaced
// on the way (its history holds them as an earlier revision) stands back behind that
// one, unless the same holds the other way round. A head that says nothing stands back
// behind one that says something. Of what is left, ordered by the SHA-256 of its JSON,
// the first stands under the person's own name, the others under "NAME (2)", "NAME
// (3)" …; a name that somebody bears on that sentence is passed over. Two rulings on
// one sentence cannot stand beside each other: none is in force until a lead rules
// again, and both are in the history.
//
// # How it is kept
//
// Merged events are in the name of their author, with the verb "merge" and a reason
// that ends in a mark: which versions the event brings, which dots stand in its row,
// and what its register has seen. So the joined registers can be read from the log
// alone, by this store and by the next one that merges it. A person's own event
// afterwards replaces what stands in its row.
//
// # Settings
//
// Who is to do an article, changes of its codebook, and finish marks are registers
// of the same make, one an article (one a person for finish marks), and what their
// heads come to is a function of them: everybody who was assigned; the codebook
// chosen last, by time and then by hash, since only one can be in force; finished
// if no head says otherwise. A choice made in knowledge of another replaces it. They
// are stored by the lead who merges, where whoever made them may make them here.
// So is the taking back of a ruling: only where a lead of this team did it.
//
// # Killed on the way
//
// People of the other store are in the team while what they said is stored, and
// another codebook may be in force. Both are set right at the end, and by the next
// merge where one was killed before that; the log names the guests, in as many changes
// of the team as it takes. A team that somebody set in between stays as it was set,
// guests and all.
//
// # Undo
//
// Undo goes by merged events: it takes back what the person did in this store.
// Where a merge has changed what an act left, undo refuses and goes back no further.
//
// # Where it fails
//
// Outside the laws, and left as they are here. The team: another store, which may be
// anybody's, makes nobody a lead; another team is reported. The title and other
// descriptive fields of an article that both have: nothing changes them after the
// import; differences are reported. The codebook that an article was imported
// under, as long as nobody chose one: so is that. Where the sentences of an article were
// cut in two ways, ours stay, and only what was said of sentences with the same ID and
// the same place comes in; a cut that builds on ours is taken over. What is known of cuts
// comes only with a cut: who merges a store that took one back while it was not here yet,
// and then a third that still has it, is cut so until the first is merged again. What this store's
// team or an article's codebook does not allow is left out and named. Of the words
// that a version replaced, the newest 64 are known to the rule on earlier revisions. A
// ruling on one reviewer's annotation names a row; which version stands in it can
// change when a third comes in. Clocks are trusted with one thing, which of two
// codebooks was chosen last. A mark is not signed: who can write another store can
// also write marks that let what they say replace what stands here. The log keeps what
// was replaced.
package merge
