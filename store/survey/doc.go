// Package survey reads a store whole, for those who look at all of it: the
// lead's desk, its reports, agreement.
//
// What it promises:
//
//   - It reads in pieces (a page of articles, an article's rows, a page of the
//     log), so that nobody at work waits for it. An article that changes meanwhile
//     is as it was before or after, never half.
//   - A [Reader] that is asked again reads again only the articles whose chain has
//     grown, and only the log's new end. What it hands out it never changes.
//   - [Asks] reads what leads ask of one reviewer, and where they ruled otherwise
//     than the reviewer tagged, with what was said about it since.
//   - Which row is another word of somebody who has one already, as a merge leaves
//     it, and which tag was given with the others' in sight, it takes from the log.
//   - What a person may not see the store does not hand out ([store.For]); the
//     survey adds nothing to that.
//
// It falls short where articles come and go by the thousand between two reads:
// it lists all of them each time.
package survey
