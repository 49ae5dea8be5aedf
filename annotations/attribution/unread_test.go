package attribution

import "testing"

// TestVoicesOfThePassagesUnreadSoFarAreFound has builds that were missed or misread in passages by other
// hands which had stayed unread for a round: German views shown without a verb of saying, particles, bodies
// behind "vonseiten" and "man", papers behind "gemäß"; English outlets that have learned something, papers
// behind "per" and what a paper says.
func TestVoicesOfThePassagesUnreadSoFarAreFound(t *testing.T) {
	for _, c := range []struct{ name, lang, text, source, content string }{
		{"German, zeigte sich", "de", "Der Verband zeigte sich enttäuscht.", "Der Verband", "Der Verband zeigte sich enttäuscht."},
		{"German, how somebody takes it comes first", "de", "Enttäuscht zeigte sich der Verband.", "der Verband", "Enttäuscht zeigte sich der Verband."},
		{"German, more so", "de", "Skeptischer äußerte sich Lotsin Anna Berg.", "Lotsin Anna Berg", "Skeptischer äußerte sich Lotsin Anna Berg."},
		{"German, reagieren", "de", "Händler in der Altstadt reagieren verärgert auf die Sperrung.", "Händler in der Altstadt", "Händler in der Altstadt reagieren verärgert auf die Sperrung."},
		{"German, mit Unverständnis", "de", "Mit Unverständnis reagierte der Verband.", "der Verband", "Mit Unverständnis reagierte der Verband."},
		{"German, gab sich, and a colon", "de", "Minister Jan Lund gab sich am Rande eines Treffens gelassen: „Das Tor bleibt zu.“", "Minister Jan Lund", "„Das Tor bleibt zu.“"},
		{"German, a verb on no list before a colon", "de", "Anna Berg nimmt dem Hund den Biss nicht übel: „Er wollte nur spielen.“", "Anna Berg", "„Er wollte nur spielen.“"},
		{"German, gemäß", "de", "Gemäß einem Bericht des Senders ist das Tor zu.", "einem Bericht des Senders", "ist das Tor zu."},
		{"German, gemäss", "de", "Gemäss der Behörde ist das Tor zu.", "der Behörde", "ist das Tor zu."},
		{"German, nach Zahlen", "de", "Das Tor war nach Zahlen des Amts dreimal zu.", "Zahlen des Amts", "Das Tor war … dreimal zu."},
		{"German, vonseiten", "de", "Vonseiten der Stadt heißt es, das Tor sei zu.", "der Stadt", "das Tor sei zu."},
		{"German, wie es vonseiten hieß", "de", "Das Tor ist zu, wie es vonseiten der Stadt hieß.", "der Stadt", "Das Tor ist zu"},
		{"German, im Ministerium … man", "de", "Im Finanzministerium verweist man auf den Bericht.", "Finanzministerium", "Im Finanzministerium verweist man auf den Bericht."},
		{"German, beim Verband … man", "de", "Beim Verband rechnet man mit einem langen Winter.", "Verband", "Beim Verband rechnet man mit einem langen Winter."},
		{"German, trug vor", "de", "Das Tor bleibe zu, trug Staatsanwältin Anna Berg vor.", "Staatsanwältin Anna Berg", "Das Tor bleibe zu"},
		{"German, hielt fest", "de", "Das Tor bleibe zu, hielt die Kammer fest.", "die Kammer", "Das Tor bleibe zu"},
		{"German, ließ mitteilen", "de", "Das Tor bleibe zu, ließ sie mitteilen.", "sie", "Das Tor bleibe zu"},
		{"German, ließ wissen", "de", "Berg ließ wissen, das Tor bleibe zu.", "Berg", "das Tor bleibe zu."},
		{"German, machte geltend", "de", "Der Verein machte geltend, das Tor sei zu.", "Der Verein", "das Tor sei zu."},
		{"German, in Aussicht", "de", "Der Minister stellte strengere Regeln in Aussicht.", "Der Minister", "Der Minister stellte strengere Regeln in Aussicht."},
		{"German, wünscht sich", "de", "Seine Tochter wünscht sich, dass das Tor aufgeht.", "Seine Tochter", "dass das Tor aufgeht."},
		{"German, sieht darin", "de", "Berg sieht darin einen Fehler.", "Berg", "Berg sieht darin einen Fehler."},
		{"German, als Zeugin berichtete X von", "de", "Als erste Zeugin berichtete eine frühere Angestellte von einem Streit im Hafen.", "eine frühere Angestellte", "Als erste Zeugin berichtete eine frühere Angestellte von einem Streit im Hafen."},
		{"German, bei der Polizei … man", "de", "Bei der Polizei geht man von einem Unfall aus.", "der Polizei", "Bei der Polizei geht man von einem Unfall aus."},
		{"German, hielt vor", "de", "Der Anwalt hielt der Stadt vor, das Tor geöffnet zu haben.", "Der Anwalt", "das Tor geöffnet zu haben."},
		{"German, the particle ein", "de", "Sein Mandant räume ein, das Tor geschlossen zu haben, sagte Verteidiger Jan Berg.", "Verteidiger Jan Berg", "Sein Mandant räume ein, das Tor geschlossen zu haben"},
		{"German, das zeigt X", "de", "Das Tor ist zu, das zeigt eine Studie.", "eine Studie", "Das Tor ist zu"},
		{"German, das räumt auch X ein", "de", "Das Tor ist zu, das räumt auch Berg ein.", "Berg", "Das Tor ist zu"},
		{"German, a star inside a word", "de", "Zwei Bewohner*innen sagten, das Tor sei zu.", "Zwei Bewohner*innen", "das Tor sei zu."},
		{"German, a colon inside a word", "de", "Zwei Bewohner:innen sagten, das Tor sei zu.", "Zwei Bewohner:innen", "das Tor sei zu."},
		{"German, who did it is not who says it", "de", "Das Tor wird nach Angaben der Verwaltung von rund 60 Fahrgästen genutzt.", "Angaben der Verwaltung", "Das Tor wird … von rund 60 Fahrgästen genutzt."},
		{"German, so, and the noun of the verb", "de", "Das sind, so die Lotsen, vier Punkte weniger als im März.", "die Lotsen", "Das sind … vier Punkte weniger als im März."},
		{"German, an attribute with a participle", "de", "Grund sei das Wetter, teilte das im MDax notierte Unternehmen mit.", "das im MDax notierte Unternehmen", "Grund sei das Wetter"},
		{"German, sich belongs to the verb", "de", "Das Mädchen hatte sich ersten Befragungen zufolge versteckt.", "ersten Befragungen", "Das Mädchen hatte sich … versteckt."},
		{"German, nach Zahlen ihres Hauses", "de", "Das Tor war nach Zahlen ihres eigenen Hauses dreimal zu.", "Zahlen ihres eigenen Hauses", "Das Tor war … dreimal zu."},
		{"an outlet has learned", "en", "Jan Berg lives in a beach hut, The Telegram has learned.", "The Telegram", "Jan Berg lives in a beach hut"},
		{"per official results", "en", "Ships were late, per official results.", "official results", "Ships were late"},
		{"what the paper says", "en", "What the paper says is that ships were late.", "the paper", "is that ships were late."},
		{"a station with a number", "en", "Local TV station Canal 9 reported flames from the engine.", "Local TV station Canal 9", "flames from the engine."},
		{"pilots report delays", "en", "Pilots report delays at the pier.", "Pilots", "delays at the pier."},
		{"for the economist", "en", "For the economist Anna Berg, of the Pier Institute, the plan “is more show than work”.", "the economist Anna Berg", "the plan “is more show than work”."},
		{"objects that", "en", "Berg objects that the pier is old.", "Berg", "that the pier is old."},
		{"laughed off the idea", "en", "Lund laughed off the idea.", "Lund", "the idea."},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkFound(t, c.text, c.lang, c.source, c.content)
		})
	}
}

