package agreement

import "testing"

// Tables that textbooks hand down, with the figures printed beside them.

func TestCohen1968AndTheErrorOfFleissCohenEveritt1969(t *testing.T) {
	tab := cross(t, words("personality neurosis psychosis"), Options{},
		106, 10, 4,
		22, 28, 10,
		2, 12, 6)
	near(t, "agreement", tab.Percent(), 0.70, 2)
	near(t, "kappa", tab.Cohen(Identity), 0.429, 3)
	near(t, "standard error", tab.Pair(0, 1).CohenASE(Identity), 0.054, 3)
}

func TestFleiss1981DiagnosesByTwoRaters(t *testing.T) {
	tab := cross(t, words("psychotic neurotic organic"), Options{},
		75, 1, 4,
		5, 4, 1,
		0, 0, 10)
	near(t, "agreement", tab.Percent(), 0.89, 2)
	near(t, "kappa", tab.Cohen(Identity), 0.676, 3)
	near(t, "standard error under chance", tab.Pair(0, 1).CohenASE0(Identity), 0.076, 3)
	near(t, "standard error", tab.Pair(0, 1).CohenASE(Identity), 0.088, 3)
}

func TestLandisKoch1977NeurologistsInTwoCities(t *testing.T) {
	labels := numbers(1, 2, 3, 4)
	for city, c := range map[string]struct {
		counts                                   []int
		kappa, error, weighted, errorOfTheSecond float64
	}{
		"Winnipeg":    {[]int{38, 5, 0, 1, 33, 11, 3, 0, 10, 14, 5, 6, 3, 7, 3, 10}, 0.2079, 0.0505, 0.3797, 0.0517},
		"New Orleans": {[]int{5, 3, 0, 0, 3, 11, 4, 0, 2, 13, 3, 4, 1, 2, 4, 14}, 0.2965, 0.0785, 0.4773, 0.0730},
	} {
		p := cross(t, labels, Options{Ordered: true}, c.counts...).Pair(0, 1)
		near(t, city+" kappa", p.Cohen(Identity), c.kappa, 4)
		near(t, city+" standard error", p.CohenASE(Identity), c.error, 4)
		near(t, city+" weighted kappa", p.Cohen(LinearByValue), c.weighted, 4)
		near(t, city+" weighted standard error", p.CohenASE(LinearByValue), c.errorOfTheSecond, 4)
	}
}

func TestKrippendorff2011TwoObserversManyCategories(t *testing.T) {
	tab := grid(t, words("a b c d e"), Options{},
		"a a b b d c c c e d d a",
		"b a b b b c c c e d d d")
	near(t, "alpha", tab.Alpha(Nominal), 0.692, 3)
}

func TestLotsOfManyAreTheLotsOfEach(t *testing.T) {
	seed := [32]byte{4, 2}
	ids := []string{"a", "", "article/s001", "a"}
	for i, lot := range Lots(seed, ids) {
		if lot != Lot(seed, ids[i]) {
			t.Errorf("%q: another lot together than alone", ids[i])
		}
	}
}

func TestLoadsCountWhatEachRaterRated(t *testing.T) {
	tab := grid(t, words("a b"), Options{}, "a b a a", ". b . a", ". . . .")
	if got := tab.Loads(); len(got) != 3 || got[0] != 4 || got[1] != 2 || got[2] != 0 {
		t.Errorf("loads %v", got)
	}
}
