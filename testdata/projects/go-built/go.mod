module example.com/feed

go 1.24

require (
	github.com/RediSearch/redisearch-go v1.1.1
	github.com/redis/go-redis/v9 v9.7.0
)
