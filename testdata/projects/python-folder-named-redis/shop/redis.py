from redis import Redis


def bloom(r: Redis):
    r.bf().add("seen", "x")  # want BF.ADD
