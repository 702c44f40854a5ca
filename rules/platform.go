package rules

import (
	"slices"
	"strconv"
	"strings"
)

// A Platform gives versions to packages that a manifest names without one: a
// BOM, or a parent project. Only what its published files say is in it; a
// project that asks for another version of a package gets that.
type Platform struct {
	// Name names the platform in reports: "spring-boot".
	Name string `yaml:"platform"`
	// Ecosystem is where the names below hold: maven.
	Ecosystem string `yaml:"ecosystem"`
	// Artifacts are the packages that a project imports, or has as its parent, to
	// use the platform. Their version is that of the platform.
	Artifacts []string `yaml:"artifacts"`
	// Plugins are plugins of a build tool whose version is that of the platform.
	Plugins []string `yaml:"plugins"`
	// Properties are those in which builds keep the platform's version.
	Properties []string `yaml:"properties"`
	// Own are globs over packages that have the platform's own version.
	Own []string `yaml:"own"`
	// Overrides maps a package to the property by which a project sets another
	// version of it: {"redis.clients:jedis": jedis.version}.
	Overrides map[string]string `yaml:"overrides"`
	// Brings maps a package to those that come with it.
	Brings map[string][]string `yaml:"brings"`
	// Releases say what the platform gives.
	Releases []PlatformRelease `yaml:"releases"`
	// Source says where the facts come from, and how they were read.
	Source string `yaml:"source"`
}

// A PlatformRelease is a series of releases of a platform.
type PlatformRelease struct {
	// Versions of the platform: ">=3.5, <3.6".
	Versions string `yaml:"versions"`
	// Packages maps packages to the versions that these releases give them:
	// ">=6.5.5, <=6.6.0".
	Packages map[string]string `yaml:"packages"`
}

// Gives tells which versions of a package the platform gives, as far as is known
// of its version. It is empty for a package that it does not manage.
func (p *Platform) Gives(pkg string, version Versions) Versions {
	if version.Empty() {
		return Versions{}
	}
	if len(p.Own) > 0 && matchesAny(p.Own, pkg) {
		return version
	}
	var all Versions
	for _, r := range p.Releases {
		if given := r.Packages[pkg]; given != "" && In(r.Versions, version) {
			if v, err := ParseVersions(given); err == nil {
				all = all.Or(v)
			}
		}
	}
	return all
}

// PlatformsOf gives those of an ecosystem.
func (s *Set) PlatformsOf(ecosystem string) []*Platform {
	return slices.DeleteFunc(slices.Clone(s.Platforms), func(p *Platform) bool { return p.Ecosystem != ecosystem })
}

func (c *checker) platform(f fragment[Platform]) {
	p := f.value
	if p.Name == "" && f.hasText("platform") {
		f.mistake([]string{"platform"}, "a name is empty")
	}
	for i, r := range p.Releases {
		at := []string{"releases", strconv.Itoa(i)}
		f.versions(r.Versions, append(at, "versions"))
		for pkg, text := range ordered(r.Packages) {
			f.versions(text, append(at, "packages", pkg))
			if !strings.Contains(pkg, ":") && p.Ecosystem == "maven" {
				f.keyMistake(append(at, "packages", pkg), `expected a package like "group:artifact", found %q`, pkg)
			}
		}
	}
}
