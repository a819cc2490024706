"""Puts the service together."""

import http.server

from coupons import allocations
from coupons import api
from coupons import model
from coupons import outbox
from coupons import store


class App:

    def __init__(self, seed):
        self.ids = model.Ids(seed)
        self.store = store.Store(self.ids)
        self.allocations = allocations.Allocations(self.store, outbox.Outbox())

    def server(self):
        """An HTTP server on a free port of the loopback address."""
        handler = type('Handler', (api.Handler,), {'app': self})
        return http.server.HTTPServer(('127.0.0.1', 0), handler)
