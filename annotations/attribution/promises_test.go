package attribution

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stet.example/stet/annotations"
	"stet.example/stet/annotations/segment"
)

// checkPromises asserts what the package promises of every text and every units.
func checkPromises(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, res Result) {
	t.Helper()
	if len(res.Tags) != len(res.Units) {
		t.Fatalf("%d tags for %d units", len(res.Tags), len(res.Units))
	}
	good := utf8.ValidString(text)
	list := func(what string, spans []annotations.Span) {
		end := 0
		for _, s := range spans {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%s %v: out of order or outside of %d bytes", what, spans, len(text))
			}
			if err := s.Check(text); good && err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			end = s.End
		}
	}
	for _, a := range res.Attributions {
		list("source", a.Source)
		list("cue", a.Cue)
		list("content", a.Content)
		if len(a.Source)+len(a.Cue)+len(a.Content) == 0 || a.Unit < 0 || a.Unit >= len(res.Units) || a.Frame.String() == "" {
			t.Fatalf("attribution says nothing: %+v", a)
		}
	}
	for i, a := range res.Thoughts {
		list("who thinks", a.Source)
		list("cue of a thought", a.Cue)
		list("thought", a.Content)
		if len(a.Source) == 0 || len(a.Cue) == 0 || len(a.Content) == 0 || a.Unit < 0 || a.Unit >= len(res.Units) || i > 0 && a.Unit < res.Thoughts[i-1].Unit {
			t.Fatalf("thought %+v", a)
		}
	}
	for u, tag := range res.Tags {
		list("words of a tag", slices.SortedFunc(slices.Values(tag.Words), func(a, b annotations.Span) int { return a.Start - b.Start }))
		if tag.Rule == "" || tag.Partner < -1 || tag.Partner >= u {
			t.Fatalf("tag %+v of unit %d", tag, u)
		}
	}
	for u, tag := range res.Tags {
		if tag.Confidence < 0 || tag.Confidence > 1 {
			t.Fatalf("confidence %v of unit %d", tag.Confidence, u)
		}
	}
	sug := res.Suggestions(text)
	if len(sug) != len(res.Units) {
		t.Fatalf("%d suggestions for %d units", len(sug), len(res.Units))
	}
	for u, s := range sug {
		for _, src := range s.Sources {
			if src.Span.Len() > 0 {
				list("source of a suggestion", []annotations.Span{src.Span})
			}
		}
		if (s.Tag == "") != (s.Rule == "") || s.Partner < -1 || s.Partner >= max(u, 1) {
			t.Fatalf("suggestion %+v of unit %d", s, u)
		}
	}
	for _, r := range Counter([]Result{res, res}) {
		if r.Score <= 0 || r.Score > 1 || r.Reasons == 0 || r.A == r.B || r.A.Text > r.B.Text || r.A.Text == r.B.Text && r.A.Unit >= r.B.Unit {
			t.Fatalf("rival %+v", r)
		}
	}
	for _, h := range res.Hedges {
		list("hedge", []annotations.Span{h.Span})
	}
	for _, q := range res.Quotations {
		list("quotation", []annotations.Span{q.Span})
	}
	for _, p := range res.Counter {
		if p[0] < 0 || p[0] >= p[1] || p[1] >= len(res.Units) {
			t.Fatalf("pair %v", p)
		}
	}
}

