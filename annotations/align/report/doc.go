// Package report shows a comparison of package align to people: as text for a
// terminal, and as one HTML page that needs nothing else.
//
// # Promises
//
// Every word shown is a word of one of the two texts, or one of the report's own
// fixed words. Texts are untrusted: what could command a terminal or reorder a
// line is made visible (annotations.Visible) in both forms, and the page is
// written by html/template with a policy that forbids scripts and the network.
// Sentences are numbered from 1, as people do.
//
// Changes read without colour: [-was-] and {+now+} in the text; in the page each
// kind has its letter beside its colour, and links are numbers and anchors.
//
// # Groups
//
// Sentences that were split or merged are shown as one group, the originals of the
// group in reading order against the rewritten ones, so that what moved from one
// sentence to its sister is not shown as lost. Inside a group, words are compared
// by their longest common subsequence; marks are folded. A short word that stands
// alone between two changes is counted to them.
//
// # Orphans
//
// Package align proposes claims whose support was cut from their words. Links that
// reviewers made know better: a claim with a linked sentence that is kept is no
// orphan, one whose linked sentences are all left out is one, and says so.
//
// # Where it fails
//
// A sentence told in other words altogether is shown as all changed. Groups of
// more than four million word pairs are not compared word by word.
package report
