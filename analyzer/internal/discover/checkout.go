package discover

import (
	"net/url"
	"path"
	"strings"
)

// A Checkout is what a git working tree says of itself in its files. Whatever it
// does not say, or says in a form not known here, is empty.
type Checkout struct {
	Top      string // of the working tree, absolute, with slashes
	Revision string // the commit that is checked out
	Branch   string // empty when there is none ("detached HEAD")
	Remote   string // address of the remote repository, without secrets
}

// OpenCheckout finds the working tree that a folder lies in.
func OpenCheckout(folder string) (Checkout, bool) {
	p, err := newPlace(folder)
	if err != nil {
		return Checkout{}, false
	}
	for top := range upwards(p.base) {
		if r, ok := openRepository(nil, top); ok {
			c := Checkout{Top: top, Remote: r.remote()}
			c.Revision, c.Branch = r.head()
			return c, true
		}
	}
	return Checkout{}, false
}

// maxRefs bounds the chain of references that lead to references.
const maxRefs = 5

// head reads what is checked out.
func (r repository) head() (revision, branch string) {
	src, err := readSmall(nil, r.gitDir+"/HEAD")
	if err != nil {
		return "", ""
	}
	value := strings.TrimSpace(string(src))
	if ref, ok := strings.CutPrefix(value, "ref:"); ok {
		branch, _ = strings.CutPrefix(strings.TrimSpace(ref), "refs/heads/")
	}
	for range maxRefs {
		ref, symbolic := strings.CutPrefix(value, "ref:")
		if !symbolic {
			break
		}
		if value = r.ref(strings.TrimSpace(ref)); value == "" {
			return "", branch
		}
	}
	if !isObject(value) {
		return "", branch
	}
	return value, branch
}

// ref reads a reference: from a file of its own, or from the list of packed ones.
func (r repository) ref(name string) string {
	if !strings.HasPrefix(name, "refs/") || path.Clean(name) != name {
		return "" // a name that leads elsewhere
	}
	for _, dir := range []string{r.gitDir, r.commonDir} {
		if src, err := readSmall(nil, dir+"/"+name); err == nil {
			return strings.TrimSpace(string(src))
		}
	}
	packed, err := readSmall(nil, r.commonDir+"/packed-refs")
	if err != nil {
		return ""
	}
	for line := range strings.SplitSeq(string(packed), "\n") {
		if id, ok := strings.CutSuffix(strings.TrimRight(line, "\r"), " "+name); ok {
			return id
		}
	}
	return ""
}

func isObject(id string) bool {
	return (len(id) == 40 || len(id) == 64) && strings.Trim(id, "0123456789abcdef") == ""
}

// remote is the address of origin, or of the only remote there is.
func (r repository) remote() string {
	src, err := readSmall(nil, r.commonDir+"/config")
	if err != nil {
		return ""
	}
	addresses := make(map[string]string)
	parseGitConfig(string(src), func(section, sub, key, value string) {
		if section == "remote" && key == "url" && addresses[sub] == "" {
			addresses[sub] = value
		}
	})
	if address, ok := addresses["origin"]; ok || len(addresses) != 1 {
		return publicAddress(address)
	}
	for _, address := range addresses {
		return publicAddress(address)
	}
	return ""
}

// publicAddress makes a URI of a remote's address and takes out what is nobody's
// business: passwords, tokens, folders of this machine.
func publicAddress(address string) string {
	if !strings.Contains(address, "://") {
		host, rest, ok := strings.Cut(address, ":")
		if !ok || strings.Contains(host, "/") || len(host) < 2 || strings.HasPrefix(rest, ":") { // a path, a drive of Windows, a helper
			return ""
		}
		address = "ssh://" + host + "/" + strings.TrimPrefix(rest, "/")
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return ""
	}
	switch u.Scheme {
	case "ssh", "git+ssh":
		if u.User != nil {
			u.User = url.User(u.User.Username())
		}
	case "http", "https", "git":
		u.User = nil
	default:
		return "" // file, and what helpers understand
	}
	u.RawQuery, u.Fragment, u.RawFragment = "", "", ""
	return u.String()
}

// Resolve gives the absolute path of a folder without links, with slashes and
// none at the end, as in Checkout.Top.
func Resolve(folder string) (string, error) {
	p, err := newPlace(folder)
	return p.base, err
}
