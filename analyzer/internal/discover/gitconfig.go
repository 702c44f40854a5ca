package discover

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/keyvet/keyvet/analyzer/internal/witness"
)

// gitConfig is what of git's configuration has a say in what is ignored.
type gitConfig struct {
	excludesFile    string
	excludesFileSet bool // an empty value switches the default file off
	ignoreCase      bool
	worktreeConfig  bool
	files           int // read so far

	witness *witness.Witness
}

// maxIncludes is how deep git follows include.path, and maxConfigs how many files are read in all: one that includes
// itself a hundred times would otherwise be read a hundred times a hundred times ... ten times over.
const (
	maxIncludes = 10
	maxConfigs  = 100
)

// readGitConfig reads the files that git reads, in its order: the system's, the user's, the
// repository's. The environment's GIT_CONFIG_COUNT is left out, as are includeIf conditions other
// than gitdir.
func readGitConfig(r repository) gitConfig {
	c := gitConfig{witness: r.witness}
	home := userHome()
	read := func(file string) { c.read(file, r.gitDir, home, 0) }
	if os.Getenv("GIT_CONFIG_NOSYSTEM") == "" {
		if file, ok := os.LookupEnv("GIT_CONFIG_SYSTEM"); ok {
			read(file)
		} else {
			read("/etc/gitconfig")
		}
	}
	if file, ok := os.LookupEnv("GIT_CONFIG_GLOBAL"); ok {
		read(file)
	} else {
		read(xdgGit("config", home))
		if home != "" {
			read(home + "/.gitconfig")
		}
	}
	read(r.commonDir + "/config")
	if c.worktreeConfig {
		read(r.gitDir + "/config.worktree")
	}
	if !c.excludesFileSet {
		c.excludesFile = xdgGit("ignore", home)
	} else if c.excludesFile != "" && !filepath.IsAbs(c.excludesFile) {
		c.excludesFile = r.top + "/" + c.excludesFile // git works from the top of the tree
	}
	return c
}

// userHome is HOME as git reads it; on Windows the profile when HOME is not set.
func userHome() string {
	home := os.Getenv("HOME")
	if home == "" {
		home, _ = os.UserHomeDir()
	}
	return filepath.ToSlash(home)
}

// xdgGit is the path of one of the user's files for git, "" if there is no place for it.
func xdgGit(name, home string) string {
	if dir := os.Getenv("XDG_CONFIG_HOME"); dir != "" {
		return filepath.ToSlash(dir) + "/git/" + name
	}
	if home == "" {
		return ""
	}
	return home + "/.config/git/" + name
}

// read adds one file; a later value replaces an earlier one.
func (c *gitConfig) read(file, gitDir, home string, depth int) {
	if c.files++; file == "" || depth > maxIncludes || c.files > maxConfigs {
		return
	}
	src, err := readSmall(c.witness, file)
	if err != nil {
		return // most of the places are empty on most machines
	}
	parseGitConfig(string(src), func(section, sub, key, value string) {
		switch section + "." + key {
		case "core.excludesfile":
			c.excludesFile, c.excludesFileSet = expandHome(value, home), true
		case "core.ignorecase":
			c.ignoreCase = gitTrue(value)
		case "extensions.worktreeconfig":
			c.worktreeConfig = gitTrue(value)
		case "include.path":
			c.read(beside(file, expandHome(value, home)), gitDir, home, depth+1)
		case "includeif.path":
			if gitDirCondition(sub, file, gitDir, home) {
				c.read(beside(file, expandHome(value, home)), gitDir, home, depth+1)
			}
		}
	})
}

// beside resolves a path that a configuration file gives relative to itself.
func beside(file, name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return path.Dir(file) + "/" + name
}

func expandHome(name, home string) string {
	if rest, ok := strings.CutPrefix(name, "~/"); ok && home != "" {
		return home + "/" + rest
	}
	return name
}

func gitTrue(value string) bool {
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}

// gitDirCondition judges the `gitdir:` and `gitdir/i:` conditions of includeIf.
func gitDirCondition(condition, file, gitDir, home string) bool {
	kind, pattern, _ := strings.Cut(condition, ":")
	if kind != "gitdir" && kind != "gitdir/i" || gitDir == "" {
		return false
	}
	pattern = expandHome(pattern, home)
	switch {
	case strings.HasPrefix(pattern, "./"):
		pattern = path.Dir(file) + pattern[1:]
	case !filepath.IsAbs(pattern):
		pattern = "**/" + pattern
	}
	if strings.HasSuffix(pattern, "/") {
		pattern += "**"
	}
	return wildmatch(pattern, []byte(gitDir), kind == "gitdir/i")
}

// parseGitConfig calls set for each variable; section and key come in lower case. A line that git
// would refuse is passed over.
func parseGitConfig(src string, set func(section, sub, key, value string)) {
	src = strings.TrimPrefix(src, "\ufeff")
	var section, sub string
	for src != "" {
		src = strings.TrimLeft(src, " \t\r\n")
		switch {
		case src == "":
			return
		case src[0] == '#' || src[0] == ';':
			_, src, _ = strings.Cut(src, "\n")
		case src[0] == '[':
			section, sub, src = configSection(src[1:])
		default:
			end := strings.IndexAny(src, "=\n#;")
			if end < 0 {
				end = len(src)
			}
			key := strings.ToLower(strings.TrimSpace(src[:end]))
			if src = src[end:]; src == "" || src[0] != '=' {
				_, src, _ = strings.Cut(src, "\n")
				set(section, sub, key, "true") // a key alone is a yes
				continue
			}
			var value string
			value, src = configValue(src[1:])
			set(section, sub, key, value)
		}
	}
}

// configSection reads `name]` or `name "sub"]`, and gives what follows.
func configSection(src string) (section, sub, rest string) {
	end := strings.IndexAny(src, "]\"\n")
	if end < 0 {
		return "", "", ""
	}
	section = strings.ToLower(strings.TrimSpace(src[:end]))
	if src[end] != '"' {
		return section, "", src[end+1:]
	}
	var b strings.Builder
	i := end + 1
	for ; i < len(src) && src[i] != '"' && src[i] != '\n'; i++ {
		if src[i] == '\\' && i+1 < len(src) {
			i++
		}
		b.WriteByte(src[i])
	}
	_, rest, _ = strings.Cut(src[i:], "]")
	return section, b.String(), rest
}

// configValue reads up to the end of the line: quotes, escapes, comments, lines that go on.
func configValue(src string) (value, rest string) {
	var b strings.Builder
	quoted, keep := false, 0 // keep: up to where blanks are not at the end
	src = strings.TrimLeft(src, " \t")
	i := 0
	for ; i < len(src) && src[i] != '\n'; i++ {
		c := src[i]
		switch {
		case c == '"':
			quoted = !quoted
			keep = b.Len()
			continue
		case c == '\\' && i+1 < len(src):
			i++
			if c = unescape(src[i]); c == '\n' && src[i] == '\n' {
				continue
			}
			b.WriteByte(c)
			keep = b.Len()
			continue
		case !quoted && (c == '#' || c == ';'):
			_, rest, _ = strings.Cut(src[i:], "\n")
			return b.String()[:keep], rest
		}
		b.WriteByte(c)
		if quoted || c != ' ' && c != '\t' && c != '\r' {
			keep = b.Len()
		}
	}
	return b.String()[:keep], src[min(i+1, len(src)):]
}

func unescape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'b':
		return '\b'
	}
	return c
}
