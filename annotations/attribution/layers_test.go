package attribution

import (
	"slices"
	"strings"
	"testing"

	"stet.example/stet/annotations"
)

func words(text string, spans []annotations.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.In(text))
	}
	return strings.Join(out, " … ")
}

func TestQuotationsArePairedAndApostrophesLeftAlone(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"straight marks", `"One," she said. "Two."`, []string{`"One,"`, `"Two."`}},
		{"curly marks", "“One,” she said. “Two.”", []string{"“One,”", "“Two.”"}},
		{"a quotation inside a quotation is one", "“He told me ‘never’ and left,” she said.", []string{"“He told me ‘never’ and left,”"}},
		{"curly inside curly", "“She said “no” and left,” he said.", []string{"“She said “no” and left,”"}},
		{"German marks", "Er sagte: „Nein.“", []string{"„Nein.“"}},
		{"French marks", "Il a dit « non » hier.", []string{"« non »"}},
		{"typewriter marks", "''No way,'' she said.", []string{"''No way,''"}},
		{"British single marks", "'No way,' she said.", []string{"'No way,'"}},
		{"apostrophes are none", "The ministers' plan isn't Anna's, and rock 'n' roll won't wait.", nil},
		{"a height is none", `The gate is 5'10" tall and wide.`, nil},
		{"an open one runs to the end of its paragraph", "“We will stay. We will wait.\nThe boats left.", []string{"“We will stay. We will wait."}},
		{"an open one goes on in the next paragraph", "“We stay.\n“We wait,” she said.", []string{"“We stay.", "“We wait,”"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			res := Suggest(c.text, nil, Options{Lang: "en"})
			for _, q := range res.Quotations {
				got = append(got, q.Span.In(c.text))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	res := Suggest("“We stay.\n“We wait,” she said.", nil, Options{Lang: "en"})
	if q := res.Quotations; !q[0].Open || q[0].Continued || q[1].Open || !q[1].Continued {
		t.Errorf("open and continued are wrong: %+v", q)
	}
}

// one is an attribution in words.
type one struct{ source, cue, content string }

func inWords(text string, res Result) []one {
	var out []one
	for _, a := range res.Attributions {
		out = append(out, one{words(text, a.Source), words(text, a.Cue), words(text, a.Content)})
	}
	return out
}

func TestEveryFrameGivesSourceCueAndContent(t *testing.T) {
	for _, c := range []struct {
		name, lang, text string
		frame            Frame
		want             one
	}{
		{"the source first", "en", "The harbour board said the port was closed.", FramePreposed, one{"The harbour board", "said", "the port was closed."}},
		{"with that", "en", "Anna Berg argued that the port was closed.", FramePreposed, one{"Anna Berg", "argued", "that the port was closed."}},
		{"the hearer is no content", "en", "Anna Berg told reporters that the port was closed.", FramePreposed, one{"Anna Berg", "told", "that the port was closed."}},
		{"a hearer and a pronoun", "en", "On Thursday, Berg told the Post she would leave.", FramePreposed, one{"Berg", "told", "she would leave."}},
		{"where it was said is no content", "en", "Berg said in a statement posted online that the port was closed.", FramePreposed, one{"Berg", "said", "that the port was closed."}},
		{"the source last", "en", "The port was closed, two officials said.", FramePostposed, one{"two officials", "said", "The port was closed"}},
		{"quoted, the source last", "en", "“We are closed,” Berg said on Monday.", FramePostposed, one{"Berg", "said", "“We are closed,”"}},
		{"the source in the middle", "en", "The port, she said, would stay closed.", FramePostposed, one{"she", "said", "The port … would stay closed."}},
		{"quoted in two pieces", "en", "“We close,” Berg said, “and we go home.”", FramePostposed, one{"Berg", "said", "“We close,” … “and we go home.”"}},
		{"verb before source", "en", "“We are closed,” said Anna Berg, the director of the port.", FrameInverted, one{"Anna Berg, the director of the port", "said", "“We are closed,”"}},
		{"according to, first", "en", "According to the harbour board, the port was closed.", FrameAccording, one{"the harbour board", "According to", "the port was closed."}},
		{"according to, last", "en", "The port was closed, according to images taken by a satellite.", FrameAccording, one{"images taken by a satellite", "according to", "The port was closed"}},
		{"citing", "en", "The port was closed, citing three officials.", FrameCiting, one{"three officials", "citing", "The port was closed"}},
		{"a colon", "en", "Berg said: “We are closed.”", FramePreposed, one{"Berg", "said", "“We are closed.”"}},
		{"a speaker's label", "en", "BERG: We are closed today.", FrameColon, one{"BERG", ":", "We are closed today."}},
		{"passive with by", "en", "The closure was announced by the harbour board.", FramePassive, one{"the harbour board", "was announced", "The closure"}},
		{"a document", "en", "A report by the board found that ships were late.", FramePreposed, one{"A report by the board", "found", "that ships were late."}},
		{"a dateline is no content", "en", "PORTSEA, May 2 (AP) — Ships were late, the board said.", FramePostposed, one{"the board", "said", "Ships were late"}},
		{"German, dass", "de", "Die Ministerin sagte, dass der Hafen zu sei.", FramePreposed, one{"Die Ministerin", "sagte", "dass der Hafen zu sei."}},
		{"German, verb second", "de", "Zudem sagte die Ministerin, der Hafen sei zu.", FramePreposed, one{"die Ministerin", "sagte", "der Hafen sei zu."}},
		{"German, participle last", "de", "Die Ministerin hat am Montag gesagt, der Hafen sei zu.", FramePreposed, one{"Die Ministerin", "hat … gesagt", "der Hafen sei zu."}},
		{"German, nach Angaben", "de", "Nach Angaben der Polizei war der Hafen zu.", FrameAccording, one{"Angaben der Polizei", "Nach", "war der Hafen zu."}},
		{"German, zufolge", "de", "Dem Bericht zufolge war der Hafen zu.", FrameAccording, one{"Dem Bericht", "zufolge", "war der Hafen zu."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: c.lang})
			got := inWords(c.text, res)
			if len(got) != 1 {
				t.Fatalf("want one attribution, got %q", got)
			}
			if got[0] != c.want || res.Attributions[0].Frame != c.frame {
				t.Errorf("got %v %q\nwant %v %q", res.Attributions[0].Frame, got[0], c.frame, c.want)
			}
		})
	}
}

