from store import Store

loans = Store("redis://loans")


def lender(key):
    return loans.conn.json().get(key)  # want JSON.GET
