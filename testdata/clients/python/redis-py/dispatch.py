"""Commands and members that are kept by name, or in lists that are built up."""

import redis

r = redis.Redis()

COMMANDS = {"find": "FT.SEARCH", "count": "FT.AGGREGATE"}
COMMANDS["spell"] = "FT.SPELLCHECK"
MEMBERS = {"add": r.bf().add, "has": r.bf().exists}


def run(name, *args):
    command = COMMANDS.get(name)
    return r.execute_command(command, *args)  # want FT.SEARCH, FT.AGGREGATE, FT.SPELLCHECK


def run_or_get(name, key):
    return r.execute_command({"set": "JSON.SET"}.get(name, "JSON.GET"), key)  # want JSON.SET, JSON.GET


def call(name, item):
    MEMBERS.get("add")("seen", item)  # want BF.ADD
    return MEMBERS.get(name)("seen", item)  # want BF.ADD, BF.EXISTS


def undecided(options):
    return r.execute_command(options.get("command"))  # want ?


def batch(keys):
    commands = [["TS.CREATE", "first"]]
    for key in keys:
        commands.append(["TS.INFO", key])
        commands.append(("GET", key))
    for command in commands:
        r.execute_command(*command)  # want TS.CREATE, TS.INFO
