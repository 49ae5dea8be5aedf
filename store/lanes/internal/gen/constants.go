package main

import "math/big"

// roundConstants are the first 32 bits of the fractional parts of the cube roots
// of the first 64 primes, as FIPS 180-4 says (4.2.2). They are worked out in
// whole numbers: the cube root of p·2^96 is that of p, times 2^32.
func roundConstants() (k [64]uint32) {
	for i, p := 0, int64(2); i < len(k); p++ {
		if big.NewInt(p).ProbablyPrime(0) { // exact below 2^64
			k[i] = uint32(cubeRoot(new(big.Int).Lsh(big.NewInt(p), 96)).Uint64())
			i++
		}
	}
	return k
}

// cubeRoot is the largest whole number of which the cube is not above n, which is
// below 2^120.
func cubeRoot(n *big.Int) *big.Int {
	root, cube := new(big.Int), new(big.Int)
	for bit := 40; bit >= 0; bit-- {
		root.SetBit(root, bit, 1)
		if cube.Mul(root, root).Mul(cube, root); cube.Cmp(n) > 0 {
			root.SetBit(root, bit, 0)
		}
	}
	return root
}
