"""A small coupon service: consumers receive coupons and redeem them.

It exists to be scanned.  It logs as services do, and some of its log calls print
who the consumer is.
"""
