"""Sums worked out from the rows for machines, as a workbook has to tell them."""

from collections import defaultdict
from decimal import Decimal

from tables import machine_rows, month, yuan

# Prizes that nobody got.
NOT_HANDED_OUT = {"quota_full", "failed", "not_needed"}


def summary(folder):
    """By account and month: red packets by the month in which they were sent, with their claims; others by their own."""
    sums = defaultdict(lambda: defaultdict(Decimal))
    sent = {}
    for packet in machine_rows(folder, "red_packets"):
        place = (packet["account"], month(packet["created_at"]))
        sent[packet["account"], packet["red_packet_id"]] = place
        of = sums[place]
        of["Red packets"] += 1
        of["Issued (¥)"] += yuan(packet["issued_fen"])
        of["Refunded (¥)"] += yuan(packet["refund_fen"] or 0)
        of["Fee (¥)"] += yuan(packet["issued_fen"]) - yuan(packet["net_fen"] or packet["issued_fen"])
    for claim in machine_rows(folder, "claims"):
        of = sums[sent[claim["account"], claim["red_packet_id"]]]
        of["Claims"] += 1
        of["Claimed (¥)"] += yuan(claim["amount_fen"])
    for gift in machine_rows(folder, "gifts"):
        of = sums[gift["account"], month(gift["given_at"])]
        of["Gifts"] += 1
        of["Gifts, charged (¥)"] += yuan(gift["charged_fen"] or 0)
        of["Gifts, list value in points"] += Decimal(gift["list_value_points"] or 0)
        of["Gifts, charged in points"] += Decimal(gift["charged_points"] or 0)
        of["Gifts, unit unstated"] += gift["charged_unstated"] != ""
    for prize in machine_rows(folder, "prizes"):
        if prize["state"] not in NOT_HANDED_OUT:
            of = sums[prize["account"], month(prize["won_at"])]
            of["Prizes handed out or to be"] += 1
            of["Prizes, value (¥)"] += yuan(prize["value_fen"] or 0)
            of["Of these, unit unstated"] += prize["value_unstated"] != ""
    return sums


def claimants(folder):
    """Claims and what they come to, by account, claimant and month."""
    sums = defaultdict(lambda: [0, Decimal(0)])
    for claim in machine_rows(folder, "claims"):
        of = sums[claim["account"], claim["user_id"], month(claim["claimed_at"])]
        of[0] += 1
        of[1] += yuan(claim["amount_fen"])
    return {place: tuple(of) for place, of in sums.items()}
