package attribution

import "testing"

func TestGermanSourcesEndWhereAnotherPhraseBegins(t *testing.T) {
	for _, c := range [][3]string{
		{"Beim Brand sind nach Angaben der Polizei zwei Bewohner gestorben.", "Angaben der Polizei", "Beim Brand sind … zwei Bewohner gestorben."},
		{"Dabei wurden nach Angaben der Klinik alle Patienten gerettet.", "Angaben der Klinik", "Dabei wurden … alle Patienten gerettet."},
		{"Dort haben laut der Stadt viele Eltern protestiert.", "der Stadt", "Dort haben … viele Eltern protestiert."},
		{"Am Ufer leben nach Schätzung des Amts beide Arten.", "Schätzung des Amts", "Am Ufer leben … beide Arten."},
		{"Fehlte das Licht, flogen die Tiere der Untersuchung zufolge weiter.", "der Untersuchung", "Fehlte das Licht, flogen die Tiere … weiter."},
		{"Im Mai stieg der Umsatz dem Bericht zufolge um drei Prozent.", "dem Bericht", "Im Mai stieg der Umsatz … um drei Prozent."},
		{"Mittlerweile sind die Preise einer Studie zufolge gesunken.", "einer Studie", "Mittlerweile sind die Preise … gesunken."},
		{"Angaben der Polizei zufolge war das Tor zu.", "Angaben der Polizei", "war das Tor zu."},
		{"Dem Leiter der Behörde zufolge war das Tor zu.", "Dem Leiter der Behörde", "war das Tor zu."},
		{"Elf Menschen wurden verletzt, teilte ein Sprecher der Leitstelle in Warnau am Morgen mit.", "ein Sprecher der Leitstelle in Warnau", "Elf Menschen wurden verletzt"},
		{"Das Tor sei zu, sagte die Leiterin des Amts im Interview.", "die Leiterin des Amts", "Das Tor sei zu"},
		{"Das Tor sei zu, sagte Berg in Halden.", "Berg", "Das Tor sei zu"},
		{"Die Tiere merken sich das, berichtet ein Team um die Biologin Nele Roth im Fachblatt „Wale“.", "ein Team um die Biologin Nele Roth", "Die Tiere merken sich das"},
		{"Man habe gewarnt, sagt das Bündnis um den Wirt Jan Berg.", "das Bündnis um den Wirt Jan Berg", "Man habe gewarnt"},
		{"Es gehe um viel, sagt das Team um die Mittagszeit.", "das Team um die Mittagszeit", "Es gehe um viel"},
		{"„So eng war es nie“, sagt Ärztin Lena Roth vom Krankenhaus Am Deich.", "Ärztin Lena Roth vom Krankenhaus Am Deich", "„So eng war es nie“"},
		{"„So eng war es nie“, sagt Lena Roth am Deich.", "Lena Roth", "„So eng war es nie“"},
		{"Daran zweifelt Jan Berg, Analyst beim Bankhaus Süd: Die Prognose sei zu hoch.", "Jan Berg, Analyst beim Bankhaus Süd", "Die Prognose sei zu hoch."},
		{"Zudem sagte Jan Berg, Kinder in Halden seien krank.", "Jan Berg", "Kinder in Halden seien krank."},
		{"Seitdem herrscht, so erzählen es Leute, die an den Runden teilnehmen, eisiges Schweigen.", "Leute, die an den Runden teilnehmen", "Seitdem herrscht … eisiges Schweigen."},
		{"Der Plan sei, so berichten zwei Beamte, der Stadt bekannt.", "zwei Beamte", "Der Plan sei … der Stadt bekannt."},
	} {
		t.Run(c[0], func(t *testing.T) { checkFound(t, c[0], "de", c[1], c[2]) })
	}
}
