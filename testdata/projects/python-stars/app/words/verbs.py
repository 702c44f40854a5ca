FAMILY = "CF"


def reserve():
    return FAMILY + ".RESERVE"
