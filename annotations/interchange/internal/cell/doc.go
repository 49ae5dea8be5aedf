// Package cell is what stands in one cell of a sentence table when it is more
// than a word: sources, evidence, links and a ruling, in a form that people read,
// both ways. The package interchange writes with it, the package sheet reads.
//
// It promises: what a function here writes, its counterpart reads as it was, but
// for what [Printable] changes and what a table has no place for. That is not left
// to rules: each piece is read back as it is made, and where the plain form would
// be read otherwise (a person called "?", a note with "; disputes 3" in it), its
// words stand in quotation marks, with their own doubled.
//
//	sources   NAME (COUNT); NAME …         ? for nobody; the count from 2 on
//	kinds     KIND; KIND …                 ? for none
//	evidence  STANCE: ADDRESS, FILE, LOCATOR, “QUOTATION”, NOTE
//	          one item a line; parts that are empty are left out. Else
//	          STANCE: address "…", file "…", locator "…", quote "…", note "…"
//	links     disputed inside this sentence; RELATION (MANNER) N of article NAME: NOTE; …
//	ruling    VERDICT to TAG (RULE) on NAME, by NAME: REASON
//
// Reading takes what people write by hand too: cells that are none of these are
// taken as far as they can be, and what cannot is named.
package cell
