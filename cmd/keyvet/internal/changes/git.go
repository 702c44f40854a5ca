package changes

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// A repository runs git in a folder.
type repository struct {
	ctx    context.Context
	folder string
}

// safe is what keeps git from running anything else, whatever the repository's
// configuration says. Only plumbing is called that reads objects and the index,
// never the working tree: so no filter, no text conversion and no external diff
// has a part. A clone that lacks objects does not fetch them.
var safe = []string{"--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never"}

func (r *repository) command(args ...string) *exec.Cmd {
	c := exec.CommandContext(r.ctx, "git", append(append([]string(nil), safe...), args...)...)
	c.Dir = r.folder
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); name != "GIT_EXTERNAL_DIFF" && !strings.HasPrefix(name, "GIT_TRACE") {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(c.Env, "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	return c
}

// A failure is what git said.
type failure struct{ said string }

func (f failure) Error() string { return f.said }

func (r *repository) run(args ...string) (string, error) {
	var out, said bytes.Buffer
	c := r.command(args...)
	c.Stdout, c.Stderr = &out, &said
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out.String(), nil
	case r.ctx.Err() != nil:
		return "", r.ctx.Err()
	case errors.As(err, &exit):
		return "", failure{strings.TrimSpace(said.String())}
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("git is not installed, or not in the PATH; without it nobody can say what has changed")
	}
	return "", fmt.Errorf("git cannot be run: %w", err)
}

// open finds the top of the working tree.
func open(ctx context.Context, folder string) (*repository, string, error) {
	r := &repository{ctx, folder}
	top, err := r.run("rev-parse", "--show-toplevel")
	var f failure
	if errors.As(err, &f) {
		switch {
		case strings.Contains(f.said, "dubious ownership"):
			return nil, "", errors.New("git does not trust this folder, because it belongs to another user; if you do:\n" +
				"  git config --global --add safe.directory \"$PWD\"")
		case strings.Contains(f.said, "not a git repository"), strings.Contains(f.said, "must be run in a work tree"):
			return nil, "", errors.New("this folder is in no git working tree, so nobody can say what has changed")
		}
		return nil, "", fmt.Errorf("git: %s", f.said)
	}
	return r, strings.TrimSuffix(strings.TrimSuffix(top, "\n"), "\r"), err
}

// since is where the work began that led from a revision to here.
func (r *repository) since(revision string) (string, error) {
	commit, err := r.run("rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	var f failure
	if errors.As(err, &f) {
		return "", fmt.Errorf("git knows no commit %q here%s", revision, r.remedy("; is it spelled right, and was it fetched?"))
	}
	if err != nil {
		return "", err
	}
	base, err := r.run("merge-base", strings.TrimSpace(commit), "HEAD")
	if errors.As(err, &f) {
		return "", fmt.Errorf("%q and what is checked out have no commit in common here%s", revision, r.remedy(""))
	}
	return strings.TrimSpace(base), err
}

// remedy tells what to do about history that is missing.
func (r *repository) remedy(otherwise string) string {
	if shallow, err := r.run("rev-parse", "--is-shallow-repository"); err != nil || strings.TrimSpace(shallow) != "true" {
		return otherwise
	}
	return ": this clone is shallow, it lacks the history.\n" +
		"Fetch it with: git fetch --unshallow   (GitHub: fetch-depth: 0 for actions/checkout; GitLab: GIT_DEPTH: 0)"
}

// emptyTree is a tree that every repository knows.
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

// head is the last commit, the empty tree where there is none.
func (r *repository) head() (string, error) {
	commit, err := r.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
	var f failure
	if errors.As(err, &f) {
		return emptyTree, nil
	}
	return strings.TrimSpace(commit), err
}

// An entry is a file that differs between a tree and the index: its content in
// either, "" where it has none.
type entry struct{ old, staged string }

// staged gives the files in the index that differ from a tree, by path. A file
// that was renamed has the content of its former name as old.
func (r *repository) staged(tree string) (map[string]entry, error) {
	out, err := r.run("diff-index", "--cached", "--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", tree, "--")
	if err != nil {
		return nil, fmt.Errorf("git diff-index: %w", err)
	}
	found := make(map[string]entry)
	fields := strings.Split(out, "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		head := strings.Fields(strings.TrimPrefix(fields[i], ":"))
		if len(head) != 5 {
			return nil, fmt.Errorf("git diff-index says %q, which is not understood", fields[i])
		}
		path := fields[i+1]
		if status := head[4][0]; (status == 'R' || status == 'C') && i+2 < len(fields) {
			i++
			path = fields[i+1]
		}
		found[path] = entry{object(head[2]), object(head[3])}
	}
	return found, nil
}

// object is "" for the name of no object.
func object(id string) string {
	if strings.Trim(id, "0") == "" {
		return ""
	}
	return id
}

// A store reads objects through one process.
type store struct {
	in     io.WriteCloser
	out    *bufio.Reader
	finish func() error
}

func (r *repository) store() (*store, error) {
	c := r.command("cat-file", "--batch")
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("git cannot be run: %w", err)
	}
	return &store{in, bufio.NewReader(out), c.Wait}, nil
}

// maxObject bounds a file that is compared.
const maxObject = 64 << 20

// read gives the content of a file, not ok where there is none by that name.
func (s *store) read(name string) (src []byte, ok bool, err error) {
	if strings.ContainsAny(name, "\n\r") {
		return nil, false, nil
	}
	if _, err := io.WriteString(s.in, name+"\n"); err != nil {
		return nil, false, fmt.Errorf("git cat-file: %w", err)
	}
	head, err := s.out.ReadString('\n')
	if err != nil {
		return nil, false, fmt.Errorf("git cat-file: %w", err)
	}
	words := strings.Fields(head)
	if len(words) < 3 || words[len(words)-1] == "missing" {
		return nil, false, nil
	}
	size, err := strconv.ParseInt(words[len(words)-1], 10, 64)
	if err != nil {
		return nil, false, fmt.Errorf("git cat-file says %q, which is not understood", head)
	}
	if size > maxObject {
		_, err := io.CopyN(io.Discard, s.out, size+1)
		return nil, false, err
	}
	src = make([]byte, size+1) // and the line end behind
	if _, err := io.ReadFull(s.out, src); err != nil {
		return nil, false, fmt.Errorf("git cat-file: %w", err)
	}
	return src[:size], words[len(words)-2] == "blob", nil
}

func (s *store) close() {
	_ = s.in.Close() // it ends the process
	_ = s.finish()
}
