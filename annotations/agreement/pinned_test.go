package agreement

// Results that must be the same on every machine and in every later version.
const pinnedInterval = "0.533 [0.457, 0.593]"

// Drawn again by a program in another language from the description of Lot.
var pinnedDraw = []string{"a/s035", "a/s038", "a/s039", "a/s047", "a/s054", "a/s055"}
