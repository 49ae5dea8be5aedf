package theme

import "math"

// linear turns an sRGB channel into light (WCAG 2.2, relative luminance).
func linear(v uint8) float64 {
	c := float64(v) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}
