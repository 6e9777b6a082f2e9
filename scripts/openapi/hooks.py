"""Authorises what Schemathesis sends, as the vendors demand it.

Requests are signed at the very end, over what goes out, and every second asks for a room that there is. So that refusals of
the authorisation are met, too, one in eight is left as it was generated, and one in eight is spoilt.
"""

import hashlib
import itertools
import json
import os
import time
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests
import schemathesis

VENDOR = os.environ["EMULATOR_VENDOR"]
# The line that `live-rewards emulate` writes when it is ready: addresses, demo credentials, rooms.
READY = json.loads(os.environ["EMULATOR_READY"])[VENDOR]


def query_of(request):
    return parse_qsl(urlsplit(request.url).query, keep_blank_values=True)


def set_query(request, pairs):
    request.url = urlunsplit(urlsplit(request.url)._replace(query=urlencode(pairs)))


def replaced(pairs, **values):
    """The pairs with these values instead of their own."""
    return [(name, value) for name, value in pairs if name not in values] + list(values.items())


class Polyv:
    def ask_for_a_room(self, request):
        self.set_pairs(request, replaced(self.pairs(request), channelId=READY["channel_ids"][0]))

    def authorise(self, request):
        now = str(time.time_ns() // 1_000_000)
        pairs = replaced(self.pairs(request), appId=READY["app_id"], timestamp=now)
        pairs = [(name, value) for name, value in pairs if name not in ("sign", "signatureMethod", "signatureNonce")]
        signed = sorted((pair for pair in pairs if pair[1]), key=lambda pair: pair[0].encode())
        secret = READY["app_secret"]
        text = secret + "".join(name + value for name, value in signed) + secret
        self.set_pairs(request, [*pairs, ("sign", hashlib.md5(text.encode()).hexdigest().upper())])

    def spoil(self, request):
        self.set_pairs(request, replaced(self.pairs(request), sign="0" * 32))

    def is_form(self, request):
        return request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")

    def pairs(self, request):
        """All that is signed: the query or, of a form, that and the body."""
        if not self.is_form(request):
            return query_of(request)
        body = request.body or ""
        body = body.decode() if isinstance(body, bytes) else body
        return query_of(request) + parse_qsl(body, keep_blank_values=True)

    def set_pairs(self, request, pairs):
        if self.is_form(request):
            set_query(request, [])
            request.body = urlencode(pairs)
            request.headers["Content-Length"] = str(len(request.body))
        else:
            set_query(request, pairs)


class Xiaoe:
    def __init__(self):
        names = ("app_id", "client_id", "secret_key")
        self.credentials = {name: READY[name] for name in names} | {"grant_type": "client_credential"}
        self.token = self.call("GET", "/token", self.credentials)["access_token"]
        self.room = {"resource_id": READY["resource_ids"][0], "resource_type": 4}
        packets = self.call("POST", "/xe.live.redpacket.list/1.0.0", {"access_token": self.token} | self.room)
        self.room["red_packet_id"] = packets[0]["id"]

    def call(self, method, path, body):
        return requests.request(method, READY["base_url"] + path, json=body, timeout=10).json()["data"]

    def ask_for_a_room(self, request):
        self.set_members(request, **self.room)

    def authorise(self, request):
        if urlsplit(request.url).path == "/token":
            self.set_members(request, **self.credentials)
        else:
            self.set_members(request, access_token=self.token)

    def spoil(self, request):
        self.set_members(request, access_token="xe_0", secret_key="0")

    def set_members(self, request, **values):
        try:
            members = json.loads(request.body or b"null")
        except ValueError:
            return
        # Anything but an object has no place for them.
        if isinstance(members, dict):
            request.body = json.dumps(members | values).encode()


class Yxt:
    def ask_for_a_room(self, request):
        pairs = [pair for pair in query_of(request) if pair[0] != "sessionId"]
        set_query(request, replaced(pairs, roomId=READY["room_ids"][0]))

    def authorise(self, request):
        key, nonce, now = READY["app_key"], "14314", str(int(time.time()))
        text = key + READY["app_secret"] + nonce + now
        signature = hashlib.sha256(text.encode()).hexdigest()
        request.headers.update(appkey=key, nonce=nonce, timestamp=now, signature=signature)

    def spoil(self, request):
        request.headers["signature"] = "0" * 64


class Authorisation(requests.auth.AuthBase):
    def __init__(self):
        self.vendor = {"polyv": Polyv, "xiaoe": Xiaoe, "yxt": Yxt}[VENDOR]()
        self.requests = itertools.count()

    def __call__(self, request):
        number = next(self.requests) % 8
        if number % 2 == 0:
            self.vendor.ask_for_a_room(request)
        if number != 7:
            self.vendor.authorise(request)
        if number == 3:
            self.vendor.spoil(request)
        return request


schemathesis.auth.set_from_requests(Authorisation())
