//go:build bench && linux

package bench

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// The colours are readable on white and on black.
var colours = []string{"#2f81f7", "#d29922", "#3fb950", "#db61a2"}

const (
	plotWidth, plotHeight = 230.0, 200.0 // of one diagram, with what is around it
	left, top             = 46.0, 34.0
	inner, upper          = 170.0, 130.0 // of what is in the axes
)

// plot draws two rows of diagrams: above processor time, below memory, both axes logarithmic. The dashed lines are what is
// linear: a line that climbs faster than these is worse.
func plot(panels []panel) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="sans-serif" font-size="10">
<title>Processor time and memory against the size of the input</title>
<style>
text { fill: #57606a } .axis { stroke: #8b949e; fill: none } .linear { stroke: #8b949e; stroke-dasharray: 2 4; fill: none }
@media (prefers-color-scheme: dark) { text { fill: #b1bac4 } }
</style>
`, plotWidth*float64(len(panels)), plotHeight*2)
	for i, p := range panels {
		x := plotWidth * float64(i)
		p.draw(&b, x, 0, "CPU seconds", func(at point) float64 { return at.cpu.Seconds() })
		p.draw(&b, x, plotHeight, "peak memory in MB", func(at point) float64 { return float64(at.peak) / 1e6 })
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func (p *panel) draw(b *bytes.Buffer, x, y float64, what string, of func(point) float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range p.series {
		for _, at := range s.points {
			low, high = min(low, of(at)), max(high, of(at))
		}
	}
	points := p.series[0].points
	horizontal := scale{math.Log10(float64(points[0].size)), math.Log10(float64(points[len(points)-1].size)), inner}
	vertical := scale{math.Floor(math.Log10(low)), math.Ceil(math.Log10(high)), upper}
	place := func(size, value float64) (float64, float64) { return horizontal.at(size), upper - vertical.at(value) }

	fmt.Fprintf(b, `<g transform="translate(%g %g)">`+"\n", x+left, y+top)
	fmt.Fprintf(b, `<text x="0" y="-20" font-weight="bold">%s</text><text x="0" y="-8">%s</text>`+"\n", p.title, what)
	fmt.Fprintf(b, `<path class="axis" d="M0 0V%gH%g"/>`+"\n", upper, inner)
	for decade := vertical.low; decade <= vertical.high; decade++ {
		value := math.Pow(10, decade)
		_, at := place(math.Pow(10, horizontal.low), value)
		fmt.Fprintf(b, `<text x="-4" y="%.1f" text-anchor="end">%s</text>`+"\n", at+3, strconv.FormatFloat(value, 'f', -1, 64))
		// What is linear goes through every decade, as far as there is room.
		farthest := min(horizontal.high, horizontal.low+vertical.high-decade)
		toX, toY := place(math.Pow(10, farthest), value*math.Pow(10, farthest-horizontal.low))
		fmt.Fprintf(b, `<path class="linear" d="M0 %.1fL%.1f %.1f"/>`+"\n", at, toX, toY)
	}
	for decade := horizontal.low; decade <= horizontal.high; decade++ {
		at := horizontal.at(math.Pow(10, decade))
		fmt.Fprintf(b, `<text x="%.1f" y="%g" text-anchor="middle">%s</text>`+"\n", at, upper+13, short(decade))
	}
	for i, s := range p.series {
		fmt.Fprintf(b, `<polyline fill="none" stroke="%s" stroke-width="1.5" points="`, colours[i])
		for _, at := range s.points {
			toX, toY := place(float64(at.size), of(at))
			fmt.Fprintf(b, "%.1f,%.1f ", toX, toY)
		}
		fmt.Fprintf(b, `"/><text x="%g" y="%g" text-anchor="end" style="fill: %s">%s</text>`+"\n", inner, upper-6-float64(len(p.series)-1-i)*12, colours[i], s.name)
	}
	b.WriteString("</g>\n")
}

// short writes a power of ten: 1, 10, 100, 1k, 10k, 100k, 1M.
func short(decade float64) string {
	digits := strconv.FormatFloat(math.Pow(10, math.Mod(decade, 3)), 'f', 0, 64)
	return digits + []string{"", "k", "M", "G"}[int(decade)/3]
}

// A scale places logarithms between two on a length.
type scale struct{ low, high, length float64 }

func (s scale) at(value float64) float64 {
	return (math.Log10(value) - s.low) / (s.high - s.low) * s.length
}
