"""Gives coupons to consumers and takes them back."""

import logging

from coupons import store

LOG = logging.getLogger(__name__)


class Allocations:

    def __init__(self, stock, outbox):
        self._stock = stock
        self._outbox = outbox

    def allocate(self, consumer, campaign):
        coupon = self._stock.free_coupon(campaign)
        coupon.holder = consumer
        LOG.debug('Allocated coupon %s of campaign %s to consumer %s',
                  coupon.code, campaign, consumer.uuid)
        self._outbox.send(consumer.email,
                          f'Your coupon is {coupon.code}')
        return coupon

    def redeem(self, consumer, code):
        coupon = self._stock.coupon(code)
        if coupon.holder is not consumer:
            LOG.warning('Coupon %s does not belong to %s', code, consumer)
            raise store.Conflict(code)
        if coupon.redeemed:
            LOG.info('Coupon %s was redeemed before', code)
            raise store.Conflict(code)
        coupon.redeemed = True
        LOG.info('Redeemed coupon %s for %d cents', code, coupon.cents)
        return coupon
