package annotations

import (
	"net/url"
	"strings"
	"time"
	"unicode"
)

// SuggestName makes a short readable ID out of outlet (or title, file name, or the
// host of the address), date and the first digits (at least 4, at most 32) of the key.
// It has ASCII letters, digits and hyphens alone, so that it can be typed anywhere and
// be the name of a file: letters with marks lose them (in German ä becomes ae), and
// Cyrillic, Greek, Arabic and Hebrew letters and Korean syllables are spelled. What is
// mostly in another script is no help, and the next is taken; with none it is "article".
func (m *Meta) SuggestName(digits int) string {
	parts := []string{"article"}
	for _, c := range []struct {
		words string
		limit int
	}{{m.Outlet, 24}, {m.Title, 32}, {m.trimFile(), 24}, {host(m.URL), 24}} {
		spelled, legible := spell(c.words, m.Language)
		if name := slug(spelled, c.limit); legible && name != "" {
			parts[0] = name
			break
		}
	}
	if len(m.Published) >= 10 {
		if _, err := time.Parse(time.DateOnly, m.Published[:10]); err == nil {
			parts = append(parts, m.Published[:10])
		}
	}
	return strings.Join(append(parts, m.ID.String()[:min(max(digits, 4), 32)]), "-")
}

// trimFile is the name of the file without its extension, and without the key that an
// export gave it: an article that comes back is not called by its key twice.
func (m *Meta) trimFile() string {
	name := m.Original.File
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	name, _, _ = strings.Cut(name, "-"+m.ID.String()[:4])
	return name
}

// host is whose page an address is, without the www that most have.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// slug keeps ASCII letters and digits, lower-cased, and joins the runs between
// them with hyphens; at most limit bytes, cut at a hyphen where there is one.
func slug(s string, limit int) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(s) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
			continue
		}
		if r != '\'' && r != '’' {
			gap = true
		}
	}
	out := b.String()
	if len(out) <= limit {
		return out
	}
	if i := strings.LastIndexByte(out[:limit+1], '-'); i > 0 {
		return out[:i]
	}
	return out[:limit]
}

// spell writes a text of some language in ASCII letters, as far as that goes, lower-cased;
// legible says that it goes for half of its letters at least.
func spell(s, language string) (spelled string, legible bool) {
	german, ukrainian := inLanguage(language, "de"), inLanguage(language, "uk")
	var b strings.Builder
	letters, lost := 0, 0
	last := rune(0)
	for _, r := range s {
		r = unicode.ToLower(narrow(r))
		umlaut := german && (strings.ContainsRune("äöü", r) || r == diaeresis && strings.ContainsRune("aou", last))
		last = r
		if unicode.In(r, unicode.Mn, unicode.Cf, unicode.Lm) { // a mark of the letter before, a soft hyphen, an apostrophe
			if umlaut {
				b.WriteByte('e')
			}
			continue
		}
		if !unicode.IsLetter(r) {
			b.WriteRune(r)
			continue
		}
		letters++
		switch to, known := letter(r); {
		case !known:
			lost++
			b.WriteByte(' ')
		case umlaut:
			b.WriteString(to + "e")
		case ukrainian && r == 'г':
			b.WriteByte('h')
		case ukrainian && r == 'и':
			b.WriteByte('y')
		default:
			b.WriteString(to)
		}
	}
	return b.String(), 2*lost <= letters
}

const diaeresis = '\u0308' // a mark of its own behind the letter, as macOS writes names of files

// inLanguage reports whether a BCP 47 tag is of a language.
func inLanguage(tag, language string) bool {
	base, _, _ := strings.Cut(tag, "-")
	return strings.EqualFold(base, language)
}

// narrow gives the ASCII character of one that is as wide as a Chinese one, and the
// digit of one that another script writes otherwise.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}

// letter spells a letter in lower case; known is false where it has no spelling here.
func letter(r rune) (spelled string, known bool) {
	switch {
	case r >= 'a' && r <= 'z':
		return string(r), true
	case r >= '가' && r <= '힣':
		return syllable(int(r - '가')), true
	case r <= unicode.MaxASCII:
		return "", false
	}
	for _, f := range spellings {
		if strings.ContainsRune(f.letters, r) {
			return f.to, true
		}
	}
	return "", false
}

// syllable spells a Korean syllable by its place in Unicode, which follows from its
// initial, vowel and final. Sounds that change between syllables are not looked at.
func syllable(n int) string {
	const vowels, finals = 21, 28
	return hangulInitials[n/(vowels*finals)] + hangulVowels[n/finals%vowels] + hangulFinals[n%finals]
}

// The Revised Romanisation of Korean.
var (
	hangulInitials = [19]string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
	hangulVowels   = [21]string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"}
	hangulFinals   = [28]string{"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"}
)

