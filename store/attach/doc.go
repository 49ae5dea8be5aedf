// Package attach lets many processes of one person work on one store: the
// process that holds the file's lock, the owner, serves the others over a Unix
// socket. Any stet process can be the owner. When it leaves, or dies, one of the
// others opens the file and serves the rest.
//
// # Promise
//
// What [Store.Append] returned without an error is in the file, once, whichever
// process was the owner and whatever became of it. A request whose answer never
// came is asked again, under the same session and number, of the next owner;
// where there is none in time, the error is [store.ErrUnknown] and the caller
// may ask again. A stopped owner (ctrl+z) becomes [store.ErrHeld] within two
// seconds of a call, never a hang.
//
// # Where
//
// The socket's name is the start of the SHA-256 of the store's path, with
// symbolic links resolved. It lies in a folder that belongs to the user and is
// closed to others (0700): $XDG_RUNTIME_DIR/stet, else stet-UID in the folder for
// temporary files. A client looks into each of the places where an owner with
// another environment may have put it. A path longer than the system takes (107
// bytes on Linux, 103 on macOS) is passed over. Only who holds the store's lock
// removes or makes the socket. Both ends check that the other is of the same
// user. Where the system has no way to tell (Windows), nobody attaches, and a
// store that is in use is [store.ErrHeld] as before.
//
// # Protocol, version 1
//
// A frame is its length (u32, big-endian, at most 257 KiB) and a CBOR array:
// kind, number of the call, method, body. The body is CBOR of its own; a long
// one goes ahead in pieces of 256 KiB.
//
//	client              owner
//	hello               welcome, or fail and the end
//	part… call          alive…, push…, part… answer, or fail
//	cancel
//
// Answers come in any order. While a call is under way the owner says alive
// every 400 ms, so that slow work is told from a stopped owner: a client that
// hears nothing for 1.7 s while it waits gives the connection up. An owner that takes
// a long request is not silent; a piece must go within two seconds. Tails wait
// silently. A call that the owner does not know, as one of a later stet, gets fail, and
// the connection ends. Exports and checks have a connection to themselves, so that a slow
// reader holds up nobody. What was read of the log before a damaged record is pushed
// ahead of the fail that tells of it. The methods are those of [store.Store] and
// [store.Prover], and two about who is at the screens (below); errors cross with
// kind, what, safe and next.
//
// # Who is there
//
// A process tells the owner who is at its screens and on which sentence, and is told
// of the others, ten times a second at most and only when that changes ([Crowd]).
// Nothing of it is stored, and nothing is sent by commands without screens. It holds
// names and places and nothing of what anybody says.
//
// # A failed disk
//
// After a failed sync a process must not write again ([store.ErrPoisoned]). An owner
// to which that happens lets go of the file and of its clients, and from then on
// says so at each call ([Store.Fallen]). A client opens the file, which is checked
// first, and the others go on with that one. Acts whose answer was cut off are asked
// again of it, so that clients lose nothing and notice nothing.
//
// # What an owner puts up with
//
// Frames that are too long or make no sense, strangers, connections that never
// say hello, stopped clients and requests that make the store panic end their
// own connection at most. An owner that closes finishes the writes under way.
//
// # Where it falls short
//
// The clock is the owner's. An owner in which bbolt panics may keep the file mapped
// and locked until it quits. Without /proc a stopped owner is not called
// stopped but silent. Where a socket was cleaned out of its folder nobody can attach
// until the owner has noticed, which takes a few seconds. Programs of other users, and
// on other machines that share the disk, cannot attach; the lock keeps them out.
package attach