// TestWhatOnlyLooksLikeVoicesUnreadSoFar has what the rules behind them must leave alone.
func TestWhatOnlyLooksLikeVoicesUnreadSoFar(t *testing.T) {
	for name, c := range map[string]struct{ lang, text string }{
		"German, zeigte sich a thing":        {"de", "Das Tor zeigte sich am Morgen."},
		"German, gab sich Mühe":              {"de", "Berg gab sich Mühe."},
		"German, reagierte auf":              {"de", "Das Tor reagierte auf den Wind."},
		"German, im Hafen wartet man":        {"de", "Im Hafen rechnet man in Knoten."},
		"German, a relative clause":          {"de", "Es ist ein Bild, das zeigt, wie das Tor aussah."},
		"German, he must explain":            {"de", "Entschieden werde erst im Mai, das wisse er."},
		"German, with als ob":                {"de", "Die Vögel ziehen über das Tor, als hätte es jemand versprochen."},
		"German, hielt stand":                {"de", "Die Kammer hielt am Morgen die Tür auf."},
		"German, sah die Gefahr":             {"de", "Der Fahrer sah die Gefahr zu spät."},
		"wrote to somebody":                  {"en", "Berg has written to her MP, her councillor and the King."},
		"who answered, but not what":         {"en", "I met the author, Anna Berg, who answered within the hour."},
		"which did not answer":               {"en", "The Bureau put its findings to the board, which did not answer."},
		"names withheld":                     {"en", "They requested that their names be withheld."},
		"considered a plan":                  {"en", "The board considered a plan on Monday."},
		"shrugged off an injury":             {"en", "Lund shrugged off an injury."},
		"learned of":                         {"en", "Berg learned of the loss in May."},
		"a daily blast":                      {"en", "It is known that a daily two-minute blast does nothing."},
		"a suspect":                          {"en", "The suspect that ran was late."},
		"report since, at the end of a text": {"en", "report since"},
	} {
		t.Run(name, func(t *testing.T) {
			if res := Suggest(c.text, nil, Options{Lang: c.lang}); len(res.Attributions) > 0 {
				t.Errorf("got %q", inWords(c.text, res))
			}
		})
	}
}