// spellings are letters, in lower case, and how they are written in ASCII: Latin ones
// without their marks, others as passports and maps spell them, roughly.
var spellings = [...]struct{ to, letters string }{
	// Latin
	{"a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặɐ"},
	{"b", "ḃḅḇƀɓƃ"},
	{"c", "çćĉċčḉƈȼ"},
	{"d", "ďḋḍḏḑḓđɖɗƌȡð"},
	{"e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệɇǝəɛ"},
	{"f", "ḟƒ"},
	{"g", "ĝğġģǧǵḡǥɠ"},
	{"h", "ĥȟḣḥḧḩḫẖħⱨ"},
	{"i", "ìíîïĩīĭįǐȉȋḭḯỉịıɨ"},
	{"j", "ĵǰȷɉ"},
	{"k", "ķǩḱḳḵƙĸ"},
	{"l", "ĺļľḷḹḻḽłƚƛȴ"},
	{"m", "ḿṁṃɯ"},
	{"n", "ñńņňǹṅṇṉṋŋɲƞȵŉ"},
	{"o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøɵɔ"},
	{"p", "ṕṗƥ"},
	{"q", "ɋ"},
	{"r", "ŕŗřȑȓṙṛṝṟɍ"},
	{"s", "śŝşšșṡṣṥṧṩſ"},
	{"t", "ţťțṫṭṯṱẗŧƭ"},
	{"u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựʉ"},
	{"v", "ṽṿʋ"},
	{"w", "ŵẁẃẅẇẉẘ"},
	{"x", "ẋẍ"},
	{"y", "ýÿŷȳẏẙỳỵỷỹɏƴ"},
	{"z", "źżžẑẓẕƶȥ"},
	{"ae", "æǽǣ"},
	{"oe", "œ"},
	{"ss", "ß"},
	{"th", "þ"},
	{"ij", "ĳ"},
	{"dz", "ǆǳ"},
	{"lj", "ǉ"},
	{"nj", "ǌ"},
	{"hv", "ƕ"},

	// Cyrillic
	{"a", "аѧ"},
	{"b", "б"},
	{"v", "в"},
	{"g", "гґѓғ"},
	{"d", "д"},
	{"e", "еэѐ"},
	{"yo", "ё"},
	{"zh", "жӂҗ"},
	{"z", "зҙ"},
	{"i", "иіѝѵӣ"},
	{"y", "йыј"},
	{"k", "кќқҡ"},
	{"l", "л"},
	{"m", "м"},
	{"n", "нңҥ"},
	{"o", "оѡө"},
	{"p", "п"},
	{"r", "р"},
	{"s", "сҫ"},
	{"t", "т"},
	{"u", "уүұӯ"},
	{"w", "ў"},
	{"f", "фѳ"},
	{"kh", "хҳһ"},
	{"ts", "цҵ"},
	{"ch", "чҷҹ"},
	{"sh", "ш"},
	{"shch", "щ"},
	{"", "ъь"},
	{"yu", "ю"},
	{"ya", "я"},
	{"yi", "ї"},
	{"ye", "є"},
	{"dj", "ђ"},
	{"lj", "љ"},
	{"nj", "њ"},
	{"c", "ћ"},
	{"dzh", "џ"},
	{"dz", "ѕ"},
	{"ae", "әӕ"},

	// Greek
	{"a", "αά"},
	{"v", "β"},
	{"g", "γ"},
	{"d", "δ"},
	{"e", "εέ"},
	{"z", "ζ"},
	{"i", "ηήιίϊΐ"},
	{"th", "θ"},
	{"k", "κ"},
	{"l", "λ"},
	{"m", "μ"},
	{"n", "ν"},
	{"x", "ξ"},
	{"o", "οόωώ"},
	{"p", "π"},
	{"r", "ρ"},
	{"s", "σς"},
	{"t", "τ"},
	{"y", "υύϋΰ"},
	{"f", "φ"},
	{"ch", "χ"},
	{"ps", "ψ"},

	// Hebrew
	{"a", "א"},
	{"b", "ב"},
	{"g", "ג"},
	{"d", "ד"},
	{"h", "ה"},
	{"v", "ו"},
	{"z", "ז"},
	{"ch", "ח"},
	{"t", "טת"},
	{"y", "י"},
	{"k", "כךק"},
	{"l", "ל"},
	{"m", "מם"},
	{"n", "נן"},
	{"s", "ס"},
	{"", "ע"},
	{"p", "פף"},
	{"ts", "צץ"},
	{"r", "ר"},
	{"sh", "ש"},

	// Arabic and Persian
	{"a", "اآأىةٱ"},
	{"i", "إ"},
	{"b", "ب"},
	{"t", "تط"},
	{"th", "ث"},
	{"j", "ج"},
	{"h", "حهھہ"},
	{"kh", "خ"},
	{"d", "دض"},
	{"dh", "ذ"},
	{"r", "ر"},
	{"z", "زظ"},
	{"s", "سص"},
	{"sh", "ش"},
	{"", "عء"},
	{"gh", "غ"},
	{"f", "ف"},
	{"q", "ق"},
	{"k", "كک"},
	{"l", "ل"},
	{"m", "م"},
	{"n", "نں"},
	{"w", "وؤ"},
	{"y", "يئیے"},
	{"p", "پ"},
	{"ch", "چ"},
	{"zh", "ژ"},
	{"g", "گ"},
}
