// Package serve shows the screens of stet to many people over SSH: one process,
// one open store, a session each.
//
// # What it promises
//
// A session belongs to the key that signed. Keys that were merely offered, the
// user name that a client gives and the variables that it sends say nothing of
// who is there. Passwords are not taken.
//
// A session sees the store through [store.For], acts under a session number of
// its own, and is given no file, program, network or environment of the machine
// it runs on. Forwarding of ports, agents and X11 is refused, and so are
// subsystems; of the client's environment a short list of variables about the
// terminal is taken, the rest refused ([environment]).
//
// Nobody waits for anybody else. A client that does not read is hung up on after
// Options.Stall, one that does not type after Options.Idle; what it had done by
// then is saved. Clients that have not logged in are few at a time: the one that
// has been at it longest makes room (see door). Clients that have logged in begin a
// session within the same time, or are hung up on. A command that waits for its input
// is ended with its session, and by ctrl+c where it has a terminal. An access log that
// takes nothing, or fails, is not waited for: what it lacks is counted in it.
//
// People see where the others are: who is at an article's sentences, and how many
// are at work. That tells names and places and nothing of what anybody says, so it
// is told in a blind team, too; only to who belongs to it.
//
// Without a terminal, "review --plain" is the same in lines, for screen readers:
// ssh -T HOST review --plain, or with ACCESSIBLE=1 sent along.
//
// Stopping ends every screen as if its reviewer had left, saves what was on its
// way, restores every terminal and takes at most Options.Patience.
//
// The access log says who did what to which article, and nothing of what was said
// of it: neither notes, nor tags, nor confidential words leave the store that way.
//
// # Keys
//
// The file of keys is OpenSSH's authorized_keys, a key a line:
//
//	ssh-ed25519 AAAA… ana
//	ssh-ed25519 AAAA… lea lead
//	name="ben",role="reviewer" ssh-ed25519 AAAA… any comment
//
// Signatures of SHA-1 are not taken (ssh-rsa; RSA keys sign better ones, too).
//
// The comment is the person's name; where its last word is a role, that is the
// role. A name that ends in such a word is given by the option. Options that
// would narrow a key elsewhere (from=, command=, expiry-time= …) are not known
// here, and a line with one is refused rather than widened. Somebody may have
// several keys, a key belongs to one person. The file and the folders above it
// must belong to the server's user or root and be writable by nobody else, as
// sshd(8) asks. The file is read again when it has changed; lines that are wrong
// then are left out, and a session whose key has gone is ended.
//
// Roles in the file make the store's first team ([TeamOf]). Where the store has a
// team, its roles hold, and those of the file are not heeded.
//
// # Where it falls short
//
// The server trusts the operating system's idea of who may read the store: who
// may run it may read everything. A session that does not read holds up to 2 MB
// that SSH keeps for it. One account of the log cannot tell two clients behind
// one key apart.
package serve
