package attribution

import "testing"

// TestNamesWithStopsAndSmallWords: names with a stop or with a word that is elsewhere an adverb lost their speaker, or
// were cut; found in newspapers of other decades, of which no rule had seen a line.
func TestNamesWithStopsAndSmallWords(t *testing.T) {
	for _, c := range []struct{ text, source, cue, content string }{
		{"Amos Lund Jr. said the march would go on.", "Amos Lund Jr.", "said", "the march would go on."},
		{"Brackwater Trust Co. said it closed two branches.", "Brackwater Trust Co.", "said", "it closed two branches."},
		{"Two ships were late, a Northern Lines Corp. spokesman said.", "a Northern Lines Corp. spokesman", "said", "Two ships were late"},
		{"Marsh Bros. said that profits rose.", "Marsh Bros.", "said", "that profits rose."},
		{"Supt. Anna Berg told reporters the road was closed.", "Supt. Anna Berg", "told", "the road was closed."},
		{"“It is shut,” said Anna Berg, MD, PhD, who runs the clinic.", "Anna Berg, MD, PhD, who runs the clinic", "said", "“It is shut,”"},
		{"Anna Berg, R.N., a nurse in Ellery, said the road was closed.", "Anna Berg, R.N., a nurse in Ellery", "said", "the road was closed."},
		{"“Twelve,” said Long Jan.", "Long Jan", "said", "“Twelve,”"},
		{"Alba First Savings said members approved the sale.", "Alba First Savings", "said", "members approved the sale."},
		{"First of Alba said some of the clerks will leave.", "First of Alba", "said", "some of the clerks will leave."},
		{"Mr. Lund, who retired as head of the Lund Rope Co. in 1955 said, “Nobody asked us.”", "Mr. Lund", "said", "“Nobody asked us.”"},
	} {
		oneVoice(t, c.text, c.source, c.cue, c.content)
	}
}

// TestOldNewsBuilds has builds of the same newspapers that were read wrong.
func TestOldNewsBuilds(t *testing.T) {
	for _, c := range []struct{ text, source, cue, content string }{
		{"The jury said Friday a count of the ballots found “no trace” of fraud.", "The jury", "said", "a count of the ballots found “no trace” of fraud."},
		{"She has her gown already, and it fits, says her mother.", "her mother", "says", "She has her gown already, and it fits"},
		{"Back at the crossing, the officer was informed by the boy that he knew the driver.", "the boy", "was informed", "that he knew the driver."},
		{"Any changes made, Mr. Lund said earlier this month, will appear on the bill.", "Mr. Lund", "said", "Any changes made … will appear on the bill."},
		{"Six of the eight firms that turn out full lines of ploughs say sales are up.", "Six of the eight firms that turn out full lines of ploughs", "say", "sales are up."},
		{"The bus passed him and Constable Anna Berg claimed he had slept.", "Constable Anna Berg", "claimed", "he had slept."},
		{"“They played well,” Berg praised.", "Berg", "praised", "“They played well,”"},
		{"The airlines Emerald and Lund have both said they will wait.", "The airlines Emerald and Lund", "have both said", "they will wait."},
	} {
		oneVoice(t, c.text, c.source, c.cue, c.content)
	}
	for _, text := range []string{ // nobody speaks
		"They meant to leave; they had orders to that effect from Ellery.",
		"Most of the prizes, once offered to Ellery, went on the block.",
		"The two were Danes, later identified as Jan Berg and his son.",
		"The plane put down on schedule at 1:35 a.m. in Ellery.",
		"Customers who had put in a bid to buy 400 shares left.",
		"She snapped five tenths of a second off the mark.",
		"Lund argued with the referee for some time before leaving the court.",
		"They boarded his express bus in front of the school.",
		"Lund is senior counsel at a bank in Ellery.",
	} {
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
			t.Errorf("%s: <%s> {%s}", text, words(text, a.Source), words(text, a.Cue))
		}
	}
}

