package align

import (
	"fmt"
	"testing"
)

// TestOtherTonguesAreLinked: stems, synonyms and common words are English, the
// rest is not.
func TestOtherTonguesAreLinked(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b []string
		want string
	}{
		{"German", []string{
			"Der Stadtrat von Lenzen hat am Montag den Abriss der alten Brücke beschlossen.",
			"Nach Angaben der Verwaltung kostet der Neubau rund vier Millionen Euro.",
			"Anwohner hatten mehr als 2.000 Unterschriften für den Erhalt gesammelt.",
			"„Wir sind enttäuscht“, sagte Petra Voss von der Bürgerinitiative.",
			"Die Arbeiten sollen im Herbst beginnen und zwei Jahre dauern.",
		}, []string{
			"Die alte Brücke in Lenzen wird abgerissen, das beschloss der Stadtrat am Montag.",
			"Der Neubau kostet der Verwaltung zufolge etwa 4 Millionen Euro.",
			"Petra Voss von der Bürgerinitiative zeigte sich enttäuscht.",
			"Im Nachbarort wurde am Sonntag ein Schwimmbad eröffnet.",
			"Beginn der Arbeiten ist im Herbst, sie dauern zwei Jahre.",
		}, "[[0] [1] [3] [] [4]]"},
		{"French", []string{
			"Un incendie a détruit samedi un entrepôt du port de Marvelle.",
			"Deux pompiers ont été légèrement blessés, a indiqué la préfecture.",
			"Le bâtiment abritait 300 tonnes de papier, selon son propriétaire.",
			"Le trafic des ferrys a été interrompu pendant six heures.",
		}, []string{
			"À Marvelle, un entrepôt du port a été détruit samedi par un incendie.",
			"L'entrepôt contenait 300 tonnes de papier.",
			"Les ferrys n'ont pas circulé pendant six heures.",
			"Le maire a démissionné pour des raisons de santé.",
		}, "[[0] [2] [3] []]"},
		{"Japanese", []string{
			"川沿いの古い橋が月曜日に閉鎖された。",
			"市長は修理に四億円かかると説明した。",
			"住民は迂回路の混雑を心配している。",
		}, []string{
			"市長は橋の修理に四億円かかると述べた。",
			"住民は迂回路が混雑すると心配する。",
		}, "[[1] [2]]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got [][]int
			for _, l := range Compare(sideOf(c.a...), sideOf(c.b...)).Links {
				got = append(got, l.From)
			}
			if g := fmt.Sprint(got); g != c.want {
				t.Errorf("got %s, want %s", g, c.want)
			}
		})
	}
}
