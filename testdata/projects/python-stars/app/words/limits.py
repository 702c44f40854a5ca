LONGEST = 64


def is_long(key):
    return len(key) > LONGEST