// oneVoice fails unless the text has one attribution with these words.
func oneVoice(t *testing.T, text, source, cue, content string) {
	t.Helper()
	all := Suggest(text, nil, Options{Lang: "en"}).Attributions
	if len(all) != 1 {
		t.Errorf("%s: %d attributions, want one", text, len(all))
		return
	}
	if s, c, said := words(text, all[0].Source), words(text, all[0].Cue), words(text, all[0].Content); s != source || c != cue || said != content {
		t.Errorf("%s:\n got <%s> {%s} [%s]\nwant <%s> {%s} [%s]", text, s, c, said, source, cue, content)
	}
}

// TestNoClauseIsASource: a clause with its own cue was taken for who says what stands behind it.
func TestNoClauseIsASource(t *testing.T) {
	text := "Berg admitted in earlier hearings that he issued letters to persons involved in the vote, questioned the clerks in the building, but let them go."
	for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
		if s := words(text, a.Source); s != "Berg" {
			t.Errorf("<%s> {%s}", s, words(text, a.Cue))
		}
	}
}

// TestWordsThatAreCalledSomebodys has quoted words that a noun or "how" gives to somebody, and small builds beside them.
func TestWordsThatAreCalledSomebodys(t *testing.T) {
	for _, c := range []struct{ text, source, cue, content string }{
		{"“They kept at it until something gave,” was how Lund put it.", "Lund", "put", "“They kept at it until something gave,”"},
		{"“You would not wash a dog in this” was the verdict of Jan Lund.", "Jan Lund", "verdict", "“You would not wash a dog in this”"},
		{"“Nothing will change” is the message from the ministry.", "the ministry", "message", "“Nothing will change”"},
		{"The builder, Lund Stone Ltd, states in its plans that the noise would be slight.", "The builder, Lund Stone Ltd", "states", "that the noise would be slight."},
		{"One house in three boils its water, the latest survey tells us.", "the latest survey", "tells", "One house in three boils its water"},
		{"Dust made up most of it, she and her colleagues report, with wool second.", "she and her colleagues", "report", "Dust made up most of it … with wool second."},
		{"A profile that ran in the monthly Reed & Rush in 2019 claimed that she was paid.", "A profile that ran in the monthly Reed & Rush in 2019", "claimed", "that she was paid."},
		{"A member of the board, Anna Berg, who left in May, said it was over.", "A member of the board, Anna Berg, who left in May", "said", "it was over."},
		{"A landlord cannot cut off water, the High Court held on Wednesday.", "the High Court", "held", "A landlord cannot cut off water"},
		{"A photo shared more than 40,000 times on Facebook and WhatsApp purports to show the crash.", "A photo shared more than 40,000 times on Facebook and WhatsApp", "purports", "to show the crash."},
	} {
		oneVoice(t, c.text, c.source, c.cue, c.content)
	}
	for _, text := range []string{ // lookalikes
		"“The Verdict” was the title of the film of Jan Lund.", "He won in the western states that vote in March.",
		"ELLERY: Chasing 287, the Rovers lost four wickets after tea.\n\nThey were all out by six.",
	} {
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
			t.Errorf("%s: <%s> {%s}", text, words(text, a.Source), words(text, a.Cue))
		}
	}
}

