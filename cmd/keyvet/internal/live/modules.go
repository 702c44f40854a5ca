package live

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/keyvet/keyvet/rules"
)

// modules reads the modules that the server has loaded, and gives a note of
// those that the rules do not know. A server that does not tell still has its
// list of commands.
func (a asker) modules(set *rules.Set, server string) (known map[string]string, note string) {
	list, err := a.Do("MODULE", "LIST")
	if err != nil {
		return nil, "the server does not say which modules it has"
	}
	var others []string
	for _, entry := range list.Items {
		fields := entry.Map()
		name, number := fields["name"].Text, fields["ver"].Int()
		if m := set.LoadedModule(server, name); m != nil {
			if known == nil {
				known = map[string]string{}
			}
			known[m.Name] = moduleVersion(m, number)
		} else {
			others = append(others, name+" "+strconv.FormatInt(number, 10))
		}
	}
	if len(others) > 0 {
		slices.Sort(others)
		note = "other modules that it has, with their numbers: " + strings.Join(others, ", ")
	}
	return known, note
}

// moduleVersion reads the number that a module gives for its version. Most pack
// it in decimal (20813 is 2.8.13), some in bytes (0x010201 is 1.2.1); the one
// that is a series of the module is meant.
func moduleVersion(m *rules.Module, number int64) string {
	decimal := fmt.Sprintf("%d.%d.%d", number/10000, number/100%100, number%100)
	bytes := fmt.Sprintf("%d.%d.%d", number>>16, number>>8&255, number&255)
	for _, candidate := range []string{decimal, bytes} {
		series := candidate[:strings.LastIndexByte(candidate, '.')]
		for version := range m.Versions {
			if strings.HasPrefix(version, series+".") {
				return candidate
			}
		}
	}
	return decimal
}