// pieces are what made-up articles are put together from.
var pieces = []string{
	"said", "says", "Berg", "Anna Berg", "the board", "officials", "he", "who", "that", "told", "reporters", "according to", "citing",
	"“", "”", "\"", "'", "''", "„", "«", "»", ",", ".", "?", ":", ";", "—", "(", ")", "\n", "\n\n", "and", "but", "But", "while", "While",
	"was", "announced", "by", "the port", "closed", "in", "on Monday", "a lawyer", "report", "shows", "not", "still", "adding", "to", "of",
	"sagte", "hat", "gesagt", "laut", "zufolge", "dass", "sei", "é", "漢字", "\u200b", "10", "'s", "may", "trying", "link", "Mr.",
	"of", "Ava", "Mo.", "30", "which", "whose", "May", "early", "nearly", "attacked", "heard", "disagreed", "for his part", "now",
	"wird", "zitiert", "als", "wie", "der", "die", "denen", "nach", "Angaben", "von", "und", "sich", "nannte", "dem",
	"geht", "aus", "hervor", "hervorgeht", "wonach", "steht", "im", "Bericht", "hält", "für", "freut", "musste", "einräumen", "bekannt", "gab", "heißt", "es",
	"Luft-", "(SPD)", "–", "so", "auch", "vor", "warum", "per", "denied", "it", "citing", "both", "zu", "forderte", "wirft",
	"posted", "sent", "ago", "weeks", "two", "called", "described", "baseless", "demanding", "saying", "identified", "yesterday", "today", "hingegen", "kritisierte",
	"disagreed", "disagree", "Not so", "14:32:", "09.20", "HOST", "?", "asked not", "to be named", "being", "held", "a jury", "was told", "herself", "erinnert", "widersprach", "anders", "stimmt", "unter Berufung auf", "ersten",
	"believes", "think", "quoted", "as saying", "That is not true", "this", "the WHO", "head of", "urging", "writing", "Dr", "since",
}

func TestAnyArticleOfCommonPiecesKeepsThePromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "words")
		text := strings.Join(words, rapid.SampledFrom([]string{" ", ""}).Draw(t, "gap"))
		lang := rapid.SampledFrom([]string{"en", "de", "xx", ""}).Draw(t, "lang")
		checkPromises(t, text, Suggest(text, nil, Options{Lang: lang}))
		cuts := rapid.SliceOfN(rapid.IntRange(-3, len(text)+3), 0, 12).Draw(t, "cuts")
		var spans [][2]int
		for i := 0; i+1 < len(cuts); i += 2 {
			spans = append(spans, [2]int{cuts[i], cuts[i+1]})
		}
		checkPromises(t, text, Suggest(text, Units(spans), Options{Lang: lang}))
	})
}

var fuzzSeeds = []string{
	"“We are closed,” Berg said. “We open in May.”",
	"According to the board, the port was closed, said Berg, who told the Post: ''No.''",
	"While he said P, she (and others) denied it — “that is, ‘so",
	"Dem Bericht zufolge hat Berg gesagt, der Hafen sei zu.",
	"\xff said \x80“\xc3, he told \xe2\x80",
	"sAgt",
	"sAid,sAid",
	"AA,0,sAid",
	"A letter sent to crews on Friday said it was described as “no” by Berg, who, saying no, „gave her name as «Ada», ",
	"Anna Berg, 30, of Ava, Mo., who runs it, in May, said of Lund: “No.” — Berg",
	"Berg wird von der Zeitung mit den Worten zitiert, das Tor sei zu. Den Plan nannte Berg, der",
}

func FuzzSuggest(f *testing.F) {
	if len(fuzzSeeds) == 0 {
		f.Fatal("no seeds")
	}
	for i, s := range fuzzSeeds {
		f.Add(s, uint16(i), uint16(len(s)))
	}
	f.Fuzz(func(t *testing.T, text string, a, b uint16) {
		for _, lang := range []string{"en", "de"} {
			checkPromises(t, text, Suggest(text, nil, Options{Lang: lang}))
			checkPromises(t, text, Suggest(text, Units([][2]int{{0, int(a)}, {int(b), len(text)}}), Options{Lang: lang}))
		}
	})
}

