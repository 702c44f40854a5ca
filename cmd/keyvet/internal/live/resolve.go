package live

import (
	"context"
	"os"
	"strings"

	"github.com/keyvet/keyvet/rules"
)

// Resolve gives the target that a command line means: the address of a server, a
// file with a target, or a name that the rules know; "" is the default target.
// Modules are added to it.
func Resolve(ctx context.Context, set *rules.Set, named string, with []string, o Options) (*rules.Target, error) {
	switch {
	case named == "":
		return set.With(set.DefaultTarget(), with...)
	case IsURL(named):
		t, err := Read(ctx, set, named, o)
		if err != nil {
			return nil, err
		}
		return set.With(t, with...)
	case IsFile(named):
		t, err := set.ReadTargetFile(named)
		if err != nil {
			return nil, err
		}
		return set.With(t, with...)
	}
	return set.Target(named, with...)
}

// IsFile tells a file from a name: by its looks, or because it is there.
func IsFile(named string) bool {
	if strings.ContainsAny(named, `/\`) || strings.HasSuffix(named, ".yaml") || strings.HasSuffix(named, ".yml") {
		return true
	}
	info, err := os.Stat(named)
	return err == nil && info.Mode().IsRegular()
}
