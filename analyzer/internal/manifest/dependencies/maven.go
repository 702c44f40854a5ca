package dependencies

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// A pom is what a pom.xml says, as far as it bears on versions.
type pom struct {
	Group    string `xml:"groupId"`
	Artifact string `xml:"artifactId"`
	Version  string `xml:"version"`
	Parent   struct {
		Group        string  `xml:"groupId"`
		Artifact     string  `xml:"artifactId"`
		Version      string  `xml:"version"`
		RelativePath *string `xml:"relativePath"`
	} `xml:"parent"`
	Properties   properties        `xml:"properties"`
	Dependencies []mavenDependency `xml:"dependencies>dependency"`
	Managed      []mavenDependency `xml:"dependencyManagement>dependencies>dependency"`
	Profiles     []struct {
		Dependencies []mavenDependency `xml:"dependencies>dependency"`
	} `xml:"profiles>profile"`
}

type mavenDependency struct {
	Group      string            `xml:"groupId"`
	Artifact   string            `xml:"artifactId"`
	Version    string            `xml:"version"`
	Scope      string            `xml:"scope"`
	Exclusions []mavenDependency `xml:"exclusions>exclusion"`
}

// properties are elements whose names are the keys.
type properties map[string]string

// UnmarshalXML reads the children of an element, whatever they are called.
func (p *properties) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	if *p == nil {
		*p = make(properties)
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) || err == nil && token == nil {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			var text string
			if err := d.DecodeElement(&text, &t); err != nil {
				return err
			}
			(*p)[t.Name.Local] = strings.TrimSpace(text)
		case xml.EndElement:
			return nil
		}
	}
}

// pom reads a pom.xml, nil if there is none or it is broken.
func (s *scan) pom(rel string) *pom {
	if p, known := s.poms[rel]; known {
		return p
	}
	if s.poms == nil {
		s.poms = make(map[string]*pom)
	}
	s.poms[rel] = nil
	data := s.text(rel)
	if data == nil {
		return nil
	}
	p := &pom{}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // names and versions are ASCII
	if err := decoder.Decode(p); err != nil {
		s.note(rel, "cannot be parsed: "+firstLine(err.Error()))
		return nil
	}
	s.poms[rel] = p
	return p
}

// A lineage is a project and its parents, as far as they are in the tree.
type lineage []*pom

// maxParents bounds a lineage.
const maxParents = 16

func (s *scan) lineage(rel string) lineage {
	var chain lineage
	for len(chain) < maxParents {
		p := s.pom(rel)
		if p == nil {
			break
		}
		if n := len(chain); n > 0 && !chain[n-1].has(p) {
			break // that folder holds some other project
		}
		chain = append(chain, p)
		if p.Parent.Version == "" {
			break
		}
		up := "../pom.xml"
		if r := p.Parent.RelativePath; r != nil {
			if up = strings.TrimSpace(*r); up == "" {
				break
			}
			if !strings.HasSuffix(up, ".xml") {
				up = path.Join(up, "pom.xml")
			}
		}
		if rel = path.Join(path.Dir(rel), up); strings.HasPrefix(rel, "../") {
			break
		}
	}
	return chain
}

// has tells whether a project names another one as its parent.
func (p *pom) has(parent *pom) bool {
	named, is := strings.TrimSpace(p.Parent.Artifact), strings.TrimSpace(parent.Artifact)
	return named == "" || is == "" || named == is
}

// parent names the parent that is not in the tree.
func (l lineage) parent() (pkg, version string) {
	last := l[len(l)-1]
	if last.Parent.Version == "" {
		return "", ""
	}
	return strings.TrimSpace(last.Parent.Group) + ":" + strings.TrimSpace(last.Parent.Artifact), l.fill(last.Parent.Version)
}

// fill puts in the values of properties.
func (l lineage) fill(text string) string {
	return interpolate(strings.TrimSpace(text), l.property)
}

func (l lineage) name(m mavenDependency) string { return l.fill(m.Group) + ":" + l.fill(m.Artifact) }

func (l lineage) property(name string) string {
	for _, p := range l {
		if text, ok := p.Properties[name]; ok {
			return text
		}
	}
	switch name {
	case "project.version", "version", "revision":
		if l[0].Version != "" {
			return l[0].Version
		}
		return l[0].Parent.Version
	case "project.parent.version":
		return l[0].Parent.Version
	case "project.groupId", "groupId":
		if l[0].Group != "" {
			return l[0].Group
		}
		return l[0].Parent.Group
	}
	return ""
}

