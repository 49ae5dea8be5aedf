// Package learn is the lesson of stet: twelve steps on the built-in article, each
// with a sentence on what it is about, what to press, and a check.
//
// A check looks at what the store holds and never at keys, so it does not matter
// how something was done. Every step can be done first: none needs what another
// left behind.
//
// The last step is a list of sentences to tag alone. [Compare] sets the tags
// against a key, in percent and by Krippendorff's alpha (nominal), and explains
// each sentence that was tagged otherwise by the rule of the codebook. The key is
// one careful reading; where the codebook leaves room it says so.
//
// The package is pure: it reads and writes nothing.
package learn
