// Package text puts arguments together.
package text

// Any makes arguments of words.
func Any[T any](words []T) []any {
	all := make([]any, len(words))
	for i, w := range words {
		all[i] = w
	}
	return all
}

// Appended does the same, one by one.
func Appended(words []string) []any {
	var all []any
	for _, w := range words {
		all = append(all, w)
	}
	return all
}
