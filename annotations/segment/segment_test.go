package segment

import (
	"strings"
	"testing"
)

// cases tell what the rules promise; "|" parts the units wanted.
var cases = []struct{ story, lang, text, want string }{
	{"a stop and a capital", "en", "Rain fell. Rivers rose.", "Rain fell.|Rivers rose."},
	{"a note's word behind the stop", "en", "Nobody knows why.[citation needed] She agreed.[note 2] He left.", "Nobody knows why.[citation needed]|She agreed.[note 2]|He left."},
	{"a title never ends", "en", "Gov. Ann Lee met Mr. Fox. They spoke.", "Gov. Ann Lee met Mr. Fox.|They spoke."},
	{"a country inside and at the end", "en", "The U.S. Senate voted. He left the U.S. He came back.", "The U.S. Senate voted.|He left the U.S.|He came back."},
	{"a firm inside and at the end", "en", "Acme Inc. bought Bolt Corp. The deal is done.", "Acme Inc. bought Bolt Corp.|The deal is done."},
	{"a date at the end", "en", "It sailed on October 21. That is late.", "It sailed on October 21.|That is late."},
	{"a month before its day", "en", "It sailed on Oct. 21 at 5 p.m. Monday. Done.", "It sailed on Oct. 21 at 5 p.m. Monday.|Done."},
	{"numbers", "en", "See No. 5 on p. 12. It rose 3.2 percent to $4.50. Good.", "See No. 5 on p. 12.|It rose 3.2 percent to $4.50.|Good."},
	{"initials", "en", "J. R. Cole and Ann B. Hart won.", "J. R. Cole and Ann B. Hart won."},
	{"a town and its state", "en", "It is in Fort Knox, Ky. Soldiers train there. The Fargo, N. D. Mayor left.", "It is in Fort Knox, Ky.|Soldiers train there.|The Fargo, N. D.|Mayor left."},
	{"short forms with spaces", "en", "He left the U. S. The U. S. Senate sat until 5 p. m. Friday.", "He left the U. S.|The U. S. Senate sat until 5 p. m. Friday."},
	{"a clock time and whose", "en", "It starts at 5 p.m. Toronto time. It ends at 6 p.m. Police will watch.", "It starts at 5 p.m. Toronto time.|It ends at 6 p.m.|Police will watch."},
	{"a headline with capitals throughout", "en", "Trump Leaves U.S. For Russia Talks\nHe left the U.S. For whom?", "Trump Leaves U.S. For Russia Talks|He left the U.S.|For whom?"},
	{"a letter that is a name's and one that is not", "en", "Ann A. Will won. Choose Plan B. Then wait. You and I. Did we?", "Ann A. Will won.|Choose Plan B.|Then wait.|You and I.|Did we?"},
	{"a form that counts with a capital only", "en", "Is it so? No. It is not. He has no. 5, and it may. Sat. Then sun. Shine came.", "Is it so?|No.|It is not.|He has no. 5, and it may.|Sat.|Then sun.|Shine came."},
	{"names that carry a mark", "en", "Yahoo! Inc. rose. She likes Jeopardy! on Mondays.", "Yahoo! Inc. rose.|She likes Jeopardy! on Mondays."},
	{"a product's small letter", "en", "He bought two. iPhones sold well.", "He bought two.|iPhones sold well."},
	{"items inside a line", "en", "1) Get up 2) Wash 3) Eat", "1) Get up|2) Wash|3) Eat"},
	{"figures that are no items", "en", "1. Ann won 2 medals. She was no. 1 in 2 races.", "1. Ann won 2 medals.|She was no. 1 in 2 races."},
	{"a quote set off by spaces", "en", "He asked. \" Why? \" She left.", "He asked.|\" Why? \"|She left."},
	{"a quotation of several sentences is several units", "en", "“We won. We lost,” he said. “Okay? Fine.”", "“We won.|We lost,” he said.|“Okay?|Fine.”"},
	{"a question that a longer speaker follows", "en", "“Why?” Secretary of State John Kerry asked. “Who?” Ann Lee, 45, said. “How?” She said no more. “What?” Sen. Ann Lee, R-S.C., called.", "“Why?” Secretary of State John Kerry asked.|“Who?” Ann Lee, 45, said.|“How?”|She said no more.|“What?” Sen. Ann Lee, R-S.C., called."},
	{"a question that a speaker follows", "en", "“Will it hold?” Rubio said.", "“Will it hold?” Rubio said."},
	{"addresses", "en", "Mail a.b@c.org or see www.x.org/a.b?c=D. Then wait.", "Mail a.b@c.org or see www.x.org/a.b?c=D.|Then wait."},
	{"a stammer", "en", "“I … I don't know.” He left… I stayed.", "“I … I don't know.”|He left…|I stayed."},
	{"a name with a small particle", "en", "The men fled so. al-Qaida denied it.", "The men fled so.|al-Qaida denied it."},
	{"a picture credit behind an unmarked caption", "en", "A boat at sea Image: Ann Lee\nShe said “Image: x” and left.", "A boat at sea|Image: Ann Lee|She said “Image: x” and left."},
	{"a title and its date", "en", "Interview with the mayor Monday, October 24, 2025\nShe won on Monday, October 24, 2025", "Interview with the mayor|Monday, October 24, 2025|She won on Monday, October 24, 2025"},
	{"a mail's head", "en", "Ann Lee 10/24/2025 04:13 PM Please read it by 10/25/2025 5:00 PM.", "Ann Lee|10/24/2025 04:13 PM|Please read it by 10/25/2025 5:00 PM."},
	{"a mail's end", "en", "Kind regards, Ann Lee\nBest, Worst and Other Films of the Year", "Kind regards,|Ann Lee|Best, Worst and Other Films of the Year"},
	{"addresses on a line", "en", "See http://a.org/b http://c.org/d The rest waits.", "See http://a.org/b|http://c.org/d|The rest waits."},
	{"a face for a stop", "en", "I came late :) We had fun.", "I came late :)|We had fun."},
	{"a figure's label", "en", "Figure 3.4 The mayor speaks.\nFigure 3.4 shows her.", "Figure 3.4|The mayor speaks.|Figure 3.4 shows her."},
	{"a note number set apart", "en", "It was late. 8 Yet some stayed. 9 men left.", "It was late. 8|Yet some stayed.|9 men left."},
	{"a section behind a code", "en", "See 42 U.S.C. § 1983. It is law.", "See 42 U.S.C. § 1983.|It is law."},
	{"a decade in Polish", "pl", "To było w latach 70. Potem wyjechał. Lubił lata 60. XX wieku.", "To było w latach 70.|Potem wyjechał.|Lubił lata 60. XX wieku."},
	{"a word cut at a soft hyphen", "en", "The mayor spoke of co\u00ad\noperation and left.", "The mayor spoke of co\u00ad\noperation and left."},
	{"a page number between pages", "en", "The mayor spoke.\f12\fShe left.", "The mayor spoke.|12|She left."},
	{"a transcript", "en", "LEE: We won. They lost.\nFOX: No.\n\nMODERATOR:\nNext.", "LEE: We won.|They lost.|FOX: No.|MODERATOR:|Next."},
	{"an era behind a number in Italian", "it", "La città fu fondata nel 350 a.C. Marco la vide. Gli USA. Marco no.", "La città fu fondata nel 350 a.C.|Marco la vide.|Gli USA.|Marco no."},
	{"short forms with an apostrophe", "en", "The Nat'l Guard and the Int'l. Red Cross met. The Gov't. Bonds fell.", "The Nat'l Guard and the Int'l. Red Cross met.|The Gov't. Bonds fell."},
	{"a tab is white space", "en", "He left.\tShe stayed\tlong.", "He left.|She stayed\tlong."},
	{"an ellipsis inside and at the end", "en", "Well... maybe. He left… She stayed.", "Well... maybe.|He left…|She stayed."},
	{"a space is missing", "en", "He left.She stayed. Use Node.js or a.Foo now.", "He left.|She stayed.|Use Node.js or a.Foo now."},
	{"note numbers stay with their sentence", "en", "It was so.[12] Then not. [3] Then yes.", "It was so.[12]|Then not. [3]|Then yes."},
	{"lines are units", "en", "Title here\nBody one.\nBody two.", "Title here|Body one.|Body two."},
	{"CRLF, form feed, line separator", "en", "One\r\nTwo\fThree\u2028Four", "One|Two|Three|Four"},
	{"invisible characters stay inside", "en", "\ufeffOne.\u200b Two\u00ad. Three.\u200b\n\u200b\n", "\ufeffOne.\u200b|Two\u00ad.|Three.\u200b\n\u200b"},
	{"a no-break space is a space", "en", "One.\u00a0Two at 5\u00a0p.m. today.", "One.|Two at 5\u00a0p.m. today."},
	{"German ordinals and short forms", "de", "Am 3. Oktober kam z. B. Dr. Adler. Das war 2014. Die Stadt feierte.", "Am 3. Oktober kam z. B. Dr. Adler.|Das war 2014.|Die Stadt feierte."},
	{"German short forms before a capital", "de", "Das gilt z. B. Die Zeit nennt es. Es war 50 v. Chr. Die Stadt fiel.", "Das gilt z. B. Die Zeit nennt es.|Es war 50 v. Chr.|Die Stadt fiel."},
	{"an era in Spanish", "es", "Vivió en el siglo V a. C. El rey murió.", "Vivió en el siglo V a. C.|El rey murió."},
	{"an era in French", "fr", "Il vécut en 52 av. J.-C. La ville tomba.", "Il vécut en 52 av. J.-C.|La ville tomba."},
	{"an era in Russian", "ru", "Это было в 50 г. до н. э. Он пал.", "Это было в 50 г. до н. э.|Он пал."},
	{"Russian year and town", "ru", "Он родился в 1898 г. В 1920 г. он уехал в г. Омск.", "Он родился в 1898 г.|В 1920 г. он уехал в г. Омск."},
	{"French guillemets close after a space", "fr", "« Oui. » Il partit. Mme. Roux resta.", "« Oui. »|Il partit.|Mme. Roux resta."},
	{"Chinese needs no space", "zh", "他来了。她走了！“好吗？”他问。", "他来了。|她走了！|“好吗？”他问。"},
	{"Japanese quotation taken up", "ja", "「そうだ。」と言った。彼は来た。", "「そうだ。」と言った。|彼は来た。"},
	{"Hindi danda", "hi", "वह आया। वह गया।", "वह आया।|वह गया।"},
	{"Arabic question mark", "ar", "هل جاء؟ نعم جاء. ذهب.", "هل جاء؟|نعم جاء.|ذهب."},
	{"Greek question mark", "el", "Τι είναι; Δεν ξέρω.", "Τι είναι;|Δεν ξέρω."},
	{"Armenian full stop typed as a colon", "hy", "Մութ է: Պետք է գնալ:", "Մութ է:|Պետք է գնալ:"},
	{"a language without a file", "xx", "Uno. Duo tres.", "Uno.|Duo tres."},
	{"a nickname between initials and a name", "en", "Gov. C.L. \"Butch\" Otter left the U.S. \"Good,\" he said.", "Gov. C.L. \"Butch\" Otter left the U.S.|\"Good,\" he said."},
	{"capitals that are a name, small letters that are a form", "en", "He still runs IE. Few do, i.e. Ann does. She lives in Fresno, CA. Nobody asked.", "He still runs IE.|Few do, i.e. Ann does.|She lives in Fresno, CA.|Nobody asked."},
	{"a country as a subject", "en", "The envoy spoke at the U.N. China abstained. The U.S. China policy is old. It left the U.K. Sri Lanka did not.", "The envoy spoke at the U.N.|China abstained.|The U.S. China policy is old.|It left the U.K.|Sri Lanka did not."},
	{"a plural as a subject behind a firm", "en", "He left Pike Co. Drivers were told. He runs Pike Co. Fords of old.", "He left Pike Co.|Drivers were told.|He runs Pike Co. Fords of old."},
	{"a state in brackets inside and a sentence in them", "en", "The Record (Hill County, N.J.) Sun closed. He fled the U.S. (They know why.) She stayed.", "The Record (Hill County, N.J.) Sun closed.|He fled the U.S.|(They know why.)|She stayed."},
	{"a question that nobody answers", "en", "“Who pays?” No one answered. “Who?” Mr. Fox asked.", "“Who pays?”|No one answered.|“Who?” Mr. Fox asked."},
	{"a letter inside a line", "en", "Dear Ms. Lee, I write to you. It is late. Kind regards, Ann B. Fox\nThanks, Ann, for all. Thank you, Mr. Fox.", "Dear Ms. Lee,|I write to you.|It is late.|Kind regards,|Ann B. Fox|Thanks, Ann, for all.|Thank you, Mr. Fox."},
	{"German streets, ranks and high ordinals", "de", "Er wohnt in der Goethestr. 5 in Bonn. Sie kam auf Platz 19. Trainer Wolf lobte sie. Das war die 296. Folge. Es kamen 296. Danach war Ruhe.", "Er wohnt in der Goethestr. 5 in Bonn.|Sie kam auf Platz 19.|Trainer Wolf lobte sie.|Das war die 296. Folge.|Es kamen 296.|Danach war Ruhe."},
	{"a word that looks like a roman numeral", "it", "Ha votato no. Il senatore sì. Legge n. IV e art. V.", "Ha votato no.|Il senatore sì.|Legge n. IV e art. V."},
	{"eras and money in Russian", "ru", "Город пал в 300 г. до н. э. Жители ушли. Мост обошёлся городу в 3,5 млн руб. Мэр ушёл.", "Город пал в 300 г. до н. э.|Жители ушли.|Мост обошёлся городу в 3,5 млн руб.|Мэр ушёл."},
	{"a short form with a hyphen in French", "fr", "Jules César est mort en 44 av. J.-C. Auguste lui succéda. J.-P. Lambert écrit.", "Jules César est mort en 44 av. J.-C.|Auguste lui succéda.|J.-P. Lambert écrit."},
	{"brackets that close before the mark in Chinese", "zh", "他看了《你好（上）》！很好。（完）。", "他看了《你好（上）》！|很好。|（完）。"},
	{"signs of notes", "en", "He lost.¹ He denies it.† She knew.", "He lost.¹|He denies it.†|She knew."},
	{"a single quote set off by spaces", "en", "He sighed. ' Thank God ', she said. They left.", "He sighed.|' Thank God ', she said.|They left."},
	{"a lost sign that came out as a question mark", "en", "Makers,? sellers and others met. Fax:? 555 1234.", "Makers,? sellers and others met.|Fax:? 555 1234."},
	{"an address that opens like a sentence", "en", "Write to Kevin.A.Boone@a.org. He reads it.", "Write to Kevin.A.Boone@a.org.|He reads it."},
	{"degrees without their sign", "en", "It hit 104 F. Records fell. In 1925 F. Scott Fitzgerald wrote.", "It hit 104 F.|Records fell.|In 1925 F. Scott Fitzgerald wrote."},
	{"an ellipsis behind an article", "en", "“The … Clinton team won … Others lost.”", "“The … Clinton team won …|Others lost.”"},
	{"a date that a page puts before its text", "en", "Thursday, May 7, 2025 On Tuesday the mayor left.\nMay 7, 2025 The mayor came back.\nMay 7, 2025 Boston slept.", "Thursday, May 7, 2025|On Tuesday the mayor left.|May 7, 2025|The mayor came back.|May 7, 2025 Boston slept."},
	{"a credit in brackets", "en", "The dam broke. (credit: Ann Lee)\nShe left. (she came back)", "The dam broke.|(credit: Ann Lee)|She left. (she came back)"},
	{"a street in small letters", "en", "The fire on Oak ave. Tuesday hurt two. They live on Elm pl. The dog ran.", "The fire on Oak ave. Tuesday hurt two.|They live on Elm pl.|The dog ran."},
	{"kings in Turkish", "tr", "Padişah II. Mehmed geldi. Yerine V. Murad geçti. Bu 1939'da II. Dünya Savaşı sırasında oldu.", "Padişah II. Mehmed geldi.|Yerine V. Murad geçti.|Bu 1939'da II. Dünya Savaşı sırasında oldu."},
	{"kings in German", "de", "Kaiser Wilhelm II. Er dankte ab. Es war Friedrich II. König von Preußen.", "Kaiser Wilhelm II.|Er dankte ab.|Es war Friedrich II. König von Preußen."},
	{"initials in Hindi", "hi", "एम. एस. धोनी और ए.पी.जे. अब्दुल कलाम मिले। दाम 500 रु. प्रति किलो है।", "एम. एस. धोनी और ए.पी.जे. अब्दुल कलाम मिले।|दाम 500 रु. प्रति किलो है।"},
	{"a quotation and its speaker in Hindi", "hi", "“क्या आप आएंगे?” उसने पूछा। “नहीं।” राम ने कहा कि वह थका है।", "“क्या आप आएंगे?” उसने पूछा।|“नहीं।”|राम ने कहा कि वह थका है।"},
	{"a question and its speaker in Arabic", "ar", "«هل ستأتي؟» سأل الصحفي. لم يجب.", "«هل ستأتي؟» سأل الصحفي.|لم يجب."},
	{"a short form before a quotation in French", "fr", "Elle étudie à la School of Art. « J’aime peindre. » C’est l’art. V du code.", "Elle étudie à la School of Art.|« J’aime peindre. »|C’est l’art. V du code."},
	{"a title with its mark in Chinese", "zh", "他看了《摔跤吧！爸爸》。很好！她没看（票价高。也远）。", "他看了《摔跤吧！爸爸》。|很好！|她没看（票价高。也远）。"},
	{"nothing", "en", " \n\t ", ""},
}

func TestRules(t *testing.T) {
	for _, c := range cases {
		t.Run(c.story, func(t *testing.T) {
			units := Append(nil, c.text, Options{Lang: c.lang})
			checkTiling(t, c.text, units)
			var got []string
			for _, u := range units {
				got = append(got, u.Span.In(c.text))
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}