func TestSourcesAreWholeNounPhrases(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"apposition", "Anna Berg, the director of the port, said it was closed.", "Anna Berg, the director of the port"},
		{"relative clause", "A second official, who has seen the plans, said it was closed.", "A second official, who has seen the plans"},
		{"relative clause without commas", "People who have seen the plan said it was closed.", "People who have seen the plan"},
		{"participle", "A second official involved in the talks said it was closed.", "A second official involved in the talks"},
		{"coordination", "Berg and Lund said it was closed.", "Berg and Lund"},
		{"not what is done meanwhile", "Berg, speaking to the board, said it was closed.", "Berg"},
		{"a day in between", "Berg on Thursday said it was closed.", "Berg"},
		{"behind an opening phrase", "In a statement on Monday, the board said it was closed.", "the board"},
		{"possessive", "The board's lawyer said it was closed.", "The board's lawyer"},
		{"title", "Mr. Lund said it was closed.", "Mr. Lund"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: "en"})
			if len(res.Attributions) == 0 || words(c.text, res.Attributions[0].Source) != c.want {
				t.Errorf("got %q, want source %q", inWords(c.text, res), c.want)
			}
		})
	}
}

func TestNounsAndQuotedVerbsAreNoCues(t *testing.T) {
	for _, text := range []string{
		"The report of the claims was late.",
		"The alleged drug boats were hit.",
		"The United States was late.",
		"The state gave no money to the port.",
		"The ships left on Monday.",
	} {
		if res := Suggest(text, nil, Options{Lang: "en"}); len(res.Attributions) != 0 {
			t.Errorf("%q: got %q", text, inWords(text, res))
		}
	}
}

