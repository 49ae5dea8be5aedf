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

// checkFound fails unless one of the attributions in a text has a source and a content.
func checkFound(t *testing.T, text, lang, source, content string) {
	t.Helper()
	res := Suggest(text, nil, Options{Lang: lang})
	checkPromises(t, text, res)
	list := inWords(text, res)
	if !slices.ContainsFunc(list, func(got one) bool { return got.source == source && got.content == content }) {
		t.Errorf("got %q, want %q and %q", list, source, content)
	}
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
		{"put at a figure", "en", "Local fishermen put the number of dead at more than 20.", FramePreposed, one{"Local fishermen", "put", "the number of dead at more than 20."}},
		{"quoted as saying", "en", "Anna Berg was quoted as saying that the port was closed.", FramePreposed, one{"Anna Berg", "was quoted as saying", "that the port was closed."}},
		{"it was she who", "en", "It was Anna Berg who said that the port was closed.", FramePreposed, one{"Anna Berg", "said", "that the port was closed."}},
		{"said by phone", "en", "Ships were late, the board said by phone.", FramePostposed, one{"the board", "said", "Ships were late"}},
		{"a verb no list has, behind a quotation", "en", "“We are closed for good,” raged Anna Berg.", FrameInverted, one{"Anna Berg", "raged", "“We are closed for good,”"}},
		{"the same, the source first", "en", "“We are closed for good,” the old man croaked.", FramePostposed, one{"the old man", "croaked", "“We are closed for good,”"}},
		{"a colon without a cue", "en", "Anna Berg smiled at the crew: “We are closed for good.”", FrameColon, one{"Anna Berg", "smiled at the crew", "“We are closed for good.”"}},
		{"asked by somebody", "en", "Asked by a reporter whether ships were late, the board sailed on.", FramePassive, one{"a reporter", "Asked", "whether ships were late"}},
		{"first reported by", "en", "The closure, first reported by the Portsea Post, came as a shock.", FramePassive, one{"the Portsea Post", "first reported", "The closure"}},
		{"the writer's remark is no content", "en", "Berg said the port was closed, drawing a sharp reply.", FramePreposed, one{"Berg", "said", "the port was closed"}},
		{"a phrase with its own object", "en", "Berg took issue with the report.", FramePreposed, one{"Berg", "took issue with", "the report."}},
		{"German, dass", "de", "Die Ministerin sagte, dass der Hafen zu sei.", FramePreposed, one{"Die Ministerin", "sagte", "dass der Hafen zu sei."}},
		{"German, verb second", "de", "Zudem sagte die Ministerin, der Hafen sei zu.", FramePreposed, one{"die Ministerin", "sagte", "der Hafen sei zu."}},
		{"German, participle last", "de", "Die Ministerin hat am Montag gesagt, der Hafen sei zu.", FramePreposed, one{"Die Ministerin", "hat … gesagt", "der Hafen sei zu."}},
		{"German, nach Angaben", "de", "Nach Angaben der Polizei war der Hafen zu.", FrameAccording, one{"Angaben der Polizei", "Nach", "war der Hafen zu."}},
		{"German, es heißt", "de", "Der Hafen sei zu, hieß es aus dem Ministerium.", FramePostposed, one{"dem Ministerium", "hieß es", "Der Hafen sei zu"}},
		{"German, the subject behind the verb", "de", "Aus diesem Grund sagte die Ministerin, der Hafen sei zu.", FramePreposed, one{"die Ministerin", "sagte", "der Hafen sei zu."}},
		{"German, a pronoun behind the verb", "de", "Den Fischern sagte er, der Hafen sei zu.", FramePreposed, one{"er", "sagte", "der Hafen sei zu."}},
		{"German, passive", "de", "Der Plan wird von Kritikern als „Irrweg“ bezeichnet.", FramePassive, one{"Kritikern", "wird … bezeichnet", "„Irrweg“"}},
		{"German, the writer goes on", "de", "Er sagte, der Hafen sei zu, und weigerte sich zu gehen.", FramePreposed, one{"Er", "sagte", "der Hafen sei zu"}},
		{"German, a noun for object is the whole sentence", "de", "Die Opposition forderte den Rücktritt der Ministerin.", FramePreposed, one{"Die Opposition", "", "Die Opposition forderte den Rücktritt der Ministerin."}},
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
		{"apposition", "Anna Berg, a director of the port, said it was closed.", "Anna Berg, a director of the port"},
		{"relative clause", "A second official, who has seen the plans, said it was closed.", "A second official, who has seen the plans"},
		{"relative clause without commas", "People who have seen the plan said it was closed.", "People who have seen the plan"},
		{"participle", "A second official involved in the talks said it was closed.", "A second official involved in the talks"},
		{"coordination", "Berg and Lund said it was closed.", "Berg and Lund"},
		{"not what is done meanwhile", "Berg, speaking to the board, said it was closed.", "Berg"},
		{"a day in between", "Berg on Thursday said it was closed.", "Berg"},
		{"behind an opening phrase", "In a statement on Monday, the board said it was closed.", "the board"},
		{"possessive", "The board's lawyer said it was closed.", "The board's lawyer"},
		{"title", "Mr. Lund said it was closed.", "Mr. Lund"},
		{"an apposition without its second comma", "Anna Berg, a spokeswoman for the board said it was closed.", "Anna Berg, a spokeswoman for the board"},
		{"the role first", "The board's director, Anna Berg, said it was closed.", "The board's director, Anna Berg"},
		{"a list", "Berg, Lund and Marsh said it was closed.", "Berg, Lund and Marsh"},
		{"a list with a comma before its end", "Berg, Lund, and Marsh said it was closed.", "Berg, Lund, and Marsh"},
		{"neither of two", "Neither Berg nor Lund said it was closed.", "Neither Berg nor Lund"},
		{"those who", "Those who back the plan say it was closed.", "Those who back the plan"},
		{"a figure alone", "Of the crew, 39 said it was closed.", "39"},
		{"a place of two names", "At a rally in Salem, New Ellery, Berg said it was closed.", "Berg"},
		{"two participles behind their noun", "A draft dated Feb. 26 and seen by this newspaper said it was closed.", "A draft dated Feb. 26 and seen by this newspaper"},
		{"a participle behind its noun", "A team led by Anna Berg said it was closed.", "A team led by Anna Berg"},
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
		"The harbour has a light show that lasts an hour.",
		"The port is said to be closed.",
		"It is worth noting the port was closed.",
		"Berg called the office.",
		"Ships were late (Portsea 2010).",
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
		{"a name behind its role", "The board's director, Anna Berg, said it was closed.", "Anna Berg", "named_other"},
		{"a name behind a role that is not shown", "According to the team's coach, Anna Berg, it was closed.", "Anna Berg", "named_other"},
		{"an office behind a name", "Anna Berg, the mayor of Ellery, said it was closed.", "Anna Berg", "named_official"},
		{"the same person herself", "Mayor Anna Berg left. Berg herself said it was closed.", "Anna Berg", "named_other"},
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

func TestCitedWorksAreSources(t *testing.T) {
	text := "Crows can count to four (Nagel 2011; Tran & Ode, 2015). Others doubt it (see Marsh et al. 2019)."
	res := Suggest(text, nil, Options{Lang: "en"})
	var got []string
	for _, a := range res.Attributions {
		if a.Frame != FrameCiting || a.Kind != "document" || len(a.Cue) != 0 {
			t.Errorf("%+v", a)
		}
		got = append(got, words(text, a.Source)+": "+words(text, a.Content))
	}
	want := []string{"Nagel 2011: Crows can count to four", "Tran & Ode, 2015: Crows can count to four", "Marsh et al. 2019: Others doubt it"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLinesOfATranscriptBelongToTheirSpeakers(t *testing.T) {
	text := "Q: Were the gates open?\n\nA: No. They were shut.\n\nQ: Who said so?\n\nA: The board told us in May that they were."
	res := Suggest(text, nil, Options{Lang: "en"})
	var got []string
	for _, a := range res.Attributions {
		got = append(got, words(text, a.Source)+": "+words(text, a.Content))
	}
	want := []string{"Q: Were the gates open?", "A: No. They were shut.", "Q: Who said so?",
		"The board: that they were.", "A: The board told us in May that they were."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if id := res.Tags[0].ID; id != contextualTag {
		t.Errorf("a question is %s", id)
	}
	list := "Clinton County: 1,769\n\nSanders County: 1,501\n\nClinton County: 547"
	if res := Suggest(list, nil, Options{Lang: "en"}); len(res.Attributions) != 0 {
		t.Errorf("figures speak: %q", inWords(list, res))
	}
}
