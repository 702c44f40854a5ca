package link

import (
	"path"
	"strings"
)

// nodeEndings are tried, in order, behind a JavaScript module's path.
var nodeEndings = []string{
	"", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte",
	"/index.ts", "/index.tsx", "/index.js", "/index.jsx", "/index.mjs", "/index.cjs",
}

// nodePaths resolves a JavaScript module: a relative path, a path alias, or a
// package of the same project.
func (p *Project) nodePaths(f *File, module string) []string {
	if strings.HasPrefix(module, "./") || strings.HasPrefix(module, "../") || module == "." || module == ".." {
		return p.nodeFile(path.Join(path.Dir(f.Path), module))
	}
	for _, alias := range p.Layout.manifest.Aliases {
		if found := p.aliased(f, alias, module); found != nil {
			return found
		}
	}
	return p.nodePackage(f, module)
}

// nodeFile finds the source behind a module path. TypeScript code names the
// file that the compiler will write ("./db.js") where the source is "./db.ts".
func (p *Project) nodeFile(target string) []string {
	var room [128]byte // most of the tries find nothing, and need no string
	name := append(room[:0], target...)
	for _, ending := range nodeEndings {
		if name = append(name[:len(target)], ending...); p.Layout.files[string(name)] {
			return []string{string(name)}
		}
	}
	for _, js := range [][2]string{{".js", ".ts"}, {".js", ".tsx"}, {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}} {
		if name, ok := strings.CutSuffix(target, js[0]); ok && p.Layout.files[name+js[1]] {
			return []string{name + js[1]}
		}
	}
	return nil
}

func (p *Project) aliased(f *File, alias Alias, module string) []string {
	if alias.Folder != "." && !strings.HasPrefix(f.Path, alias.Folder+"/") {
		return nil
	}
	star := ""
	if alias.Star {
		rest, ok := strings.CutPrefix(module, alias.Prefix)
		if !ok || !strings.HasSuffix(rest, alias.Suffix) {
			return nil
		}
		star = strings.TrimSuffix(rest, alias.Suffix)
	} else if module != alias.Prefix {
		return nil
	}
	for _, target := range alias.Targets {
		if found := p.nodeFile(path.Clean(strings.Replace(target, "*", star, 1))); found != nil {
			return found
		}
	}
	return nil
}

// nodePackage finds a package of the project by the name in its package.json.
func (p *Project) nodePackage(f *File, module string) []string {
	var found []string
	for folder, pkg := range p.Layout.manifest.NodePackages {
		rest, ok := strings.CutPrefix(module, pkg.Name)
		if pkg.Name == "" || !ok || rest != "" && rest[0] != '/' {
			continue
		}
		if target := p.nodeEntry(folder, pkg, "."+rest); target != "" {
			found = append(found, target)
		}
	}
	return nearest(f.Path, found)
}

func (p *Project) nodeEntry(folder string, pkg NodePackage, entry string) string {
	tries := append([]string(nil), pkg.Entries[entry]...)
	if entry == "." {
		tries = append(tries, "src/index", "index", "src/main", "lib/index")
	} else {
		tries = append(tries, entry, path.Join("src", entry))
	}
	for _, t := range tries {
		if found := p.nodeFile(path.Join(folder, t)); found != nil {
			return found[0]
		}
		// A build's output: the source of dist/db.js is src/db.ts.
		for _, built := range []string{"dist/", "build/", "lib/"} {
			if rest, ok := strings.CutPrefix(strings.TrimPrefix(t, "./"), built); ok {
				rest = strings.TrimSuffix(strings.TrimSuffix(rest, path.Ext(rest)), ".d")
				if found := p.nodeFile(path.Join(folder, "src", rest)); found != nil {
					return found[0]
				}
			}
		}
	}
	return ""
}
