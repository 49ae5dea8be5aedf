package segment

import (
	"embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/*.txt
var dataFiles embed.FS

// neutral names the rules for a language that has no file of its own.
const neutral = "und"

// trait is what a language file says of a word. A word may have several.
type trait uint64

const (
	title    trait = 1 << iota // Mr. — never the end before a capital
	mayEnd                     // Inc. — the end only before a starter
	number                     // No. — not the end before a digit
	never                      // e.g. — never the end
	weak                       // etc. — the end before any capital
	clock                      // p.m. — the end before a capital that is no zone or day
	starter                    // The — opens a sentence
	month                      // follows an ordinal; no start after it
	zone                       // EST, Friday — goes with the clock before it
	speech                     // said — after a quotation's mark it goes on
	joins                      // and — goes on after ! or ?
	surname                    // Will — a starter that may follow an initial
	state                      // Calif. — after a comma the end before any capital
	afterNum                   // р. — after a number the end before any capital
	subject                    // he — a small letter may open a sentence with it
	credit                     // Image: — opens a unit inside a line
	label                      // Figure 3 — a label before a caption's sentence
	closing                    // Regards, — closes a letter
	greeting                   // Dear Ann, — opens a letter
	leave                      // Kind — opens a letter's closing
	clause                     // because — a clause opens with it, where a unit can be cut by hand
	decade                     // latach 70., Platz 19. — a number behind it ends a sentence
	article                    // the … — no sentence ends with it
	era                        // до н. э. — stands between a year and its era
	place                      // China — opens a sentence when a verb follows
	firm                       // Corp. — closes a firm's name
	verb                       // was — tells that the word before it is a subject
	follows                    // में — never opens a sentence, where no capital could tell
	opening                    // во — opens a phrase that a year can close before the clause goes on
	lead                       // The — opens a sentence even where no mark stands before it
	named                      // today — is a lead, but names hold it too
	work                       // novel — a title follows
	minor                      // of — titles write it small
)

const abbreviation = title | mayEnd | number | never | weak | clock | afterNum

// traitOf maps the keys of a language file to traits.
var traitOf = map[string]trait{
	"title": title, "may-end": mayEnd, "number": number, "never": never,
	"weak": weak, "clock": clock, "starters": starter, "months": month,
	"zones": zone, "speech": speech, "joins": joins, "surnames": surname, "states": state | mayEnd, "after-number": afterNum,
	"subjects": subject, "inline-captions": credit, "labels": label, "closings": closing, "greetings": greeting, "leaves": leave, "clauses": clause, "decades": decade, "articles": article, "eras": era,
	"places": place, "firms": firm, "verbs": verb, "never-first": follows, "openings": opening,
	"leads": lead, "named": lead | named, "minors": minor, "works": work,
}

// rules is what one language file says, ready for use.
type rules struct {
	code        string
	table       [256]uint8 // class of each byte for the scan
	words       map[string]trait
	short       shortWords // the same for words of up to eight ASCII letters
	scripts     []*unicode.RangeTable
	common      []string     // frequent words, for detection
	letters     []rune       // letters typical of it, for detection
	captionHead [256]uint32  // by first byte, the second bytes of captions as bits
	creditTail  [256]bool    // last bytes of credits
	credits     []string     // ends of a caption line: picture agencies
	captions    []string     // openings of a caption, lower case
	ends        []rune       // signs that end a sentence here and nowhere else
	endings     []string     // ends of words that go with a number: Goethestr. 5
	closers     []rune       // quotes that close even after a space
	speechSigns []string     // verbs of speech of a sign or few, for scripts without spaces
	speechTail  [1024]uint64 // their last signs, a bit each
	wide        bool         // Han is among the scripts
	letterHeads heads        // what a letter opens or closes with
	soft        bool         // credits that open a unit inside a line are listed
	lineLook    int          // how many bytes of a line are looked at when it opens
	leads       leadSet      // words that open a sentence without a mark
	runIns      bool         // there are such
	surnames    bool         // starters that are surnames are listed
	past        []string     // ends of a verb in the past, for what a year closes
	ordinals    bool         // "3." before a word means "3rd"
	romans      bool         // and so does "II."
	lowerStarts bool         // a sentence may open without a capital
}

// catalog holds every language file, read when first asked for.
type catalog struct {
	byCode map[string]*language
	codes  []string // in order of file name
}

type language struct {
	raw   string
	parse func() *rules
}

var catalogue = sync.OnceValue(readCatalogue)

func readCatalogue() *catalog {
	c := &catalog{byCode: map[string]*language{}}
	entries, err := dataFiles.ReadDir("data")
	if err != nil {
		return c // cannot happen with an embedded folder; the neutral rules remain
	}
	for _, e := range entries {
		b, err := dataFiles.ReadFile("data/" + e.Name())
		if err != nil {
			continue
		}
		code := strings.TrimSuffix(e.Name(), ".txt")
		l := &language{raw: string(b)}
		l.parse = sync.OnceValue(func() *rules { return c.read(code, l.raw) })
		c.byCode[code] = l
		c.codes = append(c.codes, code)
	}
	return c
}

// lookup says what the language file has of a word in lower case.
func (r *rules) lookup(key []byte) trait {
	if len(key) > 8 {
		return r.words[string(key)]
	}
	var k uint64
	for i := len(key) - 1; i >= 0; i-- {
		k = k<<8 | uint64(key[i])
	}
	return r.short.get(k)
}

// wordTrait is lookup for a part of the text in lower case.
func (r *rules) wordTrait(key string) trait {
	if len(key) > 8 {
		return r.words[key]
	}
	var k uint64
	for i := len(key) - 1; i >= 0; i-- {
		k = k<<8 | uint64(key[i])
	}
	return r.short.get(k)
}

// rules gives the rules for a code, the neutral ones when it has none.
func (c *catalog) rules(code string) *rules {
	if l := c.byCode[code]; l != nil {
		return l.parse()
	}
	return c.byCode[neutral].parse()
}

// read parses one language file. A line is "key: values"; '#' opens a comment;
// keys may come more than once.
func (c *catalog) read(code, raw string) *rules {
	r := &rules{code: code, words: map[string]trait{}, table: baseTable}
	for line := range strings.Lines(raw) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		r.set(c, key, strings.TrimSpace(rest))
	}
	r.short = newShortWords(r.words)
	switch {
	case r.soft || r.runIns:
		r.lineLook = maxSoftLook
	case len(r.credits) > 0:
		r.lineLook = maxCaption
	default:
		r.lineLook = maxFirstCell
	}
	return r
}

