// Package interchangetest draws exports for property tests: documents that obey
// every rule by which a store takes annotations in, and that are otherwise as
// awkward as their makers could think of (emoji, right-to-left text, line and
// paragraph separators, formulas, escapes, attributions in pieces, links across
// articles, older codebooks).
//
// What is drawn is canonical: writing it in the native format and reading that
// gives an equal value. So reviewers, items, documents and spare codebooks are
// sorted, empty lists are nil, times are UTC and whole microseconds, records
// say something, and Pos, which belongs to a store, is zero. Salts are zero
// unless the words of the confidential note are exported with them.
package interchangetest
