from tests.factories import *
def test_a(desk):
    n = a_repair(desk, upto="closed")
    print(running(desk,n), offers(desk,n,"KF01"))
def test_b(desk):
    n = a_repair(desk, upto="closed")
def test_c(pg_desk):
    n = a_repair(pg_desk, upto="closed")
