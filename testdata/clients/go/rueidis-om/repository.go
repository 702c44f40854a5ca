// Package repository keeps products as documents, through object mapping.
package repository

import (
	"context"

	"github.com/redis/rueidis"
	"github.com/redis/rueidis/om" // want module-dependent-package
)

type product struct {
	Key  string `json:"key" redis:",key"`
	Ver  int64  `json:"ver" redis:",ver"`
	Name string `json:"name"`
}

func find(ctx context.Context, client rueidis.Client) error {
	repo := om.NewJSONRepository("product", product{}, client)
	if err := repo.CreateIndex(ctx, func(schema om.FtCreateSchema) rueidis.Completed { // want FT.CREATE
		return schema.FieldName("$.name").As("name").Text().Build()
	}); err != nil {
		return err
	}
	p := repo.NewEntity()
	if err := repo.Save(ctx, p); err != nil { // want JSON.SET
		return err
	}
	_, _, err := repo.Search(ctx, func(search om.FtSearchIndex) rueidis.Completed { // want FT.SEARCH
		return search.Query("*").Build()
	})
	return err
}

func hashes(ctx context.Context, client rueidis.Client) error {
	repo := om.NewHashRepository("product", product{}, client)
	if err := repo.Save(ctx, repo.NewEntity()); err != nil {
		return err
	}
	return repo.DropIndex(ctx) // want FT.DROPINDEX
}
