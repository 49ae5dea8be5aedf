package align

import (
	"strconv"
	"strings"
)

// Words of content that stand in articles of any kind. That two sentences share one
// of them says less than its rarity in a short article makes believe, so they are
// given a part of their weight. Two lists, the commoner first; read off counts of
// news texts and put together by hand.
var commonWords = lazily(commonTable, `
year first time see know world new give take two good think work need day change include country find down want put place call lead become start part hope high
bring help level show use mean group back long believe important set meet right enough number man old leave move open expect continue recent plan increase support grow
home last create base almost far issue little build problem follow near look face second turn top month share public keep make allow feel close end current clear huge live

produce great possible involve happen result come less begin final third cause international social play bad force try deal run rise point different hour reason member
big term strong able least name system area lose small next action head hear half interest major sit develop ask future provide process large stop official sign understand
week line return receive outside send view particular record course potential challenge hand pass offer order along mark claim community decision story estimate power suggest
describe past present form full hold main talk aim real fact remain significant condition spend single statement appear case certain former individual reduce body person read
detail fall speak fast previous question rather successful seem easy role effort complete ensure break carry ground several hard later focus prepare low stand choose key bit
similar total word attempt due approach serious stay usual whole encourage range behind direct impact remove today ability entire kind late modern push amount consider
example limit normal short sure sense together act attention chance drop improve increasing thousand ago agree avoid else latest situation sometimes worry worth wrong early
million hundred three four five six seven eight nine ten report company market study pay write buy child woman friend life house city team
`)

func commonTable(text string) map[string]uint8 {
	m := make(map[string]uint8)
	first, second, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	for band, words := range [...]string{first, second} {
		for _, w := range strings.Fields(words) {
			if s := stem(w); m[s] == 0 {
				m[s] = uint8(band + 1)
			}
		}
	}
	return m
}

const smallFigure = 10 // up to which a number stands in any text

// commonness is the list of common words a stem stands on, 1 or 2; 0 for none.
func commonness(name string) uint8 {
	if len(name) <= 3 && name[0] == '#' {
		if n, err := strconv.Atoi(name[1:]); err == nil && n <= smallFigure {
			return 2
		}
	}
	return commonWords()[name]
}
