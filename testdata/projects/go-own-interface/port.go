// Package shop keeps its stores behind interfaces of its own.
package shop

import "context"

// A Catalogue finds articles. Its members are called like a client's, and give what the shop wants.
type Catalogue interface {
	FTSearch(ctx context.Context, query string) ([]string, error)
	TSAdd(ctx context.Context, key string, value float64) error
}

// A Service does not know what its catalogue is kept in.
type Service struct{ catalogue Catalogue }

// Find counts what it finds.
func (s *Service) Find(ctx context.Context, query string) error {
	found, err := s.catalogue.FTSearch(ctx, query)
	if err != nil {
		return err
	}
	return s.catalogue.TSAdd(ctx, "found", float64(len(found)))
}
