// Package store keeps articles and the log of what was said of them in one
// bbolt file, and is the only package that knows bbolt.
//
// # The promise
//
// When [Store.Append] returns nil, the change is on the disk (both of bbolt's
// syncs done) and in the log. When it returns an error it may still be there
// ([ErrUnknown] says so); asking again with the same session and number gives
// the receipt of the one that was stored, never a second copy. After a failed
// sync a store writes no more ([ErrPoisoned]): what a later write would build
// on is not known to be on the disk.
//
// # The log
//
// Nothing changes but by an [annotations.Event]. One transaction appends the
// events of a batch and updates every projection of them. Events are chained
// by hash per article and are, over all articles, the leaves of a Merkle tree
// ([golang.org/x/mod/sumdb/tlog]) whose root is sealed every thousand events
// and at close. A chain without a seal that somebody keeps elsewhere proves
// nothing against a person who can rewrite the whole file.
//
// # What a flipped bit can do
//
// Pages and rows carry no checksums. A row that counts and cannot be read is an error,
// never one that is not there. Who belongs to the team, and by which rules, is believed
// only where the log's last word on it, which proves itself, says the same. Of the other
// rows a bit that leaves them readable shows when they are compared with the log
// ([Bolt.Verify]).
//
// # What a save costs
//
// Two syncs, which the promise needs, and the pages that it touches: each costs
// about as much as a tenth of a sync once more. So what changes with every save
// stands close together (layout.go says how), and only what was said of a
// sentence before, and is said anew, touches a leaf of its own. Whoever saves alone
// commits by himself, without another goroutine; many who save at once share a
// commit. Then the processor is the limit, and two thirds of its work are bbolt's:
// people who are at different sentences touch about one page each, however many
// they are. How many times faster a crowd is than one person so depends on what a
// sync costs: some 20 times where it takes a fifth of a millisecond, 10 times where
// it takes a twentieth.
//
// # What a check costs
//
// [Bolt.Prove] hashes each record once and once more for the tree: six blocks of
// SHA-256. Many are hashed side by side where the processor can do that (package
// lanes), and both reading and hashing are spread over the processors, so that a
// proof takes about a third of the time of crypto/sha256 alone. [Bolt.Verify] also
// reads what every event says, folds it, and compares what was made of it byte by
// byte, at about a third of that speed; the fold goes in order, on one processor.
// Records are read by hand (quick), which gives up on whatever this program would not
// have written; the library reads that.
//
// # Engines
//
// [Store] is the interface. [Memory] is the model, [Open] gives the bbolt
// engine; both pass the suite in storetest, and so must any other. The rules of
// what may be stored are in one place, stamp, which every engine calls.
package store
