"""The service's HTTP face."""

import http.server
import json
import logging

from coupons import logs
from coupons import store

LOG = logging.getLogger(__name__)
AUDIT = logging.getLogger('coupons.audit')


class Handler(http.server.BaseHTTPRequestHandler):
    """PUT /consumers/<id>, POST /allocations/<id>, POST /redemptions/<id>."""

    protocol_version = 'HTTP/1.1'
    wbufsize = 1 << 16  # head and body in one packet
    app = None

    def do_PUT(self):
        self._answer()

    def do_POST(self):
        self._answer()

    def log_message(self, format, *args):
        """The access log is written in _answer()."""

    def _answer(self):
        logs.begin_request(self.app.ids.uuid())
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        try:
            status, answer = self._route(json.loads(body))
        except store.NotFound as error:
            status, answer = 404, {'missing': str(error)}
        except store.Conflict as error:
            status, answer = 409, {'conflict': str(error)}
        data = json.dumps(answer).encode()
        LOG.info('%s "%s %s" status: %d len: %d', self.client_address[0],
                 self.command, self.path, status, len(data))
        self.send_response(status)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _route(self, body):
        _, kind, consumer_id = self.path.split('/')
        consumer = self.app.store.ensure_consumer(consumer_id, body['email'])
        if kind == 'consumers':
            return 200, self._open_session(consumer)
        if kind == 'allocations':
            coupon = self.app.allocations.allocate(consumer, body['campaign'])
            AUDIT.info('coupon allocated', extra={
                'fields': {'consumer_uuid': consumer.uuid,
                           'campaign': coupon.campaign,
                           'cents': coupon.cents}})
            return 201, {'code': coupon.code}
        coupon = self.app.allocations.redeem(consumer, body['code'])
        AUDIT.info('coupon redeemed', extra={
            'fields': {'consumer_uuid': consumer.uuid,
                       'contact': consumer.email, 'cents': coupon.cents}})
        return 200, {'cents': coupon.cents}

    def _open_session(self, consumer):
        session_id = self.app.ids.token()
        LOG.debug('New session for generation %d, session_id=%s',
                  consumer.generation, session_id)
        return {'session': session_id}
