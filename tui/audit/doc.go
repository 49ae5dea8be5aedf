// Package audit is the lead's desk as screens: what needs a decision, whether the
// work is sound, who mixes what, where a published text would be weak; one
// sentence to be ruled on; and the blind check of a random sample.
//
// Like all screens it does no I/O: it is given a [Doc], takes actions, and returns
// outcomes that the program carries out. Figures that cost time (intervals, the
// bound after each ruling) it asks for with [action.Compute] and shows when they
// come.
//
// # What it promises
//
//   - A ruling stands beside what reviewers said and never changes it; one key
//     takes it back.
//   - The sentence under judgement is never covered: panels open under it, and
//     what reviewers say gives way.
//   - In a blind check nothing of what reviewers said is shown, not even which
//     kind of sentence the draw took it for, before the lead has said a tag. That
//     tag goes into the log with the ruling ("blind: contested").
//   - A frame costs the rows on the screen, not the entries on the desk.
//
// # Which draw is being checked
//
// Rulings of a blind check carry their draw in the verb of their event: "audit"
// and the first 26 hexadecimal digits of the root of the log when it was drawn,
// which are its seed (zeros follow). So the log itself tells which draw a lead is
// at; the next start goes on with it, and anybody can draw it again: stet sample
// --seed DIGITS.
//
// # Where it falls short
//
// A query leaves a gap in the draw: what comes after it in the same stratum
// counts for the bound only when the query is answered and ruled on. What others
// save meanwhile changes the figures by itself, a moment later, unless the lead is in the
// middle of something: then when that ends; in a blind check, when the check is left.
package audit