// madeUp is made-up news, about one sentence in two with a source.
func madeUp(sentences int) string {
	one := []string{
		"The harbour board said on Monday that the port of Ellery would stay closed until May.",
		"“We cannot open the gates before the work is done,” said Anna Berg, the director of the port.",
		"Ships have waited off the coast for three weeks, and crews are short of food and water.",
		"According to a report by the coast guard, two of them may have left for the south.",
		"But officials still say some cargo, which was due in April, could be lost, adding that “nobody knows.”",
	}
	var b strings.Builder
	for i := range sentences {
		b.WriteString(one[i%len(one)])
		if i%3 == 2 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func TestTimeIsLinear(t *testing.T) {
	for name, piece := range map[string]string{
		"no stops":       "he said that she told him and ",
		"open quotes":    "“she said ",
		"single quotes":  "'x said ",
		"commas":         "a man, said a man, a man, who said, ",
		"one paragraph":  "He said no. ",
		"nothing quoted": "But, ",
		"brackets":       "said (Berg ( ",
		"adverbs":        "still also again ",
		"a list":         "Berg, Lund, and Marsh said, ",
		"as":             "As Berg notes, and as Lund said that ",
		"participles":    "and Berg sat saying to Lund, ",
		"works":          "(Berg 2010; Lund 2011) ",
		"labels":         "BERG: No.\n\n",
		"asked":          "asked by Berg whether to put it at 20, ",
		"many quotes":    "“No,” said Berg. ",
		"thoughts":       "Berg believes that Lund thinks the gate is shut. ",
		"quoted as":      "The Post quoted Berg as saying no, writing to Lund; ",
		"denials":        "Berg spoke. “That is not true,” said Lund; Marsh denied it. ",
		"quote marks":    "\" ",
		"three marks":    "'''x ",
		"places":         "Berg, 30, of Ava, Mo., who ran, in May, said, ",
		"bylines":        "“No, we are late.” — Anna Berg\n",
		"mixed marks":    "„a“ «b» ‹c› “d” ‘e’ »f« ",
		"unbalanced":     "„“«»‹›”’\"‚",
		"reduced":        "A letter sent to crews on the page ",
		"described":      "was described as a ",
		"insertions":     "Berg, saying no, ",
		"how long ago":   "two weeks ago ",
		"citing":         "reported, citing Berg, ",
		"relatives":      "men who sleep, ",
		"times of day":   "14:32: Berg said no.\n",
		"disagreements":  "Berg spoke. Lund disagreed; Marsh disagrees. ",
		"outcries":       "No! said Berg. Not so, says Lund: no. ",
		"hosts":          "ANNA BERG, HOST: No.\n\n",
		"kept names":     "said a clerk who asked not to be named ",
		"being held":     "two men being held ",
		"quoted verbs":   "says the road “stinks” ",
		"told":           "a jury was told, ",
		"German cites":   "wie die Agentur unter Berufung auf Berg meldet, ",
		"German papers":  "nach ersten Angaben der Behörde, ",
		"German speech":  "Er sagte, er habe gesagt, „nein“, freut sich Berg. ",
		"German nouns":   "der Leiter der Behörde, die ",
		"German denials": "Dem widersprach Berg. Das sieht Lund anders. ",
	} {
		lang := "en"
		if strings.HasPrefix(name, "German") {
			lang = "de"
		}
		t.Run(name, func(t *testing.T) {
			took := func(times, n int) time.Duration {
				text := strings.Repeat(piece, n)
				start := time.Now()
				for range times {
					Suggest(text, nil, Options{Lang: lang})
				}
				return time.Since(start)
			}
			var small, large time.Duration
			for range 20 { // a busy machine is slow now and then, a slow rule always
				if small, large = took(8, 2000), took(1, 16000); large <= 4*small+20*time.Millisecond {
					return
				}
			}
			t.Errorf("8 times the text took %v, 8 texts %v", large, small)
		})
	}
}

func TestALineIsWrittenAsTheContractSays(t *testing.T) {
	text := "The port was closed, Berg said."
	got, err := json.Marshal(Suggest(text, Units([][2]int{{0, 31}}), Options{Lang: "en"}).Line("a1"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"a1","sentences":[[0,31]],"attributions":[{"source":[[21,25]],"cue":[[26,30]],"content":[[0,19]],"who":"Berg","kind":"named_other"}],"tags":["sourced"],"counter":[]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	empty, err := json.Marshal(Suggest("", nil, Options{}).Line("a2"))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"id":"a2","sentences":[],"attributions":[],"tags":[],"counter":[]}`; string(empty) != want {
		t.Errorf("got  %s\nwant %s", empty, want)
	}
}

func BenchmarkArticleOf50Sentences(b *testing.B) {
	text := madeUp(50)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Suggest(text, nil, Options{Lang: "en"})
	}
}

func BenchmarkSegmentationAlone(b *testing.B) {
	text := madeUp(50)
	var units []annotations.Sentence
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		units = segment.Append(units[:0], text, segment.Options{Lang: "en"})
	}
}
