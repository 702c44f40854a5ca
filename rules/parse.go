package rules

import (
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/keyvet/keyvet/rules/internal/strict"
)

// languages are those that have a folder in clients/.
var languages = []string{"go", "java", "javascript", "lua", "python"}

// spec is what the types in client.go and rules.go do not say themselves.
// The JSON Schemas are made from it too.
var spec = &strict.Spec{
	Required: map[reflect.Type][]string{
		reflect.TypeFor[Client]():          {"client", "language"},
		reflect.TypeFor[Package]():         {"name", "ecosystem"},
		reflect.TypeFor[Raw]():             {"members"},
		reflect.TypeFor[SettingDefault]():  {"versions", "value"},
		reflect.TypeFor[Family]():          {"family"},
		reflect.TypeFor[Rule]():            {"id"},
		reflect.TypeFor[ruleFile]():        {"rules"},
		reflect.TypeFor[Example]():         {"language", "code"},
		reflect.TypeFor[targetFile]():      {"targets"},
		reflect.TypeFor[moduleFile]():      {"modules"},
		reflect.TypeFor[Target]():          {"target", "server", "version"},
		reflect.TypeFor[Module]():          {"module", "versions"},
		reflect.TypeFor[dependentFile]():   {"dependents"},
		reflect.TypeFor[Dependent]():       {"package", "ecosystem", "language", "needs"},
		reflect.TypeFor[Platform]():        {"platform", "ecosystem"},
		reflect.TypeFor[PlatformRelease](): {"versions", "packages"},
		reflect.TypeFor[Break]():           {"versions", "setting", "values", "commands", "note"},
		reflect.TypeFor[IgnoredSetting]():  {"versions", "note"},
		reflect.TypeFor[Fix]():             {"field", "value"},
	},
	OneOf: map[reflect.Type][]string{
		reflect.TypeFor[Raw]():         {"command", "commands", "script"},
		reflect.TypeFor[SettingForm](): {"keyword", "field", "call", "url"},
	},
	Values: map[reflect.Type]map[string][]string{
		reflect.TypeFor[Package]():        {"ecosystem": ecosystems},
		reflect.TypeFor[Dependent]():      {"ecosystem": ecosystems},
		reflect.TypeFor[Platform]():       {"ecosystem": ecosystems},
		reflect.TypeFor[Break]():          {"how": {Written, Default}, "server": {Redis, Valkey}},
		reflect.TypeFor[IgnoredSetting](): {"by": {"keyword", "field", "call", "url"}},
		reflect.TypeFor[Rule](): {
			"severity": {string(Error), string(Warning), string(Note), string(Off)},
			"unless":   {Served},
			"origin":   {Redis, Valkey},

			"suppressions": {InvalidSuppression, ExpiredSuppression, UnusedSuppression},
			"about":        {AboutDefault, AboutReply, AboutBreak, AboutIgnored, AboutPackage},
		},
		reflect.TypeFor[Target](): {
			"kind":      {string(Release), string(Bundle), string(Service), string(Live)},
			"server":    {Redis, Valkey},
			"protocols": {"2", "3"},
		},
	},
}

var ecosystems = []string{"go", "pypi", "npm", "maven"}

// ruleFile is the other form of a file with rules.
type ruleFile struct {
	Rules []Rule `yaml:"rules"`
}

// targetFile is a file with targets; a single one may stand alone.
type targetFile struct {
	Targets []Target `yaml:"targets"`
}

// moduleFile is a file with modules.
type moduleFile struct {
	Modules []Module `yaml:"modules"`
}

type layer struct {
	files    []*strict.File
	clients  []fragment[Client]
	families []fragment[Family]
	rules    []fragment[Rule]
	targets  []fragment[Target]
	modules  []fragment[Module]

	dependents []fragment[Dependent]
	platforms  []fragment[Platform]
}

