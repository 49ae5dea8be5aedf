// Package codebook reads tagging schemes: the one that stet comes with and a
// team's own.
//
// # The file
//
// A codebook is a TOML file in UTF-8 of at most [MaxSize] bytes. Its identity is
// the SHA-256 of its bytes, so a comment changed makes another codebook; the
// bytes are kept with it.
//
//	name = "…"  version = "…"          both required
//	language = "en"                    BCP 47, optional
//	unit = "…"                         what counts as one unit, optional
//
//	[[questions]]     ask, then        asked in this order
//	[[tags]]          id, key, letter, definition; optional name, color, needs, wants
//	[[rules]]         id, tag, name, words
//	[[flags]]         id, words
//	[[source_kinds]]  id, short, words
//	[[examples]]      text, tag, why; optional rule
//
// Rules of the file:
//
//   - Two to nine tags. The digits 1 to 9 set them in the order of the file.
//   - An ID is up to 64 ASCII letters, digits, dots, hyphens and underscores and
//     begins with a letter or digit. No two IDs of one list differ in case only.
//   - A key is one printable ASCII character that the screens do not use; see
//     [Reserved]. A letter is one letter or digit of any script, one cell wide.
//     Keys and letters are distinct, names of tags too.
//   - color is a role of the theme: one of [Colors]. Left out, the tags take
//     them in that order. A missing name is the ID.
//   - needs and wants list what a tag is not complete without, and what would be
//     good to have: "other side", "source", "rule".
//   - Names, IDs and shorts hold no control and no invisible character. Prose
//     may hold line breaks and tabs and no other control character.
//   - Anything not named here is refused, so that a slip of the pen ("defintion")
//     is found at once.
//
// [Parse] reports every breach it finds as an [*Error], FILE:LINE and what to
// do, joined in the order of lines. Only what makes the file no TOML at all
// (syntax, a key set twice) is reported alone, since nothing after it can be
// trusted.
//
// # Where it fails
//
// A codebook is checked for form. Whether its rules can be told apart by people
// is what the agreement figures are for.
package codebook
