// Package proof lets others hold a store to its history: checkpoints that a key
// signed, bundles that prove an article's history without the store, and a memory
// of the seals that were seen before. The command stetproof checks bundles with
// no code of this module's.
//
// # Promises
//
// A checkpoint binds everything the log held when it was made: whoever kept it
// finds out when an event before it was changed, dropped or moved ([Roots]).
// A bundle is written in one way only: every byte of it is bound by the signature,
// by a hash that is, or by the form; changing any byte makes stetproof refuse it.
// What [Redaction] takes out of a bundle is not in it in any form but a hash, and
// the rest is still proved, by the same signature.
// [Check] complains when a log no longer holds a seal that [Remember] noted.
//
// # Hashes
//
// SHA-256 throughout; ‖ joins bytes; numbers in hashes are as in the record.
//
//	leaf(r)     = SHA-256(0x00 ‖ r)             r a record without the hash at its end
//	node(a, b)  = SHA-256(0x01 ‖ a ‖ b)
//	root        as in RFC 6962, 2.1, over the leaves in the order of the log
//	link        bytes 136 to 168 of a record are leaf of the record before it in
//	            its article's chain, zero for the first; bytes 60 to 68 count from 1
//	sentence    bytes 72 to 104 of a record are SHA-256 of the sentence's text
//	seal        of a confidential value: SHA-256(salt ‖ value), salt 16 random bytes
//	article     its key is the first 16 bytes of the SHA-256 of its text
//
// The layout of a record stands in store/record.go and cmd/stetproof/record.go.
//
// # Checkpoint
//
// A note of golang.org/x/mod/sumdb/note (Ed25519), UTF-8, lines ended by a line feed:
//
//	stet/STORE                       identity of the store, 32 hexadecimal digits
//	SIZE                             events, decimal
//	ROOT                             base64
//	TIME                             RFC 3339, UTC, to the second
//	article KEY N HASH               in bundles: this article's chain has N records,
//	                                 the last with this hash; one line an article
//	(empty line)
//	— NAME SIGNATURE                 base64 of 4 bytes of the key's hash, 64 of signature
//
// The signature is over the lines above the empty one. A verifier key is
// "NAME+HASH+DATA": DATA is base64 of a byte 1 and the public key, HASH the first
// 4 bytes, in hexadecimal, of SHA-256(NAME ‖ line feed ‖ those 33 bytes). Without
// a key there is the text alone, and nobody vouches for it. This is the form that
// other transparency logs use, so their tools read it.
//
// # Bundle
//
// Lines of JSON: UTF-8, no blanks outside strings, fields in the order given, each
// line ended by a line feed. Bytes are base64 with padding; hexadecimal digits are
// lower case. The only escape in strings is \n. A reader must refuse any other
// spelling of the same.
//
//	{"line":"bundle","format":"stet bundle 1","key":VKEY,"note":CHECKPOINT}
//	{"line":"article","article":KEY,"records":N}
//	{"line":"record","pos":POS,"data":RECORD,"proof":[HASH,…]}
//	{"line":"withheld","pos":POS,"leaf":HASH,"proof":[HASH,…]}
//	{"line":"text","data":TEXT}
//	{"line":"table","data":TABLE}
//	{"line":"value","data":SALT ‖ VALUE}
//
// First the line of the bundle; "key" is left out when nobody signed. Then for each
// article line of the checkpoint, in that order: the article, its N records in the
// order of the chain, each shown or withheld; then, where they are not left out,
// its text, the tables of its sentences in the order in which they came into force
// first, and confidential values in the order in which their seals did. "proof" holds the siblings on the way from the leaf at
// index POS-1 to the root, nearest the leaf first, and is left out when the tree
// has one leaf.
//
// A reader must check: the signature, by the key it was given; that the articles
// are those of the checkpoint; for each shown record its version (1), store, article,
// number in the chain and link; for each record, shown or withheld, that its proof
// leads to the root, and that positions rise; that the last leaf is the one signed;
// that the text and its length are those in the record that brought the article
// (kind 1; CBOR 10, there 12 and 13), and the article's key the start of its hash;
// that the tables are all those named by that record (10, 16) and by the shown ones
// that cut the text anew (kind 6; 13, 2, 1), in that order; that the SHA-256 of each
// value line's data is a seal's hash (5 or 6, then 10, 2) in a shown record; that
// there is nothing else.
//
// # Test vectors
//
// cmd/stetproof/testdata holds whole.bundle, redacted.bundle, key.txt (the
// verifier key) and what stetproof says of both.
//
// # What can be redacted
//
// Confidential values, texts and tables lie beside the log and can be left out
// alone. Everything else stands inside a record, whose hash is over all of it: to
// take a note or a name out, the record goes whole, and its hash stays. Of a
// withheld record is proved that it is in the log at its place, and, where the
// one after it is shown, that it is that one's predecessor; not who, when or what.
//
// # Where it fails
//
// A hash of a withheld record has no salt of its own: who can guess all of the
// record, to the microsecond, can confirm the guess. Records with the seal of a
// confidential value hold 16 random bytes and cannot be guessed, which is why
// they can be withheld safely; shown, they hand out the salt, and a short or
// likely value can then be found by trying. Hence redaction withholds them.
//
// That no record is missing at the end of a chain is the word of whoever signed;
// that one log was shown to one and another to another is found only when their
// checkpoints are compared. A signature proves which key signed, not when, nor
// that the key was in the right hands. The memory of seals lies on the same
// machine as the store: it guards against old copies and clumsy hands, not
// against somebody who owns the machine; a checkpoint kept elsewhere does.
package proof
