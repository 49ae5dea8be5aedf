package align

// outlets are names of newspapers, agencies and broadcasters, by the stem of the
// word that tells them.
var outlets = lazily(list, `cnn reuter reuters ap afp upi bbc nbc abc cbs fox msnbc cnbc npr pbs bloomberg guardian telegraph independent mirror axio axios politico
huffpost buzzfeed vox slate newsweek economist spiegel monde figaro zeit welt bild faz pai tass interfax xinhua kyodo dpa ansa efe cgtn aljazeera jazeera haaretz
wsj nyt wapo breitbart propublica intercept vice wikinew wikinews dailymail mailonline semafor mcclatchy anadolu yonhap nikkei asahi`)

// outletTails are the last words of outlets' names.
var outletTails = lazily(list, "time tim post herald tribune gazett journal new news pres press courier chronicl observer examiner")

// outletAt reports a word that names an outlet. A tail alone ("the Times") counts
// when it has a capital.
func outletAt(t token) bool {
	return t.cap && (outlets()[t.stem] || outlets()[t.low] || outletTails()[t.low] && t.low != "new" && t.low != "time" || t.is("times"))
}

// namesOutlet reports whether a unit names any outlet, or that of the given stem.
func namesOutlet(u *unit, stem string) bool {
	for _, t := range u.tokens {
		if outletAt(t) || t.cap && t.stem == stem {
			return true
		}
	}
	return false
}
