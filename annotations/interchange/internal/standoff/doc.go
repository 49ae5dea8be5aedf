// Package standoff holds what the formats of lines, tables and documents share
// (brat, WebAnno, tables read back, SLATE, reports): the one answer for each
// sentence on the way out, and the way of spans, tags and quotations back to an
// article on the way in. Formats of other programs that are JSON and hand on a
// pack of what everybody said share package foreign instead.
//
// # Out
//
// [Pages] proves an export by the rules of the native format and makes each
// document ready. Most programs know one label a sentence, so each sentence has
// one [Answer]. The rule for the tag is the native format's own, and is taken
// from there: a lead's ruling, else the tag on which all who tagged agree, else
// none. With the tag goes one annotation, the reviewer's whose tag it is; where
// several agree, the first of them by name. What the others said beside the tag
// is a loss, and a [Ledger] counts it. To keep every person's own words, export
// one reviewer at a time.
//
// # In
//
// A [Desk] keeps the receipt, a [Draft] gathers what is said of one article. A
// span is believed only when the words that the file quotes stand there. If they
// do not, the span is read in the other units of counting, then looked for by
// its words by the rule of package find, and the receipt names each such repair. Looking has a budget, so
// that a hostile file cannot make it last. A span inside a sentence stands for
// the sentence; one over several stands for nothing and is rejected. Two tags
// for one sentence by one person reject each other, except that a span over the
// whole sentence goes before spans inside it.
//
// Nothing here trusts a file: lines, gaps and numbers have limits, text must be
// UTF-8, and whatever is not taken is in the receipt with its line.
package standoff
