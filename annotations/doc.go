// Package annotations is the domain of stet: articles cut into sentences, the
// codebook they are judged by, what reviewers said of them, and the events that
// record every change.
//
// The package does no I/O, reads no clock and draws no random numbers: times,
// identities and hashes of files are handed to it. [State] is a pure fold of
// [Event]; every projection a store keeps is a cache of that fold.
//
// # Positions
//
// Inside stet a place in an article is a [Span] of byte offsets into the UTF-8
// text, half-open, on rune borders. Code points and UTF-16 units exist only at
// the edges (exports, imports) and are made by [Offsets].
//
// # Text
//
// An article's text is what came in, after two recorded steps: decoded to UTF-8
// without a byte order mark, and line ends made LF. Nothing else is ever
// changed, so text[s.Start:s.End] is evidence of what stood there.
package annotations
