package segment

import "testing"

// shortTexts are messages of a few words to a few sentences.
var shortTexts = map[string][]string{
	"en": {"The mayor quit.", "She said no.", "Fire destroys two homes.", "I don't know what to do.", "He moved to Paris in 1998 and never came back.", "What a day!", "Call me when you get home.", "The chef made crème brûlée for the café."},
	"de": {"Der Bürgermeister tritt zurück.", "Das weiß ich nicht.", "Wir sehen uns morgen.", "Feuer zerstört zwei Häuser in Bonn.", "Sie zog 1998 nach Paris und kam nie zurück.", "Was für ein Tag!", "Ruf mich an, wenn du zu Hause bist.", "Er liest die New York Times jeden Morgen."},
	"fr": {"Le maire démissionne.", "Je ne sais pas.", "On se voit demain.", "Un incendie détruit deux maisons à Lyon.", "Elle est partie à Londres en 1998.", "Quelle journée !", "Appelle-moi quand tu rentres.", "Il lit le New York Times tous les matins."},
	"es": {"El alcalde dimite.", "No lo sé.", "Nos vemos mañana.", "Un incendio destruye dos casas en Bilbao.", "Se fue a Londres en 1998 y nunca volvió.", "¡Qué día!", "Llámame cuando llegues a casa.", "Lee el New York Times todas las mañanas."},
	"pt": {"O prefeito renuncia.", "Não sei.", "A gente se vê amanhã.", "Um incêndio destrói duas casas em Braga.", "Foi para Londres em 1998 e nunca voltou.", "Que dia!", "Me liga quando chegar em casa.", "Ele lê o New York Times todas as manhãs."},
	"it": {"Il sindaco si dimette.", "Non lo so.", "Ci vediamo domani.", "Un incendio distrugge due case a Torino.", "È partita per Londra nel 1998.", "Che giornata!", "Chiamami quando arrivi a casa.", "Legge il New York Times tutte le mattine."},
	"pl": {"Burmistrz odchodzi.", "Nie wiem.", "Do zobaczenia jutro.", "Pożar zniszczył dwa domy w Łodzi.", "Wyjechała do Londynu w 1998 roku.", "Co za dzień!", "Zadzwoń, kiedy będziesz w domu.", "Co rano czyta New York Times."},
	"ru": {"Мэр ушёл.", "Я не знаю.", "Увидимся завтра.", "Пожар уничтожил два дома в Туле.", "Она уехала в Лондон в 1998 году.", "Какой день!", "Позвони мне, когда будешь дома.", "Он читает New York Times каждое утро."},
	"ar": {"استقال رئيس البلدية.", "لا أعرف.", "أراك غدا.", "حريق يدمر منزلين في بيروت.", "سافرت إلى لندن عام 1998.", "يا له من يوم!", "يقرأ صحيفة New York Times كل صباح."},
	"hi": {"महापौर ने इस्तीफ़ा दिया।", "मुझे नहीं पता।", "कल मिलते हैं।", "आग में दो घर जले।", "वह 1998 में लंदन गई।", "क्या दिन है!", "वह रोज़ New York Times पढ़ता है।"},
	"tr": {"Belediye başkanı istifa etti.", "Bilmiyorum.", "Yarın görüşürüz.", "Yangın Bursa'da iki evi yok etti.", "1998'de Londra'ya gitti ve dönmedi.", "Ne gün ama!", "Eve gelince beni ara.", "Her sabah New York Times okur."},
	"zh": {"市长辞职了。", "我不知道。", "明天见。", "大火烧毁两座房屋。", "她1998年去了伦敦。", "他每天早上看New York Times。"},
	"ja": {"市長が辞任した。", "わかりません。", "また明日。", "火事で家が二軒焼けた。", "彼女は1998年にロンドンへ行った。", "彼は毎朝New York Timesを読む。"},
	"nl": {"De burgemeester treedt af.", "Ik weet het niet.", "Tot morgen.", "Brand verwoest twee huizen in Gent.", "Zij vertrok in 1998 naar Londen.", "Bel me als je thuis bent."},
	"sv": {"Borgmästaren avgår.", "Jag vet inte.", "Vi ses i morgon.", "Hon flyttade till London 1998 och kom inte tillbaka.", "Ring mig när du är hemma."},
	"cs": {"Starosta odstoupil.", "Požár zničil dva domy v Brně.", "Odjela do Londýna v roce 1998.", "Zavolej mi, až budeš doma.", "Nevím, co se stalo."},
	"uk": {"Мер пішов у відставку.", "Я не знаю, що робити.", "Пожежа знищила два будинки.", "Вона поїхала до Лондона в 1998 році."},
	"bg": {"Кметът подаде оставка.", "Не знам какво да правя.", "Пожар унищожи две къщи във Варна.", "Тя замина за Лондон през 1998 г."},
	"el": {"Ο δήμαρχος παραιτήθηκε.", "Δεν ξέρω.", "Τα λέμε αύριο."},
	"ko": {"시장이 사임했다.", "모르겠어요.", "내일 봐요."},
	"fa": {"شهردار استعفا داد.", "من نمی‌دانم چه شد.", "او در سال ۱۹۹۸ به لندن رفت."},
	"ur": {"میئر نے استعفیٰ دے دیا۔", "مجھے نہیں معلوم۔"},
	"hu": {"A polgármester lemondott.", "Nem tudom, mi történt.", "Tűz pusztított el két házat Győrben."},
	"fi": {"Kaupunginjohtaja eroaa.", "En tiedä, mitä tapahtui.", "Tulipalo tuhosi kaksi taloa Oulussa."},
	"ro": {"Primarul și-a dat demisia.", "Nu știu ce s-a întâmplat.", "Un incendiu a distrus două case în Iași."},
	"id": {"Wali kota itu mundur.", "Saya tidak tahu apa yang terjadi.", "Kebakaran itu menghancurkan dua rumah di Bandung."},
}

