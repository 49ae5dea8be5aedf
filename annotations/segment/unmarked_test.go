package segment

import (
	"strings"
	"testing"
)

// A stop that was lost is found again before a word that has a capital nowhere else; a
// title that opens with such a word is left whole.
func TestLostStopsInOtherLanguages(t *testing.T) {
	for _, c := range []struct{ lang, want string }{
		{"de", "Die Messung wurde im Mai durchgeführt|Das wird neue Schlüsse zulassen."},
		{"de", "Der Rat hat gestern beraten|Er wird morgen entscheiden."},
		{"de", "Sie lasen den Roman Das siebte Kreuz in der Schule."},
		{"de", "Haneke drehte Das weiße Band in Schwarz und Weiß."},
		{"de", "Er sagte: „Der Film Er ist wieder da lief gut.“"},
		{"fr", "Le conseil a voté hier soir|Il devra encore attendre la cour."},
		{"fr", "Elle lit le magazine Elle depuis dix ans."},
		{"fr", "Le film Elle et lui est sorti en 1957."},
		{"es", "El consejo votó ayer por la noche|Ella dijo que no."},
		{"es", "Cantó la canción Ella ya me olvidó en Lima."},
		{"pt", "O conselho votou ontem à noite|Ele vai esperar a corte."},
		{"pt", "Ela leu o livro Ele está de volta ontem."},
		{"it", "Il consiglio ha votato ieri sera|Questo significa un rinvio."},
		{"it", "Vide il film Lui è tornato al cinema."},
	} {
		text := strings.ReplaceAll(c.want, "|", " ")
		var got []string
		for _, u := range Append(nil, text, Options{Lang: c.lang}) {
			got = append(got, u.Span.In(text))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.lang, strings.Join(got, "|"), c.want)
		}
	}
}

// Words that are written like short forms, or once stood among them, end a sentence.
func TestWordsThatLookLikeShortForms(t *testing.T) {
	for _, c := range []struct{ lang, want string }{
		{"de", "Er lebt in der Schweiz.|Köln fehlt ihm."},
		{"de", "Das sagte Phil.|Danach ging er."},
		{"de", "Das war Max.|Er rief an."},
		{"de", "Sie arbeitet bei Bayer.|Köln liegt nah."},
		{"es", "Votaron los diputados del PP.|Rajoy habló después."},
		{"es", "Lo dijo Ed.|Luego salió."},
		{"fr", "Il travaille au LCL.|Paris lui plaît."},
		{"fr", "Ils ont franchi le col.|Puis il a plu."},
		{"it", "Si ferma sul mar.|Poi parte."},
		{"pt", "Ela viu o jogo na TV.|Pelé marcou."},
		{"pl", "To ważna rzecz.|Kraków czeka."},
		{"pl", "Wszedł tłum.|Policja stała."},
		{"pl", "Nie mają praw.|To źle."},
		{"pl", "Statek wpłynął w port.|Gdańsk śpi."},
		{"pl", "Badacze znaleźli gen.|To przełom."},
		{"ru", "Он думал о нем.|Анна молчала."},
		{"ru", "Чашка упала на пол.|Анна вздрогнула."},
		{"ru", "Он поехал в центр.|Москва спала."},
		{"ru", "Это был второй тур.|Команда устала."},
		{"ru", "Он помог им.|Потом ушёл."},
		{"tr", "Bunu yapan kim.|Ali sordu."},
		{"tr", "Herkes öyle der.|Ali susar."},
		{"hi", "वह घर पर है.|मोहन सो रहा था."},
		{"hi", "सब लोग आए थे.|राम नहीं आया."},
	} {
		text := strings.ReplaceAll(c.want, "|", " ")
		var got []string
		for _, u := range Append(nil, text, Options{Lang: c.lang}) {
			got = append(got, u.Span.In(text))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q, want %q", c.lang, strings.Join(got, "|"), c.want)
		}
	}
}
