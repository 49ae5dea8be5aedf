// Package claimreview writes schema.org ClaimReview, the form in which
// fact-checkers publish what they found on a claim. It is never read back.
//
// NAME.claimreview.jsonld holds one ClaimReview, or a @graph of them, for each
// sentence whose one tag (see [interchange.Answer]) is contested and on which a
// checker wrote a verdict. A tag is contested when the codebook says that it
// needs its other side, or calls it so. Where several reviewers wrote different
// verdicts none is published: a lead has to choose first.
//
// The words of the verdict are the rating's alternateName. There is no number,
// no best and no worst: nobody gave one. claimReviewed is the sentence as it
// stands. Who makes the claim is the source of the annotation's first
// attribution where it is named, else the article's byline, else its outlet.
// Notes are not published: they are for the desk. datePublished is the day of
// the verdict.
//
// url is the checker's own page, [interchange.Options].Page, which must be
// given, with the sentence's id as its fragment where it has none. Nothing here
// is a promise that anybody shows it: Google's search has not since June 2025.
package claimreview
