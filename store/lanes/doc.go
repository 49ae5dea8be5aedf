// Package lanes works out SHA-256 of many messages side by side.
//
// One message is a chain of steps that wait for each other, so that most of a
// processor is idle while it hashes. Many messages that do not depend on each
// other can share it: each lane of a vector register holds the same word of
// another message. Where the processor has AVX-512 (F and BW) sixteen go at once,
// with AVX2 eight. Where there is neither, and where eight would gain nothing because
// there are instructions for SHA-256 itself, it is crypto/sha256 that hashes, one
// message after another.
// The build tag purego leaves the assembly out.
//
// What it promises: every sum is the one that crypto/sha256 gives, whatever the
// processor, the lengths and the number of messages. What it does not: to be quick
// for a single message (use crypto/sha256), and to help with messages of more than
// [Longest] bytes, which are hashed one by one.
//
// The algorithm is that of FIPS 180-4. The assembly is written by internal/gen,
// and a test holds the one against the other.
package lanes

//go:generate go run ./internal/gen -o lanes_amd64.s
