//go:build bench && linux

package bench

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A series is how one kind of scan grows with one measure of its input.
type series struct {
	name   string
	prefix string // of the files to scan, for those who set the tree up
	flags  []string
	// cached: the first scan only fills the cache.
	cached bool
	points []point
}

type point struct {
	size int
	run
}

// A panel is what is shown together: series over the same sizes.
type panel struct {
	title, unit string
	sizes       []int
	series      []series
	setUp       func(t *testing.T, s series, size int) (dir string, flags []string)
}

// longRun is what one measurement is enough for.
const longRun = 10 * time.Second

// TestGrowth measures the program against the number of files, the size of one, the number of rules and catalogues, and
// the number of findings. KEYVET_GROWTH bounds how far it goes, for a try: 0.01 leaves the last two decades out.
func TestGrowth(t *testing.T) {
	part, err := strconv.ParseFloat(os.Getenv("KEYVET_GROWTH"), 64)
	if err != nil {
		part = 1
	}
	panels := panels()
	var page strings.Builder
	fmt.Fprintf(&page, "Measured on %s.\n", machine())
	for i := range panels {
		p := &panels[i]
		most := part * float64(p.sizes[len(p.sizes)-1])
		for j := range p.series {
			for _, size := range p.sizes {
				if float64(size) <= most {
					p.measure(t, &p.series[j], size)
				}
			}
		}
		page.WriteString(p.table())
	}
	publish(t, "growth", page.String())
	if path := os.Getenv("KEYVET_PLOT"); path != "" {
		if err := os.WriteFile(path, plot(panels), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func panels() []panel {
	decades := []int{100, 1_000, 10_000, 100_000, 1_000_000}
	thousands := []int{1_000, 3_000, 10_000, 30_000, 100_000}
	bytes := []int{100_000, 300_000, 1_000_000, 3_000_000, 10_000_000}
	hundreds := []int{10, 30, 100, 300, 1_000}
	uncached := []string{"--no-cache"}
	large := []string{"--no-cache", "--max-file-size", "100M", "--generated", "--minified"}
	return []panel{
		{title: "files", unit: "files", sizes: thousands, setUp: manyFiles, series: []series{
			{name: "cold", flags: uncached}, {name: "nothing changed", flags: []string{"--cache", "cache"}, cached: true},
		}},
		{title: "bytes in one file", unit: "bytes", sizes: bytes, setUp: largeFile, series: []series{
			{name: "Python", prefix: "py", flags: large}, {name: "TypeScript", prefix: "ts", flags: large},
			{name: "Go", prefix: "go", flags: large}, {name: "Java", prefix: "java", flags: large},
		}},
		{title: "rules and catalogues of a user's", unit: "", sizes: hundreds, setUp: manyRules, series: []series{
			{name: "rules", prefix: "rule", flags: uncached}, {name: "catalogues", prefix: "client", flags: uncached},
		}},
		{title: "findings", unit: "findings", sizes: decades, setUp: manyFindings, series: []series{
			{name: "text", flags: uncached}, {name: "json", flags: append(uncached[:1:1], "--format", "json")},
			{name: "sarif", flags: append(uncached[:1:1], "--format", "sarif")},
		}},
	}
}

// measure adds a point to a series. The first scan of all makes what the others find: the system's cache of files, and
// keyvet's own if there is one.
func (p *panel) measure(t *testing.T, s *series, size int) {
	t.Helper()
	dir, flags := p.setUp(t, *s, size)
	defer os.RemoveAll(dir)
	args := append(append([]string{keyvet(t)}, s.flags...), flags...)
	runs := []run{execute(t, dir, args...)}
	if s.cached || runs[0].cpu < longRun {
		runs = nil
		for range 3 {
			runs = append(runs, execute(t, dir, args...))
		}
	}
	s.points = append(s.points, point{size, middle(runs)})
	last := s.points[len(s.points)-1]
	fmt.Printf("%s, %s: %d: %v, %v, %s, %d of %d files read, %d findings\n",
		p.title, s.name, size, last.wall, last.cpu, megabytes(last.peak), last.read, last.found, last.findings)
}

// manyFiles is a tree of files of all languages, a hundred in a folder and some kilobytes each; one in twenty uses a
// client.
func manyFiles(t *testing.T, _ series, files int) (string, []string) {
	t.Helper()
	dir := t.TempDir()
	for i := range files {
		kind, end := "plain", ends[i%len(ends)]
		if i/len(ends)%20 == 0 {
			kind = "uses"
		}
		write(t, filepath.Join(dir, fmt.Sprintf("part%d", i/100), fmt.Sprintf("%s%d.%s", kind, i, end)), load(t, kind+"."+end).make(i*10, 5))
	}
	settle()
	return dir, []string{"."}
}

// largeFile is one file with a finding in every half kilobyte.
func largeFile(t *testing.T, s series, size int) (string, []string) {
	t.Helper()
	dir := t.TempDir()
	p := load(t, "uses."+s.prefix)
	write(t, filepath.Join(dir, "large."+s.prefix), p.make(0, p.units(size)))
	return dir, []string{"."}
}

// manyRules is a tree of a thousand files, and a folder with so many rules, or catalogues with a rule, in files of their
// own.
func manyRules(t *testing.T, s series, number int) (string, []string) {
	t.Helper()
	dir, _ := manyFiles(t, s, 1000)
	wrapped, own := load(t, "wrapped.py"), load(t, s.prefix+".yaml")
	for i := range 10 {
		write(t, filepath.Join(dir, "wrapped", fmt.Sprintf("wrapped%d.py", i)), wrapped.make(i, 5))
	}
	for i := range number {
		write(t, filepath.Join(dir, "own", fmt.Sprintf("own%d.yaml", i)), own.make(i, 1))
	}
	return dir, []string{"--rules", "own", "."}
}

// manyFindings is a tree with a hundred findings in each file.
func manyFindings(t *testing.T, _ series, findings int) (string, []string) {
	t.Helper()
	dir := t.TempDir()
	for i := range findings / 100 {
		end := ends[i%len(ends)]
		write(t, filepath.Join(dir, fmt.Sprintf("part%d", i/100), fmt.Sprintf("dense%d.%s", i, end)), load(t, "dense."+end).make(i*100, 100))
	}
	return dir, []string{"."}
}

// settle waits until files are old enough for the cache to take their times for what they are.
func settle() { time.Sleep(3 * time.Second) }

// table shows a panel, and in its last row by how much time and memory grow where the input grows tenfold.
func (p *panel) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n**%s**\n\n| |", p.title)
	for _, s := range p.series {
		fmt.Fprintf(&b, " %s: wall | CPU | memory |", s.name)
	}
	b.WriteString("\n|--:|" + strings.Repeat("--:|--:|--:|", len(p.series)) + "\n")
	for i := range p.series[0].points {
		fmt.Fprintf(&b, "| %s |", grouped(p.sizes[i]))
		for _, s := range p.series {
			at := s.points[i]
			fmt.Fprintf(&b, " %s | %s | %s |", seconds(at.wall), seconds(at.cpu), megabytes(at.peak))
		}
		b.WriteString("\n")
	}
	b.WriteString("| *last × 10* |")
	for _, s := range p.series {
		for _, of := range []func(point) float64{
			func(at point) float64 { return at.wall.Seconds() },
			func(at point) float64 { return at.cpu.Seconds() },
			func(at point) float64 { return float64(at.peak) },
		} {
			if times, known := s.tenfold(of); known {
				fmt.Fprintf(&b, " × %.1f |", times)
			} else {
				b.WriteString(" |")
			}
		}
	}
	b.WriteString("\n")
	return b.String()
}

// tenfold says how what is measured grew over the last tenfold of the size.
func (s series) tenfold(of func(point) float64) (times float64, known bool) {
	last := s.points[len(s.points)-1]
	for _, at := range s.points {
		if at.size*10 >= last.size && at.size < last.size {
			return math.Pow(of(last)/of(at), 1/math.Log10(float64(last.size)/float64(at.size))), true
		}
	}
	return 0, false
}

func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
