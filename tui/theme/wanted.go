package theme

// Wanted reports whether somebody asked for colours, or against them, and whether anybody said either: by
// --color (always, never), then by NO_COLOR with anything in it, by CLICOLOR_FORCE with anything but 0, by
// CLICOLOR=0. Where nobody did, what the output can take decides. Libraries that read these variables heed
// only some words in NO_COLOR, and no CLICOLOR=0.
func Wanted(color string, getenv func(string) string) (yes, said bool) {
	force := getenv("CLICOLOR_FORCE")
	switch {
	case color == "always":
		return true, true
	case color == "never", getenv("NO_COLOR") != "":
		return false, true
	case force != "" && force != "0":
		return true, true
	case getenv("CLICOLOR") == "0":
		return false, true
	}
	return false, false
}
