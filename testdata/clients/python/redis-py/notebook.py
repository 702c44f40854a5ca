"""A notebook turned into a script: one name for whatever was made last."""

import redis

r = redis.Redis(db=0)
r.ft("films").search("year:1950")  # want search-command
r = redis.Redis(db=1)
r = redis.Redis(db=2)
r = redis.Redis(db=3)
r = redis.Redis(db=4)
r = redis.Redis(db=5)
r = redis.Redis(db=6)
r.ft("films").search("year:1956")  # want search-command
r = redis.Redis(db=7)
r = redis.Redis(db=8)
r = redis.Redis(db=9)
r = redis.Redis(db=10)
r = redis.Redis(db=11)
r = redis.Redis(db=12)
r.ft("films").search("year:1962")  # want search-command
r = redis.Redis(db=13)
r = redis.Redis(db=14)
r = redis.Redis(db=15)
r = redis.Redis(db=16)
r = redis.Redis(db=17)

r = r.ft("films")
r.info()  # want search-command
r = "done"
print(r.upper())
