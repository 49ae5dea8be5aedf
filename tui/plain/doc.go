// Package plain is stet in lines: for screen readers, Braille displays, dumb
// terminals and scripts. It holds a conversation over the same program that the
// screens show: the same table of keys, the same screens behind it, the same
// panels, which become questions.
//
// What it promises:
//
//   - Only lines are written. No cursor movement, colour, box, spinner or bell;
//     control characters of texts are shown as symbols.
//   - Each change is told once, in a sentence. "Saved." stands after what is on
//     the disk, and nowhere else.
//   - A line is one or more keys, parted by blanks: "s", "s x u". What follows a
//     key that asks something is the answer: "g 19", "# 3 s", "o the board"; keys
//     after an answer stand behind " ; ", and " ; ; " leaves a question without an
//     answer. A word is the name of an action
//     ("undo"), ":words" finds one. An empty line tells again where one is.
//   - Letters of a word are never taken for keys, so that a word typed by mistake
//     does no harm; the same key several times ("uu") is. Nor is what begins with a
//     digit and goes on: on a sentence, "12" is no tag for two of them, nor is a date.
//   - A dot alone ends an answer of several lines and is no answer; "\." is one.
//   - In a list of choices "?" tells those that were not told yet, and after the last
//     the first again. Mere letters of a choice never pick it.
//   - "esc" leaves any question, a note after any of its lines; so do "cancel" and what
//     the key Esc sends, and in a list of choices "back". A backslash before a
//     line makes an answer of what would be a command: "\esc".
//   - Where somebody sits at a terminal, lines that come together with the answer of a
//     question, as a paste does, are read as keys only if they are plainly keys, or when
//     the reviewer says so.
//   - A refusal says the beginning of what it refuses, never a page that was pasted.
//   - The end of the input leaves, as q does on the desk. What was not answered to
//     its end by then is not saved.
//
// Lines are broken only where the width of a terminal is known.
//
// The package does no I/O but reading lines and writing them: what is done is
// done by the [Program].
package plain
