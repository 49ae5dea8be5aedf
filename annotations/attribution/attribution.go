package attribution

import (
	"cmp"
	"slices"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
)

// Options says what is known of a text before it is read.
type Options struct {
	// Lang is a BCP 47 tag ("en", "de-AT"). Empty means that the language is to
	// be detected. A language without a data file is read by its quotation marks
	// alone.
	Lang string
}

// Attribution is one "X said P". The three lists hold bytes of the text, in
// order, without overlap; any may be empty, never all.
type Attribution struct {
	Source  []annotations.Span // who or what vouches
	Cue     []annotations.Span // the words that say so
	Content []annotations.Span // what is said
	Who     string             // the source resolved: "Rubio" for "he"; "" when not known
	Kind    string             // ID of a codebook source kind; "" when not known
	Frame   Frame              // the build of the sentence
	Unit    int                // index of the unit that holds the cue, or the content where there is none
}

// Frame is the build by which an attribution was found.
type Frame uint8

// The frames.
const (
	FramePreposed   Frame = iota + 1 // X said P
	FramePostposed                   // P, X said
	FrameInverted                    // P, said X
	FrameAccording                   // according to X, P
	FrameCiting                      // P, citing X
	FrameColon                       // X: P
	FrameParticiple                  // …, adding P
	FramePassive                     // P was announced by X
	FrameCarried                     // P goes on from the sentence before
)

var frameNames = [...]string{"", "preposed", "postposed", "inverted", "according", "citing", "colon", "participle", "passive", "carried"}

// String gives the frame's name.
func (f Frame) String() string {
	if int(f) < len(frameNames) {
		return frameNames[f]
	}
	return ""
}

// Tag is what is suggested for one unit, and why.
type Tag struct {
	ID      string             // "sourced", "contested" or "contextual"
	Rule    string             // ID of the codebook rule that decided: S-1, C-a, X-2 …
	Words   []annotations.Span // the words that explain it, bytes of the text
	Partner int                // for contested: index of the other unit, -1 if the other side stands inside or is not known
	// Confidence is the share of tags like this one that were right when measured,
	// 0 to 1. Below 0.6 it is better to suggest nothing.
	Confidence float64
}

// Pair is a pair of units that may speak against each other, by index, the
// earlier one first.
type Pair [2]int

// Result is everything suggested for a text.
type Result struct {
	Units        []annotations.Sentence // as given, or as cut
	Attributions []Attribution          // in order of their cues
	Thoughts     []Attribution          // what somebody thinks, believes, expects or doubts, in order; never opened by quoted words
	Tags         []Tag                  // one a unit
	Hedges       []Hedge                // in order
	Counter      []Pair                 // in order, each once
	Quotations   []Quotation            // in order

	claims  []claim // one a unit, for Counter
	carried []int   // for each unit the attribution of another that reaches into it, or -1
}

// maxText is the length in bytes of the longest text that is read.
const maxText = 1 << 30

// Suggest reads a text and proposes for each of its units who says it, its tag,
// its hedges and its counter-claims. Units must be in reading order; what of
// them lies outside of the text is cut off. With no units given the text is cut
// by package segment. Time is linear in the length of
// the text. A text of more than 1 GiB gives an empty result.
func Suggest(text string, units []annotations.Sentence, opt Options) Result {
	if opt.Lang == "" {
		opt.Lang = segment.Detect(text)
	}
	if units == nil {
		units = segment.Append(nil, text, segment.Options{Lang: opt.Lang})
	}
	if len(text) > maxText {
		text, units = "", nil
	}
	r := newReader(text, units, opt.Lang)
	r.findAttributions()
	r.carry()
	res := Result{Units: r.units, Quotations: r.quotations}
	r.resolve()
	res.Hedges = r.hedges()
	res.Attributions = r.attributions()
	res.Thoughts = r.thoughtsFound()
	res.Tags, res.claims, res.carried = r.tags()
	for _, p := range Counter([]Result{res}) {
		res.Counter = append(res.Counter, Pair{p.A.Unit, p.B.Unit})
	}
	slices.SortFunc(res.Counter, func(a, b Pair) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	return res
}
