package settings

import (
	"os"
	"path/filepath"
)

// ModuleOf gives the folder of the module that a file or folder lies in, without
// links; "" if there is none.
func ModuleOf(path string) string {
	dir, err := filepath.Abs(path)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return ""
	}
	for ; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && !info.IsDir() {
			return dir
		}
		if filepath.Dir(dir) == dir {
			return ""
		}
	}
}
