package align

// outlets are names of newspapers, agencies and broadcasters that nothing else has, by
// the word that tells them.
var outlets = lazily(list, `cnn reuters ap afp upi bbc nbc abc cbs msnbc cnbc npr pbs axios politico
huffpost buzzfeed vox newsweek spiegel figaro faz tass interfax xinhua kyodo dpa ansa efe cgtn aljazeera jazeera haaretz
wsj nyt wapo breitbart propublica wikinews dailymail mailonline semafor mcclatchy anadolu yonhap nikkei asahi`)

// outletWords are words of their own, in the singular, that name an outlet behind an article: the
// Economist, Die Welt. Economists and independent analysts are none.
var outletWords = lazily(list, "guardian independent telegraph mirror economist intercept monde zeit welt bild")

// outletTails are the last words of outlets' names: the Times, the Washington Post. The
// Post Office and a press secretary are none.
var outletTails = lazily(list, "times post herald tribune gazette journal news press courier chronicle observer examiner telegraph mirror sun")

// outletNames are outlets called as people are, or as an office: Megan Fox, Vice President.
var outletNames = lazily(list, "bloomberg fox slate vice")

// outletKinds stand behind the name of an outlet and show that it is one.
var outletKinds = lazily(list, "news newspaper magazine business media television tv radio online daily weekly website agency")

// outletAt reports that token i names an outlet. Where its word has another meaning too,
// the words around it decide.
func outletAt(toks []token, i int) bool {
	t := toks[i]
	if !t.cap {
		return false
	}
	word, tail, name := outletWords()[t.low], outletTails()[t.low], outletNames()[t.low]
	if !word && !tail && !name && !t.is("mail") {
		return outlets()[t.low]
	}
	var before, behind token
	if i > 0 {
		before = toks[i-1]
	}
	if i+1 < len(toks) {
		behind = toks[i+1]
	}
	article := before.is("the", "le", "la", "die", "der", "das")
	owned := t.span.Len() > len(t.low) // the Guardian's Ann Lee
	switch {
	case t.is("mail"):
		return before.is("daily")
	case outletKinds()[behind.low], t.is("press") && behind.is("association", "trust"):
		return true
	case name:
		return before.is("told", "to", "by", "citing", "on", "in", "with") && !behind.cap || behind.is("reported", "reports")
	case behind.cap && behind.kind == isWord && !owned && !weekday(behind):
		return false
	}
	return article || tail && before.cap && before.kind == isWord
}

func weekday(t token) bool {
	return t.is("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}

// outletIn reports that one of the tokens [from, to) names an outlet.
func outletIn(toks []token, from, to int) bool {
	for i := from; i < to; i++ {
		if outletAt(toks, i) {
			return true
		}
	}
	return false
}

// namesOutlet reports whether a unit names any outlet, or that of the given stem.
func namesOutlet(u *unit, stem string) bool {
	for i, t := range u.tokens {
		if t.cap && t.stem == stem || outletAt(u.tokens, i) {
			return true
		}
	}
	return false
}
