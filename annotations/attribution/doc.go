// Package attribution proposes who says it: for each unit of a text its tag, the
// source, cue and content of every "X said P", the hedges, and the units that
// may speak against each other. It proposes only: nothing here is a decision,
// and every tag carries the rule and the words that led to it.
//
// # Promises
//
// All spans are bytes of the text, lie inside it, stand on rune borders when the
// text is valid UTF-8, and the pieces of one role are in order and do not
// overlap. Any text and any units are taken. Time is linear in the length of the
// text: every rule reads a bounded number of tokens back and ahead, and of a
// unit no more than 600 tokens are read. No regular expression is used and
// nothing is learned from a corpus.
//
// # Layers
//
//   - Quotations (quote.go): marks are paired in each paragraph. Straight, curly,
//     German and French marks and the typewriter's two apostrophes; a quotation
//     inside a quotation belongs to the outer one; apostrophes and inches are no
//     marks; one that is not closed runs to the end of its paragraph.
//   - Cues (cue.go): verbs of saying, arguing, showing, praising, vowing outside of
//     quotations, with their auxiliaries and adverbs; "according to" and other
//     phrases. A form that is a noun more often must show that it is a verb.
//   - Frames (frame.go): X said P; P, X said; P, said X; according to X; citing X;
//     X: P; …, adding P; P was announced by X; for languages whose verb stands
//     second, "Zudem sagte X" and "X hat … gesagt".
//   - Sources (source.go): noun phrases with appositions, coordination and
//     relative clauses, read without a parser from the small words around them.
//   - Content (content.go): up to the next voice; in pieces around the source; over
//     the sentences of one quotation; by the mood of the verb where the language
//     marks reported speech so.
//   - Who (who.go): short names in full, pronouns and "the minister" by the last
//     voice that fits, unnamed sources as such; kinds are those of the codebook.
//   - Hedges (hedge.go): epistemic, evidential, scope.
//   - Contrast and tags (contest.go, tag.go): the codebook's rules C-a and C-b, S-1 and
//     S-2, X-1 and X-2, in its order of precedence.
//
// # Languages
//
// What is particular to a language is data, one file each under data: verbs with
// their forms, function words, kinds of source, hedges. A new language is a new
// file. A text in a language without a file gets its quotations and nothing else.
//
// # Where it fails
//
// Sources named by a noun alone ("Trump's criticism of X"), verbs in the
// infinitive without quoted words ("declined to say"), reported thought without
// quoted words, and cues no list has. Where a subject ends before a verb that the
// lists do not know, the source is cut wrong; so is content that an adjunct
// follows ("said P during an interview"). A relative clause behind a name is
// counted to the source unless a verb of saying stands in it; annotators do both.
// C-d, accusation of a person, and C-c, evidence, are not proposed. Counter-claims
// are looked for among the eight units before, by shared words: they are
// candidates for a link, and most are to be refused. Irony, free indirect speech
// in English and dialogue without cues are not seen. Measured figures stand in
// testdata/figures.txt.
package attribution
