// Package report writes a desk for people: as one HTML page, as Markdown, and a
// right-of-reply letter about one person or body.
//
// # What it promises
//
//   - The page stands alone: no script, no request to any other place (its own
//     content policy forbids both), charts as inline SVG, rules for printing. It
//     reads in black and white: every colour has a word or a pattern of its own.
//   - The same [Report] gives the same bytes.
//   - Text from outside cannot break out: html/template escapes the page, Markdown
//     is escaped character by character, and control, bidirectional and invisible
//     characters become symbols ([annotations.Visible]) everywhere.
//   - Every report names the seal it was made at: how many events the store held,
//     and the root of their tree.
//   - A letter holds no reviewer's name and no note.
//
// # Where it falls short
//
// Charts show forty articles and eight reviewers at most, and say how many more
// there are; the tables in the page hold a hundred rows each. The JSON of the
// audit holds everything.
package report
