"""Authorises what Schemathesis sends, as the vendors demand it.

Requests are signed at the very end, over what goes out. One in eight is in order and nothing but that, so that every call
succeeds now and then, and three ask for a room that there is. So that refusals of the authorisation are met, too, one in eight is
left as it was generated, and one in eight is spoilt. What comes back is written down for `seen.py`.
"""

import hashlib
import itertools
import json
import os
import re
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
    def __init__(self):
        request = requests.Request("GET", READY["base_url"] + "/live/v4/user/viewer-record/list").prepare()
        self.viewer = ""
        self.put_in_order(request)
        self.authorise(request)
        viewers = requests.Session().send(request, timeout=10).json()["data"]["contents"]
        self.viewer = viewers[0]["viewerUnionId"]

    def put_in_order(self, request):
        url = urlsplit(request.url)
        room, now = READY["channel_ids"][0], str(time.time_ns() // 1_000_000)
        path = re.sub("^/live/v2/user/.*/get-income-detail$", f"/live/v2/user/{READY['live_account']}/get-income-detail", url.path)
        path = re.sub("^/live/v2/channels/.*/update-likes$", f"/live/v2/channels/{room}/update-likes", path)
        request.url = urlunsplit(url._replace(path=path))
        # What a call doesn't know it passes over.
        values = {
            "channelId": room, "channelIds": room, "lotteryId": "1", "couponId": "1", "likes": "1",
            "viewerId": "1", "viewerUnionId": self.viewer, "activityId": READY["prize_activity_ids"][0],
            "start": "0", "end": now, "startDate": "2026-01-01", "endDate": "2026-01-02",
        }  # fmt: skip
        if path.endswith("/list-lottery"):
            values |= {"startTime": "0", "endTime": now}
        # Each ends an activity of its own.
        if path.endswith("/task-reward-activity/delete"):
            values["activityId"] = READY["prize_activity_ids"][1]
        # A deleted one can't be deleted again, but a stopped one can be stopped.
        if path.endswith("/task-reward-activity/stop"):
            values["activityId"] = READY["prize_activity_ids"][2]
        if "personal-win" in path:
            values |= {"pageNumber": "1", "pageSize": "10"}
        self.set_pairs(request, list(values.items()))

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
        self.calls = 0
        self.room = {"resource_id": READY["resource_ids"][0], "resource_type": 4}
        packets = self.call("POST", "/xe.live.redpacket.list/1.0.0", {"access_token": self.token} | self.room)
        self.room["red_packet_id"] = packets[0]["id"]
        page = {"page": "1", "page_size": "100", "user_ids": None}
        accounts = self.call("POST", "/xe.account.info.batch/1.0.0", {"access_token": self.token} | page)["list"]
        self.user = max(accounts, key=lambda account: int(account["balance"]))["user_id"]

    def put_in_order(self, request):
        live, path = self.room["resource_id"], urlsplit(request.url).path
        # What a call doesn't know it passes over.
        members = self.room | {
            "ids": [live], "alive_id": live, "prize_id": "1", "page": 1, "page_size": 10, "score": 1,
            "user_ids": [self.user], "user_id_list": [self.user], "account_type": "INTEGRAL",
        }  # fmt: skip
        if "alive.detail" in path:
            members["id"] = live
        # These two are text there.
        if "account.info" in path:
            members |= {"page": "1", "page_size": "10"}
        request.body = json.dumps(members).encode()

    def call(self, method, path, body):
        return requests.request(method, READY["base_url"] + path, json=body, timeout=10).json()["data"]

    def ask_for_a_room(self, request):
        self.set_members(request, **self.room)

    def authorise(self, request):
        if urlsplit(request.url).path == "/token":
            self.set_members(request, **self.credentials)
        else:
            # Every token that is fetched meanwhile ends the one before, in five minutes.
            self.calls += 1
            if self.calls % 100 == 0:
                self.token = self.call("GET", "/token", self.credentials)["access_token"]
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
    def put_in_order(self, request):
        set_query(request, [("roomId", READY["room_ids"][0]), ("notifyId", "1")])

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
        if number == 0:
            self.vendor.put_in_order(request)
        elif number % 2 == 0:
            self.vendor.ask_for_a_room(request)
        if number != 7:
            self.vendor.authorise(request)
        if number == 3:
            self.vendor.spoil(request)
        return request


schemathesis.auth.set_from_requests(Authorisation())


@schemathesis.hook
def after_call(context, case, response):
    try:
        code = response.json().get("code")
    except (ValueError, AttributeError):
        code = None
    with open(os.environ["EMULATOR_SEEN"], "a", encoding="utf-8") as seen:
        seen.write(json.dumps([VENDOR, case.operation.label, response.status_code, code]) + "\n")
