// Package compare is the screen of an original and its rewrite: what the rewrite
// says beside what it rests on, each change named, and what was left out.
//
// Like all screens it does no I/O: it is given a [Doc], takes actions, and returns
// outcomes that the program carries out.
//
// # What it shows
//
// A block is a sentence of the rewrite with those of the original that it rests on;
// sentences that were split or merged are one block. A sentence that was left out is
// a block of its own, with its tag. Blocks stand in the order of the rewrite and
// what was left out after them, or, after [action.Sides], in the order of the
// original and what is new after them.
//
// From 100 columns on the original stands at the left, the rewrite at the right;
// on narrower screens their words are woven into one text. Words that were taken
// out stand as [-was-], those that were put in as {+now+}; under them each change
// is named with its letter. Above everything stands what the rewrite did as a
// whole, the gravest first, and a row with a sign for each sentence of the original:
// the letter of its tag where it was left out.
//
// # What it promises
//
//   - Nothing is told by colour alone: without colours every state has its words.
//   - Every word is one of the two texts' or of the report's own; control
//     characters of texts are shown as symbols.
//   - A frame costs the rows on the screen, not the length of the texts.
//
// # Where it falls short
//
// A block of several sentences shows them as one text, without their borders.
// What is taller than the screen scrolls by the screen's height, not by rows.
package compare