// management is what says which versions a project's dependencies have: what it
// and its parents write down, then the parent that is not in the tree, then the
// BOMs that are imported.
type management struct {
	versions  map[string]string
	overrides map[string]string
	platforms []given
}

// management works out what manages a project's versions. It looks into BOMs that
// are in the tree themselves, to a small depth.
func (s *scan) management(l lineage, depth int) management {
	m := management{versions: make(map[string]string), overrides: make(map[string]string)}
	if g, ok := s.platform(l.parent()); ok {
		m.platforms = append(m.platforms, g)
		for pkg, property := range g.platform.Overrides {
			if version := l.property(property); version != "" {
				m.overrides[pkg] = l.fill(version)
			}
		}
	}
	for _, p := range l {
		for _, d := range p.Managed {
			name, version := l.name(d), l.fill(d.Version)
			if strings.TrimSpace(d.Scope) != "import" {
				if m.versions[name] == "" {
					m.versions[name] = version
				}
				continue
			}
			if g, ok := s.platform(name, version); ok {
				m.platforms = append(m.platforms, g)
				continue
			}
			if depth > 0 {
				m.take(s.bom(name, depth-1))
			}
		}
	}
	return m
}

// take adds what an imported BOM says, which yields to what is known.
func (m *management) take(from management) {
	for name, version := range from.versions {
		if m.versions[name] == "" {
			m.versions[name] = version
		}
	}
	m.platforms = append(m.platforms, from.platforms...)
}

// maxImports bounds how deep BOMs that import each other are followed.
const maxImports = 4

// bom finds the project of a name in the tree and gives what it manages.
func (s *scan) bom(name string, depth int) management {
	if known, ok := s.boms[name]; ok {
		return known
	}
	if s.boms == nil {
		s.boms = make(map[string]management)
	}
	s.boms[name] = management{} // one that imports itself gives nothing more
	s.boms[name] = s.readBOM(name, depth)
	return s.boms[name]
}

func (s *scan) readBOM(name string, depth int) management {
	artifact := name[strings.LastIndexByte(name, ':')+1:]
	for _, rel := range s.manifests {
		if path.Base(rel) != "pom.xml" || !bytes.Contains(s.text(rel), []byte("<artifactId>"+artifact+"</artifactId>")) {
			continue
		}
		if p := s.pom(rel); p != nil && strings.TrimSpace(p.Artifact) == artifact {
			return s.management(s.lineage(rel), depth)
		}
	}
	return management{}
}

// of gives the version of a package, where the project itself names none.
func (m management) of(d *Dependency) {
	if d.Text == "" {
		d.Text = m.overrides[d.Name]
	}
	if d.Text == "" {
		d.Text = m.versions[d.Name]
	}
	if d.Text != "" {
		d.Versions = javaRange(d.Text)
	}
	manage(d, m.platforms)
}

// mavenProject adds what a project depends on, with the versions that it, a
// parent, or a platform manages.
func (s *scan) mavenProject(rel string) {
	data := s.text(rel)
	if !s.speaks(data) {
		return
	}
	l := s.lineage(rel)
	if len(l) == 0 {
		return
	}
	all := slices.Clone(l[0].Dependencies)
	for _, profile := range l[0].Profiles {
		all = append(all, profile.Dependencies...)
	}
	declared := len(all)
	all = append(all, l[0].Managed...)
	managed := s.management(l, maxImports)
	direct := make(map[string]bool)
	for _, m := range all[:declared] {
		direct[l.name(m)] = true
	}
	for i, m := range all {
		d := Dependency{Name: l.name(m), Path: rel, Text: l.fill(m.Version), Managed: i >= declared}
		if !s.wants(d.Name) {
			continue
		}
		d.Line = lineOf(data, strings.TrimSpace(m.Artifact), 0)
		managed.of(&d)
		s.add(d, data, 0)
		if i >= declared {
			continue
		}
		for _, b := range s.brought(d, managed.platforms) {
			if direct[b.Name] || excluded(m, b.Name) {
				continue
			}
			if managed.versions[b.Name] != "" || managed.overrides[b.Name] != "" {
				b.Text, b.By = "", ""
				managed.of(&b)
			}
			if b.Text != "" {
				s.add(b, data, 0)
			}
		}
	}
}

// excluded tells whether a dependency is taken without a package that it brings.
func excluded(m mavenDependency, name string) bool {
	return slices.ContainsFunc(m.Exclusions, func(x mavenDependency) bool {
		group, artifact, _ := strings.Cut(name, ":")
		return (x.Group == "*" || strings.TrimSpace(x.Group) == group) && (x.Artifact == "*" || strings.TrimSpace(x.Artifact) == artifact)
	})
}
