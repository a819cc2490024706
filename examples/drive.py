#!/usr/bin/env python3
"""Runs the sample service, sends it a day's requests, keeps what it logs.

    drive.py FOLDER     writes coupons.log, coupons.log.1.gz and audit.jsonl

Identifiers and clock are made from a seed, so that a run repeats byte for byte.
All names and addresses are made up.
"""

import gzip
import http.client
import json
import pathlib
import random
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / 'service'))
sys.dont_write_bytecode = True

from coupons import app  # noqa: E402
from coupons import logs  # noqa: E402

SEED = 20260302
REQUESTS = 260
FIRST = ('mara', 'jonas', 'aylin', 'pavel', 'noor', 'tilda', 'emeka', 'ines')
LAST = ('lindqvist', 'okoro', 'varga', 'marsh', 'duran', 'petit', 'sorel')
CAMPAIGNS = ('spring', 'loyalty', 'winback')


class Client:

    def __init__(self, port):
        self._connection = http.client.HTTPConnection('127.0.0.1', port)

    def send(self, method, path, body):
        self._connection.request(method, path, json.dumps(body))
        return json.loads(self._connection.getresponse().read())


def drive(client, ids, dice):
    people = [(ids.uuid(), f'{dice.choice(FIRST)}.{dice.choice(LAST)}'
               f'{dice.randrange(100)}@nordpost.internal') for _ in range(24)]
    held = []
    for _ in range(REQUESTS):
        consumer, email = dice.choice(people)
        action = dice.random()
        if action < 0.15:
            if dice.random() < 0.5:
                email = email.replace('nordpost', 'sudpost')
            client.send('PUT', f'/consumers/{consumer}', {'email': email})
        elif action < 0.7 or not held:
            answer = client.send('POST', f'/allocations/{consumer}', {
                'email': email, 'campaign': dice.choice(CAMPAIGNS)})
            if 'code' in answer:
                held.append((consumer, email, answer['code']))
        else:
            holder, email, code = dice.choice(held)
            if dice.random() < 0.1:
                holder, email = dice.choice(people)
            client.send('POST', f'/redemptions/{holder}',
                        {'email': email, 'code': code})


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob('*'):
        old.unlink()
    logs.set_up(folder)
    service = app.App(SEED)
    for campaign in CAMPAIGNS:
        service.store.issue(campaign, 500, 40)
    server = service.server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    dice = random.Random(SEED + 1)
    drive(Client(server.server_port), app.model.Ids(SEED + 2), dice)
    server.shutdown()
    rotated = folder / 'coupons.log.1'
    with gzip.GzipFile(f'{rotated}.gz', 'wb', mtime=0) as packed:
        packed.write(rotated.read_bytes())
    rotated.unlink()


if __name__ == '__main__':
    main()