// A short text in the language of its neighbour is cut by rules that fit badly, so nearly
// all must be right.
func TestShortTextsAreDetected(t *testing.T) {
	right, all := 0, 0
	for want, texts := range shortTexts {
		for _, text := range texts {
			all++
			if got := Detect(text); got == want {
				right++
			} else {
				t.Logf("%q is taken for %q, it is %q", text, got, want)
			}
		}
	}
	t.Logf("%d of %d", right, all)
	if all < 130 || right*100 < all*93 {
		t.Errorf("%d of %d are right", right, all)
	}
}

// A text that quotes another language keeps its own.
func TestMixedTextsAreDetectedByTheirBody(t *testing.T) {
	for want, text := range map[string]string{
		"de": "Trump schrieb: “We will make America great again, and we will do it soon.” Damit meinte er wohl die Wahl, die im Herbst ansteht und über die nun alle reden.",
		"fr": "« Yes we can », répétait-il. Le slogan « Make America Great Again » ne lui plaît pas, mais il le comprend, dit-il.",
		"en": "“Je suis Charlie,” the crowd sang in the square. The chant “Liberté, égalité, fraternité” followed, and then they left.",
		"ru": "Компания Apple Inc. выпустила iPhone 15 Pro Max и MacBook Air, а Google LLC ответила телефоном Pixel 8 Pro.",
		"zh": "苹果公司（Apple Inc.）发布了iPhone 15 Pro Max和MacBook Air，谷歌（Google LLC）随后发布了Pixel 8 Pro。",
		"ja": "アップル（Apple Inc.）はiPhone 15 Pro MaxとMacBook Airを発表した。",
		"hi": "Apple Inc. ने iPhone 15 Pro Max और MacBook Air पेश किए, जबकि Google ने Pixel 8 Pro दिखाया।",
		"ar": "أعلنت شركة Apple Inc. عن هاتف iPhone 15 Pro Max وردت Google بهاتف Pixel 8 Pro.",
	} {
		if got := Detect(text); got != want {
			t.Errorf("%q is taken for %q, it is %q", text, got, want)
		}
	}
}
