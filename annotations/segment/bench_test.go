package segment

import (
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/sentences"
	neurosnap "github.com/neurosnap/sentences"
	"github.com/neurosnap/sentences/english"

	"stet.example/stet/annotations"
)

// benchText is news-like prose, made here so that no test data is shipped. It has
// ten stops to the thousand bytes, one in seven of them in a short form, as
// newspapers have.
func benchText() string {
	const page = "The harbor committee met on Oct. 21 to hear what a new sea wall would cost the town and who would have to pay for it. " +
		"“We have not decided anything yet,” Sen. Ann Lee, who leads the committee, said after the meeting. “There will be another hearing in the spring.”\n\n" +
		"The plan, which was first reported by a local paper last week, would raise about $3.2 billion over ten years by adding a small charge to every ticket sold for the ferries, " +
		"according to two officials who were not allowed to speak in public about it. Critics say that it would do little for the villages farther up the coast, " +
		"where the last two winters took away the road and part of the old cemetery. Some of the families who lost their houses have moved in with relatives, and others are still in the school gym.\n\n" +
		"Peter Fox, the mayor of one of those villages, asked in a letter to the committee what had become of the money that was promised to him three years ago. " +
		"He has had no answer so far. “Who pays for it? We do,” he told reporters in front of the town hall on Friday, while a few dozen people who had come with him held up pictures of their street.\n\n" +
		"A vote has been put off twice because members of both parties wanted more time to read the text. The U.S. government, which would have to add its own share, has said only that it is watching with interest. " +
		"A spokesman for the builders said in a statement that work could begin within a year of the vote.\n\nWhat comes next\n\n" +
		"The committee will meet again in the first week of November. If it agrees, the plan goes to the full chamber before the end of the year.\n\n"
	return strings.Repeat(page, 600)
}

var sink int

func BenchmarkAppend(b *testing.B) {
	text := benchText()
	dst := Append(nil, text, Options{Lang: "en"})
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		dst = Append(dst[:0], text, Options{Lang: "en"})
	}
	sink = len(dst)
}

func BenchmarkScanner(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		sc := NewScanner(strings.NewReader(text), Options{Lang: "en"})
		for sc.Scan() {
			sink++
		}
	}
}

func BenchmarkUAX29(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		it := sentences.FromString(text)
		for it.Next() {
			sink += it.End()
		}
	}
}

func BenchmarkNeurosnap(b *testing.B) {
	text := benchText()[:200_000]
	tok, err := english.NewSentenceTokenizer(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	var got []*neurosnap.Sentence
	for b.Loop() {
		got = tok.Tokenize(text)
	}
	sink = len(got)
}

// BenchmarkAgainstOthers takes turns, so that a busy machine is busy for all, and
// reports the best round of each as a ratio: how many times faster Append is.
func BenchmarkAgainstOthers(b *testing.B) {
	text := benchText()
	short := text[:100_000]
	tok, err := english.NewSentenceTokenizer(nil)
	if err != nil {
		b.Fatal(err)
	}
	dst := Append(nil, text, Options{Lang: "en"})
	table := baseTable
	runs := []struct {
		name  string
		bytes int
		run   func()
	}{
		{"append", len(text), func() { dst = Append(dst[:0], text, Options{Lang: "en"}) }},
		{"uax29", len(text), func() {
			for it := sentences.FromString(text); it.Next(); {
				sink += it.End()
			}
		}},
		{"neurosnap", len(short), func() { sink += len(tok.Tokenize(short)) }},
		{"bytescan", len(text), func() {
			n := 0
			for i := 0; i < len(text); i++ {
				if table[text[i]] != 0 {
					n++
				}
			}
			sink += n
		}},
	}
	best := make([]float64, len(runs)) // bytes a second
	for b.Loop() {
		for k, r := range runs {
			start := time.Now()
			r.run()
			best[k] = max(best[k], float64(r.bytes)/time.Since(start).Seconds())
		}
	}
	for k, r := range runs {
		b.ReportMetric(best[k]/1e6, r.name+"-MB/s")
		if k > 0 {
			b.ReportMetric(best[0]/best[k], "times-"+r.name)
		}
	}
}

// BenchmarkByteScan is the limit: one table look-up a byte.
func BenchmarkByteScan(b *testing.B) {
	text := benchText()
	table := baseTable
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		n := 0
		for i := 0; i < len(text); i++ {
			if table[text[i]] != 0 {
				n++
			}
		}
		sink = n
	}
}

func BenchmarkDetect(b *testing.B) {
	text := benchText()
	for b.Loop() {
		sink += len(Detect(text))
	}
}

func TestNothingIsAllocatedWithARoomySlice(t *testing.T) {
	texts := map[string]string{"en": benchText()[:20_000], "": benchText()[:20_000]}
	for lang, page := range benchPages {
		texts[lang] = strings.Repeat(page, 8)
	}
	texts["en-GB"] = "Best, Ann\nA boat Image: Ann Lee\nAnn Lee 10/24/2025 04:13 PM It rained :) We left.\nFigure 3.4 The mayor.\nA\tB\nC\tD\n"
	for lang, text := range texts {
		dst := make([]annotations.Sentence, 0, 4096)
		Append(dst, text, Options{Lang: lang}) // reads the language file
		allocs := testing.AllocsPerRun(20, func() { dst = Append(dst[:0], text, Options{Lang: lang}) })
		if allocs > 0 {
			t.Errorf("lang %q: %v allocations a run", lang, allocs)
		}
	}
}