// TestReadInOtherTexts has builds that were read wrong in reference works, web logs and letters to editors.
func TestReadInOtherTexts(t *testing.T) {
	for _, c := range []struct{ text, source, cue, content string }{
		{"A review of national plans to cut waste says they are well short of the aim.", "A review of national plans to cut waste", "says", "they are well short of the aim."},
		{"Critics of the attempt to cut waste say they are well short of the aim.", "Critics of the attempt to cut waste", "say", "they are well short of the aim."},
		{"“It is amazing,” reported Lindsay Gay last month.", "Lindsay Gay", "reported", "“It is amazing,”"},
		{"“It is amazing,” said the minister two weeks ago.", "the minister", "said", "“It is amazing,”"},
		{"I was asked by the officers whether I knew the writer.", "the officers", "was asked", "whether I knew the writer."},
		{"Calls like that were not rare, says retired Col. Jan Lund, who flew in 1970.", "retired Col. Jan Lund, who flew in 1970", "says", "Calls like that were not rare"},
		{"Arrivals make up for it, but the hard truth, says Lund, is that nobody stays.", "Lund", "says", "Arrivals make up for it, but the hard truth … is that nobody stays."},
		{"Their national leader, Jan Lund of Ellery, says the Minutemen believe that it works.", "Their national leader, Jan Lund of Ellery", "says", "the Minutemen believe that it works."},
		{"According to a post she made on the internet, Lund shared the view.", "a post she made on the internet", "According to", "Lund shared the view."},
		{"According to a report he wrote in May, the pier is safe.", "a report he wrote in May", "According to", "the pier is safe."},
		{"Touring Alba, the new Secretary of State observed that nobody waited.", "the new Secretary of State", "observed", "that nobody waited."},
		{"Eventually, says Lund, one of two things happens.", "Lund", "says", "Eventually … one of two things happens."},
		{"In one of his best essays Mr. Lund expresses his joy at the houses.", "Mr. Lund", "expresses", "his joy at the houses."},
		{"A viewer might well conclude that this is rare.", "A viewer", "might well conclude", "that this is rare."},
		{"The board, as Lund says, has strong doubts about the plan.", "Lund", "says", "The board … has strong doubts about the plan."},
	} {
		oneVoice(t, c.text, c.source, c.cue, c.content)
	}
	for _, text := range []string{ // nobody speaks
		"The review is also looking into posts from May, alleged to come from clerks in the city.",
		"They lay traps, a concept known as “active defence”.",
		"She earned enough points to pass, and needed a minimum of 50 points to meet the rule.",
		"He was joined by a former sergeant named Ali Berg.",
		"Considering the islands' huge worth, it is amazing how lax the port has been.",
		"His use of the name as the return address is also revealing.",
		"There is, though seldom reported, a wealth of data about it.",
		"But there was no word from the crowds which lined the quay shouting, “Long live the king!”",
	} {
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
			t.Errorf("%s: <%s> {%s}", text, words(text, a.Source), words(text, a.Cue))
		}
	}
}

// TestVolunteersSetting: volunteers and treebanks put spaces around hyphens and end a line with "X commented,".
func TestVolunteersSetting(t *testing.T) {
	oneVoice(t, "The head of the local branch of the Council on Alban - Danish Relations Anna Berg said nobody waited.", "The head of the local branch of the Council on Alban - Danish Relations Anna Berg", "said", "nobody waited.")
	oneVoice(t, "The six - member team said nobody waited.", "The six - member team", "said", "nobody waited.")
	oneVoice(t, "He was told - Berg said - to wait.", "Berg", "said", "He was told -")
	text := "Lecturer Anna Lund Berg commented,\n\n“We hope that it grows into a debate.”"
	oneVoice(t, text, "Lecturer Anna Lund Berg", "commented", "“We hope that it grows into a debate.”")
	for _, text := range []string{"Police questioned the student.", "Detectives have questioned two men about the fire.", "Lund questioned him for an hour."} {
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
			t.Errorf("%s: <%s> {%s}", text, words(text, a.Source), words(text, a.Cue))
		}
	}
	oneVoice(t, "Lund questioned the plan of the board.", "Lund", "questioned", "the plan of the board.")
}