func (p *layer) file(source Source) {
	f := strict.Parse(source.Name, source.Data)
	p.files = append(p.files, f)
	if f.Root == nil {
		return
	}
	switch kindOf(f.Root, source.Name) {
	case "client":
		p.clients = append(p.clients, decode[Client](f, f.Root))
	case "family":
		p.families = append(p.families, decode[Family](f, f.Root))
	case "rule list":
		p.ruleList(f, f.Root)
	case "rules":
		var whole ruleFile
		f.Decode(f.Root, spec, &whole) // for its mistakes; decoded again one by one, those would come twice
		p.ruleItems(f, strict.Get(f.Root, "rules"), whole.Rules)
	case "target":
		p.targets = append(p.targets, decode[Target](f, f.Root))
	case "targets":
		var whole targetFile
		f.Decode(f.Root, spec, &whole)
		p.targets = append(p.targets, fragments(f, strict.Get(f.Root, "targets"), whole.Targets)...)
	case "modules":
		var whole moduleFile
		f.Decode(f.Root, spec, &whole)
		p.modules = append(p.modules, fragments(f, strict.Get(f.Root, "modules"), whole.Modules)...)
	case "dependents":
		var whole dependentFile
		f.Decode(f.Root, spec, &whole)
		p.dependents = append(p.dependents, fragments(f, strict.Get(f.Root, "dependents"), whole.Dependents)...)
	case "platform":
		p.platforms = append(p.platforms, decode[Platform](f, f.Root))
	default:
		near := ""
		for _, key := range strict.Keys(f.Root) {
			if hint := strict.Nearest(key, kinds); hint != "" {
				near = "; found \"" + key + "\", did you mean \"" + hint + "\"?"
				break
			}
		}
		f.Mistake(f.Root, `expected a client (key "client"), a family (key "family"), rules (a list, or key "rules"), a target (key "target", or several in "targets"), a platform (key "platform"), "modules" or "dependents"%s`, near)
	}
}

// kinds are the keys that tell what a file holds.
var kinds = []string{"client", "family", "rules", "target", "targets", "modules", "dependents", "platform"}

// kindOf tells what a file holds, by its keys, else by its folder.
func kindOf(root *strict.Node, name string) string {
	if strict.IsList(root) {
		return "rule list"
	}
	if !strict.IsMapping(root) {
		return ""
	}
	for _, key := range kinds {
		if key == "modules" && strict.Get(root, "language") != nil {
			continue // a client without a name has modules too
		}
		if strict.Get(root, key) != nil {
			return key
		}
	}
	folders := strings.Split(path.Dir(filepath.ToSlash(name)), "/")
	for _, folder := range slices.Backward(folders) {
		switch folder {
		case "clients":
			return "client"
		case "commands":
			return "family"
		case "ruleset":
			return "rules"
		case "targets":
			return "targets"
		case "packages":
			return "dependents"
		case "platforms":
			return "platform"
		}
	}
	return ""
}

func decode[T any](f *strict.File, n *strict.Node) fragment[T] {
	value := new(T)
	f.Decode(n, spec, value)
	return fragment[T]{value, f, n, strict.Keys(n)}
}

func (p *layer) ruleList(f *strict.File, n *strict.Node) {
	var list []Rule
	f.Decode(n, spec, &list)
	p.ruleItems(f, n, list)
}

func (p *layer) ruleItems(f *strict.File, n *strict.Node, list []Rule) {
	p.rules = append(p.rules, fragments(f, n, list)...)
}

// fragments gives the items of a list that was decoded.
func fragments[T any](f *strict.File, n *strict.Node, list []T) []fragment[T] {
	var all []fragment[T]
	for i, item := range strict.Items(n) {
		if i < len(list) && strict.IsMapping(item) {
			all = append(all, fragment[T]{&list[i], f, item, strict.Keys(item)})
		}
	}
	return all
}

// duplicates reports what two places of the same layer define.
func (p *layer) duplicates() {
	type place struct {
		file *strict.File
		line int
	}
	seen := map[string]place{}
	once := func(file *strict.File, n *strict.Node, kind, name string) {
		key := kind + "\x00" + name
		if first, twice := seen[key]; twice && name != "" {
			name, _, _ = strings.Cut(name, "\x00")
			file.Mistake(n, "duplicate %s %q, first in %s, line %d", kind, name, first.file.Name, first.line)
			return
		}
		seen[key] = place{file, n.Line}
	}
	for _, f := range p.clients {
		if f.value.Name != "" {
			once(f.file, strict.Find(f.node, "client"), "client", f.value.Name+"\x00"+f.value.Language)
		}
	}
	for _, f := range p.families {
		once(f.file, strict.Find(f.node, "family"), "family", f.value.Name)
	}
	for _, f := range p.rules {
		once(f.file, strict.Find(f.node, "id"), "rule", f.value.ID)
	}
	for _, f := range p.targets {
		once(f.file, strict.Find(f.node, "target"), "target", f.value.Name)
	}
	for _, f := range p.modules {
		once(f.file, strict.Find(f.node, "module"), "module", f.value.Name)
	}
	for _, f := range p.platforms {
		once(f.file, strict.Find(f.node, "platform"), "platform", f.value.Name)
	}
	for _, f := range p.dependents {
		once(f.file, strict.Find(f.node, "package"), "package", f.value.Name+"\x00"+f.value.Ecosystem)
	}
}
