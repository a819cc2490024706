"""What the service knows: consumers, coupons and who holds which."""

import dataclasses
import random
import uuid


@dataclasses.dataclass
class Consumer:
    uuid: str
    email: str
    generation: int = 0


@dataclasses.dataclass
class Coupon:
    code: str
    campaign: str
    cents: int
    holder: Consumer | None = None
    redeemed: bool = False


class Ids:
    """Identifiers of a run; the same seed gives the same ones."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def uuid(self):
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def token(self):
        return '%032x' % self._random.getrandbits(128)

    def code(self):
        letters = 'ABCDEFGHJKMNPQRSTUVWXYZ'
        return ''.join(self._random.choice(letters) for _ in range(6))
