package attribution

import "testing"

// TestLettersStandForTheNameBeforeTheirBracket: "the ONS" was a voice of its own beside the office whose letters it is.
func TestLettersStandForTheNameBeforeTheirBracket(t *testing.T) {
	t.Parallel()
	checkWho(t, "en", map[string]string{
		"The Office for National Statistics (ONS) counts. The ONS said it was late.": "Office for National Statistics",
		"The Office for National Statistics (ONS) counts. The OLS said it was late.": "OLS",
		"Anna Berg (SPD) was there. The SPD said it was late.":                       "SPD",
	})
	checkWho(t, "de", map[string]string{
		"Das Bundesamt für Migration und Flüchtlinge (BAMF) zählt. Das BAMF sagte, der Hafen sei alt.": "Bundesamt für Migration und Flüchtlinge",
		"Das Robert Koch-Institut (RKI) zählt. Laut RKI ist der Hafen alt.":                            "Robert Koch-Institut",
	})
}

// TestWhomASpokeswomanIsOfIsNotHerName: "von Greenpeace" was the name of its spokeswoman, as it is of a baroness.
func TestWhomASpokeswomanIsOfIsNotHerName(t *testing.T) {
	t.Parallel()
	checkWho(t, "de", map[string]string{
		"Eine Sprecherin von Greenpeace sagte, der Hafen sei alt.":        "Sprecherin von Greenpeace (unnamed)",
		"Ein Sprecher für Umwelt sagte, der Hafen sei alt.":               "Sprecher für Umwelt (unnamed)",
		"Die Sprecherin von Halden, Anna Berg, sagte, der Hafen sei alt.": "Anna Berg",
		"Professor von Berg sagte, der Hafen sei alt.":                    "Professor von Berg",
		"Ursula von der Berg sagte, der Hafen sei alt.":                   "Ursula von der Berg",
	})
}
