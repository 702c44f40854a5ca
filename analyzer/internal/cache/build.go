package cache

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// Build names the program that is running, so that another one has other entries: the
// versions of all that it is made of, and if these are not committed anywhere, the
// executable file itself.
func Build() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return executable()
	}
	clean := strings.HasPrefix(info.Main.Version, "v") && !strings.HasSuffix(info.Main.Version, "+dirty")
	for _, module := range info.Deps {
		clean = clean && (module.Replace == nil || module.Replace.Sum != "") // else it is a folder
	}
	for _, setting := range info.Settings {
		clean = clean && (setting.Key != "vcs.modified" || setting.Value != "true")
	}
	if clean {
		return info.String()
	}
	return info.String() + executable()
}

// executable tells one build from another by what the system says of its file.
func executable() string {
	path, err := os.Executable()
	if err != nil {
		return fmt.Sprint(os.Getpid(), time.Now()) // like no other
	}
	return path + witness.Look(path).String()
}
