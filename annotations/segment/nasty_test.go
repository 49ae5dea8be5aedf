package segment

import (
	"strings"
	"testing"
)

// nasty are texts as they come out of pages, mails, scans and feeds; "|" parts the
// units wanted.
var nasty = []struct{ story, lang, text, want string }{
	{"spaces lost behind stops", "en", "The levee broke at noon.Water filled the square.“Run!” a man cried.They ran.", "The levee broke at noon.|Water filled the square.|“Run!” a man cried.|They ran."},
	{"spaces lost, but short forms and addresses kept", "en", "She joined the U.S.Army in 2001. See example.com/News.html for more.Then she left.", "She joined the U.S.Army in 2001.|See example.com/News.html for more.|Then she left."},
	{"hard wraps with CRLF", "en", "The council met on Tuesday to hear what the\r\nmayor had to say about the bridge. She said it\r\nwould cost more than was thought, and that no\r\none knew when it would be done.\r\n", "The council met on Tuesday to hear what the\r\nmayor had to say about the bridge.|She said it\r\nwould cost more than was thought, and that no\r\none knew when it would be done."},
	{"line ends of three sorts", "en", "First line.\r\nSecond line.\rThird line.\n\r\nFourth line.", "First line.|Second line.|Third line.|Fourth line."},
	{"a transcript with times", "en", "[00:01:12] LEE: Did you see it? I did.\n[00:01:15] FOX: No.\n[crosstalk]\n[00:01:20] LEE: Look again.", "[00:01:12] LEE: Did you see it?|I did.|[00:01:15] FOX: No.|[crosstalk]|[00:01:20] LEE: Look again."},
	{"a table with bars", "en", "| Town | Votes |\n|------|-------|\n| Oslo | 1,204. |\n| Bergen | 7 |", "| Town | Votes |||------|-------||| Oslo | 1,204. ||| Bergen | 7 |"},
	{"bullets that hold sentences", "en", "• Roads are shut. Use the bridge.\n• Schools open late.\n◦ Buses run", "• Roads are shut.|Use the bridge.|• Schools open late.|◦ Buses run"},
	{"a list that begins in its line", "en", "The rules are: 1. Be kind. 2. Be brief. 3. Be gone.", "The rules are: 1. Be kind.|2. Be brief.|3. Be gone."},
	{"no-break spaces before French signs", "fr", "Qui paie\u00a0? Personne\u00a0! Le maire l’a dit\u00a0: «\u00a0C’est trop.\u00a0» Il part.", "Qui paie\u00a0?|Personne\u00a0!|Le maire l’a dit\u00a0: «\u00a0C’est trop.\u00a0»|Il part."},
	{"narrow no-break spaces", "fr", "Vraiment\u202f? Oui\u202f! «\u202fNon\u202f», dit-il. Elle rit.", "Vraiment\u202f?|Oui\u202f!|«\u202fNon\u202f», dit-il.|Elle rit."},
	{"the ellipsis sign inside, at an end, and glued", "en", "He was … well, tired. She waited… No one came. “And then…he fell.” Silence.", "He was … well, tired.|She waited…|No one came.|“And then…he fell.”|Silence."},
	{"quotes within quotes", "en", "“He told me, ‘Leave now.’ I stayed,” she said. ‘I heard “No!” twice.’ He nodded.", "“He told me, ‘Leave now.’|I stayed,” she said.|‘I heard “No!” twice.’|He nodded."},
	{"questions and answers", "en", "Q: Who owns it? A: The town does.\nQ. Since when?\nA. Since 1990. It was sold.", "Q: Who owns it?|A: The town does.|Q. Since when?|A. Since 1990.|It was sold."},
	{"a tweet", "en", "BREAKING: Dam fails near #Fairview! @CountyFire is on scene. Stay away!! https://t.co/aB3dE9", "BREAKING: Dam fails near #Fairview!|@CountyFire is on scene.|Stay away!!|https://t.co/aB3dE9"},
	{"an address at the end of a sentence", "en", "More at https://example.org/a.b?c=D. The page is slow. Write to desk@example.org. We answer.", "More at https://example.org/a.b?c=D.|The page is slow.|Write to desk@example.org.|We answer."},
	{"faces and hearts behind stops", "en", "We won! 🎉 Thank you all. ❤️ See you soon 😀", "We won! 🎉|Thank you all. ❤️|See you soon 😀"},
	{"decimals and thousands", "en", "It rose 0.5 to 1,234.56. At .300 he led. The bill was $3.2bn. Of that, 1.5 went.", "It rose 0.5 to 1,234.56.|At .300 he led.|The bill was $3.2bn.|Of that, 1.5 went."},
	{"decimals and thousands in German", "de", "Es stieg um 0,5 auf 1.234,56 Euro. Am 24.12.2025 um 18.30 Uhr war Schluss. Das war’s.", "Es stieg um 0,5 auf 1.234,56 Euro.|Am 24.12.2025 um 18.30 Uhr war Schluss.|Das war’s."},
	{"versions and sections", "en", "Go 1.26.1 fixes it. See §4.2.1. Install v2.0.10. Then run 3.0.", "Go 1.26.1 fixes it.|See §4.2.1.|Install v2.0.10.|Then run 3.0."},
	{"short forms from Latin", "en", "Nuts, e.g. almonds, are dear. Ibid. p. 4 says so; cf. Lee et al. 2019. He left, etc. She stayed, i.e. did not go.", "Nuts, e.g. almonds, are dear.|Ibid. p. 4 says so; cf. Lee et al. 2019.|He left, etc.|She stayed, i.e. did not go."},
	{"marks of notes", "en", "It fell.1 Then it rose.[2][3] Who knew?4 Not I.* Nor he.†", "It fell.1|Then it rose.[2][3]|Who knew?4|Not I.*|Nor he.†"},
	{"all in capitals", "en", "MAYOR QUITS. COUNCIL STUNNED. MR. FOX TO LEAD U.S. ARMY POST. WHO IS NEXT?", "MAYOR QUITS.|COUNCIL STUNNED.|MR. FOX TO LEAD U.S. ARMY POST.|WHO IS NEXT?"},
	{"all in small letters", "en", "the mayor quit. nobody knew why. she said nothing, e.g. no speech.", "the mayor quit.|nobody knew why.|she said nothing, e.g. no speech."},
	{"a mail quoted", "en", "> We leave at 5 p.m.\n> Bring food.\nFine. See you.", "> We leave at 5 p.m.|> Bring food.|Fine.|See you."},
	{"marks by the dozen", "en", "What?!?! No... way!!! Stop???? Yes....", "What?!?!|No... way!!!|Stop????|Yes...."},
	{"brackets within and around", "en", "He won (see p. 3). (She lost.) They [the Fords] left. [Laughter] It ended (or did it?).", "He won (see p. 3).|(She lost.)|They [the Fords] left.|[Laughter] It ended (or did it?)."},
	{"a space lost at curly quotes", "en", "“We are done.”He left the U.S.”Nobody” knew.“Why?” she said.", "“We are done.”|He left the U.S.”Nobody” knew.|“Why?” she said."},
	{"signs of direction and zero width", "en", "\u200eIt rained.\u200f \u200bWe stayed.\u2060 Then\u200b left.", "\u200eIt rained.\u200f|\u200bWe stayed.\u2060|Then\u200b left."},
	{"a dash that opens what is said", "es", "—¿Quién paga? —preguntó Ana—. Yo no.\n—Nadie.", "—¿Quién paga? —preguntó Ana—.|Yo no.|—Nadie."},
	{"scripts in one line", "en", "The sign read 出口。 Nobody knew Москва. It said مرحبا. Then नमस्ते। End.", "The sign read 出口。|Nobody knew Москва.|It said مرحبا.|Then नमस्ते।|End."},
	{"a headline, a byline, a dateline", "en", "Dam fails near Fairview\nBy Ann B. Lee and Tom Fox Jr.\nFAIRVIEW, Ore. (AP) — The dam failed on Oct. 3. No one was hurt.", "Dam fails near Fairview|By Ann B. Lee and Tom Fox Jr.|FAIRVIEW, Ore. (AP) — The dam failed on Oct. 3.|No one was hurt."},
	{"a stop that slipped to the next line", "en", "The mayor quit\n. Nobody knew why.", "The mayor quit\n.|Nobody knew why."},
	{"spaces before stops", "en", "The mayor quit . Nobody knew why ? She did !", "The mayor quit .|Nobody knew why ?|She did !"},
	{"Chinese with figures, Latin and both sorts of quotes", "zh", "增长3.5%。iPhone卖得好！“真的？”他问：“多少？”《人民日报》（海外版）报道了此事……没人回答。", "增长3.5%。|iPhone卖得好！|“真的？”他问：“多少？”|《人民日报》（海外版）报道了此事……没人回答。"},
	{"Japanese with half-wide signs", "ja", "株価は3.5%上がった｡「本当か?」と聞いた。Appleも（前年比で）伸びた！？次へ。", "株価は3.5%上がった｡|「本当か?」と聞いた。|Appleも（前年比で）伸びた！？|次へ。"},
}

func TestNastyTexts(t *testing.T) {
	for _, c := range nasty {
		t.Run(c.story, func(t *testing.T) {
			units := Append(nil, c.text, Options{Lang: c.lang})
			checkTiling(t, c.text, units)
			compareScanner(t, c.text, c.lang, strings.NewReader(c.text))
			var got []string
			for _, u := range units {
				got = append(got, u.Span.In(c.text))
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %q\nwant %q", s, c.want)
			}
		})
	}
}