func TestWhoIsResolved(t *testing.T) {
	for _, c := range []struct {
		name, text, who, kind string
	}{
		{"a short name in full", "Secretary of State Anna Berg said it was closed. The port is old. Berg said it would stay.", "Anna Berg", "named_other"},
		{"a pronoun", "Anna Berg said it was closed. She said it would stay.", "Anna Berg", "named_other"},
		{"they after two officials", "Two officials said it was closed. They said it would stay.", "Two officials (unnamed)", "anonymous_official"},
		{"the minister", "Minister Anna Berg said it was closed. The minister said it would stay.", "Anna Berg", "named_official"},
		{"a second official is another", "Minister Anna Berg said it was closed. A second official said it would stay.", "second official (unnamed)", "anonymous_official"},
		{"an outlet", "Reuters reported that it was closed.", "Reuters", "other_outlet"},
		{"a body", "The ministry said it was closed.", "ministry", "organisation"},
		{"an image", "It was closed, according to satellite imagery.", "satellite imagery", "image"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := Suggest(c.text, nil, Options{Lang: "en"})
			if len(res.Attributions) == 0 {
				t.Fatal("no attribution")
			}
			if a := res.Attributions[len(res.Attributions)-1]; a.Who != c.who || a.Kind != c.kind {
				t.Errorf("got %q, %q; want %q, %q", a.Who, a.Kind, c.who, c.kind)
			}
		})
	}
}

func TestTagsFollowTheCodebook(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"sourced in the unit", "The board said the port was closed.", []string{"sourced S-1"}},
		{"carried on inside one quotation", "“We are closed,” Berg said. “We will open in May.”", []string{"sourced S-1", "sourced S-2"}},
		{"not into plain text", "The board said the port was closed. The ships left on Monday.", []string{"sourced S-1", "contextual X-2"}},
		{"a question asserts nothing", "Why was the port closed?", []string{"contextual X-1"}},
		{"two holders in one unit", "While officials said the port was open to ships, Berg closed the port.", []string{"contested C-a"}},
		{"the same holder twice", "And while he said he would open the port, he argued it was late.", []string{"sourced S-1"}},
		{"a case that is tried against what is known", "The island is not known to ship uranium, but the board has been trying to link it to the trade.", []string{"contested C-a"}},
		{
			"But, still, from another voice",
			"According to the harbour board, the island ships no uranium cargo. But officials still say some uranium cargo goes through the island.",
			[]string{"sourced S-1", "contested C-b"},
		},
		{"but inside what is said", "Berg said the port was closed, but the ships would come.", []string{"sourced S-1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, tag := range Suggest(c.text, nil, Options{Lang: "en"}).Tags {
				got = append(got, tag.ID+" "+tag.Rule)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTagsNameTheWordsAndThePartner(t *testing.T) {
	text := "According to the harbour board, the island ships no uranium cargo. But officials still say some uranium cargo goes through the island."
	res := Suggest(text, nil, Options{Lang: "en"})
	if got := words(text, res.Tags[0].Words); got != "According to" {
		t.Errorf("the first tag is explained by %q", got)
	}
	if got := words(text, res.Tags[1].Words); got != "But" || res.Tags[1].Partner != 0 {
		t.Errorf("the second tag is explained by %q, partner %d", got, res.Tags[1].Partner)
	}
	if !slices.Equal(res.Counter, []Pair{{0, 1}}) {
		t.Errorf("counter-claims: %v", res.Counter)
	}
}

func TestHedgesByClass(t *testing.T) {
	text := "The port would likely stay closed, and at least two ships allegedly left in May."
	var got []string
	for _, h := range Suggest(text, nil, Options{Lang: "en"}).Hedges {
		got = append(got, h.Class.String()+" "+h.Span.In(text))
	}
	want := []string{"epistemic would likely", "scope at least", "evidential allegedly"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReportedSpeechIsCarriedOverByTheVerbsMood(t *testing.T) {
	text := "Die Ministerin sagte, der Hafen sei zu. Er werde im Mai öffnen. Das habe Zeit. Die Schiffe liegen vor der Küste."
	res := Suggest(text, nil, Options{Lang: "de"})
	last := res.Attributions[len(res.Attributions)-1]
	if got := words(text, last.Content); got != "Er werde im Mai öffnen. Das habe Zeit." || last.Frame != FrameCarried {
		t.Errorf("carried %q by %v", got, last.Frame)
	}
}