func (r *rules) set(c *catalog, key, rest string) {
	if t, ok := traitOf[key]; ok {
		for _, w := range strings.Fields(rest) {
			r.add(w, t)
			switch {
			case t&(greeting|closing|leave) != 0:
				r.letterHeads.add(w)
			case t&lead != 0:
				r.leads.add(w)
				r.runIns = true
			}
		}
		r.surnames = r.surnames || t == surname
		r.soft = r.soft || t == credit
		return
	}
	switch key {
	case "include":
		// What the included file knows of words; its other keys stay behind.
		for w, t := range c.rules(rest).words {
			r.words[w] |= t
		}
	case "remove":
		for _, w := range strings.Fields(rest) {
			delete(r.words, w)
		}
	case "scripts":
		for _, name := range strings.Fields(rest) {
			if t := unicode.Scripts[name]; t != nil {
				r.scripts = append(r.scripts, t)
				r.wide = r.wide || name == "Han"
			}
		}
	case "common":
		r.common = append(r.common, strings.Fields(rest)...)
	case "speech-signs":
		r.addSpeech(strings.Fields(rest))
	case "letters":
		r.letters = append(r.letters, []rune(strings.ReplaceAll(rest, " ", ""))...)
	case "captions":
		r.addCaptions(strings.Split(rest, ","))
	case "credits":
		r.addCredits(strings.Split(rest, ","))
	case "ends":
		r.addEnds(rest)
	case "endings":
		r.endings = append(r.endings, strings.Fields(rest)...)
	case "close-after-space":
		r.closers = append(r.closers, []rune(strings.ReplaceAll(rest, " ", ""))...)
	case "past-endings":
		r.past = append(r.past, strings.Fields(rest)...)
	case "ordinals":
		r.ordinals = rest == "yes" || rest == "figures"
		r.romans = rest == "yes"
	case "lower-starts":
		r.lowerStarts = rest == "yes"
	}
}

// add enters a word. An abbreviation written with a capital counts only so, one
// without in either way; all other words are entered without.
func (r *rules) add(w string, t trait) {
	key := strings.ToLower(w)
	if t&abbreviation != 0 {
		_, n := utf8.DecodeRuneInString(w)
		key = w[:n] + strings.ToLower(w[n:])
	}
	r.words[key] |= t
}

// addEnds enters signs of ASCII that end a sentence.
func (r *rules) addEnds(signs string) {
	for _, t := range signs {
		if t < 0x80 && t != ' ' {
			r.table[t] = classExtra
			r.ends = append(r.ends, t)
		}
	}
}

// addSpeech enters the verbs of speech of a script without spaces.
func (r *rules) addSpeech(signs []string) {
	r.speechSigns = append(r.speechSigns, signs...)
	for _, sign := range signs {
		if last, n := utf8.DecodeLastRuneInString(sign); n == 3 {
			r.speechTail[last>>6] |= 1 << (last & 63)
		}
	}
}

// addCaptions enters the openings of a caption. One that ends with a space is
// complete without a colon.
func (r *rules) addCaptions(openings []string) {
	for _, p := range openings {
		p = strings.TrimPrefix(p, " ")
		if len(p) < 2 {
			continue
		}
		r.captions = append(r.captions, p)
		r.captionHead[p[0]] |= 1 << (p[1] & 31)
		r.captionHead[strings.ToUpper(p)[0]] |= 1 << (p[1] & 31)
	}
}

// addCredits enters the picture agencies that close a caption.
func (r *rules) addCredits(names []string) {
	for _, p := range names {
		if p = strings.TrimSpace(p); p != "" {
			r.credits = append(r.credits, p)
			r.creditTail[p[len(p)-1]] = true
		}
	}
}