// TestReadInAgencyCopy has builds of agencies' copy that were read wrong.
func TestReadInAgencyCopy(t *testing.T) {
	for _, c := range []struct{ text, source, cue, content string }{
		{"Police claim to have found four shells.", "Police", "claim", "to have found four shells."},
		{"Officials said nearly 12,000 people were killed.", "Officials", "said", "nearly 12,000 people were killed."},
		{"Sunday 4 October 2009 Rescue workers reported yesterday that villages had gone.", "Rescue workers", "reported", "that villages had gone."},
		{"The army disputed the toll, saying in a statement read on state television that eight men died.", "The army", "saying", "that eight men died."},
		{"Many people died, the National Office for Risk Management (NORM) reports.", "the National Office for Risk Management", "reports", "Many people died"},
		{"“The money comes,” says a European aid worker who has been in the region since 2019.", "a European aid worker who has been in the region since 2019", "says", "“The money comes,”"},
	} {
		oneVoice(t, c.text, c.source, c.cue, c.content)
	}
	voices := func(text string) (out []string) {
		for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
			out = append(out, words(text, a.Source))
		}
		return out
	}
	for text, want := range map[string][]string{
		"Lines were cut, Xinhua reported, adding rescue teams had been stopped.":               {"Xinhua", "Xinhua"},
		"At least 4,800 people were hurt, Xinhua said, citing local authorities.":              {"Xinhua", "local authorities"},
		"“It is over,” wrote founder Mina Lund, who called the move “the hardest of my life.”": {"founder Mina Lund", "founder Mina Lund"},
		"“We are doing everything,” Xinhua quoted Li Chong, a party official, as saying.":      {"Xinhua", "Li Chong, a party official"},
		"Police were met by gunfire when responding to a domestic incident.":                   nil,
		"Norland will outlaw stoves, a video claims.\n\nOur ruling: False.":                    {"a video"},
	} {
		if got := voices(text); len(got) != len(want) || len(want) > 0 && got[0] != want[0] {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestMarksThatDoNotMatch: some desks open a quotation with one mark and close it with two strokes.
func TestMarksThatDoNotMatch(t *testing.T) {
	oneVoice(t, "\"They will ask themselves what all this is about,'' he said in Ellery.", "he", "said", "\"They will ask themselves what all this is about,''")
	oneVoice(t, "According to four sources who were not authorised to speak publicly, the plan was dropped.", "four sources who were not authorised to speak publicly", "According to", "the plan was dropped.")
	oneVoice(t, "Ellery will go on despite polls showing that nobody wants it.", "polls", "showing", "that nobody wants it.")
}

// TestReadInPoliticalCopy has builds of copy about who denied what that were read wrong.
func TestReadInPoliticalCopy(t *testing.T) {
	for _, c := range []struct{ text, source, cue, content string }{
		{"The secretary said that, similarly, a senator reached out to the House to refute the New York Times report.", "The secretary", "said", "that, similarly, a senator reached out to the House to refute the New York Times report."},
		{"“It did not happen,” spokesman Jan Lund said in response to a question about the charge, which Dick Berg, the second senator, posted online.", "spokesman Jan Lund", "said", "“It did not happen,”"},
		{"Senator Jan Lund, who was there, told CNN Berg's account “never happened.”", "Senator Jan Lund, who was there", "told", "Berg's account “never happened.”"},
		{"Lund met them before the news, according to Berg's spokesman, Jan Marsh.", "Berg's spokesman", "according to", "Lund met them before the news"},
		{"Secretary Jan Lund said, flatly, that the talk did not happen.", "Secretary Jan Lund", "said", "that the talk did not happen."},
		{"But the official later called Lund back to say the FBI could not comment on the story.", "the FBI", "could not comment on", "the story."},
		{"The aide, who on Sunday decried news reporting based on leaks, left the room.", "who", "decried", "news reporting based on leaks"},
	} {
		oneVoice(t, c.text, c.source, c.cue, c.content)
	}
	text := "The board spoke with the chairman about rebutting reports that aides had met officials."
	for _, a := range Suggest(text, nil, Options{Lang: "en"}).Attributions {
		t.Errorf("<%s> {%s}", words(text, a.Source), words(text, a.Cue))
	}
}
