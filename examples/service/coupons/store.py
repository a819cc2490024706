"""Keeps consumers and coupons; in memory, for that is not the point."""

import logging

from coupons import model

LOG = logging.getLogger(__name__)


class NotFound(Exception):
    pass


class Conflict(Exception):
    pass


class Store:

    def __init__(self, ids):
        self._ids = ids
        self._consumers = {}
        self._coupons = {}

    def ensure_consumer(self, consumer_id, email):
        """The consumer of this id; made where it is new."""
        consumer = self._consumers.get(consumer_id)
        if consumer is None:
            consumer = model.Consumer(consumer_id, email)
            self._consumers[consumer_id] = consumer
            LOG.info('Created consumer %s with contact %s', consumer.uuid,
                     consumer.email)
        elif consumer.email != email:
            LOG.debug('Supplied contact for consumer %s was different from '
                      'the existing one; generation is %d', consumer.uuid,
                      consumer.generation)
            consumer.email = email
            consumer.generation += 1
        return consumer

    def issue(self, campaign, cents, count):
        codes = []
        for _ in range(count):
            coupon = model.Coupon(self._ids.code(), campaign, cents)
            self._coupons[coupon.code] = coupon
            codes.append(coupon.code)
        LOG.info('Issued %d coupons of %d cents for campaign %s', count, cents,
                 campaign)
        return codes

    def free_coupon(self, campaign):
        for coupon in self._coupons.values():
            if coupon.campaign == campaign and coupon.holder is None:
                return coupon
        LOG.warning('Campaign %s has no coupon left', campaign)
        raise NotFound(campaign)

    def coupon(self, code):
        try:
            return self._coupons[code]
        except KeyError:
            raise NotFound(code) from None