// TestAnswersOfThePassagesUnreadSoFarAreContested: the last sentence of each text speaks against the one before,
// or only looks so.
func TestAnswersOfThePassagesUnreadSoFarAreContested(t *testing.T) {
	for _, c := range []struct{ lang, want, text string }{
		{"de", contestedTag, "Die Behörde sagte, das Tor sei zu. „Davon kann keine Rede sein“, widerspricht Anna Berg."},
		{"de", contestedTag, "Die Behörde spricht von Vorsicht, der Verband spricht von einer Blockade."},
		{"de", sourcedTag, "Die Behörde spricht von Vorsicht, der Verband lobt sie dafür."},
		{"de", contestedTag, "Die Behörde sagte, das Tor sei offen. Trainer Jan Lund wollte von einer Krise dennoch nichts wissen."},
		{"de", contextualTag, "Die Behörde sagte, das Tor sei offen. Die Lotsen können davon nichts wissen."},
		{"de", contestedTag, "Die Behörde sagte, das Tor sei offen. Händler sind da jedoch weniger zuversichtlich."},
		{"de", contestedTag, "Die Behörde sagte, 60 Leute fahren mit. Berg hat da ganz andere Zahlen: „Es sind drei.“"},
		{"de", contestedTag, "Die Stadt sprach von drei Fällen. Der Präsident des Hofs, Jan Lund, sieht die Schuld indes nicht allein beim Bund."},
		{"de", sourcedTag, "Laut einer Umfrage ist das Tor zu. Der Pier ist demnach gesperrt."},
		{"de", contextualTag, "Die Behörde sagte, das Tor sei zu. Die Grenze liegt am Pier."},
		{"en", contestedTag, "The lodge believes ships were late. Berg disputes that, saying it was clear."},
		{"en", contestedTag, "The lodge said ships were late. Berg maintained that it was clear and denied ever steering one."},
		{"en", contestedTag, "The lodge said ships were replaced. Management says nobody has been replaced."},
		{"en", sourcedTag, "The lodge said ships were late. The board said no ships had left."},
		{"en", sourcedTag, "The lodge said ships were late. The board said nobody was hurt."},
		{"en", sourcedTag, "The lodge said the pier was safe for children. The board said no accidents had been seen with children."},
		{"en", contestedTag, "The lodge said crews were replaced. The board said none of them had been replaced."},
		{"en", contestedTag, "The lodge said ships were late. The board poured cold water on the claims."},
		{"en", contestedTag, "The lodge said ships were late. Berg doesn't buy it."},
		{"en", contestedTag, "It has failed 41 times, according to a log. The harbour says the true figure is 12."},
		{"en", contestedTag, "Papers have said she will steer the ship. Lund brushed aside the claim."},
		{"en", contextualTag, "Papers have said she will steer the ship. Lund brushed aside the curtain."},
		{"en", contestedTag, "Trustees claim he took the ship. A man speaking for Berg slammed the allegation as “categorically false,” insisting it was late."},
		{"en", sourcedTag, "Trustees claim he took the ship. A man speaking for Berg slammed the plan as “late”."},
		{"en", contestedTag, "Official results gave Berg 52%, the board said. Lund has refused to accept the outcome, alleging “fog”."},
		{"en", sourcedTag, "The lodge said ships were late. The bureau expects fog on Tuesday, warning, though, that gusts will come first."},
		{"en", contestedTag, "The Weekly: The insurers have suggested the charts were old.\n\nBerg: That is simply false. We had charts from that morning.\n\nThe Weekly: Who drew them?\n\nBerg: We did.\n\nThe Weekly: And now?\n\nBerg: I leave."},
	} {
		tags := Suggest(c.text, nil, Options{Lang: c.lang}).Tags
		got := tags[len(tags)-1]
		for _, tag := range tags {
			if c.want == contestedTag && tag.ID == contestedTag {
				got = tag
			}
		}
		if got.ID != c.want {
			t.Errorf("%s: got %s (%s), want %s", c.text, got.ID, got.Rule, c.want)
		}
	}
}

// TestThoughtsOfThePassagesUnreadSoFarVouch: what somebody suspects, or thinks of something, is sourced, and so is
// what is said in a relative clause that closes its sentence.
func TestThoughtsOfThePassagesUnreadSoFarVouch(t *testing.T) {
	for text, want := range map[string]string{
		"What they get is unclear, although Berg suspects that it is old.":                 sourcedTag,
		"In May a clerk named Jan Berg began to suspect that he did not exist.":            sourcedTag,
		"Fire chiefs believe the blaze, now in its sixth day, began with a spark.":         sourcedTag,
		"The agency considers this an excellent rate.":                                     sourcedTag,
		"She considered it rude to ask.":                                                   sourcedTag,
		"The Bureau put its findings to the service, which said it would review the case.": sourcedTag,
		"Police suspect arson.":                     sourcedTag,
		"Investigators suspected a leak.":           sourcedTag,
		"The board considered the plan.":            contextualTag,
		"The board considered it on Monday.":        contextualTag,
		"The men who said so, who were late, left.": contextualTag,
	} {
		if got := Suggest(text, nil, Options{}).Tags[0]; got.ID != want {
			t.Errorf("%s: got %s (%s), want %s", text, got.ID, got.Rule, want)
		}
	}
}
