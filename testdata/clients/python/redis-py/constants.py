"""Names of commands that the library itself exports."""
import redis
from redis.commands.bf.commands import BF_ADD
from redis.commands.search.commands import CREATE_CMD, SEARCH_CMD
from redis.commands.timeseries import commands as ts

r = redis.Redis()

r.execute_command(SEARCH_CMD, "idx", "*")  # want FT.SEARCH
r.execute_command(BF_ADD, "seen", "x")  # want BF.ADD
r.execute_command(ts.CREATE_CMD, "t")  # want TS.CREATE
args = [CREATE_CMD, "idx", "SCHEMA", "t", "TEXT"]
r.execute_command(*args)  # want FT.CREATE
