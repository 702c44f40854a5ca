package link

import (
	"path"
	"strings"
)

// isFolder tells whether a file's package is all files of a folder, so that an
// import means a folder (Go).
func isFolder(f *File) bool { return f.Traits.PackageScope && !f.Traits.ImplicitMembers }

// Folder returns the folder of the package that a module name means. It is empty
// where that is outside of the project, or where a package is no folder.
func (p *Project) Folder(f *File, module string) string {
	if !isFolder(f) {
		return ""
	}
	return p.goFolder(module)
}

// goFolder finds the folder of an import path: the one below a go.mod that declares
// a beginning of it. It is empty if no source lies there that importers see.
func (p *Project) goFolder(module string) string {
	folder, known := p.goFolders[module]
	if !known {
		folder = p.findFolder(module)
		p.goFolders[module] = folder
	}
	return folder
}

func (p *Project) findFolder(module string) string {
	best, folder := -1, ""
	for dir, declared := range p.Layout.manifest.GoModules {
		if module == declared || strings.HasPrefix(module, declared+"/") {
			target := path.Join(dir, strings.TrimPrefix(strings.TrimPrefix(module, declared), "/"))
			if n := len(declared); (n > best || n == best && target < folder) && len(p.FilesOf(target)) > 0 {
				best, folder = n, target
			}
		}
	}
	return folder
}

// FilesOf lists the files of a package's folder that importers see.
func (p *Project) FilesOf(folder string) []string {
	var files []string
	for _, name := range p.Layout.folders[folder] {
		if strings.HasSuffix(name, ".go") && !isGoTest(name) {
			files = append(files, name)
		}
	}
	return files
}

func isGoTest(name string) bool { return strings.HasSuffix(name, "_test.go") }

// WantName notes that a name was looked up in the package in a folder, which f
// belongs to or imports, and that none of its read files declares it: an unread one
// may.
func (p *Project) WantName(f *File, folder, name string) {
	if p.Quiet || folder == "" {
		return
	}
	p.Asked++
	note(p.wantedNames, folder, name)
	if isGoTest(f.Path) && folder == path.Dir(f.Path) {
		note(p.wantedInTests, folder, name)
	}
}

// WantMember notes that a member of a type was looked up that none of the read parts
// of the type declares. Of some types only methods were read.
func (p *Project) WantMember(id TypeID, name string) {
	if p.Quiet || !isFolder(id.File) || id.Decl().Name == "" {
		return
	}
	folder := path.Dir(id.File.Path)
	p.WantName(id.File, folder, id.Decl().Name+"."+name)
	for _, part := range p.Parts(id) {
		if len(part.Decl().Fields) > 0 {
			return
		}
	}
	p.WantName(id.File, folder, id.Decl().Name)
}

// WantedNames gives, by folder, the names that unread files may declare, and those
// of them that tests may.
func (p *Project) WantedNames() (names, inTests map[string]map[string]bool) {
	return p.wantedNames, p.wantedInTests
}

// WantedIn gives those of the wanted names that a file may declare for whoever
// asked: a test declares names for tests only.
func (p *Project) WantedIn(file string) map[string]bool {
	if isGoTest(file) {
		return p.wantedInTests[path.Dir(file)]
	}
	return p.wantedNames[path.Dir(file)]
}

// WantFolder notes that the package in a folder is imported where something was
// looked up.
func (p *Project) WantFolder(folder string) {
	if !p.Quiet && folder != "" {
		p.wantedFolders[folder] = true
	}
}

// WantedFolders gives the folders of packages that are imported where something was
// looked up: what names a client there may matter, whatever was asked for.
func (p *Project) WantedFolders() map[string]bool { return p.wantedFolders }

// WantPackage notes that the package in a folder, of which no file was read, may be
// called by a name that its path does not give away.
func (p *Project) WantPackage(folder, name string) {
	if !p.Quiet && folder != "" {
		p.Asked++
		note(p.wantedPackages, folder, name)
	}
}

// WantedPackages gives, by folder, the names that were looked up and that may be
// the name of the package.
func (p *Project) WantedPackages() map[string]map[string]bool { return p.wantedPackages }

func note(names map[string]map[string]bool, folder, name string) {
	if names[folder] == nil {
		names[folder] = make(map[string]bool)
	}
	names[folder][name] = true
}
