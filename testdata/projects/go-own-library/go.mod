module github.com/RediSearch/redisearch-go/v2

go 1.24
